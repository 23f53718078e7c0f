"""Reads a correction that was sent through a form, and finds out what each answer means in the data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel

from macros.editing import quoted
from macros.editing.correction import MAX_BYTES, Correction, CorrectionRefused, sent
from macros.editing.correction_words import item_name, said
from macros.editing.github_forms import CHANGED, HEADINGS, KIND, NEW, NO_ANSWER, NOW, PART, PLACE, SOURCE, TRUST, parts
from macros.editing.typed_values import typed
from macros.history.snapshots import source_labels
from macros.model.text import without_hidden
from macros.model.trust import Trust
from macros.reading.guide import Guide
from macros.reading.records import field_path
from macros.reading.refusals import shown
from macros.schema import fields
from macros.schema.fields import Field, FieldKind


def read_sent(raw: bytes, guide: Guide) -> Correction:
    """Return the correction in a file: JSON of the form on the site, an event of GitHub, or an issue's text.

    The file is from a stranger: anything unexpected raises CorrectionRefused.
    """
    if len(raw) > MAX_BYTES:
        raise CorrectionRefused(f"What was sent is too long: {len(raw):,} bytes, where {MAX_BYTES:,} are allowed.")
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise CorrectionRefused("What was sent is not text (UTF-8).") from None
    if not text.lstrip().startswith("{"):
        return from_issue(text, guide)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise CorrectionRefused("What was sent begins like JSON and is none.") from None
    if "changes" in content:
        return sent(content)
    issue = content.get("issue", content)
    body = issue.get("body") if isinstance(issue, dict) else None
    if not isinstance(body, str):
        raise CorrectionRefused("What was sent has no text of an issue (“body”) and no “changes”.")
    return from_issue(body, guide)


def from_issue(body: str, guide: Guide) -> Correction:
    """Return the correction that the text of an issue asks for; raises CorrectionRefused."""
    answers = _answers(body)
    if answers[KIND] == CHANGED:
        raise CorrectionRefused(
            "Thank you: this is new evidence, and what the report said of its own time stays as it is. Please tell it "
            "in the form on the site, which asks for the document and its date, and keep it as a file or send it by "
            "email. Or an editor begins it with “guide new profile”."
        )
    for name in (NOW, NEW, SOURCE):
        if not answers[name]:
            raise CorrectionRefused(f"“{HEADINGS[name]}” is empty: please fill it in.")
    trust = _trust(answers, guide)
    value = trust.model_dump(mode="json")
    record = f"trusts/{trust.slug}"
    places = [*_leaves(value, Trust, (), trust.name)]
    if answers[PLACE]:
        known = [one for one in places if answers[PLACE] in {one[1], field_path(one[0])}]
        if len(known) != 1:
            near = get_close_matches(answers[PLACE], [one[1] for one in places], 1)
            raise CorrectionRefused(
                f"There is no {shown(answers[PLACE])} in the profile of {trust.name} now."
                + (f" Did you mean “{near[0]}”?" if near else " Leave the place empty, and choose the Trust.")
            )
    else:
        chosen = {one.label: one.name for one in parts()}
        if answers[PART] and answers[PART] not in chosen:
            raise CorrectionRefused(f"There is no part {shown(answers[PART])}: choose one from the list.")
        known = [one for one in places if not answers[PART] or one[0][0] == chosen[answers[PART]]]
    labels = source_labels({one.id: one.model_dump() for one in guide.documents.values()})
    path, new = _meant(known, answers[NOW], answers[NEW], trust, labels)
    was = next(one[3] for one in known if one[0] == path)
    changes = [{"op": "set", "path": path, "value": new, "was": was}]
    return sent(
        {
            "record": record,
            "changes": [*changes, *_about(places, path, answers[NOW], answers[NEW])],
            "source": answers[SOURCE],
        }
    )


def _about(places: list[_Leaf], path: tuple[str | int, ...], now: str, new: str) -> Iterator[dict[str, object]]:
    """Yield a change of the word “about” for a sum, if only one of the quoted and the new text has that word."""
    flag = (*path[:-1], "approximate")
    beside = next((one for one in places if one[0] == flag), None)
    if path[-1] != "amount" or beside is None:
        return
    was, is_about = (quoted.ABOUT in f"{text.lower()} " for text in (now, new))
    if was == beside[3] and is_about != was:
        yield {"op": "set", "path": flag, "value": is_about, "was": beside[3]}


def _answers(body: str) -> dict[str, str]:
    """Return the text below each heading of the form; raises CorrectionRefused if it is not clear."""
    by_heading = {f"### {heading}": name for name, heading in HEADINGS.items()}
    answers = dict.fromkeys(HEADINGS, "")
    seen: list[str] = []
    lines: list[str] = []
    for line in (*body.replace("\r\n", "\n").replace("\r", "\n").split("\n"), None):
        name = by_heading.get(line.rstrip()) if line is not None else None
        if line is None or name:
            if seen:
                answer = "\n".join(lines).strip()
                answers[seen[-1]] = "" if answer == NO_ANSWER else answer
            if name in seen:
                raise CorrectionRefused(
                    f"The heading “{HEADINGS[name]}” stands there twice, so nobody can tell what was meant."
                )
            seen, lines = ([*seen, name], []) if name else (seen, [])
        else:
            lines.append(line)
    if missing := [HEADINGS[name] for name in (NOW, NEW, SOURCE) if name not in seen]:
        raise CorrectionRefused(f"This is not the form for a correction: it has no heading “{missing[0]}”.")
    return answers


def _trust(answers: Mapping[str, str], guide: Guide) -> Trust:
    by_name = {one.name: one for one in guide.trusts}
    begins = answers[PLACE].partition(" › ")[0] if " › " in answers[PLACE] else ""
    if answers[TRUST] and begins and answers[TRUST] != begins:
        raise CorrectionRefused(
            f"The Trust is {shown(answers[TRUST])}, but the place is in {shown(begins)}: which is meant?"
        )
    name = answers[TRUST] or begins
    if not name:
        raise CorrectionRefused("Which Trust is it? Choose it from the list.")
    if name not in by_name:
        near = get_close_matches(name, by_name, 1)
        raise CorrectionRefused(f"There is no Trust {shown(name)}." + (f" Did you mean “{near[0]}”?" if near else ""))
    return by_name[name]


_Leaf = tuple[tuple[str | int, ...], str, Field, Any]


def _leaves(value: Any, model: type[BaseModel], path: tuple[str | int, ...], title: str) -> Iterator[_Leaf]:
    """Yield every field below a part of a profile that holds no other fields: path, place in words, field and value."""
    for one in fields.fields(model):
        if one.name not in value or (not path and one.name == "slug"):
            continue
        inner, here = value[one.name], (*path, one.name)
        if one.kind == FieldKind.ITEMS and one.model is not None:
            for number, item in enumerate(inner):
                name = item_name(item, number)
                again = [item_name(other, at) for at, other in enumerate(inner[:number])].count(name)
                words = f"{title} › {one.label} › {name}{f' ({again + 1})' if again else ''}"
                yield from _leaves(item, one.model, (*here, number), words)
        elif one.kind == FieldKind.OBJECT and one.model is not None:
            if inner is not None:
                yield from _leaves(inner, one.model, here, f"{title} › {one.label}")
        else:
            yield here, f"{title} › {one.label}", one, inner


def _meant(
    known: list[_Leaf], now: str, new: str, trust: Trust, sources: Mapping[str, str]
) -> tuple[tuple[str | int, ...], Any]:
    """Return the field that says `now`, as a whole or within a text, and its new value; raises CorrectionRefused.

    Text that a page shows for a field counts as well: “About £2 million in 2007/08” leads to an amount.
    """
    plain = _bare(now)
    whole = [one for one in known if plain in {_bare(said(one[3])), _bare(_as_typed(one, now))}]
    if len(whole) == 1:
        return whole[0][0], new
    if not whole:
        as_shown = [
            (one, way)
            for one in known
            for way in quoted.shown(now, one[2], one[3], quoted.lines_of(trust, one[0]), sources)
        ]
        line = " ".join(new.split())
        as_shown = [(one, way) for one, way in as_shown if way.fits(line)] or as_shown
        whole = list({one[0]: one for one, _ in as_shown}.values())
        if len(whole) == 1:
            return whole[0][0], as_shown[0][1].without(line)
    pattern = re.compile(r"[*_]*\s+[*_]*".join(map(_loose, now.split())))  # the page does not show the signs for bold
    within = [
        one for one in known if isinstance(one[3], str) and one[2].kind == FieldKind.TEXT and pattern.search(one[3])
    ]
    within = within if not whole else []
    if len(within) == 1 and len(pattern.findall(within[0][3])) == 1:
        return within[0][0], pattern.sub(lambda _: " ".join(new.split()), within[0][3])
    many = whole or within
    if many:
        places = "; ".join(one[1] for one in many[:5])
        raise CorrectionRefused(
            f"{shown(now)} stands in more than one place: {places}."
            " Copy more words around it, or choose the part, or use the link on the page."
        )
    texts = {str(one[3]): one for one in known if isinstance(one[3], str)}
    near = get_close_matches(now, texts, 1, 0.5)
    hint = f" The nearest is {said(near[0])}, in {texts[near[0]][1]}." if near else ""
    raise CorrectionRefused(
        f"The profile of {trust.name} does not say {shown(now)} there.{hint} Copy the words exactly."
    )


def _as_typed(leaf: _Leaf, now: str) -> str:
    """Return the field's value in words if `now` means it: `£2 million` means 2000000."""
    value = typed(leaf[2], now)
    same = leaf[3] is not None and not isinstance(value, list) and str(value) == str(leaf[3])
    return now if same and type(value) is type(leaf[3]) else ""


def _loose(word: str) -> str:
    """Return a regular expression for a word with any kind of quotation marks."""
    return re.sub(r"['‘’]", "['‘’]", re.sub(r'["“”]', '["“”]', re.escape(word)))


def _bare(text: str) -> str:
    plain = without_hidden(text).translate(str.maketrans("‘’“”", "''\"\"")).strip(' "')
    return " ".join(plain.split()).lower()
