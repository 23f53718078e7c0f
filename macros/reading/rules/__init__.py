"""What only several records together show to be wrong: a family of rules a file."""
