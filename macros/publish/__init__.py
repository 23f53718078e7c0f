"""Publishing: engines, the served site, the search index, hosts and editions."""

# The modules that other rooms may use.
__all__ = [
    "build",
    "editions",
    "engine",
    "guard",
    "handover",
    "joined_files",
    "memory",
    "ownership",
    "prepared",
    "serve",
]
