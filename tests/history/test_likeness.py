"""Which item was which: by what it holds, by its name, by likeness; and the fewest that moved."""

from __future__ import annotations

import random

import pytest

from macros.history.likeness import ALIKE, Pair, likeness, pairs


def matched(was: list[str], now: list[str]) -> list[Pair[str]]:
    """Pair items that read `name: words`."""
    return pairs(was, now, lambda one: one.partition(":")[0] if ":" in one else None, str)


def moved(was: str, now: str) -> str:
    return "".join(pair.now or "" for pair in matched([*was], [*now]) if pair.moved)


def test_the_same_list_has_no_news() -> None:
    assert matched([*"abc"], [*"abc"]) == [Pair(one, one, at, at) for at, one in enumerate("abc")]


def test_an_item_that_went_in_front_moves_none() -> None:
    assert matched([*"abc"], [*"xabc"]) == [
        Pair(None, "x", None, 0),
        *(Pair(a, a, n, n + 1) for n, a in enumerate("abc")),
    ]


def test_an_item_that_was_taken_out_comes_last() -> None:
    assert matched([*"abc"], [*"ac"])[-1] == Pair("b", None, 1, None)


@pytest.mark.parametrize(
    ("was", "now", "which"),
    [("abcd", "dabc", "d"), ("abcd", "bcda", "a"), ("abcd", "acbd", "b"), ("abcde", "aecdb", "eb"), ("ab", "ba", "b")],
)
def test_the_fewest_are_said_to_have_moved(was: str, now: str, which: str) -> None:
    assert len(moved(was, now)) == len(which)
    if len(which) == 1 and len(was) > 2 and now != "acbd":
        assert moved(was, now) == which


def test_an_item_keeps_its_name_when_its_words_are_others() -> None:
    assert matched(["a: one two three"], ["a: quite other words here"]) == [
        Pair("a: one two three", "a: quite other words here", 0, 0)
    ]


def test_a_name_that_stands_twice_tells_nothing() -> None:
    found = matched(["a: one two", "a: six seven"], ["a: eight nine", "a: ten eleven"])
    assert [pair for pair in found if pair.was and pair.now] == []


def test_an_edited_text_is_the_text_it_was() -> None:
    was, now = "The sector held two seats on the board", "The sector held three seats on the board"
    assert likeness(was, now) >= ALIKE
    assert matched(["something else entirely", was], [now]) == [
        Pair(was, now, 1, 0),
        Pair("something else entirely", None, 0, None),
    ]


def test_unlike_texts_are_not_paired() -> None:
    assert [pair.was for pair in matched(["Two forums met in spring"], ["No figure was given at all"])] == [
        None,
        "Two forums met in spring",
    ]


def test_every_item_is_told_once_whatever_was_done() -> None:
    chance = random.Random(2009)
    for _ in range(200):
        was = [chance.choice("abcdef") for _ in range(chance.randrange(7))]
        now = [chance.choice("abcdef") for _ in range(chance.randrange(7))]
        found = matched(was, now)
        assert [pair.now for pair in found if pair.now_at is not None] == now
        assert sorted(pair.was_at for pair in found if pair.was_at is not None) == [*range(len(was))]
        assert all(pair.was == pair.now for pair in found if pair.was and pair.now)
        stayed = [
            pair.was_at for pair in found if pair.was_at is not None and pair.now_at is not None and not pair.moved
        ]
        assert stayed == sorted(stayed)
