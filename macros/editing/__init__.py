"""Editing: corrections, forms, tidying, new records, and explanations of changes."""

# The modules that other rooms may use.
__all__ = [
    "changes",
    "changes_markdown",
    "correction",
    "corrections",
    "editor_schemas",
    "external_links",
    "github_forms",
    "github_issue",
    "local_editor",
    "migration",
    "new_guide",
    "new_trust",
    "new_wave",
    "skeleton",
    "survey_tools",
    "yaml_layout",
    "yaml_tidy",
]
