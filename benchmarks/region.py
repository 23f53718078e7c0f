"""Makes regions of any size from the ten real Trusts with a fixed seed, and projects to compare their builds with.

The ten real Trusts are in every size. The others are made from them, with other names and other words, each with a
place and, while the map has squares left, a tile. The same size gives the same files, and the same history: one commit
a day, each of which changes the words of some profiles.

    python benchmarks/region.py FOLDER --trusts 150

Three projects can be made from the same pages, with their macros drawn already:

handed          the finished drawings bypass the parser, as they do in the guide (benchmarks/handed.py): the same pages,
                with no work that they do not need
parsed          the drawings are in the Markdown, and the parser reads them
stock           the same Markdown in unmodified Material: its own look, its own menu of all pages, its own search
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import product
from math import isqrt
from pathlib import Path
from typing import Any

import yaml

from macros.editing.new_trust import gather, page_text, slug_of
from macros.editing.new_wave import page_files
from macros.history.git import Repository
from macros.history.timeline import read_history
from macros.model import addresses
from macros.model.holdings import AREA_FILE
from macros.model.process_variables import EPOCH
from macros.model.trust import AREA_FIELDS
from macros.pages import parser_bypass
from macros.pages.site import Site
from macros.pages.source_page import SourcePage
from macros.reading import first_wave, project_files
from macros.reading.guide import load

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
"""Squares per side, as far as the model of a tile allows."""
PROSE = {"narrative", "what", "scope", "model"}
BASE = "https://clear-expectations.example/"
DAYS, A_DAY = 30, 5
"""The number of commits after the first writing, and of profiles that each changes."""
WAY_ROUND = r"  - macros\.pages\.parser_bypass.*\n"
STOCK = """\
site_name: Clear Expectations
site_url: {base}
theme:
  name: material
plugins:
  - search
markdown_extensions: [attr_list, def_list, md_in_html, tables, toc]
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="a new folder")
    parser.add_argument("--trusts", type=int, default=150, metavar="N", help="how many Trusts (default: 150)")
    for name in ("handed", "parsed", "stock"):
        parser.add_argument(f"--{name}", type=Path, metavar="FOLDER", help=f"make “{name}” too, in this new folder")
    options = parser.parse_args()
    make_region(options.folder, options.trusts)
    give_history(options.folder)
    wanted = {name: getattr(options, name) for name in ("handed", "parsed", "stock") if getattr(options, name)}
    if wanted:
        make_drawn(options.folder, **wanted)


def real_trusts() -> int:
    """Return the number of Trusts in the guide, which is the smallest size."""
    return len(list((ROOT / "data/trusts").glob(f"*/{AREA_FILE}")))


def make_region(project: Path, size: int) -> None:
    """Make a project of `size` Trusts, with a page each."""
    for name in ("data", "docs", "macros", "theme"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", project)
    profiles = project / "data/trusts"
    baseline = first_wave.of_text((project / "data/region.yml").read_text(encoding="utf-8"))
    real = [
        {
            name: value
            for file in (folder / AREA_FILE, folder / f"{baseline}.yml")
            for name, value in yaml.safe_load(file.read_text(encoding="utf-8")).items()
        }
        for folder in sorted(profiles.iterdir())
    ]
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
        (profiles / slug).mkdir()
        for file, is_area in ((AREA_FILE, True), (f"{baseline}.yml", False)):
            own = {field: value for field, value in trust.items() if (field in AREA_FIELDS) == is_area}
            text = yaml.safe_dump(own, allow_unicode=True, sort_keys=False, width=110)
            (profiles / slug / file).write_text(text, encoding="utf-8")
        (project / f"docs/trusts/{slug}.md").write_text(page_text(name, slug), encoding="utf-8")
        rows.append(f"{name},county,{slug},,,ours,,,\n")
    with (project / "data/places.csv").open("a", encoding="utf-8") as places:
        places.writelines(rows)
    gather(project / "data", project / "docs")


def add_waves(project: Path, waves: int) -> None:
    """Give a region more waves of evidence, so that it has `waves` in all, with a profile of each Trust in each.

    The profiles are those of the wave that is made up for tests, in turn.
    """
    told = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests/second_wave/trusts").glob("*/*.yml"))]
    about = (ROOT / "tests/second_wave/waves/2018.yml").read_text(encoding="utf-8")
    slugs = sorted(path.name for path in (project / "data/trusts").iterdir())
    (project / "data/waves").mkdir(exist_ok=True)
    for year in range(2018, 2018 + waves - 1):
        document = f"look-of-{year}"
        entry = _DOCUMENT.format(document=document, year=year)
        with (project / "data/sources.yml").open("a", encoding="utf-8") as sources:
            sources.write(entry)
        text = about.replace("second-look", document).replace("spring 2018", f"spring {year}")
        (project / f"data/waves/{year}.yml").write_text(text, encoding="utf-8")
        for number, slug in enumerate(slugs):
            profile = told[number % len(told)].replace("second-look", document)
            (project / f"data/trusts/{slug}/{year}.yml").write_text(profile, encoding="utf-8")
    guide = load(project / "data")
    with project_files.writing(project) as writer:
        for slug in slugs:
            writer.replace_all(page_files(project, guide.trust(slug), guide.waves, writer))


_DOCUMENT = """
- id: {document}
  source: ours
  title: The look of {year}
  publisher: A forum that does not exist
  published: spring {year}
  role: Made up, to measure with.
"""


def give_history(project: Path) -> None:
    """Record a project: its first writing, and a commit on each of the days after it."""
    profiles = sorted(path for path in (project / "data/trusts").glob("*/*.yml") if path.name != AREA_FILE)
    after = {path: path.read_text(encoding="utf-8") for path in profiles}
    begin = load(project / "data").region.first_written.last
    chance = random.Random(SEED)
    _git(project, "init", "--quiet", "--initial-branch=main")
    days = [chance.sample(profiles, A_DAY) for _ in range(DAYS)]
    for number in range(DAYS + 1):
        # Backwards, so that the last commit holds the project as it is: each profile lacks the changes of later days.
        for path in profiles:
            left = sum(path in day for day in days[number:])
            path.write_text(NARRATIVE.sub(rf"\g<0>{'Once ' * left}", after[path], count=1), encoding="utf-8")
        when = f"{begin + timedelta(days=number)}T12:00:00Z"
        _git(project, "add", "data", "docs", "mkdocs.yml")
        _git(project, "commit", "--quiet", "--message", f"Day {number}", GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when)


NARRATIVE = re.compile(r"narrative: (?:>-\n +)?['\"]?")
"""The beginning of a profile's narrative."""


def _git(project: Path, *arguments: str, **more: str) -> None:
    who = {f"GIT_{one}_{what}": "somebody" for one in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    calm = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", *arguments], cwd=project, env={**os.environ, **who, **calm, **more}, check=True)


def make_drawn(
    project: Path, handed: Path | None = None, parsed: Path | None = None, stock: Path | None = None
) -> None:
    """Make the same pages with their macros drawn already, without the plugin, the hook and the data."""
    repository = Repository.around(project)
    if repository:  # as a build does
        os.environ[EPOCH] = str(repository.committed_at())
    guide = load(project / "data")
    site = Site(guide, project / "docs", history=read_history(project, guide))
    settings = (project / "mkdocs.yml").read_text(encoding="utf-8")
    for block in (r"  - macros:.*\n(?:      .*\n)*", r"hooks:.*\n(?:  .*\n)*", r"watch:.*\n"):
        settings = _without(block, settings)
    without = _without(WAY_ROUND, settings)
    pages = site.rendered()
    if parsed:
        _copy(project, parsed, without, "docs", "theme")
        _write(site, pages, parsed)
    if stock:
        _copy(project, stock, STOCK.format(base=BASE), "docs")
        for name in (stock / "docs").rglob(".nav.yml"):
            name.unlink()
        _write(site, pages, stock)
    if handed:
        _copy(
            project,
            handed,
            without.replace("  - attr_list\n", "  - attr_list\n  - handed\n"),
            "docs",
            "theme",
            "macros",
        )
        shutil.copy(ROOT / "benchmarks/handed.py", handed)
        _write(site, {page.path: _marked(site, page) for page in site.pages}, handed)
        pieces = {"secret": parser_bypass._SECRET, "pieces": parser_bypass._waiting}
        (handed / "handed.json").write_text(json.dumps(pieces, ensure_ascii=False), encoding="utf-8")


def _without(block: str, settings: str) -> str:
    """Return settings without a part, which has to be there."""
    left, found = re.subn(rf"(?m)^{block}", "", settings)
    if not found:
        raise SystemExit(f"mkdocs.yml no longer holds {block}: say here what stands in its place")
    return left


def _marked(site: Site, page: SourcePage) -> str:
    """Return a page with a mark in place of each piece that its macros draw."""
    body = site.render(page, lambda url, name, *said: parser_bypass.marked(site.call(url, name, said)))
    return f"---\n{page.front}---\n{body}"


def _copy(project: Path, target: Path, settings: str, *folders: str) -> None:
    for name in folders:
        shutil.copytree(project / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    (target / "mkdocs.yml").write_text(settings, encoding="utf-8")


def _write(site: Site, pages: Mapping[str, str], target: Path) -> None:
    """Write pages, with the macros' values for the theme, which it also takes from the front matter."""
    for path, text in pages.items():
        heads = yaml.safe_dump(site.head(addresses.of_page(path), BASE), allow_unicode=True, width=1_000_000)
        (target / "docs" / path).write_text(text.replace("---\n", f"---\n{heads}", 1), encoding="utf-8")


def _names(taken: set[str]) -> Iterator[str]:
    for before, third, first, second in product(BEFORE, THIRD, FIRST, SECOND):
        name = f"{before}{first}{second}{third}"
        if slug_of(name) not in taken:
            yield name


def _free_tiles(real: Sequence[dict[str, Any]], size: int) -> Iterator[dict[str, int]]:
    """Yield the free squares of a map that is about as wide as it is high."""
    taken = [trust.get("tile") for trust in real]
    width = min(isqrt(size) + 1, MAP)
    for row, column in product(range(MAP), range(width)):
        if (tile := {"column": column, "row": row}) not in taken:
            yield tile


def _retold(value: Any, chance: random.Random, name: str = "") -> Any:
    """Return a copy in which the longer words of the prose are shuffled."""
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
