"""The guide's history: git, snapshots of the data, the differences between two of them, the timeline and feeds."""

# The modules that other rooms may use.
__all__ = [
    "difference",
    "feeds",
    "git",
    "likeness",
    "old_schema",
    "record_changes",
    "snapshots",
    "timeline",
    "timeline_entries",
    "wave_changes",
]
