"""A small project with the real data and few pages, for tests that break, build and serve it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from macros.reading.guide import Guide
from macros.views.catalogue import record_pages, record_titles

ROOT = Path(__file__).parents[1]

_REAL = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
_LOOKS = "\n".join(
    found[0]
    for name in ("theme", "extra", "extra_css", "extra_javascript")
    if (found := re.search(rf"(?m)^{name}:\n(?:[ \t]+.*\n)+", _REAL))
)
"""The theme as the guide has it: pages that look otherwise are not published."""

CONFIG = f"""\
site_name: Small
site_url: https://small.example/guide/
{_LOOKS}
watch: [data, macros, theme]
hooks: [macros/mkdocs_hook.py]
validation:
  links:
    anchors: warn
markdown_extensions: [attr_list, md_in_html, macros.pages.parser_bypass]
plugins:
  - awesome-nav
  - macros:
      module_name: macros
      j2_extensions: [macros.pages.macro_calls.PlainCalls]
      on_undefined: strict
      on_error_fail: true
"""


def make(folder: Path, guide: Guide) -> Path:
    """Make the project in `folder` and return it."""
    shutil.copytree(ROOT / "data", folder / "data")
    words = folder / "data/search.yml"  # it names pages that are not here
    words.write_text(words.read_text(encoding="utf-8").partition("\npages:")[0] + "\npages: []\n", encoding="utf-8")
    (folder / "macros").symlink_to(ROOT / "macros")
    shutil.copytree(ROOT / "theme", folder / "theme")
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    write_page(folder, "index", "Home", "Words of the home page.")
    titles = record_titles(guide)
    for kind, pages in record_pages(guide).items():
        for name, call in pages.items():
            write_page(folder, f"{kind}/{name}", titles[kind][name], f"{{{{ {call} }}}}")
    return folder


def write_page(project: Path, name: str, title: str, body: str) -> Path:
    path = project / "docs" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    front = f"title: {json.dumps(title)}\ndescription: {json.dumps(f'About {title}.')}"
    path.write_text(f"---\n{front}\n---\n\n{body}\n", encoding="utf-8")
    return path
