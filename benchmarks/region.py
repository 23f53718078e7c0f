"""Regions of any size, made from the ten real Trusts with a fixed seed, and the floor that a build is measured against.

The ten real Trusts stand in every size. The others are made from them, with other names and other words, each with a
place and, as long as the map has squares, a tile. The same size gives the same files.

    python benchmarks/region.py FOLDER --trusts 150
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
from collections.abc import Iterator, Sequence
from itertools import product
from math import isqrt
from pathlib import Path
from typing import Any

import yaml

from macros import address
from macros.guide import load
from macros.pages import Site
from macros.skeleton import gather, page_text, slug_of

ROOT = Path(__file__).resolve().parents[1]
SEED = 2009
FIRST = (
    "Ald",
    "Brad",
    "Cran",
    "Dun",
    "Elms",
    "Fern",
    "Grant",
    "Hart",
    "Ives",
    "Kings",
    "Lang",
    "Marsh",
    "Oak",
    "Thorn",
)
SECOND = ("bourne", "bridge", "combe", "croft", "dale", "field", "ford", "gate", "ham", "hurst", "leigh", "low", "mere")
THIRD = ("", " North", " South", " East", " West", " Vale")
BEFORE = ("", "Great ", "Little ", "Upper ", "Lower ")
MAP = 31
"""Squares from side to side, as the model of a tile allows."""
PROSE = {"narrative", "what", "scope", "model"}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="a new folder")
    parser.add_argument("--trusts", type=int, default=150, metavar="N", help="how many Trusts (default: 150)")
    parser.add_argument("--floor", type=Path, metavar="FOLDER", help="make the floor too, in this new folder")
    options = parser.parse_args()
    make_region(options.folder, options.trusts)
    if options.floor:
        make_floor(options.folder, options.floor)


def real_trusts() -> int:
    """Return how many Trusts the guide has, which is the smallest size."""
    return len(list((ROOT / "data/trusts").glob("*.yml")))


def make_region(project: Path, size: int) -> None:
    """Make a project of `size` Trusts, with a page each."""
    for name in ("data", "docs", "macros", "theme"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", project)
    profiles = project / "data/trusts"
    real = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(profiles.glob("*.yml"))]
    chance = random.Random(SEED)
    taken = {slug_of(trust["name"]) for trust in real}
    free = _free_tiles(real, size)
    rows = []
    for number, name in zip(range(size - len(real)), _names(taken), strict=False):
        slug = slug_of(name)
        trust = _retold(real[number % len(real)], chance)
        trust.update(
            name=name,
            partnership=f"{name} Children’s Trust",
            authority=f"{name} Council",
            also_called=[f"{name} Trust"],
        )
        trust["tile"] = next(free, None)
        profile = yaml.safe_dump(trust, allow_unicode=True, sort_keys=False, width=110)
        (profiles / f"{slug}.yml").write_text(profile, encoding="utf-8")
        (project / f"docs/trusts/{slug}.md").write_text(page_text(name, slug), encoding="utf-8")
        rows.append(f"{name},county,{slug},,,ours\n")
    with (project / "data/places.csv").open("a", encoding="utf-8") as places:
        places.writelines(rows)
    gather(project / "data", project / "docs")


def make_floor(project: Path, floor: Path) -> None:
    """Make the same project with its macros already drawn, and without the plugin, the hook and the data."""
    shutil.copytree(project / "docs", floor / "docs")
    shutil.copytree(project / "theme", floor / "theme")
    settings = (project / "mkdocs.yml").read_text(encoding="utf-8")
    for block in (r"  - macros:.*\n(?:      .*\n)*", r"  - macros\.passage.*\n", r"hooks:.*\n(?:  .*\n)*"):
        settings = re.sub(rf"(?m)^{block}", "", settings)
    for folder in ("data", "macros"):
        (floor / folder).mkdir()  # named in the settings, as places to watch
    (floor / "mkdocs.yml").write_text(settings, encoding="utf-8")
    site = Site(load(project / "data"), project / "docs")
    for path, text in site.rendered().items():
        (floor / "docs" / path).write_text(_with_heads(site, path, text), encoding="utf-8")


def _with_heads(site: Site, path: str, text: str) -> str:
    """Return a page with what the macros give the theme, which it takes from the front matter as well."""
    heads = site.head(address.of_page(path), "https://clear-expectations.example/")
    return text.replace("---\n", "---\n" + yaml.safe_dump(heads, allow_unicode=True, width=1_000_000), 1)


def _names(taken: set[str]) -> Iterator[str]:
    for before, third, first, second in product(BEFORE, THIRD, FIRST, SECOND):
        name = f"{before}{first}{second}{third}"
        if slug_of(name) not in taken:
            yield name


def _free_tiles(real: Sequence[dict[str, Any]], size: int) -> Iterator[dict[str, int]]:
    """Yield the squares that are free, on a map about as wide as high."""
    taken = [trust.get("tile") for trust in real]
    width = min(isqrt(size) + 1, MAP)
    for row, column in product(range(MAP), range(width)):
        if (tile := {"column": column, "row": row}) not in taken:
            yield tile


def _retold(value: Any, chance: random.Random, name: str = "") -> Any:
    """Return a copy in which the longer words of prose have changed places."""
    if isinstance(value, dict):
        return {key: _retold(inner, chance, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_retold(inner, chance, name) for inner in value]
    if name in PROSE and isinstance(value, str):
        words = re.findall(r"\b[a-z]{4,}\b", value)
        chance.shuffle(words)
        return re.sub(r"\b[a-z]{4,}\b", lambda _: words.pop(), value)
    return value


if __name__ == "__main__":
    main()
