"""What a new Trust begins with: a profile to fill in, made from the model, its page and its place."""

from __future__ import annotations

import csv
import io
import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import get_origin

import yaml
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from macros import address, moved, page_files
from macros.explain import enum_at, explain, model_at
from macros.gathering import FOLDER, gatherings
from macros.hints import modeline
from macros.model.base import OURS
from macros.model.layout import PLACES, STANDARDS, TRUSTS
from macros.model.trust import Gap, PracticeStatement, Trust
from macros.model.words import NOT_MENTIONED, TO_WRITE, PlaceKind

_HEAD = """\
{modeline}
## {name}. Replace each “{to_write}” and check each fixed word.
## A line with ## says what comes below it. A line with # may be left out: take the # away to use it.
## When you have done, delete all the lines with # but the first, which gives you hints as you type.

## The section of a document that it rests on. Give each part its own, as in:
## source: clear-expectations#luton.governance
source: {ours}
"""
_SKIPPED = {"source", *TRUSTS.derived}
_UNKNOWN = (NOT_MENTIONED, "not reported", "none mentioned", "draft not sent")


class SkeletonError(Exception):
    """Nothing was made; the text says why."""


def new_trust(name: str, data: Path, docs: Path) -> str:
    """Make the files of a Trust called `name` and return what is left for a person to do; raises SkeletonError."""
    name = " ".join(name.split())
    slug = slug_of(name)
    profile = data / TRUSTS.path / f"{slug}.yml"
    page = docs / TRUSTS.path / f"{slug}.md"
    for path in (profile, page):
        if path.exists():
            raise SkeletonError(f"{_shown(path)} exists already: choose another name, or edit that file")
    standards = sorted(path.stem for path in (data / STANDARDS.path).glob("*.yml"))
    text = profile_text(name, slug, standards[0] if standards else "")
    place = _place_row(name, slug, data / PLACES.path)

    for path, content in ((profile, text), (page, page_text(name, slug))):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    gathered = gather(data, docs)
    if (docs.parent / moved.LIST).is_file():
        moved.add([address.of_trust(slug), *map(address.of_page, gathered)], docs.parent)
    if place:
        with (data / PLACES.path).open("a", encoding="utf-8", newline="") as file:
            file.write(place)
    return f"""\
Made {_shown(profile)}, {_shown(page)} and a row in {_shown(data / PLACES.path)}.{_told(gathered)}

What is left for you:
  1. In {_shown(profile)}, replace each “{TO_WRITE}” with what the source says, and check each fixed word.
  2. Give each part the “source:” it rests on. Until then it counts as ours.
  3. In {_shown(data / PLACES.path)}, check what kind of place {name} is, and add its districts and towns.
  4. Give it a square on the map: take the # from “tile:” and the two lines below it.
  5. Look at it with “make serve”; then run “make check”, which says what is left."""


def _told(gathered: Sequence[str]) -> str:
    """Say which pages of letters were made, if any."""
    return f" Also pages for letters, as the Trusts are many: {', '.join(gathered)}." if gathered else ""


def gather(data: Path, docs: Path) -> list[str]:
    """Make the pages of letters that are missing, where Trusts are many, and take the Trusts out of the menu.

    Returns the paths of the pages that were made, below `docs`.
    """
    wanted = gatherings(path.stem for path in (data / TRUSTS.path).glob("*.yml"))
    missing = [one for one in wanted if not (docs / one.path).exists()]
    for one in missing:
        path = docs / one.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(one.page, encoding="utf-8")
    if wanted:
        _shorten_menu(docs)
    return [one.path for one in missing]


_LETTERS_NOT_IN_MENU = f"  /{FOLDER}/*.md\n"
_TRUSTS_NOT_IN_MENU = f"  /{TRUSTS.path}/*.md\n  !/{TRUSTS.path}/index.md\n  !/{TRUSTS.path}/gaps.md\n"


def _shorten_menu(docs: Path) -> None:
    """Take the Trusts out of the menu, and say so in the settings: an engine warns of a page that is only left out."""
    order, settings = docs / page_files.ORDER, docs.parent / "mkdocs.yml"
    if order.is_file():
        lines = order.read_text(encoding="utf-8").splitlines(keepends=True)
        order.write_text("".join(line for line in lines if not page_files.lists_trusts(line)), encoding="utf-8")
    text = settings.read_text(encoding="utf-8") if settings.is_file() else ""
    if _LETTERS_NOT_IN_MENU in text and _TRUSTS_NOT_IN_MENU not in text:
        more = text.replace(_LETTERS_NOT_IN_MENU, _LETTERS_NOT_IN_MENU + _TRUSTS_NOT_IN_MENU)
        settings.write_text(more, encoding="utf-8")


def slug_of(name: str) -> str:
    """Return the name as it stands in addresses: `Southend-on-Sea` gives `southend-on-sea`; raises SkeletonError."""
    plain = unicodedata.normalize("NFKD", name.lower().replace("’", "").replace("'", "")).encode("ascii", "ignore")
    slug = re.sub(r"[^a-z0-9]+", "-", plain.decode()).strip("-")
    if not slug or len(slug) > 80:
        raise SkeletonError(f"no address can be made from “{name}”: use a name with letters from a to z, of at most 80")
    return slug


def profile_text(name: str, slug: str, standard: str = "") -> str:
    """Return the YAML of an empty profile that the model accepts; raises SkeletonError for a name that it does not.

    With the id of a standard, it has a first statement about that, as each Trust needs one.
    """
    known: dict[str, object] = {"name": name, "partnership": f"{name} Children’s Trust"}
    if standard:
        words = {
            field: _beginning(info) for field, info in PracticeStatement.model_fields.items() if info.is_required()
        }
        known["practice"] = [{**words, "standard": standard}]
    head = _HEAD.format(modeline=modeline(TRUSTS), name=name, to_write=TO_WRITE, ours=OURS)
    text = head + "\n".join(_lines(Trust, known)) + "\n"
    try:
        Trust.model_validate({**yaml.safe_load(text), "slug": slug})
    except (ValidationError, yaml.YAMLError) as error:
        told = next(explain(error, Trust)) if isinstance(error, ValidationError) else None
        why = f"found {told.found}; {told.mend}" if told else "it cannot be written in a file"
        raise SkeletonError(f"“{name}” will not do as a name: {why}") from None
    return text


def page_text(name: str, slug: str) -> str:
    """Return the Markdown of a Trust's page."""
    about = (
        f"Who spoke for voluntary organisations in {name}’s Children’s Trust, "
        "with training, money, contract terms and what is not known."
    )
    front = yaml.safe_dump({"title": name, "description": about}, allow_unicode=True, sort_keys=False, width=1000)
    return f'---\n{front}---\n\n{{{{ trust_profile("{slug}") }}}}\n'


def _lines(model: type[BaseModel], known: Mapping[str, object] = MappingProxyType({})) -> Iterator[str]:
    """Yield the lines of one object: each field below what it means, and behind a # if it may be left out."""
    for name, field in model.model_fields.items():
        if name in _SKIPPED:
            continue
        if model is Trust:
            yield ""
        yield from textwrap.wrap(_explained(field), 100, initial_indent="## ", subsequent_indent="## ")
        inner = model_at(model, (name,))
        if name in known or not inner:
            lines = _plain(name, known.get(name, _beginning(field)))
        else:
            lines = _object(name, field, inner)
        yield from lines if name in known or field.is_required() else _commented(lines)


def _object(name: str, field: FieldInfo, inner: type[BaseModel]) -> Iterator[str]:
    if not _is_list(field):
        yield f"{name}:"
        yield from (f"  {line}" for line in (_lines(inner) if field.is_required() else _examples(inner)))
        return
    example = [f"{name}:", *(f"  {'  ' if n else '- '}{line}" for n, line in enumerate(_examples(inner)))]
    if field.is_required():
        yield f"{name}: []"
        example.insert(0, "# With items, in place of the line above:")
        yield example.pop(0).replace("# ", "## ")
        yield from _commented(example)
    else:
        yield from example


def _examples(model: type[BaseModel]) -> Iterator[str]:
    """Yield the plain fields of an object as they might be filled in."""
    if issubclass(model, Gap):
        yield f"source: {OURS}"
    for name, field in model.model_fields.items():
        if name not in _SKIPPED and (field.examples or field.is_required()):
            yield from _plain(name, field.examples[0] if field.examples else _beginning(field))


def _plain(name: str, value: object) -> Iterator[str]:
    """Yield a field that holds no object, quoted where YAML needs it."""
    first, *rest = yaml.safe_dump({name: value}, allow_unicode=True, sort_keys=False, width=1000).splitlines()
    yield first
    yield from (f"  {line}" for line in rest)


def _beginning(field: FieldInfo) -> object:
    """Return what a field holds until someone knows better."""
    if not field.is_required() and field.examples:
        return field.examples[0]
    words = [str(word.value) for word in enum_at(field)]
    if words:
        return next((word for word in _UNKNOWN if word in words), words[0])
    if field.annotation is bool:
        return False
    return [] if _is_list(field) else TO_WRITE


def _explained(field: FieldInfo) -> str:
    words = ", ".join(str(word.value) for word in enum_at(field))
    return f"{field.description or ''}{f' One of: {words}.' if words else ''}"


def _is_list(field: FieldInfo) -> bool:
    return get_origin(field.annotation) is tuple


def _commented(lines: Iterable[str]) -> Iterator[str]:
    return (f"# {line}" for line in lines)


def _place_row(name: str, slug: str, places: Path) -> str:
    """Return the row that gives the Trust its first place, or "" if the file is not there or has the place."""
    if not places.is_file():
        return ""
    text = places.read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    if not rows or any(row.get("place") == name for row in rows):
        return ""
    cells = {"place": name, "kind": PlaceKind.COUNTY.value, "trust": slug, "source": OURS}
    written = io.StringIO()
    csv.DictWriter(written, list(rows[0]), restval="", lineterminator="\n").writerow(cells)
    return ("" if text.endswith("\n") else "\n") + written.getvalue()


def _shown(path: Path) -> str:
    """Return a path below the project as people write it, such as `data/trusts/luton.yml`."""
    return "/".join(path.parts[-3:] if path.parent.name == TRUSTS.path else path.parts[-2:])
