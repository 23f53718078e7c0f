"""The machine-readable description of all downloads (a Data Package), and of each table among them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from macros.derived.download_kinds import Download, Json
from macros.model import wording
from macros.reading.guide import Guide

PACKAGE_FILE = "datapackage.json"
PACKAGE_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
}


class PackagedFile(NamedTuple):
    kind: Download
    name: str
    content: bytes

    @property
    def path(self) -> str:
        return self.kind.path.format(name=self.name)


# --- the data package ---------------------------------------------------------------------------------------------


def package_of(guide: Guide, base_url: str, files: Iterable[PackagedFile]) -> dict[str, Json]:
    region = guide.region
    homepage = {"homepage": base_url} if urlsplit(base_url).scheme else {}
    return {
        "$schema": PACKAGE_PROFILE,
        "name": re.sub(r"[^a-z0-9]+", "-", region.guide.lower()).strip("-"),
        "title": f"{region.guide}: {region.name}",
        "description": (
            f"What {region.guide} holds about joint commissioning by {len(guide.trusts)} Children’s Trusts: "
            f"{region.name}. The evidence is of {guide.first_wave.date.text}: it describes that time, not "
            "today. Texts are in a small part of Markdown (bold, italics, links, lists). In CSV files no cell is "
            "empty; a list has “; ” between its items; a text that a spreadsheet would take for a formula has an "
            "apostrophe before it. CSV files begin with a byte order mark, by which spreadsheet programs know that "
            "they are UTF-8."
        ),
        **homepage,
        "sources": [{"title": f"{one.title} ({one.publisher})"} for one in guide.documents.values() if one.sections],
        "resources": [
            _resource(file, guide.first_wave.again)
            for file in files
            if "/" not in file.path and file.kind.format in {"csv", "json"}
        ],
    }


def _resource(file: PackagedFile, again: str) -> dict[str, Json]:
    stem = file.path.rpartition(".")[0]
    return {
        # Tables keep their plain names, as foreign keys refer to these.
        "name": stem if file.kind.format == "csv" else f"{stem}-{file.kind.format}",
        "title": file.kind.title.format(name=file.name),
        "description": wording.told_by(f"{file.kind.description} {file.kind.item}", again),
        "path": file.path,
        "format": file.kind.format,
        "mediatype": MEDIA[file.kind.format],
        "encoding": "utf-8",
        "bytes": len(file.content),
        "hash": f"sha256:{hashlib.sha256(file.content).hexdigest()}",
        **file.kind.describe(),
    }
