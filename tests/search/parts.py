"""Reading the files of a built site's search index."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def read(site: Path, name: str) -> Any:
    """Return a part of the index, such as `index` or `words/3`."""
    call = (site / f"search/{name}.js").read_text(encoding="utf-8")
    return json.loads(f"[{call.removeprefix('ceSearchPart(').rstrip().removesuffix(');')}]")[1]


def texts(site: Path) -> Iterator[tuple[str, str, str, list[list[Any]]]]:
    """Yield what is shown of pages, in their order: address, title, place, and sections of each file.

    A section is its anchor, title, text, names, places and beginnings of postcodes.
    """
    for number in range(len(read(site, "index")["texts"])):
        url, title, place, sections = read(site, f"texts/{number}")
        yield url, title, place, sections
