"""Rules about releases: their sums are right, and nothing is shown that the release itself says must be hidden."""

from __future__ import annotations

from collections.abc import Iterator

from macros.model import holdings, proportions, wording
from macros.model.questionnaire import EVERYONE, Questionnaire
from macros.model.release import Hiding, Release, Result
from macros.reading.problem import Problem, did_you_mean
from macros.reading.records import Records


def releases_fit_together(records: Records) -> Iterator[Problem]:
    """A release has its questionnaire, its numbers add up, and no row shows a figure that is too small."""
    asked = {
        one.id: one for one in records.by_kind.get(holdings.QUESTIONNAIRES.kind, ()) if isinstance(one, Questionnaire)
    }
    for one in records.by_kind.get(holdings.RELEASES.kind, ()):
        if not isinstance(one, Release):
            continue
        yield from _numbers(records, one)
        if one.wave in asked:
            yield from _rows(records, one, asked[one.wave])
        elif not records.unread(holdings.QUESTIONNAIRES.kind, one.wave):
            yield records.problem(
                one.at("wave"),
                found=f"the wave “{one.wave}”",
                expected="a questionnaire in data/questionnaires",
                mend=did_you_mean(one.wave, asked),
            )


def _numbers(records: Records, one: Release) -> Iterator[Problem]:
    if one.id != f"{one.wave}-{one.number}":
        yield records.problem(
            one.at("number"),
            found=f"wave {one.wave}, release {one.number}",
            expected=f"those of the file’s name, {one.id}",
            mend="rename the file, or correct the wave and the number",
        )
    left_out = sum(reason.count for reason in one.left_out)
    if one.usable + left_out != one.responses:
        yield records.problem(
            one.at("responses"),
            found=f"{one.responses} answers, {one.usable} usable and {left_out} left out",
            expected="usable and left out to make up all answers",
            mend="import the export again",
        )
    if one.invited is not None and one.invited < one.responses:
        yield records.problem(
            one.at("invited"), found=f"{one.invited}", expected="at least the number of answers", mend="check it"
        )
    hidden = sum(row.count is None for row in one.results)
    if (len(one.results), hidden) != (one.cells, one.hidden_cells):
        yield records.problem(
            one.at("cells"),
            found=f"{one.cells} cells, {one.hidden_cells} hidden",
            expected=f"the {len(one.results)} rows of {one.id}.csv, of which {hidden} are hidden",
            mend="import the export again; a release is not edited by hand",
        )
    protecting = sum(cells.count for cells in one.hidden if cells.rule == Hiding.PROTECTS)
    if one.untried > protecting:
        yield records.problem(
            one.at("untried"),
            found=wording.count(one.untried, "cell"),
            expected=f"no more than the {protecting} that the rule “{Hiding.PROTECTS}” hides",
            mend="import the export again; a release is not edited by hand",
        )


def _rows(records: Records, one: Release, asked: Questionnaire) -> Iterator[Problem]:
    by = asked.weights.question if asked.weights else None
    if one.weighted_by != by:
        yield records.problem(
            one.at("weighted_by"),
            found=f"weights by “{one.weighted_by}”" if one.weighted_by else "no “weighted_by:”",
            expected=f"“{by}”, as in the questionnaire" if by else "none, as the questionnaire has no “weights:”",
            mend="import the export again; a release is not edited by hand",
        )
    questions = {question.id: question for question in asked.counted}
    groups = {(EVERYONE, EVERYONE)}
    groups |= {(grouping.id, option.id) for grouping in asked.groupings for option in grouping.answers}
    seen: set[tuple[str, ...]] = set()
    for number, row in enumerate(one.results):
        key = (row.question, row.by, row.group, row.answer)
        question = questions.get(row.question)
        known = [] if question is None else [option.id for option in question.options]
        if question is None or (row.by, row.group) not in groups or row.answer not in known or key in seen:
            again = "a second row for" if key in seen else "a row for"
            yield records.problem(
                one.at(f"results.{number}.question"),
                found=f"{again} “{row.answer}” of “{row.question}” in “{row.group}” by “{row.by}”",
                expected="each question, group and answer of the questionnaire once",
                mend="import the export again",
            )
            continue
        seen.add(key)
        if fault := _fault(row, question.option(row.answer).is_answer, asked):
            yield records.problem(
                one.at(f"results.{number}.count"),
                found=fault,
                expected="what the questionnaire’s “disclosure:” and “weights:” allow",
                mend="do not publish this file; import the export again",
            )


def _fault(row: Result, is_answer: bool, asked: Questionnaire) -> str:
    """Return the fault of one row, or "". The audit proves that hidden values cannot be worked out."""
    limits = asked.disclosure
    if row.count is None:
        shares = (row.percent, row.low, row.high, row.weighted)
        return "a share of a hidden count" if any(share is not None for share in shares) else ""
    if row.weighted is not None and asked.weights is None:
        return "a share with weights"
    if row.base is None:
        return "a count of a base that is hidden"
    if 0 < row.count < limits.threshold:
        return f"a count from 1 to {limits.threshold - 1}"
    if row.by != EVERYONE and 0 < row.base < limits.smallest_group:
        return f"a group with a base below {limits.smallest_group}"
    if not is_answer:
        return ""
    if row.count > row.base:
        return "a count above its base"
    wanted = proportions.percent(row.count, row.base) if row.base >= limits.smallest_percent else None
    return "" if row.percent == wanted else "a share that is not that of the count"
