"""The questionnaire as plain text: to read, to agree on, and to copy into form tools that take no files."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from macros.model import text
from macros.model.questionnaire import AskedQuestion, OptionKind, QuestionKind, Questionnaire

WIDTH = 78
HOW = {
    QuestionKind.ONE: "Choose one.",
    QuestionKind.SEVERAL: "Choose all that apply.",
    QuestionKind.SCALE: "Choose one.",
    QuestionKind.NUMBER: "Write a whole number.",
    QuestionKind.TEXT: "Write as much as you like.",
}
"""The instruction to respondents for each kind of question."""


def to_text(one: Questionnaire) -> str:
    """Return the questionnaire as text, with the invitation and the reminder."""
    return "\n".join(_lines(one)) + "\n"


def route(question: AskedQuestion, numbers: dict[str, int], one: Questionnaire) -> str:
    """Return the respondents who are asked, in words for paper; "" if everyone is."""
    if question.asked_if is None:
        return ""
    leads = one.question(question.asked_if.question)
    labels = " or ".join(f"“{leads.option(name).label}”" for name in question.asked_if.options)
    return f"Only if you chose {labels} in question {numbers[leads.id]}."


def ends(question: AskedQuestion, one: Questionnaire) -> str:
    """Return who need not go on after a question about scope, in words for paper; "" after any other."""
    if question != one.scope:
        return ""
    labels = " or ".join(f"“{option.label}”" for option in question.options if option.id not in question.in_scope)
    return f"If you choose {labels}, please stop here: the other questions are not for you." if labels else ""


def facts(one: Questionnaire) -> tuple[str, ...]:
    """Return who asks, who answers questions, how long it takes and until when, a line each."""
    return (
        f"Asked by: {one.organiser}",
        f"Questions to: {one.contact}",
        f"It takes about {one.minutes} minutes. {dates(one)}",
    )


def dates(one: Questionnaire) -> str:
    """Return in words the day until which the survey can be answered."""
    if one.opens and one.closes:
        return f"Open from {one.opens.text} to {one.closes.text}."
    return f"Open until {one.closes.text}." if one.closes else "The closing date is not set yet."


def _lines(one: Questionnaire) -> Iterator[str]:
    yield from (one.title, "=" * len(one.title), "")
    yield from facts(one)
    yield ""
    yield from _wrapped(one.introduction)
    yield from _heading("About your data")
    for paragraph in one.privacy:
        yield from _wrapped(f"{paragraph.title}. {text.to_plain(paragraph.what)}")
        yield ""
    numbers = {question.id: number for number, question in enumerate(one.questions, 1)}
    for section in one.sections:
        yield from _heading(section.title)
        if section.introduction:
            yield from _wrapped(section.introduction)
            yield ""
        for question in one.questions:
            if question.section == section.id:
                yield from _question(question, numbers, one)
    yield from _wrapped(one.thanks)
    for name, letter in (("The invitation", one.invitation), ("The reminder", one.reminder)):
        yield from _heading(name)
        yield f"Subject: {letter.subject}"
        yield ""
        yield from _wrapped(letter.body)


def _question(question: AskedQuestion, numbers: dict[str, int], one: Questionnaire) -> Iterator[str]:
    if asked := route(question, numbers, one):
        yield from _wrapped(asked)
    needed = " (needed)" if question.needed else ""
    yield from _wrapped(f"{numbers[question.id]}. {question.wording}{needed}")
    yield from _wrapped(f"{question.hint or ''} {HOW[question.kind]} [{question.id}]".strip())
    if question.kind != QuestionKind.NUMBER:
        for option in question.options:
            apart = "" if option.kind == OptionKind.ANSWER else "  (apart from the others)"
            yield f"   ( ) {option.label} [{option.id}]{apart}"
    if end := ends(question, one):
        yield from _wrapped(end)
    yield ""


def _heading(words: str) -> Iterator[str]:
    yield from ("", words, "-" * len(words), "")


def _wrapped(words: str) -> Iterator[str]:
    yield from textwrap.wrap(" ".join(text.to_plain(words).split()), WIDTH)
