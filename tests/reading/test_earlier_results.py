"""Results of earlier runs: found by everything that they were made from, and by nothing less."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.reading import cache, earlier_results
from macros.reading.earlier_results import at_hand, keep, key_of, known, once


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


def run(project: Path, *asked: str, kind: str = "words") -> list[str]:
    """Ask for the results of some values, as one run of the program; return the values that had to be worked on."""
    made = []

    def make(value: str) -> list[str]:
        made.append(value)
        return [value, "“done” \ud800"]

    with at_hand(project):
        for value in asked:
            assert once(key_of(kind, value), lambda value=value: make(value)) == [value, "“done” \ud800"]
    return made


def test_what_was_made_from_the_same_values_is_not_made_again(project: Path) -> None:
    assert run(project, "a", "b", "a") == ["a", "b"]
    assert run(project, "a", "b") == []
    assert run(project, "a", "c") == ["c"]


def test_values_are_told_apart_with_their_limits_and_their_kind() -> None:
    keys = [key_of("k", "ab", "c"), key_of("k", "a", "bc"), key_of("k", "abc"), key_of("l", "abc"), key_of("k", "1:a")]
    assert len({*keys}) == len(keys)
    assert key_of("k", "é") == key_of("k", "é".encode())


def test_what_is_not_asked_for_is_forgotten_but_only_if_others_of_its_kind_are(project: Path) -> None:
    run(project, "a", "b")
    assert run(project, "x", kind="others") == ["x"]
    assert run(project, "a") == []
    assert run(project, "a", "b") == ["b"]
    assert run(project, "x", kind="others") == []


def test_another_program_starts_anew(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(project, "a")
    monkeypatch.setattr(earlier_results, "timeless", lambda: "another")
    assert run(project, "a") == ["a"]


def test_nothing_is_believed_if_nothing_shall_be_and_what_is_made_then_is_kept(project: Path) -> None:
    run(project, "a", "b")
    with cache.disbelieved():
        assert run(project, "a") == ["a"]
    assert run(project, "a", "b") == ["b"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"program": 1}', b'{"results": []}', b"\xff\xfe"])
def test_a_file_of_another_form_counts_as_none(project: Path, content: bytes) -> None:
    run(project, "a")
    cache.keep(cache.place(project, earlier_results.ENDING), content, 1)
    assert run(project, "a") == ["a"]


def test_a_run_that_fails_keeps_nothing(project: Path) -> None:
    with pytest.raises(ValueError, match="halfway"), at_hand(project):
        keep(key_of("words", "a"), True)
        raise ValueError("halfway")
    with at_hand(project):
        assert known(key_of("words", "a")) is None


def test_without_a_project_nothing_is_kept() -> None:
    made = [once(key_of("words", "a"), lambda number=number: number) for number in (1, 2)]
    assert made == [1, 2]
