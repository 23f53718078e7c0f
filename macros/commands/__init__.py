"""The commands of `guide`, each a function with its help beside it; the work is done in the other rooms."""

# The modules that other rooms may use.
__all__ = ["changing", "checking", "command", "making", "surveying", "telling"]
