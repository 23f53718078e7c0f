"""The forms for issues on GitHub: made from the schema and the data, and read again when somebody has sent one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

import yaml
from pydantic import BaseModel

from macros import fields
from macros.corrections import MAX_BYTES, Correction, Refused, item_name, said, sent, typed
from macros.explain import shown
from macros.fields import Field, Kind
from macros.guide import Guide
from macros.model.trust import Basis, Life, Trust
from macros.read import field_path
from macros.text import without_hidden

FOLDER = ".github/ISSUE_TEMPLATE"
CORRECT = "correct-a-fact.yml"

_HEAD = "# Made by `guide forms` from the schema and the data: change those, not this file.\n"
_NO_ANSWER = "_No response_"

# The ids and headings of the form for a correction. A link can fill in what is typed, but no list to choose from:
# GitHub then shows an empty page.
TRUST, PART, PLACE, NOW, NEW, SOURCE = "trust", "part", "place", "now", "new", "source"
HEADINGS = {
    TRUST: "Trust",
    PART: "Which part",
    PLACE: "Place in the profile",
    NOW: "What it says now",
    NEW: "What it should say",
    SOURCE: "Source",
}


def parts() -> Iterator[Field]:
    """Yield the parts of a profile that a form can name: what the model of a Trust is made of."""
    return (one for one in fields.fields(Trust) if one.name != "slug" and one.kind != Kind.SOURCES)


def files(guide: Guide, base_url: str) -> Mapping[str, str]:
    """Return the forms by file name; `base_url` is the site's address."""
    made = {
        CORRECT: _correct(guide),
        "add-a-trust.yml": _add(),
        "something-else.yml": _other(),
        "config.yml": {
            "blank_issues_enabled": False,
            "contact_links": [
                {
                    "name": "Write to us instead",
                    "url": f"{base_url.rstrip('/')}/about/contact/",
                    "about": "You need no account to send an email.",
                }
            ],
        },
    }
    return {name: _HEAD + _dumped(content) for name, content in made.items()}


def _correct(guide: Guide) -> dict[str, object]:
    return _form(
        "Correct a fact in a profile",
        "Something in a Trust’s profile is not what the report says.",
        "correction",
        _markdown(
            "Thank you. A program puts your correction into the file, and a person checks it against the report before"
            " it is shown. You cannot break anything."
        ),
        _typed(
            PLACE,
            False,
            "If a link on the page filled this in, leave it as it is and go on to “What it says now”."
            " Otherwise leave it empty.",
        ),
        _chosen(TRUST, HEADINGS[TRUST], [one.name for one in guide.trusts], False, "Leave it if the place is given."),
        _chosen(PART, HEADINGS[PART], [one.label for one in parts()], False, "Leave it if you are not sure."),
        _typed(NOW, True, "Copy the sentence, the number or the words that are wrong. Copy them exactly.", long=True),
        _typed(
            NEW,
            True,
            "Write only what should stand in its place. Money may be written as £2.5 million, a date as April 2009.",
            long=True,
        ),
        _typed(
            SOURCE,
            True,
            "The section of the report that says so, as the page names it.",
            placeholder=_example_section(guide),
        ),
        _markdown(_vocabularies()),
    )


def _example_section(guide: Guide) -> str:
    titles = [section.title for document in guide.documents.values() for section in document.sections]
    return next((one for one in titles if one.startswith(guide.trusts[0].name)), titles[0])


def _vocabularies() -> str:
    """Return the fixed words of a profile, by part and field."""
    lines = [
        f"- {words.partition(' › ')[0]}, {words.rpartition(' › ')[2].lower()}: {', '.join(one.words)}"
        for words, one in _worded(Trust, ())
    ]
    listed = "\n".join(dict.fromkeys(lines))
    return f"<details><summary>Some facts are one of a few fixed words</summary>\n\n{listed}\n\n</details>"


def _worded(model: type[BaseModel], above: tuple[str, ...]) -> Iterator[tuple[str, Field]]:
    for one in fields.fields(model):
        if one.words:
            yield " › ".join((*above, one.label)), one
        if one.model is not None:
            yield from _worded(one.model, (*above, one.label))


def _add() -> dict[str, object]:
    words = {one.name: one for model in (Life, Basis) for one in fields.fields(model) if one.words}
    return _form(
        "Add a Trust",
        "A Trust that has no profile yet.",
        "new Trust",
        _markdown("Give what you know. A person begins the profile with `guide new trust`, and asks you for the rest."),
        *(
            _field_of(one.name, one.label, one.hint, True, one.example)
            for one in fields.fields(Trust)
            if one.kind == Kind.LABEL and one.required and one.name != "slug"
        ),
        *(_chosen(name, one.hint.rstrip("."), one.words, False, "") for name, one in words.items()),
        _field_of("what", "What the source says", "In your own words. You need not be complete.", True, long=True),
        _field_of("source", "Source", "The document, with page or section, and its address if it has one.", True),
        _field_of("kept_by", "Who will keep the profile", "A role is enough.", False),
    )


def _other() -> dict[str, object]:
    return _form(
        "Something else",
        "A page that does not work, a word that is hard, an idea.",
        "question",
        _field_of("page", "Which page", "Its address, or its title.", False),
        _field_of("what", "What you found, and what you expected", "One thing at a time, please.", True, long=True),
        _field_of("with", "What you use", "Your browser and device, if the page does not work.", False),
    )


def _form(name: str, description: str, label: str, *body: dict[str, object]) -> dict[str, object]:
    return {"name": name, "description": description, "labels": [label], "body": list(body)}


def _markdown(text: str) -> dict[str, object]:
    return {"type": "markdown", "attributes": {"value": text}}


def _typed(name: str, required: bool, hint: str, long: bool = False, placeholder: str = "") -> dict[str, object]:
    return _field_of(name, HEADINGS[name], hint, required, placeholder, long)


def _field_of(
    name: str, label: str, hint: str, required: bool, example: str = "", long: bool = False
) -> dict[str, object]:
    attributes = {"label": label, "description": hint, **({"placeholder": f"Such as: {example}"} if example else {})}
    kind = "textarea" if long else "input"
    return {"type": kind, "id": name, "attributes": attributes, "validations": {"required": required}}


def _chosen(name: str, label: str, options: Iterable[str], required: bool, hint: str) -> dict[str, object]:
    attributes = {"label": label, **({"description": hint} if hint else {}), "options": list(options)}
    return {"type": "dropdown", "id": name, "attributes": attributes, "validations": {"required": required}}


class _Dumper(yaml.SafeDumper):
    """Indents lists, as all other files do."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - PyYAML's name
        super().increase_indent(flow, False)


def _dumped(content: object) -> str:
    dumped: str = yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    return dumped


# --- reading what was sent ----------------------------------------------------------------------------------------


def read_sent(raw: bytes, guide: Guide) -> Correction:
    """Return the correction in a file: JSON of the form on the site, an event of GitHub, or an issue's text.

    The file is a stranger's: whatever is not expected raises Refused.
    """
    if len(raw) > MAX_BYTES:
        raise Refused(f"What was sent is too long: {len(raw):,} bytes, where {MAX_BYTES:,} are allowed.")
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise Refused("What was sent is not text (UTF-8).") from None
    if not text.lstrip().startswith("{"):
        return from_issue(text, guide)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused("What was sent begins like JSON and is none.") from None
    if "changes" in content:
        return sent(content)
    issue = content.get("issue", content)
    body = issue.get("body") if isinstance(issue, dict) else None
    if not isinstance(body, str):
        raise Refused("What was sent has no text of an issue (“body”) and no “changes”.")
    return from_issue(body, guide)


def from_issue(body: str, guide: Guide) -> Correction:
    """Return the correction that the text of an issue asks for; raises Refused."""
    answers = _answers(body)
    for name in (NOW, NEW, SOURCE):
        if not answers[name]:
            raise Refused(f"“{HEADINGS[name]}” is empty: please fill it in.")
    trust = _trust(answers, guide)
    value = trust.model_dump(mode="json")
    record = f"trusts/{trust.slug}"
    places = [*_leaves(value, Trust, (), trust.name)]
    if answers[PLACE]:
        known = [one for one in places if answers[PLACE] in {one[1], field_path(one[0])}]
        if len(known) != 1:
            near = get_close_matches(answers[PLACE], [one[1] for one in places], 1)
            raise Refused(
                f"There is no {shown(answers[PLACE])} in the profile of {trust.name} now."
                + (f" Did you mean “{near[0]}”?" if near else " Leave the place empty, and choose the Trust.")
            )
    else:
        chosen = {one.label: one.name for one in parts()}
        if answers[PART] and answers[PART] not in chosen:
            raise Refused(f"There is no part {shown(answers[PART])}: choose one from the list.")
        known = [one for one in places if not answers[PART] or one[0][0] == chosen[answers[PART]]]
    path, new = _meant(known, answers[NOW], answers[NEW], trust.name)
    was = next(one[3] for one in known if one[0] == path)
    return sent(
        {
            "record": record,
            "changes": [{"op": "set", "path": path, "value": new, "was": was}],
            "source": answers[SOURCE],
        }
    )


def _answers(body: str) -> dict[str, str]:
    """Return what stands below each heading of the form; raises Refused where that is not clear."""
    by_heading = {f"### {heading}": name for name, heading in HEADINGS.items()}
    answers = dict.fromkeys(HEADINGS, "")
    seen: list[str] = []
    lines: list[str] = []
    for line in (*body.replace("\r\n", "\n").replace("\r", "\n").split("\n"), None):
        name = by_heading.get(line.rstrip()) if line is not None else None
        if line is None or name:
            if seen:
                answer = "\n".join(lines).strip()
                answers[seen[-1]] = "" if answer == _NO_ANSWER else answer
            if name in seen:
                raise Refused(f"The heading “{HEADINGS[name]}” stands there twice, so nobody can tell what was meant.")
            seen, lines = ([*seen, name], []) if name else (seen, [])
        else:
            lines.append(line)
    if missing := [HEADINGS[name] for name in (NOW, NEW, SOURCE) if name not in seen]:
        raise Refused(f"This is not the form for a correction: it has no heading “{missing[0]}”.")
    return answers


def _trust(answers: Mapping[str, str], guide: Guide) -> Trust:
    by_name = {one.name: one for one in guide.trusts}
    begins = answers[PLACE].partition(" › ")[0] if " › " in answers[PLACE] else ""
    if answers[TRUST] and begins and answers[TRUST] != begins:
        raise Refused(f"The Trust is {shown(answers[TRUST])}, but the place is in {shown(begins)}: which is meant?")
    name = answers[TRUST] or begins
    if not name:
        raise Refused("Which Trust is it? Choose it from the list.")
    if name not in by_name:
        near = get_close_matches(name, by_name, 1)
        raise Refused(f"There is no Trust {shown(name)}." + (f" Did you mean “{near[0]}”?" if near else ""))
    return by_name[name]


_Leaf = tuple[tuple[str | int, ...], str, Field, Any]


def _leaves(value: Any, model: type[BaseModel], path: tuple[str | int, ...], title: str) -> Iterator[_Leaf]:
    """Yield every field below a part of a profile that holds no others: path, place in words, field and value."""
    for one in fields.fields(model):
        if one.name not in value or (not path and one.name == "slug"):
            continue
        inner, here = value[one.name], (*path, one.name)
        if one.kind == Kind.ITEMS and one.model is not None:
            for number, item in enumerate(inner):
                name = item_name(item, number)
                again = [item_name(other, at) for at, other in enumerate(inner[:number])].count(name)
                words = f"{title} › {one.label} › {name}{f' ({again + 1})' if again else ''}"
                yield from _leaves(item, one.model, (*here, number), words)
        elif one.kind == Kind.OBJECT and one.model is not None:
            if inner is not None:
                yield from _leaves(inner, one.model, here, f"{title} › {one.label}")
        else:
            yield here, f"{title} › {one.label}", one, inner


def _meant(known: list[_Leaf], now: str, new: str, trust: str) -> tuple[tuple[str | int, ...], Any]:
    """Return which field says `now`, in whole or in part of a text, and what it would say; raises Refused."""
    plain = _bare(now)
    whole = [one for one in known if plain in {_bare(said(one[3])), _bare(_as_typed(one, now))}]
    if len(whole) == 1:
        return whole[0][0], new
    pattern = re.compile(r"\s+".join(map(_loose, now.split())))
    within = [one for one in known if isinstance(one[3], str) and one[2].kind == Kind.TEXT and pattern.search(one[3])]
    within = within if not whole else []
    if len(within) == 1 and len(pattern.findall(within[0][3])) == 1:
        return within[0][0], pattern.sub(lambda _: " ".join(new.split()), within[0][3])
    many = whole or within
    if many:
        places = "; ".join(one[1] for one in many[:5])
        raise Refused(
            f"{shown(now)} stands in more than one place: {places}."
            " Copy more words around it, or choose the part, or use the link on the page."
        )
    texts = {str(one[3]): one for one in known if isinstance(one[3], str)}
    near = get_close_matches(now, texts, 1, 0.5)
    hint = f" The nearest is {said(near[0])}, in {texts[near[0]][1]}." if near else ""
    raise Refused(f"The profile of {trust} does not say {shown(now)} there.{hint} Copy the words exactly.")


def _as_typed(leaf: _Leaf, now: str) -> str:
    """Return the field's value in words if `now` means it: `£2 million` means 2000000."""
    value = typed(leaf[2], now)
    same = leaf[3] is not None and not isinstance(value, list) and str(value) == str(leaf[3])
    return now if same and type(value) is type(leaf[3]) else ""


def _loose(word: str) -> str:
    """Return an expression for a word with any shape of quotation marks."""
    return re.sub(r"['‘’]", "['‘’]", re.sub(r'["“”]', '["“”]', re.escape(word)))


def _bare(text: str) -> str:
    plain = without_hidden(text).translate(str.maketrans("‘’“”", "''\"\"")).strip(' "')
    return " ".join(plain.split()).lower()
