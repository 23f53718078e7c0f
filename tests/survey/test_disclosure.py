"""Disclosure control: nothing hidden can be worked out, by the audit’s proof and by attacks that know nothing of it."""

from __future__ import annotations

import random
from itertools import product
from typing import Any

import numpy as np
import pytest
from seeds import IS_DRAWN, SEED

from macros.editing.survey_tools import disclosure
from macros.editing.survey_tools.aggregates import BASE, MISSING, Answers, CellCounts, Key, blocks, count
from macros.editing.survey_tools.audit import Published, audit
from macros.editing.survey_tools.commands import prove
from macros.editing.survey_tools.extra import SurveyError
from macros.editing.survey_tools.primary import primary, protected
from macros.model.questionnaire import EVERYONE, AskedQuestion, Questionnaire
from macros.model.release import Hiding

THRESHOLD = 5


def small(options: int, groups: int, second: bool = False, several: bool = False) -> Questionnaire:
    """Return a questionnaire with one question, or two of which one leads to the other, and one grouping."""

    def question(name: str, many: int, **more: Any) -> dict[str, Any]:
        choices = [{"id": f"{name}{place}", "label": f"{name} {place}"} for place in range(many)]
        words = {"title": name, "wording": f"{name}?", "base": "All", "why": "A test.", "section": "s", "kind": "one"}
        return {"id": name, "options": choices, **words, **more}

    questions = [question("area", groups, role="area"), question("q", options, kind="several" if several else "one")]
    if second:
        questions.append(question("r", 2, asked_if={"question": "q", "options": ["q0"]}))
    text = {"title": "t", "what": "w"}
    letter = {"subject": "s", "body": "b"}
    return Questionnaire.model_validate(
        {"id": "t", "title": "t", "status": "agreed", "about": "a", "organiser": "o", "contact": "c", "minutes": 5}
        | {"introduction": "i", "privacy": [text], "sections": [{"id": "s", "title": "s"}], "questions": questions}
        | {"thanks": "t", "invitation": letter, "reminder": letter}
    )


def answers(asked: Questionnaire, number: int, chance: random.Random) -> Answers:
    made = Answers(range(number))
    for one in asked.questions:
        width = len(one.options)
        weights = [chance.random() ** 2 + 0.02 for _ in range(width)]
        if one.takes_several:
            rates = [chance.random() for _ in range(width)]
            made.several[one.id] = np.array([[chance.random() < rate for rate in rates] for _ in range(number)])
        else:
            gaps = [weights, [0.03 * sum(weights)]]
            codes = chance.choices([*range(width), -1], weights=[*gaps[0], *gaps[1]], k=number)
            made.one[one.id] = np.array(codes, dtype=np.int16)
    return made


def shown(made: disclosure.Protection) -> Published:
    visible = {key: made.counts[key] for key in made.published if key not in made.hidden}
    return Published(made.usable, visible, frozenset(made.hidden))


def attack(asked: Questionnaire, one: Published, counts: CellCounts) -> dict[Key, int]:
    """Return, for each hidden answer, how far apart its possible values lie: an integer programme of its own.

    It knows people and not tables: how many there are of each kind, a kind being a whole set of answers. So it also
    knows what the equations of the program do not: that all tables are about the same people. Every answer it finds to
    one question is a possible value of all others, so what has been seen THRESHOLD apart is not asked about again: such
    values may lie further apart than is told here.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    choices = [_choices(question) for question in asked.questions]
    kinds = [kind for kind in product(*choices) if _possible(asked, kind)]
    column = {
        key: np.array([_is_in(asked, key, kind) for kind in kinds], dtype=float)
        for key in counts
        if key.answer != MISSING
    }
    rows = [np.ones(len(kinds))] + [column[key] for key in one.shown]
    values = np.array([one.usable, *one.shown.values()], dtype=float)
    fits = LinearConstraint(np.array(rows), values, values)
    wanted = [*protected(asked, sorted(one.hidden), one.shown, one.hidden)]
    seen: dict[Key, list[int]] = {key: [] for key in wanted}
    for key in wanted:
        for sign in (1.0, -1.0):
            if seen[key] and max(seen[key]) - min(seen[key]) >= THRESHOLD:
                break
            solved = milp(
                sign * column[key],
                constraints=fits,
                bounds=Bounds(0, np.inf),
                integrality=np.ones(len(kinds)),
                options={"time_limit": 20},
            )
            assert solved.x is not None, solved.message
            people = np.round(solved.x)
            for other in wanted:
                seen[other].append(round(float(column[other] @ people)))
    return {key: max(values) - min(values) for key, values in seen.items()}


def _choices(question: AskedQuestion) -> list[tuple[str, ...]]:
    names = [option.id for option in question.options]
    if question.takes_several:
        return [
            tuple(n for n, use in zip(names, uses, strict=True) if use) for uses in product([0, 1], repeat=len(names))
        ]
    return [(), *((name,) for name in names)]


def _possible(asked: Questionnaire, kind: tuple[tuple[str, ...], ...]) -> bool:
    given = dict(zip((one.id for one in asked.questions), kind, strict=True))
    return all(
        not given[one.id] or not one.asked_if or set(given[one.asked_if.question]) & set(one.asked_if.options)
        for one in asked.questions
    )


def _is_in(asked: Questionnaire, key: Key, kind: tuple[tuple[str, ...], ...]) -> bool:
    given = dict(zip((one.id for one in asked.questions), kind, strict=True))
    if key.by != EVERYONE and given[key.by] != (() if key.group.startswith("?") else (key.group,)):
        return False
    return bool(given[key.question]) if key.answer == BASE else key.answer in given[key.question]


def tables(number: int, seed: int) -> Any:
    chance = random.Random(seed)
    for turn in range(number):
        kind = turn % 3
        asked = small(chance.randint(2, 4), chance.randint(2, 5), second=kind == 1, several=kind == 2)
        usable = chance.randint(15, 160)
        given = answers(asked, usable, chance)
        yield asked, usable, count(given, asked, np.ones(usable, dtype=bool))


def test_of_300_random_tables_no_attack_works_anything_out() -> None:
    hidden = attacked = refused = 0
    for asked, usable, counts in tables(300, seed=SEED if IS_DRAWN else 7):
        try:
            made = disclosure.protect(asked, counts, usable)
        except SurveyError:
            refused += 1
            continue
        one = shown(made)
        verdict = audit(asked, [one])
        assert verdict.is_safe, verdict
        hidden += len(made.hidden)
        for key, apart in attack(asked, one, counts).items():
            attacked += 1
            assert apart >= THRESHOLD, (key, apart)
    assert hidden > 3000 and attacked > 2000 and refused < 15


def test_a_zero_that_nobody_can_take_for_granted_any_more_is_protected() -> None:
    """Seed 23 found it: nobody gave an answer, and the total that said so was hidden to protect something else."""
    *_, (asked, usable, counts) = tables(112, seed=23)
    assert audit(asked, [shown(disclosure.protect(asked, counts, usable))]).is_safe


def test_the_audit_and_the_attack_see_what_primary_hiding_alone_gives_away() -> None:
    caught = missed = 0
    for asked, usable, counts in tables(30, seed=8):
        hidden = primary(asked, counts)
        every = [key for block in blocks(asked) for key in (*block.answers, *block.apart, block.base)]
        one = Published(usable, {key: counts[key] for key in every if key not in hidden}, frozenset(hidden))
        found = {key for key, apart in attack(asked, one, counts).items() if apart < THRESHOLD}
        unsafe = audit(asked, [one]).unsafe
        caught += len(found)
        missed += len(found) - len(
            [key for key in found if f"{key.answer} of {key.question} in {key.group} by {key.by}" in unsafe]
        )
    assert caught > 25 and missed == 0


def test_no_cell_is_hidden_for_others_that_need_not_be() -> None:
    for asked, usable, counts in tables(9, seed=9):
        made = disclosure.protect(asked, counts, usable)
        assert made.untried == 0
        for key in [key for key, rule in made.hidden.items() if rule == Hiding.PROTECTS]:
            if key.answer != BASE and Key(*key[:3], BASE) in made.hidden:
                continue  # no count is shown without its base
            rest = frozenset(made.hidden) - {key}
            one = Published(usable, {name: counts[name] for name in made.published if name not in rest}, rest)
            assert not audit(asked, [one]).is_safe, key


def test_cells_that_there_was_no_time_to_try_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """So a reader can tell what had to be hidden from what was hidden to be on the safe side."""
    monkeypatch.setattr(disclosure, "PATIENCE", -1.0)
    untried = 0
    for asked, usable, counts in tables(9, seed=9):
        made = disclosure.protect(asked, counts, usable)
        assert audit(asked, [shown(made)]).is_safe
        assert made.untried == sum(rule == Hiding.PROTECTS and key.answer != BASE for key, rule in made.hidden.items())
        untried += made.untried
    assert untried > 10


def test_the_rules_for_a_cell_by_itself() -> None:
    asked = small(3, 2)
    keys = {block.base: block for block in blocks(asked)}

    def hidden(base: int, *given: int) -> list[Hiding | None]:
        counts = {key: 50 for block in keys.values() for key in (*block.answers, block.base)}
        block = next(one for one in keys.values() if one.by == "area")
        counts |= {block.base: base, **dict(zip(block.answers, given, strict=True))}
        found = primary(asked, counts)
        return [found.get(key) for key in (block.base, *block.answers)]

    assert hidden(60, 30, 26, 4) == [None, None, None, Hiding.SMALL_COUNT]
    assert hidden(60, 30, 30, 0) == [None] * 4
    assert hidden(29, 15, 14, 0) == [None, None, None, Hiding.ZERO]
    assert hidden(9, 3, 3, 3) == [Hiding.SMALL_BASE] * 4
    assert hidden(60, 60, 0, 0) == [None, *[Hiding.ALL_THE_SAME] * 3]
    assert hidden(10, 5, 5, 0) == [None, None, None, Hiding.ZERO]


def test_an_earlier_release_does_not_give_a_hidden_cell_back() -> None:
    told = refused = 0
    for asked, usable, counts in tables(12, seed=10):
        made = disclosure.protect(asked, counts, usable)
        if not made.hidden:
            continue
        every = {key: counts[key] for key in made.published}
        earlier = Published(usable, every, frozenset())
        assert not audit(asked, [earlier, shown(made)]).is_safe
        told += 1
        again = disclosure.protect(asked, counts, usable, dict(shown(made).shown))
        try:
            prove(again, [shown(made)])
        except SurveyError:  # nothing is written
            refused += 1
        else:
            assert audit(asked, [shown(made), shown(again)]).is_safe
    assert told > 6 and refused < told


def test_a_rounded_share_counts_as_known() -> None:
    asked, usable, counts = next(t for t in tables(40, seed=11) if len(disclosure.protect(*_first(t)).hidden) > 3)
    made = disclosure.protect(asked, counts, usable)
    one = shown(made)
    key = next(
        key
        for key in protected(asked, made.hidden, counts, made.hidden)
        if key.answer != BASE and Key(*key[:3], BASE) in one.shown
    )
    share = round(100 * counts[key] / counts[Key(*key[:3], BASE)])
    assert not audit(asked, [Published(usable, one.shown, one.hidden, ((key, share),))]).is_safe


def _first(made: Any) -> tuple[Questionnaire, CellCounts, int]:
    asked, usable, counts = made
    return asked, counts, usable


@pytest.mark.parametrize("usable", [0, 9])
def test_very_few_answers_are_not_published(usable: int) -> None:
    asked = small(2, 2)
    counts = count(answers(asked, usable, random.Random(1)), asked, np.ones(usable, dtype=bool))
    with pytest.raises(SurveyError, match="nothing is published"):
        disclosure.protect(asked, counts, usable)
