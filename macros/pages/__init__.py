"""Markdown pages: their macro calls, drawing, reuse and checks."""

# The modules that other rooms may use.
__all__ = [
    "allowed",
    "attribute_rules",
    "checked_before",
    "docs_files",
    "finished",
    "host_files",
    "html_as_written",
    "macro_calls",
    "macro_lookup",
    "menu",
    "parser_bypass",
    "project",
    "prose",
    "published_addresses",
    "readability",
    "same_address",
    "site",
    "site_checks",
    "source_page",
]
