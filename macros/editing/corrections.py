"""Corrections that people send: understood, checked by the schema, tried on a copy, and written only if all is well."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from macros.editing import new_evidence
from macros.editing.corrected_record import CorrectedRecord, resolved, tree_of
from macros.editing.correction import CorrectedField, Correction, CorrectionRefused
from macros.editing.correction_words import place, said
from macros.editing.trial import try_files
from macros.editing.typed_values import value_at
from macros.editing.yaml_edit import YamlEdit, rewritten, with_change
from macros.editing.yaml_scalars import same
from macros.editing.yaml_text import CannotRewrite
from macros.pages.project import Project
from macros.reading import project_files
from macros.reading.reader import RecordCache
from macros.reading.records import KeyPath


def apply(project: Project, correction: Correction) -> tuple[CorrectedField, ...]:
    """Make a correction in the file of its record and return the changes.

    The new file is first tried on a copy of the data, with the checks of `guide check`. Raises CorrectionRefused or
    OSError; no file has changed then.
    """
    with project_files.writing(project.root) as writer:
        if correction.since is not None:
            return new_evidence.add(project, correction, correction.since, writer)
        return _apply(project, correction, writer)


def _apply(project: Project, correction: Correction, writer: project_files.Writer) -> tuple[CorrectedField, ...]:
    read_before: RecordCache = {}
    record = CorrectedRecord.find(project, correction.record, read_before)
    source = resolved(record.records, correction.source)
    changes: dict[str, list[YamlEdit]] = {}
    told: list[tuple[KeyPath, tuple[str, str, str]]] = []
    value = record.value
    for step in correction.changes:
        change = record.change(step, value)
        if change.op == "set" and same(value_at(value, change.path), change.value):
            continue
        was = "" if change.op == "add" else said(value_at(record.effective, change.path))
        words = place(record.model, value, change.path, record.title)
        told.append((change.path, (words, was, "" if change.op == "remove" else said(change.value))))
        kept = record.id_kept(change, value)
        for one in (change, *kept, *record.source_change(change, value, source, correction.changes)):
            changes.setdefault(record.file_of(one.path), []).append(replace(one, path=(*record.prefix, *one.path)))
            value = _with(value, one)
    if not told:
        raise CorrectionRefused("Nothing would change: the file says this already.")
    record.validate(value)
    try:
        texts = {file: rewritten(file, record.texts[file], record.model, edits) for file, edits in changes.items()}
    except CannotRewrite as why:
        raise CorrectionRefused(f"{why}.") from None
    new = {
        project.root / file: project_files.NewContent(text.encode(), record.texts[file].encode())
        for file, text in texts.items()
    }
    try_files(project, {path: one.content for path, one in new.items()}, read_before)
    try:
        writer.replace_all(new)
    except project_files.NotWritten as why:
        raise CorrectionRefused(f"{why}.") from None
    trees = {file: tree_of(file, text) for file, text in texts.items()}

    def made(path: KeyPath, said_of: tuple[str, str, str]) -> CorrectedField:
        file = record.file_of(path)
        return CorrectedField(file, trees[file].find((*record.prefix, *path))[0], *said_of)

    return tuple(made(path, said_of) for path, said_of in told)


def _with(value: dict[str, Any], change: YamlEdit) -> dict[str, Any]:
    try:
        changed: dict[str, Any] = with_change(value, change)
    except CannotRewrite as why:
        raise CorrectionRefused(f"{why}.") from None
    return changed
