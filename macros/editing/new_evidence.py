"""Records that things have changed since: the answers in a form become a small profile of a later wave.

Nothing is corrected: the profiles of earlier waves stay as they are. The form shows the latest that is known. The new
profile holds only the fields that were changed in it, under the words that were sent with them; other fields that its
schema requires say “not mentioned”.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from macros.derived.latest_known import latest
from macros.editing import skeleton
from macros.editing.corrected_record import CorrectedRecord
from macros.editing.correction import CorrectedField, Correction, CorrectionRefused, NewDocument
from macros.editing.correction_words import place, said
from macros.editing.editor_schemas import modeline
from macros.editing.new_wave import page_files
from macros.editing.trial import try_files
from macros.editing.typed_values import value_at
from macros.editing.yaml_edit import YamlEdit, rewritten, with_change
from macros.editing.yaml_scalars import same
from macros.editing.yaml_text import CannotRewrite
from macros.model import lasting
from macros.model.holdings import PROFILES, SOURCES, TRUSTS, WAVES, Holding
from macros.model.profile import PART_FIELDS, Profile
from macros.model.trust import Trust
from macros.model.wave import Wave
from macros.pages.project import Project
from macros.reading import project_files
from macros.reading.guide import Guide, load
from macros.reading.refusals import explain, shown
from macros.schema import fields
from macros.schema.fields import FieldKind, model_at

_OF_PART = {field: names[0] for names in PART_FIELDS.values() for field in names}
"""The part's own field, by each field that a later profile may have."""
_WORDS = ("narrative", "model")
"""The required sentences of a part, for which the words from the form are used."""
_Files = dict[Path, project_files.NewContent]


def add(
    project: Project, correction: Correction, document: NewDocument, writer: project_files.Writer
) -> tuple[CorrectedField, ...]:
    """Write the wave, the document, the profile and its page, and return the changes; raises CorrectionRefused."""
    record = CorrectedRecord.find(project, correction.record, {})
    if record.holding is not TRUSTS:
        raise CorrectionRefused("New evidence is about a Trust: for anything else, write to us.")
    guide = load(project.data)
    slug = record.name.partition("/")[2]
    if guide.profiles_of(slug):
        record = _as_known_now(record, latest(guide, slug).whole)
    told, parts = _told(record, correction, document)
    wave, is_new = _wave(guide, document)
    if any(one.wave == wave.id for one in guide.profiles_of(slug)):
        raise CorrectionRefused(
            f"{guide.trust(slug).name} has a profile of {wave.date.text} from this document already: "
            f"change data/{PROFILES.path}/{slug}/{wave.id}.yml"
        )
    files = _files(project.root, guide.trust(slug), wave, parts, guide, document if is_new else None, writer)
    try_files(project, {path: one.content for path, one in files.items()})
    try:
        writer.replace_all(files)
    except project_files.NotWritten as why:
        raise CorrectionRefused(f"{why}.") from None
    name = f"data/{PROFILES.path}/{slug}/{wave.id}.yml"
    lines = files[project.root / name].content.decode().splitlines()
    return tuple(
        CorrectedField(name, 1 + next(n for n, line in enumerate(lines) if line.startswith(f"{part}:")), *rest)
        for part, *rest in told
    )


def _as_known_now(record: CorrectedRecord, known: Trust) -> CorrectedRecord:
    """Return a record with the latest that is known of it in place of what the first wave said."""
    value = known.model_dump(mode="json", exclude_defaults=True, exclude=set(TRUSTS.derived))
    return replace(record, value=value, effective=known.model_dump(mode="json"))


def _told(
    record: CorrectedRecord, correction: Correction, document: NewDocument
) -> tuple[list[tuple[str, str, str, str]], dict[str, Any]]:
    """Return the description of each change, and the fields of the profile that the changes fill."""
    value, told = record.value, []
    for step in correction.changes:
        words = place(record.model, value, step.path, record.title)
        if step.path[0] not in _OF_PART:
            raise CorrectionRefused(f"{words}: new evidence can be about the parts of a profile only.")
        if step.op == "remove":
            raise CorrectionRefused(f"{words}: what is no longer there is said in your words; leave it in the list.")
        if step.path[-1] in (*_WORDS, "source"):
            raise CorrectionRefused(
                f"{words}: the report’s account stays as it is; say what has changed in your words."
            )
        change = record.change(step, value)
        if change.op == "set" and same(value_at(value, change.path), change.value):
            continue
        was = "" if change.op == "add" else said(value_at(record.effective, change.path))
        told.append((_OF_PART[str(step.path[0])], words, was, said(change.value)))
        try:
            value = with_change(value, change)
        except CannotRewrite as why:
            raise CorrectionRefused(f"{why}.") from None
    if not told:
        raise CorrectionRefused("Nothing would change: the report says this already.")
    record.validate(value)
    found = ((name, _new(model_at(Trust, (name,)), record.value.get(name), value.get(name))) for name in _OF_PART)
    made = {name: one for name, one in found if not _is_nothing(one)}
    for part in dict.fromkeys(_OF_PART[name] for name in made):
        made[part] = _whole(Profile, part, made.get(part, {}), document.says)
    return told, made


def _new(model: type[BaseModel] | None, was: Any, now: Any) -> Any:
    """Return the new part of a value: the fields and the items of lists that were changed or added.

    An item that was changed keeps its new fields, and those that every such item must have. Its other fields are the
    report’s account, and are left out. Nothing was removed from a list, so each item is still in its place.
    """
    if isinstance(now, dict):
        before = was if isinstance(was, dict) else {}
        inner = ((name, model_at(model, (name,)) if model else None, one) for name, one in now.items())
        found = {name: _new(below, before.get(name), one) for name, below, one in inner if name != "source"}
        return {name: one for name, one in found.items() if not _is_nothing(one)}
    if isinstance(now, list):
        stood = was if isinstance(was, list) else []
        pairs = zip(now, [*stood, *[None] * (len(now) - len(stood))], strict=True)
        return [_item(model, old, one) for one, old in pairs if old is None or not same(one, old)]
    return None if same(was, now) else now


def _is_nothing(value: Any) -> bool:
    return value is None or value in ({}, [])


def _item(model: type[BaseModel] | None, was: Any, now: Any) -> Any:
    """Return one item of a list as the new document describes it."""
    if model is None or not isinstance(now, dict):
        return now
    must = {one.name for one in fields.fields(model) if one.required}
    before = was if isinstance(was, dict) else {}
    return {
        name: one
        for name, one in now.items()
        if name not in {"source", "id"} and (name in must or not same(before.get(name), one))
    }


def _whole(owner: type[BaseModel], name: str, made: Any, says: str) -> Any:
    """Return a part with the fields that its schema requires: the words that were sent, and words for unknown facts."""
    field = fields.field(owner, name)
    if field is None or field.model is None or field.kind != FieldKind.OBJECT:
        return made
    whole = {}
    for one in fields.fields(field.model):
        if one.name in made:
            whole[one.name] = _whole(field.model, one.name, made[one.name], says)
        elif one.required and one.kind == FieldKind.OBJECT:
            whole[one.name] = _whole(field.model, one.name, {}, says)
        elif one.required:
            whole[one.name] = says if one.name in _WORDS else skeleton.beginning(field.model.model_fields[one.name])
    return whole


def _wave(guide: Guide, document: NewDocument) -> tuple[Wave, bool]:
    """Return the wave that a document belongs to, and whether it is a new one."""
    titles = {one.id: one.title for one in guide.documents.values()}
    for wave in guide.waves[1:]:
        if wave.date == document.published and document.title in {titles[name] for name in wave.documents}:
            return wave, False
    if document.published.last <= guide.first_wave.date.last:
        raise CorrectionRefused(
            f"The document is of {document.published.text}, which is not after {guide.first_wave.date.text}: "
            "if the guide is wrong about that time, correct it."
        )
    if any(one.date == document.published for one in guide.waves):
        raise CorrectionRefused(
            f"Another document of {document.published.text} has been taken in, and two waves cannot have one date: "
            "give the day on which this one was published."
        )
    name = lasting.slug(document.title)
    if not name or name in guide.documents:
        raise CorrectionRefused(f"{shown(document.title)} is in the list of documents already, of another date.")
    date = document.published
    return (
        Wave.model_construct(
            source=(name,),
            id=_free(guide, lasting.slug(str(date))),
            title=f"New evidence of {date.text}",
            called=f"the new evidence of {date.text}",
            again="the new evidence",
            method="Somebody sent in what had changed, with the document that says so.",
            documents=(name,),
            date=date,
        ),
        True,
    )


def _free(guide: Guide, name: str) -> str:
    taken = {one.id for one in guide.waves}
    return next(one for one in (name, *(f"{name}-{number}" for number in range(2, 1000))) if one not in taken)


def _files(
    root: Path,
    trust: Trust,
    wave: Wave,
    parts: Mapping[str, Any],
    guide: Guide,
    document: NewDocument | None,
    writer: project_files.Writer,
) -> _Files:
    basis = f"Somebody sent in what had changed, with a document: {_title(guide, wave, document)}."
    source = wave.documents[0]
    profile = _text(PROFILES, Profile, {"source": source, "basis": basis, **parts})
    path = root / "data" / PROFILES.path / trust.slug / f"{wave.id}.yml"
    files: _Files = {path: project_files.NewContent(profile.encode(), None)}
    if document is not None:
        files |= _wave_files(root, wave, document, writer)
    return files | page_files(root, trust, (guide.first_wave, wave), writer)


def _title(guide: Guide, wave: Wave, document: NewDocument | None) -> str:
    return document.title if document else guide.documents[wave.documents[0]].title


def _wave_files(root: Path, wave: Wave, document: NewDocument, writer: project_files.Writer) -> _Files:
    names = ("source", "title", "called", "again", "method", "documents", "date")
    told = {name: getattr(wave, name) for name in names}
    plain = {name: list(one) if isinstance(one, tuple) else str(one) for name, one in told.items()}
    plain["source"] = wave.documents[0]
    listed = {
        "id": wave.documents[0],
        "source": "ours",
        "title": document.title,
        "publisher": document.publisher,
        "published": str(document.published),
        "role": "It says what had changed since the first evidence.",
        **({"address": document.address} if document.address else {}),
    }
    sources = root / "data" / SOURCES.path
    was = writer.read(sources) or b""
    entry = yaml.safe_dump([listed], allow_unicode=True, sort_keys=False, width=110)
    with_document = was.decode("utf-8").rstrip("\n") + "\n" + entry
    return {
        root / "data" / WAVES.path / f"{wave.id}.yml": project_files.NewContent(
            _text(WAVES, Wave, plain).encode(), None
        ),
        sources: project_files.NewContent(with_document.encode(), was),
    }


def _text(holding: Holding, model: type[BaseModel], value: Mapping[str, Any]) -> str:
    """Return a new file that holds `value`, in the usual layout; raises CorrectionRefused if its model refuses it."""
    try:
        model.model_validate({**value, **dict.fromkeys(holding.derived, "a")})
    except ValidationError as error:
        raise CorrectionRefused(
            *(f"{one.found}; expected {one.expected}; {one.mend}" for one in explain(error, model))
        ) from None
    source = value["source"]
    text = f"{modeline(holding)}\nsource: {source}\n"
    changes = [YamlEdit("set", (name,), one) for name, one in _ordered(model, value) if name != "source"]
    return rewritten(f"{holding.kind}.yml", text, model, changes)


def _ordered(model: type[BaseModel], value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    return ((name, value[name]) for name in model.model_fields if name in value)
