"""The files of a new Trust: a profile to fill in, made from the model, its page and its place."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml
from pydantic import ValidationError

from macros.derived.trust_groups import FOLDER, groups_of
from macros.editing import skeleton
from macros.editing.editor_schemas import modeline
from macros.editing.skeleton import SkeletonError
from macros.model import addresses, lasting
from macros.model.base import OURS
from macros.model.holdings import PLACES, REGION, STANDARDS, TRUSTS, files_of_trust
from macros.model.trust import AREA_FIELDS, FIRST_PROFILE_FIELDS, PracticeStatement, Trust
from macros.model.vocabulary import TO_WRITE, PlaceKind
from macros.pages import docs_files, menu, published_addresses, same_address
from macros.reading import first_wave, project_files
from macros.reading.csv_cells import delimiter_of
from macros.reading.files import folders_of
from macros.reading.refusals import explain

_ABOUT_SOURCE = (
    "The section of a document that it rests on. Give each part its own, as in:\n"
    "## source: clear-expectations#luton.governance"
)


def new_trust(name: str, data: Path, docs: Path) -> str:
    """Make the files of a Trust called `name` and return what is left for a person to do; raises SkeletonError.

    The profile of the first wave is among the files.
    """
    name = " ".join(name.split())
    slug = slug_of(name)
    try:
        with project_files.writing(docs.parent) as writer:
            files = _files_of(slug, data, docs, writer)
            gathered = _make(name, slug, files, writer)
    except project_files.NotWritten as why:
        raise SkeletonError(str(why)) from None
    made = f"{files.shown(files.area)}, {files.shown(files.profile)}, {files.shown(files.page)}"
    places = files.shown(files.places)
    return f"""\
Made {made} and a row in {places}.{_told(gathered)}

What is left for you:
  1. In the first two, replace each “{TO_WRITE}” with what the source says, and check each fixed word.
  2. Give each part the “source:” it rests on. Until then it counts as ours.
  3. In {places}, check what kind of place {name} is, and add its districts and towns.
  4. Give it a square on the map: in {files.shown(files.area)}, take the # from “tile:” and the two lines below it.
  5. Look at it with “make serve”; then run “guide check”, which says what is left."""


class _Files(NamedTuple):
    """The files of a Trust, and the folders of the guide."""

    area: Path
    profile: Path
    page: Path
    data: Path
    docs: Path

    @property
    def places(self) -> Path:
        return self.data / PLACES.path

    def shown(self, path: Path) -> str:
        """Return a path below the project, such as `data/trusts/luton/trust.yml`."""
        return path.relative_to(self.docs.parent).as_posix()


def _files_of(slug: str, data: Path, docs: Path, writer: project_files.Writer) -> _Files:
    region = (writer.read(data / REGION.path) or b"").decode("utf-8", "replace")
    baseline = first_wave.of_text(region)
    if not baseline:
        raise SkeletonError(f"data/{REGION.path} does not say which wave of evidence was the first: mend it first")
    area, profile = (docs.parent / name for name in files_of_trust(slug, baseline))
    return _Files(area, profile, docs / TRUSTS.path / f"{slug}.md", data, docs)


def _make(name: str, slug: str, files: _Files, writer: project_files.Writer) -> list[str]:
    """Write all files of a Trust, or none, and return the pages of letters that were made."""
    data, docs = files.data, files.docs
    standards = sorted(path.stem for path in (data / STANDARDS.path).glob("*.yml"))
    area, profile = profile_texts(name, slug, standards[0] if standards else "")
    new = {files.area: area, files.profile: profile, files.page: page_text(name, slug)}
    # A run that was killed half way may have made some of them: if they have the same text, that is no reason to stop.
    there = [path for path in new if os.path.lexists(path)]  # in the same order in every run
    for path in there:
        if len(there) == len(new) or not path.is_file() or path.read_text(encoding="utf-8") != new[path]:
            raise SkeletonError(f"{files.shown(path)} exists already: choose another name, or edit that file")
    if taken := same_address.taken_by(addresses.of_trust(slug), docs, data, but=files.page):
        raise SkeletonError(
            f"“{name}” would have the address /{addresses.of_trust(slug)}, {taken}: choose another name"
        )
    gathered, changes = _gathered(data, docs, slug, writer)
    was = writer.read(files.places)
    if was and (place := _place_row(name, slug, was.decode("utf-8-sig"))):
        changes[files.places] = project_files.NewContent(was + place.encode(), was)
    if (docs.parent / published_addresses.LIST).is_file():
        _, listed = published_addresses.added(
            [addresses.of_trust(slug), *map(addresses.of_page, gathered)], docs.parent, writer
        )
        changes |= listed
    # The Trust's own files come last: once they are all there, nothing else is missing.
    changes |= {path: project_files.NewContent(text.encode(), writer.read(path)) for path, text in new.items()}
    writer.replace_all(changes)
    return gathered


def _told(gathered: Sequence[str]) -> str:
    """Return a sentence on the pages of letters that were made, if any."""
    return f" Also pages for letters, as the Trusts are many: {', '.join(gathered)}." if gathered else ""


def gather(data: Path, docs: Path) -> list[str]:
    """Make the missing pages of letters, if there are many Trusts, and take the Trusts out of the menu.

    Returns the paths of the pages that were made, below `docs`. Raises OSError.
    """
    with project_files.writing(docs.parent) as writer:
        made, changes = _gathered(data, docs, "", writer)
        writer.replace_all(changes)
    return made


def _gathered(
    data: Path, docs: Path, new: str, writer: project_files.Writer
) -> tuple[list[str], dict[Path, project_files.NewContent]]:
    """Return the missing pages of letters, with a `new` Trust if one is named, and the files to write."""
    slugs = {path.name for path in folders_of(data / TRUSTS.path)} | ({new} if new else set())
    wanted = groups_of(slugs)
    missing = [one for one in wanted if not (docs / one.path).exists()]
    changes = {docs / one.path: project_files.NewContent(one.page.encode(), None) for one in missing}
    return [one.path for one in missing], {**changes, **dict(_shorter_menu(docs, writer) if wanted else ())}


_LETTERS_NOT_IN_MENU = f"  /{FOLDER}/*.md\n"
_TRUSTS_NOT_IN_MENU = f"  /{TRUSTS.path}/*.md\n  !/{TRUSTS.path}/index.md\n  !/{TRUSTS.path}/gaps.md\n"


def _shorter_menu(docs: Path, writer: project_files.Writer) -> Iterator[tuple[Path, project_files.NewContent]]:
    """Take the Trusts out of the menu, and say so in the settings: an engine warns of pages that are just missing."""
    order, settings = docs / docs_files.ORDER, docs.parent / "mkdocs.yml"
    if listed := writer.read(order):
        lines = listed.decode("utf-8").splitlines(keepends=True)
        kept = "".join(line for line in lines if not menu.lists_trusts(line))
        yield order, project_files.NewContent(kept.encode(), listed)
    was = writer.read(settings) or b""
    text = was.decode("utf-8")
    if _LETTERS_NOT_IN_MENU in text and _TRUSTS_NOT_IN_MENU not in text:
        more = text.replace(_LETTERS_NOT_IN_MENU, _LETTERS_NOT_IN_MENU + _TRUSTS_NOT_IN_MENU)
        yield settings, project_files.NewContent(more.encode(), was)


def slug_of(name: str) -> str:
    """Return a name in the form for addresses: `Southend-on-Sea` gives `southend-on-sea`; raises SkeletonError."""
    made = lasting.slug(name)
    if not made or len(made) > lasting.MOST_LETTERS:
        raise SkeletonError(f"no address can be made from “{name}”: use a name with letters from a to z, of at most 80")
    return made


def profile_texts(name: str, slug: str, standard: str = "") -> tuple[str, str]:
    """Return the YAML of an empty Trust that the model accepts: what is lasting about it, and its first profile.

    With the id of a standard, it has a first statement about that, as each Trust needs one. Raises SkeletonError for a
    name that the model does not accept.
    """
    known: dict[str, object] = {"name": name, "partnership": f"{name} Children’s Trust"}
    if standard:
        words = {
            field: skeleton.beginning(info)
            for field, info in PracticeStatement.model_fields.items()
            if info.is_required()
        }
        known["practice"] = [{**words, "standard": standard}]
    heads = [
        skeleton.HEAD.format(modeline=modeline(TRUSTS, number), name=name, to_write=TO_WRITE) for number in range(2)
    ]
    heads[1] += skeleton.SOURCE.format(about_source=_ABOUT_SOURCE, source=OURS)
    area, profile = (
        head + "\n".join(skeleton.lines(Trust, known, left_out=left_out)) + "\n"
        for head, left_out in zip(heads, (FIRST_PROFILE_FIELDS, AREA_FIELDS), strict=True)
    )
    try:
        Trust.model_validate({**yaml.safe_load(area), **yaml.safe_load(profile), "slug": slug})
    except (ValidationError, yaml.YAMLError) as error:
        found = next(explain(error, Trust)) if isinstance(error, ValidationError) else None
        why = f"found {found.found}; {found.mend}" if found else "it cannot be written in a file"
        raise SkeletonError(f"“{name}” will not do as a name: {why}") from None
    return area, profile


def page_text(name: str, slug: str) -> str:
    """Return the Markdown of a Trust's page."""
    about = (
        f"Who spoke for voluntary organisations in {name}’s Children’s Trust, "
        "with training, money, contract terms and what is not known."
    )
    front = yaml.safe_dump({"title": name, "description": about}, allow_unicode=True, sort_keys=False, width=1000)
    return f'---\n{front}---\n\n{{{{ trust_profile("{slug}") }}}}\n'


def _place_row(name: str, slug: str, text: str) -> str:
    """Return the row for the Trust's first place, or "" if the file has no header or already has the place."""
    delimiter = delimiter_of(text.partition("\n")[0])  # a spreadsheet program may have saved it
    rows = csv.DictReader(text.splitlines(), delimiter=delimiter)
    columns = rows.fieldnames
    if not columns or any((row.get("place"), row.get("trust")) == (name, slug) for row in rows):
        return ""
    cells = {"place": name, "kind": PlaceKind.COUNTY.value, "trust": slug, "source": OURS}
    end = "\r\n" if "\r\n" in text else "\n"
    written = io.StringIO()
    csv.DictWriter(written, columns, restval="", lineterminator=end, delimiter=delimiter).writerow(cells)
    return ("" if text.endswith("\n") else end) + written.getvalue()
