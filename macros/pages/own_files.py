"""The guide's own scripts, styles and related files in `docs/assets/`, listed by name.

They run in readers' browsers, so a new one has to be listed here too, in code that maintainers review. Pictures are not
listed.
"""

OWN_FILES = frozenset(
    {
        "javascripts/clipboard.js",
        "javascripts/compare.js",
        "javascripts/copy.js",
        "javascripts/correct.js",
        "javascripts/early.js",
        "javascripts/filter.js",
        "javascripts/find.js",
        "javascripts/guide.js",
        "javascripts/map.js",
        "javascripts/parts.js",
        "javascripts/print.js",
        "javascripts/search/box.js",
        "javascripts/search/load.js",
        "javascripts/search/rank.js",
        "javascripts/search/words.js",
        "javascripts/self-assessment.js",
        "javascripts/self-assessment/actions.js",
        "javascripts/self-assessment/csv.js",
        "javascripts/self-assessment/form.js",
        "javascripts/self-assessment/joint.js",
        "javascripts/self-assessment/keep.js",
        "javascripts/self-assessment/record.js",
        "javascripts/vendor/accessible-autocomplete-3.0.1/LICENSE.txt",
        "javascripts/vendor/accessible-autocomplete-3.0.1/accessible-autocomplete.min.js",
        "javascripts/vendor/vendored.yml",
        "stylesheets/guide.css",
        "stylesheets/moved.css",
        "stylesheets/search.css",
        "stylesheets/tokens.css",
    }
)
"""Paths below `docs/assets/`."""
