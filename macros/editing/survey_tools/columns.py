"""Finds the question behind each column of an export: by id, by wording, or from a mapping file."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from macros.editing.survey_tools.exports import google, kobo, limesurvey, microsoft, surveymonkey
from macros.editing.survey_tools.exports.shape import Shape
from macros.editing.survey_tools.extra import SurveyError
from macros.editing.survey_tools.mapping import IGNORED, Mapped
from macros.editing.survey_tools.plain_text import plain
from macros.editing.survey_tools.table_file import ExportTable, column_name
from macros.model.questionnaire import AskedQuestion, Questionnaire
from macros.model.release import Tool
from macros.reading.problem import nearest
from macros.reading.rules.questionnaires import code

SHAPES: tuple[Shape, ...] = (
    surveymonkey.SHAPE,
    kobo.SHAPE,
    limesurvey.SHAPE,
    microsoft.SHAPE,
    google.SHAPE,
)
_OTHER_WORDS = {"other", "other (please specify)", "comment"}
Target = tuple[str, str | None]
"""A question’s id and, if the column is about one of several options, the option’s."""


@dataclass
class Columns:
    """The purpose of each column of an export."""

    shape: Shape
    targets: dict[Target, int] = field(default_factory=dict)
    """The number of the column, from 0, for a question and, where several may be chosen, an option."""
    number: int | None = None
    """The column that tells answers apart."""
    sent: int | None = None
    """The column that is empty if an answer was not sent off."""
    own: int = 0
    """The number of columns that are the tool’s own, or were left out on purpose."""
    unmatched: list[int] = field(default_factory=list)
    suggestions: dict[int, str] = field(default_factory=dict)


def shape_of(table: ExportTable, tool: Tool | None) -> Shape:
    """Return the shape of an export, found from its headings or given by a person; raises SurveyError."""
    first, second = table.rows[0], table.rows[1]
    if tool is not None:
        return next(shape for shape in SHAPES if shape.tool == tool)
    for shape in SHAPES:
        if shape.recognises(first, second):
            return shape
    raise SurveyError(
        "the headings are of none of the five tools: say which it is with --tool, and check that the first row holds "
        f"the headings; the tools are {', '.join(Tool)}"
    )


def match(table: ExportTable, shape: Shape, asked: Questionnaire, mapped: Mapped) -> Columns:
    """Return the purpose of each column; raises SurveyError if two columns are for the same question."""
    first = _carried_on(table.rows[0]) if shape.header_rows == 2 else list(table.rows[0])
    second = table.rows[1] if shape.header_rows == 2 else [""] * table.width
    columns, finder = Columns(shape), _Finder(asked)
    names = [heading.lower() for heading in table.rows[0]]
    columns.number = next((names.index(name) for name in shape.number if name in names), None)
    columns.sent = next((names.index(name) for name in shape.sent if name in names), None)
    twice: list[str] = []
    for place, (upper, lower) in enumerate(zip(first, second, strict=True)):
        target = mapped.column(upper, lower) or finder.find(shape, upper, lower)
        if target is None:
            known = names[place] in shape.own or shape.own_pattern.fullmatch(names[place])
            if known or plain(lower) in _OTHER_WORDS or not (upper or lower) or upper.lower().endswith("[other]"):
                columns.own += 1
            else:
                columns.unmatched.append(place)
        elif target[0] == IGNORED:
            columns.own += 1
        elif target in columns.targets:
            twice.append(f"columns {column_name(columns.targets[target])} and {column_name(place)} ({target[0]})")
        else:
            columns.targets[target] = place
    if twice:
        raise SurveyError(
            f"two columns are for one question: {', '.join(twice)}; take one out of the export, or give one of them "
            "“ignore” in the mapping file"
        )
    for place in columns.unmatched:
        left = [name for name in missing(asked, columns) if name not in columns.suggestions.values()]
        if near := finder.nearest(first[place], left):
            columns.suggestions[place] = near
    return columns


def _carried_on(headings: Sequence[str]) -> list[str]:
    """Return the headings, with each empty one replaced by the one before it."""
    last, full = "", []
    for heading in headings:
        last = heading or last
        full.append(last)
    return full


class _Finder:
    """Finds questions and options by the names that a tool uses for them."""

    def __init__(self, asked: Questionnaire) -> None:
        self.questions: dict[str, AskedQuestion] = {}
        self.words = {question.id: plain(question.wording) for question in asked.questions}
        every = Counter(word for words in self.words.values() for word in _long_words(words))
        self.telling = {word for word, number in every.items() if number <= 2}
        """Words that tell questions from one another, as “your” and “work” do not."""
        for question in asked.questions:
            for name in (plain(question.wording), plain(question.title)):
                self.questions.setdefault(name, question)
        self.codes = {code(question.id): question for question in asked.questions}

    def find(self, shape: Shape, first: str, second: str) -> Target | None:
        """Return the purpose of a column; None if nothing shows it."""
        for name, option in shape.parts(first, second):
            question = self.codes.get(code(name)) if name and len(name) < 100 else None
            question = question or self.questions.get(plain(name))
            if question is None:
                continue
            if option is None:
                return question.id, None
            found = option_of(question, option)
            if found is not None and question.takes_several:
                return question.id, found
        return None

    def nearest(self, heading: str, among: Sequence[str]) -> str | None:
        """Return which of some questions a heading is most like: by its letters, or by a word that few others have."""
        words = plain(heading)[:200]
        known = {name: name for name in among} | {self.words[name]: name for name in among}
        if near := nearest(words, known):
            return known[near]
        shared = {name: len(self.telling & _long_words(words) & _long_words(self.words[name])) for name in among}
        best = max(shared, key=lambda name: shared[name], default=None)
        return best if best and shared[best] else None


def _long_words(text: str) -> set[str]:
    return {*re.findall(r"\w{4,}", text)}


def option_of(question: AskedQuestion, name: str) -> str | None:
    """Return the id of the option that a tool calls by this name; None if there is none."""
    short, words = code(name), plain(name)
    for option in question.options:
        if words == plain(option.label):
            return option.id
    return next((option.id for option in question.options if short == code(option.id)), None)


def told(table: ExportTable, columns: Columns, *, by_heading: bool = True) -> Iterator[str]:
    """Yield a line for each column without a question. It names the heading if that is certain not to be an answer."""
    for place in columns.unmatched:
        heading = " ".join(str(table.rows[0][place]).split())
        heading = heading if len(heading) <= 60 else f"{heading[:59]}…"
        near = columns.suggestions.get(place)
        named = f"column {column_name(place)}" + (f", “{heading}”" if by_heading else "")
        yield named + (f": did you mean {near}?" if near and by_heading else "")


def proposed(table: ExportTable, columns: Columns) -> Iterator[str]:
    """Yield the lines with which a mapping file could begin: what is suggested, and “ignore” for the rest."""
    if columns.unmatched:
        yield "columns:"
    for place in columns.unmatched:
        heading = " ".join(str(table.rows[0][place]).split())
        yield f"  {json.dumps(heading, ensure_ascii=False)}: {columns.suggestions.get(place, IGNORED)}"


def missing(asked: Questionnaire, columns: Columns) -> list[str]:
    """Return the ids of the questions without a column."""
    found = {question for question, _ in columns.targets}
    return [question.id for question in asked.questions if question.id not in found]


def by_question(columns: Columns) -> Mapping[str, dict[str | None, int]]:
    """Return the columns of each question, by option."""
    grouped: dict[str, dict[str | None, int]] = {}
    for (question, option), place in columns.targets.items():
        grouped.setdefault(question, {})[option] = place
    return grouped
