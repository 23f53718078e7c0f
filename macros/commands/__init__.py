"""The commands of `guide`, each a function with its help next to it; other rooms do the work."""

# The modules that other rooms may use.
__all__ = ["changing", "checking", "command", "making", "surveying", "telling"]
