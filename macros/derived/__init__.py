"""Everything worked out from the Guide: figures, tables, relations and downloads.

`http_headers` is here as well: the headers of hosts and the security policy, which views show and `publish` sends.
"""

# The modules that other rooms may use.
__all__ = [
    "action_lists",
    "chart_drawing",
    "charts",
    "data_package",
    "dated_records",
    "download_kinds",
    "download_table",
    "downloads",
    "figure",
    "figures",
    "glossary_links",
    "http_headers",
    "latest_known",
    "relations",
    "reviews",
    "survey_figures",
    "table_rows",
    "trust_downloads",
    "trust_groups",
    "wave_comparison",
    "wave_figures",
    "word_document",
]
