"""The questionnaire as an XLSForm, the open standard that KoboToolbox and ODK read; pyxform checks it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from macros.editing.survey_tools.extra import SurveyError, library
from macros.editing.survey_tools.text_form import HOW, facts
from macros.model import text
from macros.model.questionnaire import AskedQuestion, QuestionKind, Questionnaire

_SURVEY = ("type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message")
_CHOICES = ("list_name", "name", "label")
_TYPES = {
    QuestionKind.ONE: "select_one {}",
    QuestionKind.SCALE: "select_one {}",
    QuestionKind.SEVERAL: "select_multiple {}",
    QuestionKind.NUMBER: "integer",
    QuestionKind.TEXT: "text",
}
MOST = 1_000_000
"""The highest number that a form accepts. Anything above it is a slip."""


def to_xlsx(one: Questionnaire) -> bytes:
    """Return the questionnaire as an XLSX file; raises SurveyError if pyxform finds a fault."""
    openpyxl = library("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    settings = [("form_title", "form_id", "default_language"), (one.title, f"survey_{one.id}", "English (en)")]
    for name, rows in (("survey", _survey(one)), ("choices", _choices(one)), ("settings", settings)):
        _fill(book.create_sheet(name), rows)
    written = io.BytesIO()
    book.save(written)
    content = written.getvalue()
    _prove(content, f"survey_{one.id}")
    return content


def _fill(sheet: Any, rows: Iterable[Sequence[str]]) -> None:
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            if value:
                cell = sheet.cell(number, place, value)
                cell.data_type = "s"  # a text that begins with “=” is still a text


def _survey(one: Questionnaire) -> Iterable[Sequence[str]]:
    yield _SURVEY
    yield _note("introduction", text.to_plain(one.introduction))
    yield _note("introduction-2", "\n".join(facts(one)))
    for number, paragraph in enumerate(one.privacy, 1):
        yield _note(f"privacy-{number}", f"{paragraph.title}: {text.to_plain(paragraph.what)}")
    for section in one.sections:
        questions = [question for question in one.questions if question.section == section.id]
        scopes = {_scope(question, one) for question in questions}
        shared = scopes.pop() if len(scopes) == 1 else ""  # or a form would show a heading with nothing below it
        yield _row(type="begin_group", name=f"section-{section.id}", label=section.title, relevant=shared)
        if section.introduction:
            yield _note(f"about-{section.id}", text.to_plain(section.introduction))
        yield from (_question(question, "" if shared else _scope(question, one)) for question in questions)
        yield _row(type="end_group")
    yield _note("thanks", text.to_plain(one.thanks))


def _question(question: AskedQuestion, scope: str) -> Sequence[str]:
    constraint, message = _constraint(question)
    route = _route(question)
    return _row(
        type=_TYPES[question.kind].format(question.id),
        name=question.id,
        label=question.wording,
        hint=f"{question.hint or ''} {HOW[question.kind] if question.takes_several else ''}".strip(),
        required="yes" if question.needed else "",
        relevant=f"{scope} and ({route})" if scope and route else scope or route,
        constraint=constraint,
        constraint_message=message,
    )


def _route(question: AskedQuestion) -> str:
    route = question.asked_if
    return " or ".join(f"selected(${{{route.question}}}, '{name}')" for name in route.options) if route else ""


def _scope(question: AskedQuestion, one: Questionnaire) -> str:
    """Return what hides a question from those whom the survey is not for: it would ask them in vain."""
    if one.scope is None or one.questions.index(question) <= one.questions.index(one.scope):
        return ""
    outside = [option.id for option in one.scope.options if option.id not in one.scope.in_scope]
    return " and ".join(f"not(selected(${{{one.scope.id}}}, '{name}'))" for name in outside)


def _constraint(question: AskedQuestion) -> tuple[str, str]:
    if question.kind == QuestionKind.NUMBER:
        return f". >= 0 and . <= {MOST}", "Please write a whole number."
    apart = [option for option in question.options if not option.is_answer]
    if question.takes_several and apart:
        lone = " and ".join(f"not(selected(., '{one.id}') and count-selected(.) > 1)" for one in apart)
        labels = " or ".join(f"“{one.label}”" for one in apart)
        return lone, f"Please choose {labels} by itself, or not at all."
    return "", ""


def _choices(one: Questionnaire) -> Iterable[Sequence[str]]:
    yield _CHOICES
    for question in one.questions:
        if question.kind != QuestionKind.NUMBER:
            yield from ((question.id, option.id, option.label) for option in question.options)


def _note(name: str, label: str) -> Sequence[str]:
    return _row(type="note", name=name, label=label)


def _row(**cells: str) -> Sequence[str]:
    return [cells.get(column, "") for column in _SURVEY]


def _prove(content: bytes, name: str) -> None:
    """Have pyxform turn the form into an XForm; raises SurveyError with its message."""
    convert, errors = library("pyxform.xls2xform").convert, library("pyxform.errors")
    try:
        made = convert(io.BytesIO(content), form_name=name, pretty_print=False, validate=False, file_type=".xlsx")
    except errors.PyXFormError as error:
        raise SurveyError(f"pyxform, which checks XLSForms, refuses the form: {error}") from None
    if not made.xform.strip():
        raise SurveyError("pyxform made nothing of the form")
