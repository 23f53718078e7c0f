"""From files to one checked, frozen Guide, with the place of each problem."""

# The modules that other rooms may use.
__all__ = [
    "cache",
    "csv_cells",
    "csv_file",
    "earlier_results",
    "file_text",
    "files",
    "guide",
    "names",
    "old_layout",
    "plain_files",
    "problem",
    "problem_formats",
    "program_state",
    "project_files",
    "project_state",
    "reader",
    "records",
    "refusals",
    "row_reader",
    "rules",
    "settings",
    "staging",
    "unwritten",
    "yaml_file",
]
