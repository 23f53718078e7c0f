"""The views: what pages can show. Each takes a `Page` and returns Markdown with HTML blocks in it."""
