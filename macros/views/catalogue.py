"""The names that pages may call, and the records that must have a page."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping

from macros.gathering import FOLDER
from macros.guide import Guide
from macros.views import (
    compare,
    correcting,
    data_dictionary,
    downloads,
    evidence,
    framework,
    freshness,
    gathered,
    hosting,
    practices,
    report,
    standards,
    survey,
    tools,
    trust,
    trusts,
)
from macros.views.letters import gathered_of

MACROS: Mapping[str, Callable[..., str]] = {
    view.__name__: view
    for view in (
        trust.trust_profile,
        trusts.trust_finder,
        gathered.trusts_of,
        compare.compare_topics,
        compare.compare,
        compare.compare_all,
        trusts.trust_gaps,
        survey.survey_summary,
        survey.survey_themes,
        survey.survey_forum,
        survey.money_over_time,
        trusts.trust_links,
        standards.standard_list,
        standards.standard,
        standards.core_standards,
        standards.stage_list,
        standards.stage,
        standards.principle_list,
        standards.principle,
        practices.practice_list,
        practices.practice,
        framework.proposal,
        framework.framework_about,
        framework.framework_stages,
        framework.framework_decisions,
        framework.framework_adopt,
        framework.framework_across,
        framework.framework_arguments,
        framework.common_documents,
        tools.checklist,
        tools.checklist_list,
        tools.questions_to_ask,
        tools.worry_links,
        tools.timetable,
        tools.self_assessment,
        report.recommendation_list,
        report.recommendation,
        report.point_list,
        report.principles,
        report.figure,
        report.figure_table,
        report.source,
        report.region_limits,
        report.region_slips,
        report.contact,
        correcting.correction_form,
        correcting.repository_link,
        evidence.evidence_index,
        evidence.document_table,
        evidence.glossary,
        evidence.term,
        downloads.download_list,
        downloads.editions,
        data_dictionary.data_dictionary,
        freshness.whats_new,
        hosting.host_headers,
    )
}

SHOW_NOTES = frozenset({"evidence_index", "data_dictionary"})
"""Macros that say what other pages used: their own page is left out of those notes."""

OTHER_PAGES = {
    "trusts": ("index", "gaps"),
    "recommendations": ("index",),
    "standards": ("index",),
    "practice": ("index",),
    "good-engagement": ("index",),
    "gershon": ("index",),
}
"""Pages that stand beside records in their folders."""


def record_pages(guide: Guide) -> Mapping[str, Mapping[str, str]]:
    """Return, by folder of `docs/`, the page that each record must have and the call that must be on it."""
    return {
        "trusts": {one.slug: f'trust_profile("{one.slug}")' for one in guide.trusts},
        FOLDER: {one.id: f'trusts_of("{one.id}")' for one in gathered_of(guide)},
        "recommendations": {one.id: f'recommendation("{one.id}")' for one in guide.recommendations},
        "standards": {one.id: f'standard("{one.id}")' for one in guide.standards},
        "practice": {one.slug: f'practice("{one.slug}")' for one in guide.practices},
        "good-engagement": {one.id: f'stage("{one.id}")' for one in guide.stages},
        "gershon": {one.id: f'principle("{one.id}")' for one in guide.principles},
    }


def record_titles(guide: Guide) -> Mapping[str, Mapping[str, str]]:
    """Return, by folder of `docs/`, the title that each record's page must have."""
    return {
        "trusts": {one.slug: one.name for one in guide.trusts},
        FOLDER: {one.id: f"Trusts from A to Z: {one.label}" for one in gathered_of(guide)},
        "recommendations": {one.id: f"{one.id.upper()}: {one.title}" for one in guide.recommendations},
        "standards": {one.id: f"{one.id.upper()} {one.title}" for one in guide.standards},
        "practice": {one.slug: one.title for one in guide.practices},
        "good-engagement": {one.id: f"{one.number}: {one.title.lower()}" for one in guide.stages},
        "gershon": {one.id: f"{one.id.upper()}: {one.name}" for one in guide.principles},
    }


def usage(name: str) -> str:
    """Return how a macro is called, such as `{{ recommendation("name") }}`."""
    parameters = [f'"{parameter}"' for parameter in inspect.signature(MACROS[name]).parameters][1:]
    return f"{{{{ {name}({', '.join(parameters)}) }}}}"
