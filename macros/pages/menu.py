"""Whether the menu and the pages fit each other: every page is in the menu or left out on purpose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from macros.derived.trust_groups import MANY
from macros.pages.docs_files import ORDER, menu_entries
from macros.reading import plain_files, settings
from macros.reading.problem import DataProblems, Problem, did_you_mean
from macros.reading.yaml_file import Tree


def check(docs: Path, pages: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each page that is missing from the menu, and for each line of the menu without a page.

    `pages` are the paths of all pages below `docs`. A strict build would stop at either. Where the order of pages or
    the settings cannot be read, which is told elsewhere, there is nothing to compare.
    """
    order = docs / ORDER
    if not order.is_file() or plain_files.oddity(order):
        return
    text = order.read_text(encoding="utf-8", errors="replace")
    tree = Tree.parse(ORDER, text, [])
    try:
        left_out = settings.read(docs.parent).not_in_nav
    except DataProblems:
        return
    if tree is None or not (isinstance(tree.value, dict) and tree.value.get("nav")):
        return
    known, targets = [*pages], [target for _, target in menu_entries(tree.value)]
    listed = [re.compile(_pattern(target)) for target in targets]
    for target, pattern in zip(targets, listed, strict=True):
        if target.endswith(".md") and "*" not in target and not any(map(pattern.fullmatch, known)):
            line = next((number for number, one in enumerate(text.splitlines(), 1) if target in one), 1)
            column = text.splitlines()[line - 1].find(target) + 1 or 1
            mend = did_you_mean(target, known)
            yield Problem(f"{docs.name}/{ORDER}", line, column, "", f"“{target}”", "the file of a page", mend)
    for page in _missing(known, listed, left_out):
        found, expected = "a page that is not in the menu", f"its line in docs/{ORDER}"
        mend = f"add “{page}” there, or add “/{page}” to “not_in_nav” in {settings.FILE} if no menu should lead to it"
        yield Problem(f"{docs.name}/{page}", 1, 1, "", found, expected, mend)


def _pattern(target: str) -> str:
    """Return a target of the menu as a regular expression: a star stands for anything within one folder."""
    return re.escape(target.strip("/")).replace(r"\*", "[^/]*")


def _missing(pages: Iterable[str], listed: Iterable[re.Pattern[str]], left_out: str) -> Iterator[str]:
    from pathspec import GitIgnoreSpec  # as MkDocs does

    without = [page for page in pages if not any(pattern.fullmatch(page) for pattern in listed)]
    known = GitIgnoreSpec.from_lines(left_out.splitlines())
    yield from (page for page in without if not known.match_file(page))


def lists_trusts(line: str) -> bool:
    """Return whether a line of the order of pages puts every Trust into the menu."""
    return re.fullmatch(r"""\s*-\s*["']?trusts/\*\.md["']?\s*""", line) is not None


def check_length(docs: Path) -> Iterator[Problem]:
    """Yield a problem if the menu lists every Trust of a guide with many, as the menu is on every page."""
    path = docs / ORDER
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
    for number, line in enumerate(lines, 1):
        if lists_trusts(line):
            found, expected = "all Trusts in the menu", f"a menu without them, from {MANY} Trusts on"
            column = len(line) - len(line.lstrip()) + 1
            mend = f"take the line out, and add “/trusts/*.md” to “not_in_nav” in {settings.FILE}"
            yield Problem(f"{docs.name}/{ORDER}", number, column, "", found, expected, mend)
