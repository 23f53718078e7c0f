"""Rules about questionnaires: every reference leads somewhere, and every answer can be counted in only one way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from macros.model import holdings
from macros.model.questionnaire import (
    EVERYONE,
    AskedQuestion,
    QuestionKind,
    Questionnaire,
    QuestionnaireStatus,
    Role,
    Sameness,
)
from macros.reading.problem import Problem, did_you_mean, quoted
from macros.reading.records import Records
from macros.reading.unwritten import texts


def questionnaires_fit_together(records: Records) -> Iterator[Problem]:
    """Each question can be asked and counted, and everything that it names exists."""
    for one in records.by_kind.get(holdings.QUESTIONNAIRES.kind, ()):
        if isinstance(one, Questionnaire):
            yield from _names(records, one)
            yield from _dates(records, one)
            yield from _left_to_write(records, one)
            yield from _weights(records, one)
            for number, question in enumerate(one.questions):
                yield from _options(records, question)
                yield from _bands(records, question)
                yield from _route(records, question, one.questions[:number])
                yield from _role(records, question)
                yield from _repeats(records, question)
                yield from _sameness(records, question)


_TO_WRITE = re.compile(r"\([Ww]rite\b[^()]*\)")
"""Text in the sample that has to be replaced, such as `(write the date)`."""


def code(text: str) -> str:
    """Return an id in the form for tools that allow only letters and digits: `payment-terms` gives `paymentterms`."""
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def _twice(records: Records, named: Iterable[tuple[str, str]], what: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for name, where in named:
        if name in seen:
            yield records.problem(
                where, found=f"{what} “{name}” a second time", expected="each one once", mend="change one of them"
            )
        seen.add(name)


def _names(records: Records, one: Questionnaire) -> Iterator[Problem]:
    questions = [(code(question.id), question.at("id")) for question in one.questions]
    yield from _twice(records, questions, "the question (without its hyphens)")
    sections = [section.id for section in one.sections]
    yield from _twice(records, ((name, one.at(f"sections.{i}.id")) for i, name in enumerate(sections)), "the section")
    roles = [(str(question.role), question.at("role")) for question in one.questions if question.role]
    yield from _twice(records, roles, "the role")
    for question in one.questions:
        if question.section not in sections:
            yield records.problem(
                question.at("section"),
                found=f"the section “{question.section}”",
                expected="a section of this questionnaire",
                mend=did_you_mean(question.section, sections),
            )


def _dates(records: Records, one: Questionnaire) -> Iterator[Problem]:
    if one.opens and one.closes and one.closes.last < one.opens.first:
        yield records.problem(
            one.at("closes"), found=f"{one.closes.text}", expected="a day after it opens", mend="check both dates"
        )
    missing = [name for name in ("opens", "closes") if getattr(one, name) is None]
    if missing and one.status != QuestionnaireStatus.PROPOSAL:
        expected = "the days on which it opens and closes, as respondents are told them"
        mend = " and ".join(f"add “{name}:”" for name in missing)
        yield records.problem(
            one.at("status"), found=f"“{one.status}” without both dates", expected=expected, mend=mend
        )


def _left_to_write(records: Records, one: Questionnaire) -> Iterator[Problem]:
    """Yield the text that an agreed questionnaire still leaves to be written: respondents would read it."""
    if one.status == QuestionnaireStatus.PROPOSAL:
        return
    for where, text in texts(one, one.where, ":"):
        if found := _TO_WRITE.search(text):
            yield records.problem(
                where,
                found=f"“{found[0]}”",
                expected="your own words, as the questionnaire is agreed on",
                mend="write them, or go back to “status: proposal” until you can",
            )


def _options(records: Records, question: AskedQuestion) -> Iterator[Problem]:
    named = [(code(option.id), question.at(f"options.{i}.id")) for i, option in enumerate(question.options)]
    yield from _twice(records, named, "the option (without its hyphens)")
    labels = [(option.label.casefold(), question.at(f"options.{i}.label")) for i, option in enumerate(question.options)]
    yield from _twice(records, labels, "the words")
    if question.kind == QuestionKind.TEXT and question.options:
        yield records.problem(
            question.at("options"),
            found="options of a question that takes words",
            expected="none",
            mend="take them out, or write another kind",
        )
    elif question.kind != QuestionKind.TEXT and len(question.answers) < 2:
        yield records.problem(
            question.at("kind"),
            found=f"{len(question.answers)} options that answer the question",
            expected="at least 2",
            mend="write them below “options:”",
        )
    for number, option in enumerate(question.options):
        if option.id in {EVERYONE, "base"}:
            yield records.problem(
                question.at(f"options.{number}.id"),
                found=f"the id “{option.id}”",
                expected="another word: this one stands for something else in the results",
                mend="change it",
            )


def _bands(records: Records, question: AskedQuestion) -> Iterator[Problem]:
    number_kind, last = question.kind == QuestionKind.NUMBER, -1
    for place, option in enumerate(question.options):
        where, has_bounds = question.at(f"options.{place}.lowest"), option.lowest is not None
        if has_bounds != (number_kind and option.is_answer) or (option.highest is not None and not has_bounds):
            yield records.problem(
                where if has_bounds else question.at(f"options.{place}.id"),
                found="a lowest or highest number" if has_bounds else "no lowest number",
                expected="both on the bands of a question that takes a number, and on nothing else",
                mend="take it out" if has_bounds else "add “lowest:”, and “highest:” except on the last band",
            )
        elif option.lowest is not None:
            top = option.highest if option.highest is not None else 10**9
            if option.lowest != last + 1 or top < option.lowest:
                yield records.problem(
                    where,
                    found=f"a band from {option.lowest}",
                    expected=f"one from {last + 1}, so that every number is in one band",
                    mend="check “lowest:” and “highest:” of this band and the one before",
                )
            last = top


def _route(records: Records, question: AskedQuestion, earlier: tuple[AskedQuestion, ...]) -> Iterator[Problem]:
    if question.asked_if is None:
        return
    known = {one.id: one for one in earlier if one.is_counted and one.role != Role.SCOPE}
    leads = known.get(question.asked_if.question)
    if leads is None:
        yield records.problem(
            question.at("asked_if.question"),
            found=f"the question “{question.asked_if.question}”",
            expected="an earlier question with options, other than that about scope",
            mend=did_you_mean(question.asked_if.question, known),
        )
        return
    for number, name in enumerate(question.asked_if.options):
        options = [option.id for option in leads.options]
        if name not in options:
            yield records.problem(
                question.at(f"asked_if.options.{number}"),
                found=f"the option “{name}”",
                expected=f"an option of “{leads.id}”",
                mend=did_you_mean(name, options),
            )


def _role(records: Records, question: AskedQuestion) -> Iterator[Problem]:
    if question.role and (question.kind != QuestionKind.ONE or question.asked_if):
        yield records.problem(
            question.at("role"),
            found=f"the role “{question.role}”",
            expected="one on a question that everyone is asked and that takes one answer",
            mend="write “kind: one” and no “asked_if:”, or take the role out",
        )
    options = [option.id for option in question.options]
    if bool(question.in_scope) != (question.role == Role.SCOPE):
        yield records.problem(
            question.at("in_scope" if question.in_scope else "role"),
            found="options that belong in the survey" if question.in_scope else "no options that belong in the survey",
            expected="them on the question about scope, and on no other",
            mend="take “in_scope:” out" if question.in_scope else "add “in_scope:”",
        )
    for number, name in enumerate(question.in_scope):
        if name not in options:
            yield records.problem(
                question.at(f"in_scope.{number}"),
                found=f"the option “{name}”",
                expected="an option of this question",
                mend=did_you_mean(name, options),
            )


def _repeats(records: Records, question: AskedQuestion) -> Iterator[Problem]:
    repeats = question.repeats
    if repeats is None:
        return
    waves: dict[str, list[str]] = {}
    for holding, field in ((holdings.QUESTIONNAIRES, "id"), (holdings.SURVEYS, "wave")):
        for one in records.by_kind.get(holding.kind, ()):
            questions = [asked.id for asked in one.questions]  # type: ignore[attr-defined]
            waves.setdefault(str(getattr(one, field)), []).extend(questions)
    broken = any(records.unread(holding.kind, repeats.wave) for holding in (holdings.SURVEYS, holdings.QUESTIONNAIRES))
    if repeats.wave not in waves:
        if not broken:
            yield records.problem(
                question.at("repeats.wave"),
                found=f"the wave “{repeats.wave}”",
                expected="a wave of data/surveys or data/questionnaires",
                mend=did_you_mean(repeats.wave, waves),
            )
    elif repeats.question not in waves[repeats.wave]:
        yield records.problem(
            question.at("repeats.question"),
            found=f"the question “{repeats.question}”",
            expected=f"a question of the wave {repeats.wave}",
            mend=did_you_mean(repeats.question, waves[repeats.wave]),
        )


def _sameness(records: Records, question: AskedQuestion) -> Iterator[Problem]:
    """Yield what is said of an earlier wave that its questionnaire shows to be otherwise: comparisons rest on it."""
    repeats = question.repeats
    asked = records.by_kind.get(holdings.QUESTIONNAIRES.kind, ())
    earlier = next(
        (one for one in asked if repeats and isinstance(one, Questionnaire) and one.id == repeats.wave), None
    )
    first = (
        next((one for one in earlier.questions if repeats and one.id == repeats.question), None) if earlier else None
    )
    if repeats is None or first is None:
        return
    is_same = {"wording": question.wording == first.wording, "options": _choices(question) == _choices(first)}
    for field, same in is_same.items():
        said, right = getattr(repeats, field), Sameness.SAME if same else Sameness.CHANGED
        if said != right:
            yield records.problem(
                question.at(f"repeats.{field}"),
                found=f"“{said}”",
                expected=f"“{right}”, as data/questionnaires/{repeats.wave}.yml shows",
                mend=f"write that, or mend the {field}",
            )


def _choices(question: AskedQuestion) -> tuple[object, ...]:
    """Return what can be answered to a question, as far as it must be the same for answers to be compared."""
    return question.kind, tuple(option.model_dump_json() for option in question.options)


def _weights(records: Records, one: Questionnaire) -> Iterator[Problem]:
    if one.weights is None:
        return
    known = {question.id: question for question in one.groupings}
    question = known.get(one.weights.question)
    if question is None:
        yield records.problem(
            one.at("weights.question"),
            found=f"the question “{one.weights.question}”",
            expected="one with the role area, size or service",
            mend=did_you_mean(one.weights.question, known),
        )
        return
    wanted, given = [option.id for option in question.answers], [share.option for share in one.weights.shares]
    for number, name in enumerate(given):
        if name not in wanted:
            yield records.problem(
                one.at(f"weights.shares.{number}.option"),
                found=f"the option “{name}”",
                expected=f"an answer of “{question.id}”",
                mend=did_you_mean(name, wanted),
            )
    named = ((name, one.at(f"weights.shares.{number}.option")) for number, name in enumerate(given))
    yield from _twice(records, named, "the option")
    if missing := [name for name in wanted if name not in given]:
        yield records.problem(
            one.at("weights.shares"),
            found=f"no share for {quoted(missing)}",
            expected=f"one for each answer of “{question.id}”",
            mend="add what is missing",
        )
    total = sum(share.percent for share in one.weights.shares)
    if total != 100:
        yield records.problem(
            one.at("weights.shares"),
            found=f"shares that add up to {total}",
            expected="100",
            mend="check each “percent:”",
        )
