"""Which pages stand for all: one of each kind, for tests that would take too long on every page."""

KINDS = [
    "about/",
    "commissioners/",
    "vcs/",
    "data/",
    "evidence/figures/",
    "evidence/sources/",
    "framework/by-stage/",
    "framework/governance/",
    "glossary/",
    "good-engagement/needs/",
    "gershon/g2/",
    "practice/",
    "practice/track-applications/",
    "recommendations/r3/",
    "self-assessment/",
    "standards/",
    "standards/na-1/",
    "survey/",
    "survey/funding/",
    "timetable/",
    "tools/ask/",
    "tools/core/",
    "tools/documents/",
    "trusts/",
    "trusts/luton/",
    "trusts/compare/",
    "trusts/compare/all/",
    "trusts/compare/money/",
    "trusts/gaps/",
]
"""One of each kind of page."""

NARROW = {"width": 360, "height": 740}
