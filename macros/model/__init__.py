"""The data model: records, fixed words, dates and texts."""

# The modules that other rooms may use.
__all__ = [
    "addresses",
    "base",
    "clock",
    "dates",
    "finding",
    "glossary",
    "guidance",
    "holdings",
    "lasting",
    "later",
    "process_variables",
    "profile",
    "proportions",
    "questionnaire",
    "region",
    "release",
    "report",
    "sources",
    "survey",
    "text",
    "trust",
    "vocabulary",
    "wave",
    "wording",
]
