"""Published addresses: the list of all of them, which only grows, and a page for each that no longer has one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from macros.model import addresses
from macros.model.finding import MovedAddress
from macros.model.holdings import MOVED
from macros.reading import plain_files, project_files
from macros.reading.guide import Guide
from macros.reading.problem import Problem, did_you_mean
from macros.views.shared.templates import render
from macros.views.waves import cited_title

LIST = "addresses.txt"
"""The file with every address of a page that was ever published, one to a line, in alphabetical order.

It only grows.
"""
_HEAD = """\
# Every address of a page that was ever published. Lines are added by “guide addresses” and never taken out: a page that
# goes has its address in data/moved.yml.
"""


def listed(text: str) -> Iterator[tuple[int, str]]:
    """Yield the addresses on the list, each with its line, counted from 1. The home page's is `/`."""
    for number, line in enumerate(text.splitlines(), 1):
        if (found := line.strip()) and not found.startswith("#"):
            yield number, "" if found == "/" else found


def check(moved: Iterable[MovedAddress], built: Iterable[str], root: Path) -> Iterator[Problem]:
    """Yield the published addresses that lead nowhere, and the faults of those that moved.

    `built` are the addresses of all pages; `root` is the project's folder, which may not have a list yet.
    """
    pages, gone = {*built}, {one.address: one for one in moved}
    path = root / LIST
    text = path.read_text(encoding="utf-8", errors="replace") if plain_files.is_plain(path, root) else ""
    for number, name in listed(text):
        if name not in pages and name not in gone:
            near = did_you_mean(name, pages, at_most=0)
            to = f" ({near})" if near.startswith("did") else ""
            yield Problem(
                LIST,
                number,
                1,
                "",
                f"the address “{name}”, which was published and holds no page",
                f"a page there, or the address in data/{MOVED.path}",
                f"put the page back, or add “address: {name}” to data/{MOVED.path} with “to:” the page that took its "
                f"place{to}, or “why:” there is none",
            )
    for one in gone.values():
        if one.address in pages:
            yield _problem(
                root, one, "address", "an address that holds a page", "addresses without one", "take the entry out"
            )
        if one.to is not None and one.to not in pages and one.to not in gone:
            mend = did_you_mean(one.to, pages, at_most=0)
            mend = mend if mend.startswith("did") else "write the address of a page, such as “trusts/luton/”"
            yield _problem(root, one, "to", f"the address “{one.to}”", "the address of a page", mend)


def _problem(root: Path, one: MovedAddress, field: str, found: str, expected: str, mend: str) -> Problem:
    lines = (root / "data" / MOVED.path).read_text(encoding="utf-8").splitlines()
    at = next((n for n, line in enumerate(lines) if line.lstrip("- ").startswith(f"address: {one.address}")), 0)
    where = next((n for n in range(at, len(lines)) if lines[n].lstrip("- ").startswith(f"{field}:")), at)
    column = max(lines[where].find(f"{field}:"), 0) + 1 if lines else 1
    return Problem(f"data/{MOVED.path}", where + 1, column, field, found, expected, mend)


def add(built: Iterable[str], root: Path) -> list[str]:
    """Add missing addresses to the list, and return them. Raises OSError."""
    with project_files.writing(root) as writer:
        new, change = added(built, root, writer)
        writer.replace_all(change)
    return new


def added(
    built: Iterable[str], root: Path, writer: project_files.Writer
) -> tuple[list[str], Mapping[Path, project_files.NewContent]]:
    """Return the addresses that are missing from the list, and the list including them."""
    path = root / LIST
    was = writer.read(path)
    known = {name for _, name in listed((was or b"").decode("utf-8"))}
    new = sorted({*built} - known)
    lines = (name or "/" for name in sorted(known | {*new}))
    content = (_HEAD + "".join(f"{line}\n" for line in lines)).encode()
    return new, {path: project_files.NewContent(content, was)} if new else {}


def contents(moved: Iterable[MovedAddress], titles: Mapping[str, str], base_url: str) -> Mapping[str, str]:
    """Return a page for each address that no longer has one, by its path below the site.

    `titles` are those of the pages by address. The page of an address that moved sends readers on at once and says so;
    the page of one that was withdrawn says why.
    """
    base = f"{base_url.rstrip('/')}/"
    return {f"{one.address}index.html": _page(one, titles, base) for one in moved}


def _page(one: MovedAddress, titles: Mapping[str, str], base: str) -> str:
    def link(target: str) -> str:
        return addresses.relative(target, one.address)

    return render(
        "moved.html",
        wave="",
        to=link(one.to) if one.to else "",
        canonical=base + one.to if one.to else "",
        title=titles.get(one.to or "", one.to or ""),
        why=one.why or "",
        on=one.on.text,
        home=link(""),
        style=link("assets/stylesheets/moved.css"),
    )


def first_wave_contents(guide: Guide, base_url: str) -> Mapping[str, str]:
    """Return the page at the lasting address of each profile that no later wave tells of, by its path below the site.

    The profile itself is still what the first wave told, so that the address leads there.
    """
    base, first = f"{base_url.rstrip('/')}/", guide.first_wave
    later = {one.trust for one in guide.profiles}
    found = {}
    for trust in (trust for trust in guide.trusts if trust.slug not in later):
        address, to = addresses.of_wave_profile(trust.slug, first.id), addresses.of_trust(trust.slug)
        found[f"{address}index.html"] = render(
            "moved.html",
            wave=cited_title(trust, first),
            to=addresses.relative(to, address),
            canonical=base + to,
            title=trust.name,
            why="",
            home=addresses.relative("", address),
            style=addresses.relative("assets/stylesheets/moved.css", address),
        )
    return found


def told(one: MovedAddress) -> str:
    """Return the target of an address, as a sentence for editors."""
    if one.to:
        return f"Its address leads to /{one.to}."
    return f"Its address says why: {one.why}"
