"""The list of macros that pages may call, and of the pages that records must have."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence

from macros.derived.trust_groups import FOLDER
from macros.model import addresses
from macros.model.wave import Wave
from macros.reading.guide import Guide
from macros.views import (
    charts,
    compare,
    corrections,
    data_dictionary,
    downloads,
    evidence,
    framework,
    freshness,
    grid,
    guidance,
    later,
    practices,
    report,
    survey,
    survey_results,
    timeline,
    tools,
    trust,
    trust_group,
    trusts,
    waves,
    wheel,
)
from macros.views.papers import shelf
from macros.views.shared.trust_groups import gathered_of

MACROS: Mapping[str, Callable[..., str]] = {
    view.__name__: view
    for view in (
        trust.trust_profile,
        trust.wave_profile,
        waves.wave_list,
        waves.change,
        trusts.trust_finder,
        grid.trust_grid,
        trust_group.trusts_of,
        compare.compare_topics,
        compare.compare,
        compare.compare_all,
        trusts.trust_gaps,
        survey.survey_summary,
        survey.survey_themes,
        survey.survey_forum,
        charts.chart_list,
        survey_results.survey_results,
        survey_results.survey_waves,
        survey_results.questionnaire,
        survey_results.survey_letters,
        trusts.trust_links,
        guidance.standard_list,
        guidance.standard,
        guidance.core_standards,
        guidance.stage_tasks,
        wheel.wheel,
        guidance.stage,
        guidance.principle_list,
        guidance.principle,
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
        timeline.timeline,
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
        corrections.correction_form,
        corrections.repository_link,
        evidence.evidence_index,
        evidence.document_table,
        evidence.glossary,
        evidence.term,
        downloads.download_list,
        downloads.editions,
        shelf.paper,
        shelf.paper_list,
        data_dictionary.data_dictionary,
        freshness.whats_new,
        later.later_timeline,
        later.later_standards,
        later.later_trusts,
        later.later_questions,
        later.further_reading,
        downloads.host_headers,
    )
}

INLINE = frozenset({"contact", "figure", "repository_link", "source", "term"})
"""Macros that give words for a sentence. All others give a block, and need a line to themselves."""

RECORD_MACROS = frozenset(
    {"trust_profile", "wave_profile", "trusts_of", "recommendation", "standard", "practice", "stage", "principle"}
)
"""Macros that show one record: the page that calls one is that record's own page."""

GOOD_ENGAGEMENT = addresses.of_page("good-engagement/index.md")
"""The page above those of all stages and themes."""

SHOW_NOTES = frozenset({"evidence_index", "data_dictionary"})
"""Macros that list the pages using something: their own page is left out of such lists."""

_OTHER_PAGES = {
    "trusts": ("index", "gaps"),
    "recommendations": ("index",),
    "standards": ("index",),
    "practice": ("index",),
    "good-engagement": ("index",),
}


def other_pages(guide: Guide) -> Mapping[str, Sequence[str]]:
    """Return the pages in the folder of records that are not pages of records, by folder."""
    return {**_OTHER_PAGES, _principles(guide): ("index",)}


def _waves_told(guide: Guide) -> Mapping[str, Sequence[Wave]]:
    """Return the waves that have an account of each Trust, for Trusts with later waves."""
    slugs = dict.fromkeys(one.trust for one in guide.profiles)
    return {slug: [guide.first_wave, *(guide.wave(one.wave) for one in guide.profiles_of(slug))] for slug in slugs}


def _principles(guide: Guide) -> str:
    return guide.region.principle_folder


def record_pages(guide: Guide) -> Mapping[str, Mapping[str, str]]:
    """Return, by folder of `docs/`, the page that each record must have and the macro call that it must contain."""
    return {
        "trusts": {one.slug: f'trust_profile("{one.slug}")' for one in guide.trusts},
        **{
            f"trusts/{slug}": {wave.id: f'wave_profile("{slug}", "{wave.id}")' for wave in many}
            for slug, many in _waves_told(guide).items()
        },
        FOLDER: {one.id: f'trusts_of("{one.id}")' for one in gathered_of(guide)},
        "recommendations": {one.id: f'recommendation("{one.id}")' for one in guide.recommendations},
        "standards": {one.id: f'standard("{one.id}")' for one in guide.standards},
        "practice": {one.slug: f'practice("{one.slug}")' for one in guide.practices},
        "good-engagement": {one.id: f'stage("{one.id}")' for one in guide.stages},
        _principles(guide): {one.id: f'principle("{one.id}")' for one in guide.principles},
    }


def record_titles(guide: Guide) -> Mapping[str, Mapping[str, str]]:
    """Return, by folder of `docs/`, the title that each record's page must have."""
    return {
        "trusts": {one.slug: one.name for one in guide.trusts},
        **{
            f"trusts/{slug}": {wave.id: waves.cited_title(guide.trust(slug), wave) for wave in many}
            for slug, many in _waves_told(guide).items()
        },
        FOLDER: {one.id: f"Trusts from A to Z: {one.label}" for one in gathered_of(guide)},
        "recommendations": {one.id: f"{one.id.upper()}: {one.title}" for one in guide.recommendations},
        "standards": {one.id: f"{one.id.upper()} {one.title}" for one in guide.standards},
        "practice": {one.slug: one.title for one in guide.practices},
        "good-engagement": {one.id: f"{one.number}: {one.title.lower()}" for one in guide.stages},
        _principles(guide): {one.id: f"{one.id.upper()}: {one.name}" for one in guide.principles},
    }


def above(guide: Guide, url: str) -> list[str]:
    """Return the pages above a record that its address does not show; none for any other page.

    The address of a standard is among all standards, but its place is in the stage that it belongs to.
    """
    stages = {addresses.of_standard(one.id): one.stage for one in guide.standards}
    return ["", GOOD_ENGAGEMENT, addresses.of_stage(stages[url])] if url in stages else []


def usage(name: str) -> str:
    """Return the call of a macro, such as `{{ recommendation("name") }}`."""
    parameters = [f'"{parameter}"' for parameter in inspect.signature(MACROS[name]).parameters][1:]
    return f"{{{{ {name}({', '.join(parameters)}) }}}}"
