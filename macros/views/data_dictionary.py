"""The data dictionary: every kind of record, every field of it, and the pages that use the field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from macros.derived.figures import counted
from macros.model.tracking import FieldRead
from macros.schema import json_schema
from macros.schema.dictionary import FieldEntry, RecordKind, RecordPart, anchor_at, kinds, source_entry, vocabularies
from macros.views.shared.page import Page, Titled

FIGURES = Titled("evidence/figures/", "Figures worked out from the data")
_MOST = 2
"""The most pages of a folder that are named one by one; if there are more, the folder is named instead."""

Link = dict[str, str]


def data_dictionary(page: Page) -> str:
    """Return every kind of record with its fields, and the fixed words with their meaning."""
    used = _used(page)
    return page.render(
        "data_dictionary.html",
        kinds=[_kind(page, kind, used) for kind in kinds()],
        source=source_entry(),
        vocabularies=vocabularies(),
    )


def _used(page: Page) -> Mapping[str, list[Titled]]:
    """Return the pages that use each field, by the field's anchor or, if it has none, by class and name."""
    found: dict[str, list[Titled]] = defaultdict(list)
    for titled, note in page.notes().items():
        for key in _keys(note.fields):
            found[key].append(titled)
    for key in _keys(counted(page.guide)):
        found[key].append(FIGURES)
    return found


def _keys(fields: Iterable[FieldRead]) -> set[str]:
    return {anchor_at(where, name) for where, name in fields}


def _kind(page: Page, kind: RecordKind, used: Mapping[str, list[Titled]]) -> dict[str, object]:
    written = [(one.files, one.which, f"schema/{one.schema}") for one in json_schema.editor_files(kind.holding)]
    return {
        "kind": kind,
        "files": [
            {"where": where, "which": which, "schema": file, "link": page.link(f"data/{file}")}
            for where, which, file in written or [(f"data/{kind.holding.path}", "", "datapackage.json")]
        ],
        "parts": [_part(page, kind, part, used) for part in kind.parts],
    }


def _part(page: Page, kind: RecordKind, part: RecordPart, used: Mapping[str, list[Titled]]) -> dict[str, object]:
    fields = [{"entry": entry, "pages": _pages(page, entry, used)} for entry in part.entries]
    return {"part": part, "is_record": part is kind.parts[0], "fields": fields}


def _pages(page: Page, entry: FieldEntry, used: Mapping[str, list[Titled]]) -> list[Link]:
    """Return links to the pages that use a field; many pages of one folder become one link to the folder."""
    on = list(dict.fromkeys([*used.get(entry.anchor, ()), *used.get(anchor_at(entry.owner, entry.name), ())]))
    titles = {titled.url: titled.title for titled in page.notes()}
    if len(on) > len(titles) / 2:
        return [{"title": "Most pages", "link": ""}]
    folders: dict[str, list[Titled]] = defaultdict(list)
    for titled in on:
        folders[_folder(titled.url)].append(titled)
    links: list[Link] = []
    for folder, inside in folders.items():
        if len(inside) > _MOST and folder in titles:
            links.append({"title": f"{len(inside)} pages of “{titles[folder]}”", "link": page.link(folder)})
        else:
            links += [{"title": titled.title, "link": page.link(titled.url)} for titled in inside]
    return links


def _folder(url: str) -> str:
    """Return the address of the page above: `trusts/` for `trusts/luton/` and for `trusts/` itself."""
    return "/".join(url.split("/")[: max(1, url.count("/") - 1)]) + "/" if url else ""
