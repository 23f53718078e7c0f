"""The HTML that each macro gives."""

# The modules that other rooms may use.
__all__ = ["catalogue", "corrections", "papers", "shared", "structured_data", "waves"]
