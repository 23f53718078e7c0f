"""What a person sees who opens a profile in an editor: hints on a field, words to choose from, mistakes underlined.

The real language server is asked, as editors ask it. Lines and characters count from 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from language_server import SERVER, LanguageServer

ROOT = Path(__file__).parents[2]
AREA, PROFILE = (ROOT / f"data/trusts/luton/{name}.yml" for name in ("trust", "2009"))
TEXTS = {file: file.read_text(encoding="utf-8") for file in (AREA, PROFILE)}


@pytest.fixture(scope="module")
def server() -> Iterator[LanguageServer]:
    if not SERVER.is_file():
        pytest.skip("the language server is not installed: `make test` installs it")
    server = LanguageServer(ROOT)
    for file, text in TEXTS.items():
        assert server.open(file, text) == []
    yield server
    server.stop()


def file_with(words: str) -> Path:
    """Return the one of the two files of Luton that holds some words."""
    return next(file for file, text in TEXTS.items() if words in text)


def place(text: str, words: str, after: int = 0) -> tuple[int, int]:
    before = text[: text.index(words) + after]
    return before.count("\n"), len(before) - (before.rfind("\n") + 1)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("online_survey:", ("In the online survey", "Whether it was part of the online survey of officers.", "true")),
        ("status: continuing", ("Whether the authority carried on.", "`ended`: The authority came to an end.")),
        ("amount: ", ("Whole pounds, without sign or commas.", "2500000")),
        ("clear-expectations#method(2)", ("How the research was done, point 2",)),
    ],
)
def test_pointing_at_a_field_says_what_it_means(server: LanguageServer, words: str, said: tuple[str, ...]) -> None:
    file = file_with(words)
    shown = server.hover(file, *place(TEXTS[file], words, 2))
    for part in said:
        assert part in shown
    assert len(shown) < 1000


@pytest.mark.parametrize(
    ("words", "after", "offered"),
    [
        (
            "status: continuing",
            8,
            {"continuing": "The authority carried", "ended": "The authority came"},
        ),
        ("- clear-expectations#method(2)", 2, {"ours": "This project", "clear-expectations#luton.needs": "Luton: "}),
        ("standard: st-3", 10, {"na-1": "", "st-3": "Describe what is joint"}),
    ],
)
def test_words_are_offered_with_their_meaning(
    server: LanguageServer, words: str, after: int, offered: dict[str, str]
) -> None:
    file = file_with(words)
    found = server.completions(file, *place(TEXTS[file], words, after))
    for word, meaning in offered.items():
        assert found[word].startswith(meaning)


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        ("status: continuing", "statuss: continuing", "statuss", "Property statuss is not allowed."),
        (
            "status: continuing",
            "status: going",
            "going",
            'Value is not accepted. Valid values: "continuing", "ended", "not known".',
        ),
        ("online_survey: true", "online_survey: yes", "yes", 'Incorrect type. Expected "boolean".'),
        ("authority: Luton Borough Council\n", "", "name: Luton", 'Missing property "authority".'),
        ("method(2)", "methd(2)", "clear-expectations#methd", "Expected a source such as "),
        ("amount: 2000000", "amount: £2m", "£2m", 'Incorrect type. Expected "integer".'),
        ("period: 2007/08", "period: 31/03/2008", "31/03/2008", "Expected a date: 2009-04-01, "),
        ("column: 0", "column: 99", "99", "Value is above the maximum of 30."),
        ("standard: st-3", "standard: ST 3", "ST 3", "Expected lower-case letters, digits and single hyphens."),
        ("  status: c", "\tstatus: c", "\tstatus", "Tabs are not allowed as indentation"),
    ],
)
def test_a_mistake_is_underlined_where_it_is(
    server: LanguageServer, old: str, new: str, at: str, said: str, request: pytest.FixtureRequest
) -> None:
    held = file_with(old)
    broken = TEXTS[held].replace(old, new, 1)
    file = held.with_name(f"{abs(hash(request.node.name))}.yml")  # in the same folder, and only in the editor
    line, character = place(broken, at)
    told = [(one["range"]["start"], one["message"]) for one in server.open(file, broken)]
    assert any(
        (start["line"], start["character"]) == (line, character) and message.startswith(said) for start, message in told
    ), told
