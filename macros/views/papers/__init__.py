"""Papers to carry to a meeting: each is sheets of A4, made from the same records as the pages."""
