"""The views: the HTML of each macro that pages may call."""

# The modules that other rooms may use.
__all__ = ["catalogue", "corrections", "papers", "shared", "structured_data", "waves"]
