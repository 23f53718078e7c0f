"""Rules that compare several records: each family of rules has its own file."""
