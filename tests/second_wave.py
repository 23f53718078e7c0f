"""A second wave of evidence, made up: laid over the real data in a scratch project, and never published."""

from __future__ import annotations

import shutil
from pathlib import Path

from small_project import write_page

from macros.reading.guide import Guide, load
from macros.views.catalogue import record_pages, record_titles

OVERLAY = Path(__file__).parent / "second_wave"
DOCUMENT = """
- id: second-look
  source: ours
  title: The second look
  publisher: A forum that does not exist
  published: spring 2018
  role: Made up, for tests.
"""
FULL = ("essex", "luton", "thurrock")
PARTIAL = ("bedfordshire", "cambridgeshire", "hertfordshire", "norfolk", "southend-on-sea")
ABSENT = ("peterborough", "suffolk")
TAKEN_OVER = "bedfordshire"
"""The area whose two new councils the second look asked, in place of the county council that had ended."""
RENAMED = "cambridgeshire"
"""The Trust whose partnership had another name by then."""


def copy_over(data: Path) -> None:
    """Add the files of the second wave to a copy of the data."""
    shutil.copytree(OVERLAY, data, dirs_exist_ok=True)
    sources = data / "sources.yml"
    sources.write_text(sources.read_text(encoding="utf-8") + DOCUMENT.lstrip("\n"), encoding="utf-8")


def lay_over(data: Path) -> Guide:
    """Add the second wave to a copy of the data, and return what it then says."""
    copy_over(data)
    return load(data)


def write_wave_pages(project: Path, guide: Guide) -> None:
    """Write the pages that later profiles need."""
    titles = record_titles(guide)
    for folder, pages in record_pages(guide).items():
        if folder.count("/") == 1 and folder.removeprefix("trusts/") in FULL + PARTIAL:
            for name, call in pages.items():
                write_page(project, f"{folder}/{name}", titles[folder][name], f"{{{{ {call} }}}}")
