"""The list of all downloads: their paths, titles and descriptions, and the meaning of a row or an item of each."""

from __future__ import annotations

from functools import partial

from macros.derived import table_columns, table_rows, word_files
from macros.derived.chart_downloads import CHART_DOWNLOADS
from macros.derived.data_package import PACKAGE_FILE
from macros.derived.download_kinds import (
    Download,
    FileDownload,
    RecordDownload,
    SchemaDownload,
    TableDownload,
    whole_guide,
)
from macros.derived.trust_downloads import NO_WORDS, TRUST_DOWNLOADS
from macros.model import addresses
from macros.model.region import with_first_wave
from macros.schema import contracts

DOWNLOADS: tuple[Download, ...] = (
    *TRUST_DOWNLOADS,
    TableDownload(
        "investment.csv",
        "Investment in the sector",
        "Sums in whole pounds, as the report gives them. Some are estimates, and what they cover differs: the column "
        "“scope” says what. Do not add them up or rank them.",
        table_columns.INVESTMENT.row,
        table_columns.INVESTMENT,
        whole_guide(table_rows.sums),
    ),
    TableDownload(
        "bodies.csv",
        "Boards and groups",
        f"The bodies in each Trust’s governance and the sector’s seats on them. {NO_WORDS}",
        table_columns.BODIES.row,
        table_columns.BODIES,
        whole_guide(table_rows.seats),
    ),
    TableDownload(
        "survey-{name}.csv",
        "Survey {name}: the answers",
        "Shares in per cent, as far as the report prints them. The answers were not weighted, and the report does not "
        "print how many answered each question: read them as an illustration.",
        table_columns.ANSWERS.row,
        table_columns.ANSWERS,
        lambda guide: {survey.wave: table_rows.given(survey) for survey in guide.surveys},
    ),
    RecordDownload(
        "survey-{name}.json",
        "Survey {name}: everything",
        "How the survey was done and its limits, the questions and answers, and what people wrote, in our own words.",
        "One wave of the survey.",
        contracts.SURVEY,
        lambda guide: {survey.wave: [survey] for survey in guide.surveys},
    ),
    *CHART_DOWNLOADS,
    RecordDownload(
        "questionnaires.json",
        "Questionnaires",
        "What surveys ask, of whom and in which words. A proposal says so: nobody has been asked.",
        "One questionnaire.",
        contracts.QUESTIONNAIRES,
        whole_guide(lambda guide: guide.questionnaires),
    ),
    RecordDownload(
        "releases.json",
        "Released results of surveys",
        "Counts, shares and intervals, with what was hidden and why. It is empty until a survey has been released.",
        "One release of the results of one wave.",
        contracts.RELEASES,
        whole_guide(lambda guide: guide.releases),
    ),
    RecordDownload(
        "recommendations.json",
        "Recommendations",
        "The report’s recommendations, in our own words, with what they leave open.",
        "One recommendation.",
        contracts.RECOMMENDATIONS,
        whole_guide(lambda guide: guide.recommendations),
        lambda recommendation: addresses.of_recommendation(recommendation.id),
    ),
    RecordDownload(
        "principles.json",
        "Principles of funding",
        "The principles of funding that the report takes up, in our own words.",
        "One principle.",
        contracts.PRINCIPLES,
        whole_guide(lambda guide: guide.principles),
    ),
    RecordDownload(
        "standards.json",
        "Standards",
        "The standards of good engagement, with their clauses, checks and evidence. The wording is ours.",
        "One standard.",
        contracts.STANDARDS,
        whole_guide(lambda guide: guide.standards),
        lambda standard: addresses.of_standard(standard.id),
    ),
    RecordDownload(
        "practices.json",
        "Practices",
        "What Trusts tried, where, and what the report says came of it.",
        "One practice.",
        contracts.PRACTICES,
        whole_guide(lambda guide: guide.practices),
        lambda practice: addresses.of_practice(practice.slug),
    ),
    RecordDownload(
        "framework.json",
        "The proposed regional framework",
        "A proposal that no Trust has adopted: stages, decisions, common documents, adoption, arguments.",
        "The framework.",
        contracts.FRAMEWORK,
        whole_guide(lambda guide: [guide.framework]),
    ),
    RecordDownload(
        "stages.json",
        "Stages and themes",
        "The six stages and two themes of this guide. The division is ours.",
        "One stage or theme.",
        contracts.STAGES,
        whole_guide(lambda guide: guide.stages),
    ),
    FileDownload(
        "documents/{name}.docx",
        "{name}, to fill in",
        "A common document of the proposed framework, for a word processor.",
        "One document.",
        lambda guide, _, __: {one.id: partial(word_files.to_docx, one, guide) for one in guide.framework.documents},
    ),
    FileDownload(
        "documents/{name}.csv",
        "{name}: the fields",
        "The fields of a common document of the proposed framework, with an empty column to fill in.",
        "One field of the document.",
        lambda guide, _, __: {one.id: partial(word_files.fields_csv, one) for one in guide.framework.documents},
    ),
    FileDownload(
        "timetable.ics",
        "Timetable as a calendar",
        "What Trusts said they would commission, extend or review, where a date is given (iCalendar).",
        "One plan of one Trust.",
        lambda guide, base_url, revised: {"": partial(word_files.to_calendar, guide, base_url, revised)},
    ),
    RecordDownload(
        "points.json",
        "Lists of points in the report",
        "The audit findings, the two summaries and the report’s other lists, point by point, in our own words.",
        "One list of points.",
        contracts.POINTS,
        whole_guide(lambda guide: guide.point_lists.values()),
    ),
    TableDownload(
        "glossary.csv",
        "Glossary",
        "Terms and acronyms. Two columns say whether the meaning is the report’s or ours.",
        table_columns.GLOSSARY.row,
        table_columns.GLOSSARY,
        whole_guide(lambda guide: guide.glossary),
    ),
    TableDownload(
        "since.csv",
        "What became of things since",
        "Facts of the time after the evidence, each with its documents and its date, and the questions that are open. "
        "The column “confidence” tells them apart.",
        table_columns.LATER.row,
        table_columns.LATER,
        whole_guide(table_rows.later),
    ),
    RecordDownload(
        "since.json",
        "What became of things since: everything",
        "The same facts and questions, with what each means for the standards. That is ours, and not legal advice.",
        "One subject: the area of a Trust, the country, or words.",
        contracts.LATER,
        whole_guide(lambda guide: guide.later),
    ),
    TableDownload(
        "places.csv",
        "Places",
        "Which Trust covered a place, with its councils, official codes and postcodes. The report has no list of "
        "places.",
        table_columns.PLACES.row,
        table_columns.PLACES,
        whole_guide(table_rows.coded_places),
    ),
    TableDownload(
        "areas.csv",
        "Official codes",
        "The codes of the Office for National Statistics for the areas that the Trusts covered, with the days on which "
        "each held. Other data carry them too, so that this joins them to the Trusts.",
        table_columns.AREAS.row,
        table_columns.AREAS,
        whole_guide(lambda guide: guide.areas),
    ),
    RecordDownload(
        "sources.json",
        "Sources",
        "The report, the documents it cites and their sections: what every `source` refers to.",
        "One document with its sections.",
        contracts.SOURCES,
        whole_guide(lambda guide: guide.documents.values()),
    ),
    RecordDownload(
        "region.json",
        "The region and the limits of the evidence",
        "What to know before using the data: limits of the evidence, and slips in the report with our reading of each.",
        "The region.",
        contracts.REGION,
        whole_guide(lambda guide: [with_first_wave(guide.region, guide.first_wave)]),
    ),
    RecordDownload(
        "search.json",
        "Words that readers type",
        "Other words for the guide’s own, and other names of its pages, that search knows. Ours.",
        "All of them.",
        contracts.SEARCH,
        whole_guide(lambda guide: [guide.search]),
    ),
    SchemaDownload(
        "schema/{name}.schema.json",
        "JSON Schema: {name}",
        "What the JSON downloads look like (those with “download” in their name), and what editors write.",
        "One schema.",
    ),
)
"""Every kind of download except the data package, which describes them."""

PACKAGE = Download(
    PACKAGE_FILE,
    "Data package",
    "A description of the downloads for programs: files, columns, fixed words, and how the tables refer to each other "
    "(Frictionless Data Package).",
    "The list of all downloads but the single profiles and the schemas.",
)
