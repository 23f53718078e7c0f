"""The changes between two states as Markdown for people, such as a comment on a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from macros.editing.change_records import Changes, FigureChange, GapChange, PageChange, SourceChange
from macros.editing.page_pieces import TextChange
from macros.history.difference import ChangeKind, Difference, stopped
from macros.history.record_changes import Fate, RecordChange
from macros.model.text import without_hidden
from macros.model.wording import count, joined

MAX_LENGTH = 60_000
"""The most characters in a comment, with room to spare: GitHub takes 65,536."""
MARKER = "<!-- guide changes -->"
"""The first line, by which a later run finds the comment to update."""
_MANY_TEXTS, _MANY_DIFFERENCES, _MANY_NAMES, _MANY_PROBLEMS = 12, 40, 10, 20
_ONLY_LAYOUT = "Only comments, the order of fields, quotation marks, spaces or line breaks differ"
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&$])")
_BEGINS = re.compile(r"(?:[#+=:-]|\d+(?=[.)]))")
_CALLS = re.compile(r"[@#](?=\S)|\bGH(?=-\d)|:(?=//)|:(?=[\w+-]+:)|\bwww(?=\.)|[0-9a-f]{6}(?=[0-9a-f])", re.IGNORECASE)
"""Text that code hosts turn into links, mentions or emoji despite Markdown: names, issues, commits, addresses."""
_JOIN = "\u2060"
"""An invisible character that keeps a sign from having a special meaning."""


def to_markdown(changes: Changes) -> str:
    """Return the changes as Markdown. A text too long for a comment is cut at a line, and says so."""
    lines = [MARKER, "## What this changes", "", *_in_short(changes)]
    for part in (
        _problems(changes),
        _records(changes.records),
        _pages(changes),
        _figures(changes.figures),
        _gaps(changes.gaps),
        _sources(changes.sources),
        _left_out(changes),
    ):
        many = [*part]
        if many:
            lines += ["", *many]
    return _cut(lines)


def _cut(lines: Sequence[str]) -> str:
    text, length = [], 0
    for line in lines:
        length += len(line) + 1
        if length > MAX_LENGTH:
            text += ["", "There is more than fits here. Run `guide changes` to see all of it."]
            break
        text.append(line)
    return "\n".join(text).rstrip() + "\n"


def _in_short(changes: Changes) -> Iterator[str]:
    was = _code(changes.was[:12])
    now = _plain(changes.now) if " " in changes.now else _code(changes.now[:12])
    if changes.problems:
        yield f"The checks find {count(len(changes.problems), 'problem')}, which must be mended first."
        yield ""
    if changes.changes_nothing_visible:
        yield f"**This changes nothing that readers see.** {_why(changes)}"
    else:
        yield " ".join(_counts(changes))
    yield ""
    yield f"Compared: {was} with {now}."


def _counts(changes: Changes) -> Iterator[str]:
    numbers = {"record": len(changes.records), "page": len(changes.pages)}
    parts = [count(number, noun) for noun, number in numbers.items() if number]
    if parts:
        yield f"**{joined(parts)} differ{'s' if sum(numbers.values()) == 1 else ''}.**"
    if changes.pages_compared:
        yield f"{_moves(len(changes.figures), 'figure', 'moves', 'move')}."
    new = sum(one.is_new for one in changes.gaps)
    closed = _moves(len(changes.gaps) - new, "gap", "closes", "close")
    yield f"{_moves(new, 'gap', 'opens', 'open')}, and {closed.lower()}."
    if not changes.sources:
        yield "Every statement keeps its source."


def _moves(number: int, noun: str, one: str, many: str) -> str:
    return f"{count(number, noun) if number else f'No {noun}'} {one if number < 2 else many}"


def _why(changes: Changes) -> str:
    if changes.records:
        return "The data say something else, but no page shows it. Only the downloads differ."
    if changes.same_meaning:
        files = _list_of([_code(path) for path in changes.same_meaning])
        return f"{_ONLY_LAYOUT}, in {files}."
    if changes.other_files:
        return "Data and pages are the same. How pages look may still differ, as other files changed."
    return "Data and pages are the same."


def _problems(changes: Changes) -> Iterator[str]:
    if changes.problems:
        yield "### To mend first"
        yield ""
        yield from (f"- {_plain(one.text)}" for one in changes.problems[:_MANY_PROBLEMS])
        yield from _and_more(len(changes.problems) - _MANY_PROBLEMS, "problem")


def _records(records: Sequence[RecordChange]) -> Iterator[str]:
    if not records:
        return
    yield "### In the data"
    for one in records:
        yield ""
        kind = "" if one.title.casefold() == one.kind.casefold() else f"{one.kind}, "
        yield f"**{_plain(one.title)}** ({kind}{_code(one.file)}){_fate(one)}"
        if one.differences:
            yield ""
            yield from (f"- {_difference(each)}" for each in one.differences[:_MANY_DIFFERENCES])
            yield from _and_more(len(one.differences) - _MANY_DIFFERENCES, "change")


def _fate(one: RecordChange) -> str:
    match one.fate:
        case Fate.ADDED:
            return ": new."
        case Fate.REMOVED:
            return ": taken out."
        case Fate.RENAMED:
            return f": was {_code(one.was_where)}, now {_code(one.where)}."
        case Fate.CHANGED:
            return "" if one.title == one.was_title else f", until now “{_plain(one.was_title)}”"


def _difference(one: Difference) -> str:
    if one.kind is ChangeKind.CHANGED and one.was and one.now:
        was, now = _marked(one.was, one.now)
        return f"{_plain(' › '.join(one.place) or 'Rows')}: was {was}, now {stopped(now)}"
    return _plain(one.sentence())


def _pages(changes: Changes) -> Iterator[str]:
    if not changes.pages:
        return
    yield "### What readers will see"
    for one in changes.pages:
        yield ""
        prose = " The words of the page itself changed." if one.is_prose and one.fate is Fate.CHANGED else ""
        yield f"**{_plain(one.title)}** ({_code('/' + one.address)}){_page_fate(one)}{prose}"
        if one.texts:
            yield ""
            yield from (f"- {_text(each)}" for each in one.texts[:_MANY_TEXTS])
            yield from _and_more(len(one.texts) - _MANY_TEXTS, "change")


def _page_fate(one: PageChange) -> str:
    match one.fate:
        case Fate.ADDED:
            return ": a new page."
        case Fate.REMOVED:
            return f": taken out. {_goes_to(one)}"
        case Fate.RENAMED:
            return f": was at {_code('/' + one.was_address)}. {_goes_to(one)}"
        case Fate.CHANGED:
            return ""


def _goes_to(one: PageChange) -> str:
    return _plain(one.goes_to) or "Nothing says where the old address leads: add it to `data/moved.yml`."


def _text(one: TextChange) -> str:
    place = f"{_plain(' › '.join(one.place))}: " if one.place else ""
    if one.kind is ChangeKind.CHANGED:
        was, now = _marked(one.was, one.now)
        return f"{place}was “{was}”, now “{now}”"
    return f"{place}{_plain(one.sentence())}"


def _figures(figures: Sequence[FigureChange]) -> Iterator[str]:
    if not figures:
        return
    yield "### Figures that move"
    yield ""
    for one in figures:
        change = f"{_plain(one.was)} → {_plain(one.now)}" if one.was and one.now else ""
        change = change or (f"new: {_plain(one.now)}" if one.now else f"gone: {_plain(one.was)}")
        yield f"- {_plain(one.label)}: {change}, on {count(len(one.pages), 'page')}"


def _gaps(gaps: Sequence[GapChange]) -> Iterator[str]:
    for is_new, heading in ((True, "### New gaps"), (False, "### Gaps closed")):
        found = [one for one in gaps if one.is_new is is_new]
        if found:
            yield heading
            yield ""
            yield from (f"- {_plain(one.title)}: {_plain(one.text)}" for one in found)
            yield ""


def _sources(sources: Sequence[SourceChange]) -> Iterator[str]:
    if not sources:
        return
    yield "### Statements that rest on something else"
    yield ""
    for one in sources:
        lost = " **No section of a document is left behind it.**" if one.is_lost else ""
        place = " › ".join(one.place) or "the whole record"
        yield f"- {_plain(one.title)}, {_plain(place)}: was {_plain(one.was)}, now {_plain(one.now)}.{lost}"


def _left_out(changes: Changes) -> Iterator[str]:
    notes = [_plain(one) for one in changes.not_compared]
    if changes.same_meaning and not changes.changes_nothing_visible:
        files = _list_of([_code(path) for path in changes.same_meaning])
        renamed = any(one.fate is Fate.RENAMED for one in changes.records)
        what = "Only the layout, the comments or the new name of a record differ" if renamed else _ONLY_LAYOUT
        notes.append(f"{what} in {files}.")
    if changes.other_files:
        files = _list_of([_code(path) for path in changes.other_files])
        notes.append(f"Files outside data and pages differ too: {files}. What they do to pages is not told here.")
    if notes:
        yield "### Not compared"
        yield ""
        yield from (f"- {one}" for one in notes)


def _and_more(left: int, noun: str) -> Iterator[str]:
    if left > 0:
        yield f"- … and {count(left, f'more {noun}')}"


def _list_of(names: Sequence[str]) -> str:
    shown = [*names[:_MANY_NAMES]]
    if len(names) > _MANY_NAMES:
        shown.append(count(len(names) - _MANY_NAMES, "other file"))
    return ", ".join(shown)


def _plain(text: str) -> str:
    """Return text so that Markdown shows it unchanged on one line, and a code host makes no links or mentions in it."""
    words = _CALLS.sub(rf"\g<0>{_JOIN}", without_hidden(" ".join(text.split())))
    escaped = _SPECIAL.sub(r"\\\1", words)
    if begins := _BEGINS.match(escaped):  # as headings and lists do
        at = begins.end() if begins[0].isdigit() else 0
        return f"{escaped[:at]}\\{escaped[at:]}"
    return escaped


def _code(text: str) -> str:
    """Return text as code, which Markdown does not interpret, whatever backticks are in it."""
    words = without_hidden(" ".join(text.split()))
    fence = "`" * (max(map(len, re.findall("`+", words)), default=0) + 1)
    space = " " if words[:1] + words[-1:] != words[:1].strip("`") + words[-1:].strip("`") else ""
    return f"{fence}{space}{words}{space}{fence}"


def _marked(was: str, now: str) -> tuple[str, str]:
    """Return two texts with the differing words in bold, or whole if they have little in common."""
    old, new = was.split(), now.split()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if min(len(old), len(new)) < 4 or matcher.ratio() < 0.3:
        return _plain(was), _plain(now)
    runs = [one for one in matcher.get_opcodes() if one[0] != "equal"]
    return _bold(old, [(one[1], one[2]) for one in runs]), _bold(new, [(one[3], one[4]) for one in runs])


def _bold(words: Sequence[str], runs: Iterable[tuple[int, int]]) -> str:
    found, at = [], 0
    for start, end in runs:
        found += [_plain(word) for word in words[at:start]]
        if end > start:
            found.append(f"**{_plain(' '.join(words[start:end]))}**")
        at = end
    return " ".join([*found, *(_plain(word) for word in words[at:])])
