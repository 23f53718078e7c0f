"""The files of new evidence: a wave, and the profile of a Trust in it, made from the models."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import yaml
from pydantic import BaseModel, ValidationError

from macros.editing import skeleton
from macros.editing.editor_schemas import modeline
from macros.editing.skeleton import SkeletonError
from macros.model import addresses, lasting
from macros.model.dates import When
from macros.model.holdings import PROFILES, SOURCES, TRUSTS, WAVES, Holding
from macros.model.profile import PART_FIELDS, Profile
from macros.model.trust import Trust
from macros.model.vocabulary import TO_WRITE
from macros.model.wave import Wave
from macros.pages import published_addresses
from macros.reading import project_files
from macros.reading.guide import Guide
from macros.reading.problem import did_you_mean
from macros.reading.refusals import explain
from macros.views.waves import cited_title

_PARTS = {fields[0]: fields for fields in PART_FIELDS.values()}
"""The fields of each part, by the name of the part's own field."""
_DOCUMENT = """\
- id: {id}
  source: ours
  title: {title}
  publisher: {to_write}
  published: {date}
  role: {to_write}
"""


def new_wave(wave: str, title: str, date: When, guide: Guide, root: Path) -> str:
    """Make the files of a wave and return what is left for a person to do; raises SkeletonError."""
    if wave in {one.id for one in guide.waves}:
        raise SkeletonError(f"the wave “{wave}” is there already: choose another name, or edit its file")
    if lasting.slug(wave) != wave:
        raise SkeletonError(f"“{wave}” will not do as a name in addresses: use a year, such as 2027, or 2027-spring")
    document = lasting.slug(title) or f"wave-{wave}"
    called = title[:1].lower() + title[1:]
    known = {
        "title": title,
        "called": f"the {called.removeprefix('the ')}",
        "again": f"the {called.removeprefix('the ').partition(' of ')[0]}",
        "date": str(date),
        "documents": [document],
    }
    path, sources = root / "data" / WAVES.path / f"{wave}.yml", root / "data" / SOURCES.path
    text = _text(WAVES, Wave, title, document, known)
    listed = _DOCUMENT.format(id=document, title=_plain(title), date=date, to_write=TO_WRITE)
    with project_files.writing(root) as writer:
        _refuse_what_is_there(path, root)
        was = writer.read(sources) or b""
        # A run that was killed half way has added the document: then it is the last one, and as it would be now.
        is_added = was.endswith(listed.encode())
        if document in guide.documents and not is_added:
            raise SkeletonError(f"the document “{document}” is there already: choose another title")
        end = b"" if not was or was.endswith(b"\n") else b"\n"
        now = was if is_added else was + end + listed.encode()
        # The wave comes last: without the document that it rests on, the data would be wrong.
        writer.replace_all(
            {
                sources: project_files.NewContent(now, was),
                path: project_files.NewContent(text.encode(), None),
            }
        )
    return f"""\
Made data/{WAVES.path}/{wave}.yml, and a document “{document}” in data/{SOURCES.path}.

What is left for you:
  1. In both, replace each “{TO_WRITE}”. Check the date: it is that of the evidence, not of today.
  2. For each Trust that the wave tells of, run “guide new profile TRUST {wave}”.
  3. In mkdocs.yml, “extra: history:” tells readers at the foot of each page how old the evidence is: name it there.
  4. Look at it with “make serve”; then run “guide check”, which says what is left."""


def new_profile(slug: str, wave: str, parts: Sequence[str], guide: Guide, root: Path) -> str:
    """Make the profile of a Trust in a wave and return what is left for a person to do; raises SkeletonError.

    `parts` are the names of the parts that the wave covers.
    """
    names = {trust.slug: trust.name for trust in guide.trusts}
    waves = {one.id: one for one in guide.waves[1:]}
    if slug not in names:
        raise SkeletonError(f"there is no Trust “{slug}”: {did_you_mean(slug, names)}")
    if wave not in waves:
        raise SkeletonError(f"no file describes the wave “{wave}”: run “guide new wave {wave}” first")
    for part in parts:
        if part not in _PARTS:
            raise SkeletonError(f"there is no part “{part}”: {did_you_mean(part, _PARTS)}")
    told = waves[wave]
    left_out = [name for own, fields in _PARTS.items() if own not in parts for name in fields]
    text = _text(PROFILES, Profile, f"{names[slug]}, {told.title}", told.documents[0], {}, parts, left_out)
    profile = root / "data" / TRUSTS.path / slug / f"{wave}.yml"
    with project_files.writing(root) as writer:
        _refuse_what_is_there(profile, root)
        changes = page_files(root, guide.trust(slug), (guide.first_wave, told), writer)
        # The profile comes last: once it is there, so are its pages.
        writer.replace_all({**changes, profile: project_files.NewContent(text.encode(), None)})
    return f"""\
Made data/{TRUSTS.path}/{slug}/{wave}.yml, with the page that it is cited by.

What is left for you:
  1. Replace each “{TO_WRITE}” with what the source says, and check each fixed word.
  2. Delete a part that this wave did not cover. Left out is “not covered”, which is neither “not mentioned” nor “no”.
  3. Look at it with “make serve”; then run “guide check”, which says what is left."""


def _text(
    holding: Holding,
    model: type[BaseModel],
    name: str,
    source: str,
    known: Mapping[str, object],
    wanted: Sequence[str] = (),
    left_out: Sequence[str] = (),
) -> str:
    """Return the YAML of a new file that its model accepts; raises SkeletonError for names that it does not."""
    about = "The document that it rests on. A part or a statement that rests on another names that."
    head = skeleton.HEAD.format(modeline=modeline(holding), name=name, to_write=TO_WRITE)
    head += skeleton.SOURCE.format(about_source=about, source=source)
    text = head + "\n".join(skeleton.lines(model, known, wanted, left_out)) + "\n"
    try:
        model.model_validate({**yaml.safe_load(text), **dict.fromkeys(holding.derived, "a")})
    except (ValidationError, yaml.YAMLError) as error:
        told = next(explain(error, model)) if isinstance(error, ValidationError) else None
        why = f"found {told.found}; {told.mend}" if told else "it cannot be written in a file"
        raise SkeletonError(f"“{name}” will not do: {why}") from None
    return text


def page_files(
    root: Path, trust: Trust, waves: Iterable[Wave], writer: project_files.Writer
) -> dict[Path, project_files.NewContent]:
    """Return the missing pages for citing some waves' accounts of a Trust, and the list of addresses with them."""
    pages = {f"{TRUSTS.path}/{trust.slug}/{one.id}.md": _page(trust, one) for one in waves}
    missing = {root / "docs" / path: text for path, text in pages.items() if not os.path.lexists(root / "docs" / path)}
    files = {path: project_files.NewContent(text.encode(), None) for path, text in missing.items()}
    if (root / published_addresses.LIST).is_file():
        files |= published_addresses.added(map(addresses.of_page, pages), root, writer)[1]
    return files


def _page(trust: Trust, wave: Wave) -> str:
    """Return the Markdown of the page for citing one wave's account of a Trust."""
    subject = f"{trust.name}’s Children’s Trust and the voluntary sector"
    about = f"What {wave.called} said of {subject}, at an address that stays."
    front = {"title": cited_title(trust, wave), "description": about}
    text = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=1000)
    return f'---\n{text}---\n\n{{{{ wave_profile("{trust.slug}", "{wave.id}") }}}}\n'


def _plain(text: str) -> str:
    """Return a text in a form that can follow a colon."""
    return yaml.safe_dump(text, allow_unicode=True, width=1000).removesuffix("...\n").strip()


def _refuse_what_is_there(path: Path, root: Path) -> None:
    if os.path.lexists(path):
        raise SkeletonError(
            f"{path.relative_to(root).as_posix()} exists already: choose another name, or edit that file"
        )
