"""The effects of a change to the data and the pages: on records, on the text of pages, on figures, gaps and sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jinja2 import TemplateError

from macros.derived.figures import figures
from macros.editing.change_records import WORKING, Changes, FigureChange, PageChange, TellProblem
from macros.editing.changed_figures import figure_changes, gap_changes, source_changes
from macros.editing.page_pieces import TextChange, text_changes
from macros.history.difference import ChangeKind
from macros.history.git import Repository, RevisionError
from macros.history.likeness import pairs
from macros.history.old_schema import EarlierGuide, load_older
from macros.history.record_changes import Fate, RecordChange, record_changes
from macros.history.snapshots import StateRecord, records, source_labels
from macros.model import holdings
from macros.pages import published_addresses, site_checks
from macros.pages.macro_calls import PlainCallError
from macros.pages.macro_lookup import WrongCallError
from macros.pages.site import Site
from macros.pages.source_page import DATA, DOCS, SourcePage
from macros.reading import plain_files, staging
from macros.reading.guide import Guide, load
from macros.reading.problem import DataProblems, Problem, UnknownName
from macros.views import catalogue

_ENDINGS = (".yml", ".csv", ".md")
_PATHS = (DATA, DOCS, published_addresses.LIST)


@dataclass(frozen=True)
class Revision:
    """One state of the guide's files."""

    root: Path

    @cached_property
    def files(self) -> Mapping[str, str]:
        """The data and the pages, as texts by their paths below the project."""
        found = {}
        for folder in (DATA, DOCS):
            for path in sorted((self.root / folder).rglob("*")):
                if path.suffix in _ENDINGS and plain_files.is_plain(path, self.root):
                    name = path.relative_to(self.root).as_posix()
                    found[name] = path.read_text(encoding="utf-8", errors="replace")
        return found

    @cached_property
    def _records(self) -> tuple[dict[str, StateRecord], list[str]]:
        return records({path: text for path, text in self.files.items() if path.startswith(f"{DATA}/")})

    @property
    def records(self) -> dict[str, StateRecord]:
        return self._records[0]

    @property
    def unread(self) -> list[str]:
        """The data files that cannot be read at all."""
        return self._records[1]

    @cached_property
    def addresses(self) -> frozenset[str]:
        """The addresses on the list of all that were ever published."""
        path = self.root / published_addresses.LIST
        text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
        return frozenset(name for _, name in published_addresses.listed(text))

    def of(self, folder: str) -> dict[str, str]:
        return {path: text for path, text in self.files.items() if path.startswith(f"{folder}/")}


def changes(root: Path, base: str | None = None, head: str | None = None) -> Changes:
    """Compare two states of the project at `root`; raises RevisionError for a revision that cannot be read.

    `base` is by default the point where the present work left the main line, and `head` the files as they are now.
    """
    repository = Repository.around(root)
    if repository is None:
        raise RevisionError("there is no git history here, so there is nothing to compare with")
    was = repository.commit_of(base) if base else repository.base()
    now = repository.commit_of(head) if head else None
    with staging.scratch("changes") as folder:
        before = folder / "was"
        repository.extract(was, before, _PATHS, (*_ENDINGS, published_addresses.LIST))
        after = root
        if now:
            after = folder / "now"
            repository.extract(now, after, _PATHS, (*_ENDINGS, published_addresses.LIST))
        others = [one for one in repository.changed_since(was, now) if not _is_compared(one)]
        return compare(Revision(before), Revision(after), was, now or WORKING, others)


def _is_compared(path: str) -> bool:
    return path == published_addresses.LIST or (path.startswith((f"{DATA}/", f"{DOCS}/")) and path.endswith(_ENDINGS))


def compare(was: Revision, now: Revision, was_name: str, now_name: str, other_files: Sequence[str] = ()) -> Changes:
    """Compare two states; the files of `was` may be changed in the process. Never raises for the content of files."""
    not_compared = [f"{path} cannot be read as it {when}." for path, when in _unreadable(was, now)]
    changed_data = was.of(DATA) != now.of(DATA)
    told = record_changes(was.records, now.records, _source_labels(now)) if changed_data else []
    same = _same_meaning(was, now, told)

    site, found = _site(now)
    problems = [*found, *_taken_off_the_list(was, now)]
    old_site: Site | None = None
    if site is None:
        not_compared.append("Pages and figures were not compared: the data must pass the checks first.")
    else:
        older = _older(was, now, site, any(told))
        not_compared += older.notes
        if older.guide is None:
            not_compared.append(
                "Pages and figures were not compared: the earlier data do not pass today’s checks "
                f"({older.problems[0] if older.problems else 'they cannot be read'})."
            )
        else:
            drawn = dict(site._drawn) if older.guide is site.guide else {}
            old_site = Site(older.guide, was.root / DOCS, _drawn=drawn)

    page_list: list[PageChange] = []
    figure_list: list[FigureChange] = []
    if site is not None and old_site is not None:
        # Finish one state before the other: results worked out for a Guide are kept only for one at a time.
        new_pages, new_figures = _DrawnPages.of(site), dict(figures(site.guide))
        old_pages, old_figures = _DrawnPages.of(old_site), dict(figures(old_site.guide))
        page_list = _page_changes(old_pages, new_pages, told, site.guide)
        figure_list = [*figure_changes(old_figures, new_figures, site)]
        not_compared += [f"The page {path} cannot be drawn as it was." for path in old_pages.undrawn]
    return Changes(
        was=was_name,
        now=now_name,
        records=tuple(told),
        pages=tuple(page_list),
        figures=tuple(figure_list),
        gaps=tuple(gap_changes(told)),
        sources=tuple(source_changes(told)),
        same_meaning=tuple(same),
        other_files=tuple(other_files),
        not_compared=tuple(not_compared),
        problems=tuple(TellProblem(file=one.file, line=one.line, column=one.column, text=str(one)) for one in problems),
        pages_compared=site is not None and old_site is not None,
    )


def _unreadable(was: Revision, now: Revision) -> Iterator[tuple[str, str]]:
    yield from ((path, "was") for path in was.unread)
    yield from ((path, "is now") for path in now.unread if path not in was.unread)


def _site(state: Revision) -> tuple[Site | None, Sequence[Problem]]:
    """Return the site of the later state if its data pass the checks, and every problem."""
    try:
        guide = load(state.root / DATA)
    except DataProblems as found:
        return None, found.problems
    site = Site(guide, state.root / DOCS)
    addresses = published_addresses.check(guide.moved, (page.url for page in site.pages), state.root)
    return site, sorted({*site_checks.problems(site), *addresses})


def _taken_off_the_list(was: Revision, now: Revision) -> Iterator[Problem]:
    """Yield a problem for each address that somebody removed from the list of published ones."""
    for name in sorted(was.addresses - now.addresses):
        found = f"no line for the address “{name or '/'}”, which was published"
        yield Problem(published_addresses.LIST, 1, 1, "", found, "every address that ever was", "put the line back")


def _older(was: Revision, now: Revision, site: Site, differs: bool) -> EarlierGuide:
    # If no record has a new meaning, both states share one Guide, and nothing is drawn twice.
    return load_older(was.root / DATA, now.root / DATA) if differs else EarlierGuide(site.guide)


def _same_meaning(was: Revision, now: Revision, told: Iterable[RecordChange]) -> Iterator[str]:
    """Yield the data files whose text differs but whose meaning does not."""
    meant = {one.file for one in told} | {was.records[one.was_where].file for one in told if one.was_where}
    old, new = was.of(DATA), now.of(DATA)
    for path in sorted(old.keys() & new.keys() - {*was.unread, *now.unread}):
        survey = path.replace(holdings.ANSWERS, holdings.SURVEY_FILE)
        if old[path] != new[path] and not {path, survey} & meant:
            yield path


def _source_labels(state: Revision) -> dict[str, str]:
    documents = (one for one in state.records.values() if one.kind == holdings.SOURCES.kind)
    return source_labels({one.where.partition("/")[2]: one.fields for one in documents})


# --- pages --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _DrawnPages:
    """The pages of a state, each as Markdown with its macros drawn."""

    pages: Mapping[str, SourcePage]
    """By path below `docs/`."""
    texts: Mapping[str, str]
    undrawn: tuple[str, ...]

    @classmethod
    def of(cls, site: Site) -> _DrawnPages:
        texts, undrawn = {}, []
        for page in site.pages:
            try:
                texts[page.path] = site.drawn(page)
            except (TemplateError, PlainCallError, UnknownName, WrongCallError):  # reported by the checks
                undrawn.append(page.path)
        return cls({page.path: page for page in site.pages}, texts, tuple(undrawn))


def _page_changes(was: _DrawnPages, now: _DrawnPages, told: Iterable[RecordChange], guide: Guide) -> list[PageChange]:
    moved = _moved_pages(was, now, told)
    before = {new: old for old, new in moved.items()}
    goes = {one.address: published_addresses.told(one) for one in guide.moved}
    found = []
    for path, text in now.texts.items():
        page, old_path = now.pages[path], before.get(path, path)
        if old_path not in was.pages:
            found.append(_page(page, Fate.ADDED, is_prose=True))
            continue
        if old_path not in was.texts:
            continue
        old = was.pages[old_path]
        texts = [*_headings(old, page)]
        if text != was.texts[old_path]:
            texts += text_changes(was.texts[old_path], text)
        if texts or path in before:
            prose = old.body.strip() != page.body.strip() or any(_headings(old, page))
            fate = Fate.RENAMED if path in before else Fate.CHANGED
            goes_to = goes.get(old.url, "") if path in before else ""
            found.append(_page(page, fate, old, is_prose=prose, texts=tuple(texts), goes_to=goes_to))
    for path, page in was.pages.items():
        if path not in now.pages and path not in moved:
            found.append(_page(page, Fate.REMOVED, is_prose=True, goes_to=goes.get(page.url, "")))
    return sorted(found, key=lambda one: (one.fate is Fate.REMOVED, one.address))


def _page(
    page: SourcePage,
    fate: Fate,
    was: SourcePage | None = None,
    *,
    is_prose: bool,
    texts: tuple[TextChange, ...] = (),
    goes_to: str = "",
) -> PageChange:
    return PageChange(
        address=page.url,
        was_address=was.url if was and was.url != page.url else "",
        file=f"{DOCS}/{page.path}",
        title=page.title,
        fate=fate,
        is_prose=is_prose,
        texts=texts,
        goes_to=goes_to,
    )


def _headings(was: SourcePage, now: SourcePage) -> Iterator[TextChange]:
    for name, label in (("title", "Title of the page"), ("description", "Description for search engines")):
        old, new = (" ".join(str(page.meta.get(name, "")).split()) for page in (was, now))
        if old != new:
            yield TextChange(kind=ChangeKind.CHANGED, place=(label,), was=old, now=new)


def _moved_pages(was: _DrawnPages, now: _DrawnPages, told: Iterable[RecordChange]) -> dict[str, str]:
    """Return the present path of each page that was at another: it followed its record, or its words are alike."""
    found = {}
    folders = {
        holdings.TRUSTS.kind: "trusts",
        holdings.STANDARDS.kind: "standards",
        holdings.PRACTICES.kind: "practice",
    }
    for change in told:
        folder = folders.get(change.where.partition("/")[0])
        if change.was_where and folder:
            old, new = (f"{folder}/{where.partition('/')[2]}.md" for where in (change.was_where, change.where))
            if old in was.pages and new in now.pages and old not in now.pages:
                found[old] = new
    gone = [page for path, page in was.pages.items() if path not in now.pages and path not in found]
    new_pages = [page for path, page in now.pages.items() if path not in was.pages and path not in found.values()]
    gone, new_pages = ([page for page in many if not _shows_record(page)] for many in (gone, new_pages))
    for pair in pairs(gone, new_pages, lambda _: None, lambda page: page.text):
        if pair.was and pair.now:
            found[pair.was.path] = pair.now.path
    return found


def _shows_record(page: SourcePage) -> bool:
    """Return whether a page shows a record: it then moves with its record."""
    return any(call.name in catalogue.RECORD_MACROS for call in page.calls)
