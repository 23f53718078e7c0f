"""Papers to take to a meeting: sheets of A4, made from the same records as the pages."""
