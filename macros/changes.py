"""What a change to the data and the pages does: to records, to what readers see, to figures, gaps and sources."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jinja2 import TemplateError
from pydantic import BaseModel, ConfigDict, Field

from macros.calls import PlainCallError
from macros.differences import Kind
from macros.figures import Figure, figures
from macros.guide import Guide, load
from macros.matching import pairs
from macros.model import layout
from macros.model.words import NOT_MENTIONED, Unknown
from macros.moved import LIST, listed
from macros.moved import check as check_moved
from macros.moved import told as told_moved
from macros.older import Older, load_older
from macros.page_text import TextChange, text_changes
from macros.pages import DATA, DOCS, Site, SourcePage, WrongCallError
from macros.problems import DataProblems, Problem, UnknownName
from macros.record_changes import Fate, RecordChange, record_changes
from macros.revisions import Repository, RevisionError
from macros.states import StateRecord, records, source_labels
from macros.views import catalogue

WORKING = "the files as they are now"
_ENDINGS = (".yml", ".csv", ".md")
_PATHS = (DATA, DOCS, LIST)
_UNKNOWN = frozenset({NOT_MENTIONED, *(word.value for word in Unknown), "none mentioned"})


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True)


class PageChange(_Model):
    """What reads otherwise on one page."""

    address: str = Field(description="Below the site, such as `trusts/luton/`; where it was, if it is gone.")
    was_address: str = Field("", description="Its address before, if that was another.")
    file: str = Field(description="The Markdown file, below the project.")
    title: str = Field(description="Its title.")
    fate: Fate = Field(description="What became of it.")
    is_prose: bool = Field(description="Whether the words in the Markdown file itself changed.")
    texts: tuple[TextChange, ...] = Field(description="Each sentence, name and table cell that reads otherwise.")
    goes_to: str = Field("", description="For a page that is gone: where its address leads, or why it is gone.")


class FigureChange(_Model):
    """A figure that moved."""

    name: str = Field(description="Its name in the guide, such as `trusts-reporting-investment`.")
    label: str = Field(description="What it counts, in words.")
    was: str = Field(description="How it read; empty if it is new.")
    now: str = Field(description="How it reads; empty if it is gone.")
    pages: tuple[str, ...] = Field(description="The addresses of the pages that name it.")


class GapChange(_Model):
    """Something that is no longer known, or now is."""

    is_new: bool = Field(description="Whether the gap is new; otherwise it was closed.")
    title: str = Field(description="The record, such as `Luton`.")
    text: str = Field(description="What is or was not known.")


class SourceChange(_Model):
    """A statement that rests on something else than before."""

    title: str = Field(description="The record, such as `Luton`.")
    place: tuple[str, ...] = Field(description="The statement, or the part whose statements name none of their own.")
    was: str = Field(description="What it rested on.")
    now: str = Field(description="What it rests on.")
    is_lost: bool = Field(description="Whether no section of a document is left behind it.")


class TellProblem(_Model):
    """A problem that the checks find in the new state."""

    file: str
    line: int
    column: int
    text: str = Field(description="The whole message, on one line.")


class Changes(_Model):
    """What is different between two states of the guide."""

    was: str = Field(description="The earlier state: a commit.")
    now: str = Field(description="The later state: a commit, or the files as they are now.")
    records: tuple[RecordChange, ...]
    pages: tuple[PageChange, ...]
    figures: tuple[FigureChange, ...]
    gaps: tuple[GapChange, ...]
    sources: tuple[SourceChange, ...]
    same_meaning: tuple[str, ...] = Field(description="Data files that differ but say the same.")
    other_files: tuple[str, ...] = Field(description="Files that differ outside data and pages: not compared.")
    not_compared: tuple[str, ...] = Field(description="What could not be compared and why, a sentence each.")
    problems: tuple[TellProblem, ...] = Field(description="What the checks find in the later state.")
    pages_compared: bool = Field(description="Whether both states could be drawn as pages.")

    @property
    def changes_nothing_visible(self) -> bool:
        """Whether every page reads as before."""
        return self.pages_compared and not self.pages


@dataclass(frozen=True)
class State:
    """One state of the guide's files."""

    root: Path

    @cached_property
    def files(self) -> Mapping[str, str]:
        """The data and the pages: path below the project → text."""
        found = {}
        for folder in (DATA, DOCS):
            for path in sorted((self.root / folder).rglob("*")):
                if path.suffix in _ENDINGS and path.is_file() and not path.is_symlink():
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
        """The addresses that are on the list of all that were ever published."""
        path = self.root / LIST
        text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
        return frozenset(name for _, name in listed(text))

    def of(self, folder: str) -> dict[str, str]:
        return {path: text for path, text in self.files.items() if path.startswith(f"{folder}/")}


def changes(root: Path, base: str | None = None, head: str | None = None) -> Changes:
    """Compare two states of the project at `root`; raises RevisionError for a revision that cannot be had.

    `base` is where the work in hand left the main line unless it is given, and `head` the files as they are now.
    """
    repository = Repository.around(root)
    if repository is None:
        raise RevisionError("there is no git history here, so there is nothing to compare with")
    was = repository.commit_of(base) if base else repository.base()
    now = repository.commit_of(head) if head else None
    with tempfile.TemporaryDirectory(prefix="guide-changes-") as folder:
        before = Path(folder, "was")
        repository.extract(was, before, _PATHS, (*_ENDINGS, LIST))
        after = root
        if now:
            after = Path(folder, "now")
            repository.extract(now, after, _PATHS, (*_ENDINGS, LIST))
        others = [one for one in repository.changed_since(was, now) if not _is_compared(one)]
        return compare(State(before), State(after), was, now or WORKING, others)


def _is_compared(path: str) -> bool:
    return path == LIST or (path.startswith((f"{DATA}/", f"{DOCS}/")) and path.endswith(_ENDINGS))


def compare(was: State, now: State, was_name: str, now_name: str, other_files: Sequence[str] = ()) -> Changes:
    """Compare two states; the files of `was` may be changed in doing so. Never raises for what the files hold."""
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
        # All of one state before the other: what is worked out for a Guide is kept for one at a time.
        new_pages, new_figures = _Drawn.of(site), dict(figures(site.guide))
        old_pages, old_figures = _Drawn.of(old_site), dict(figures(old_site.guide))
        page_list = _page_changes(old_pages, new_pages, told, site.guide)
        figure_list = [*_figure_changes(old_figures, new_figures, site)]
        not_compared += [f"The page {path} cannot be drawn as it was." for path in old_pages.undrawn]
    return Changes(
        was=was_name,
        now=now_name,
        records=tuple(told),
        pages=tuple(page_list),
        figures=tuple(figure_list),
        gaps=tuple(_gap_changes(told)),
        sources=tuple(_source_changes(told)),
        same_meaning=tuple(same),
        other_files=tuple(other_files),
        not_compared=tuple(not_compared),
        problems=tuple(TellProblem(file=one.file, line=one.line, column=one.column, text=str(one)) for one in problems),
        pages_compared=site is not None and old_site is not None,
    )


def _unreadable(was: State, now: State) -> Iterator[tuple[str, str]]:
    yield from ((path, "was") for path in was.unread)
    yield from ((path, "is now") for path in now.unread if path not in was.unread)


def _site(state: State) -> tuple[Site | None, Sequence[Problem]]:
    """Return the site of the later state if its data pass the checks, and every problem."""
    try:
        guide = load(state.root / DATA)
    except DataProblems as found:
        return None, found.problems
    site = Site(guide, state.root / DOCS)
    addresses = check_moved(guide.moved, (page.url for page in site.pages), state.root)
    return site, sorted({*site.problems, *addresses})


def _taken_off_the_list(was: State, now: State) -> Iterator[Problem]:
    """Yield the addresses that somebody took off the list of those that were published."""
    for name in sorted(was.addresses - now.addresses):
        found = f"no line for the address “{name or '/'}”, which was published"
        yield Problem(LIST, 1, 1, "", found, "every address that ever was", "put the line back")


def _older(was: State, now: State, site: Site, differs: bool) -> Older:
    # Where no record says anything else, there is one Guide for both, and nothing is drawn twice.
    return load_older(was.root / DATA, now.root / DATA) if differs else Older(site.guide)


def _same_meaning(was: State, now: State, told: Iterable[RecordChange]) -> Iterator[str]:
    """Yield the data files that differ in their text but not in what they say."""
    meant = {one.file for one in told} | {was.records[one.was_where].file for one in told if one.was_where}
    old, new = was.of(DATA), now.of(DATA)
    for path in sorted(old.keys() & new.keys() - {*was.unread, *now.unread}):
        survey = path.replace(layout.ANSWERS, layout.SURVEY_FILE)
        if old[path] != new[path] and not {path, survey} & meant:
            yield path


def _source_labels(state: State) -> dict[str, str]:
    documents = (one for one in state.records.values() if one.kind == layout.SOURCES.kind)
    return source_labels({one.where.partition("/")[2]: one.fields for one in documents})


# --- pages --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Drawn:
    """The pages of a state, each as Markdown with its macros drawn."""

    pages: Mapping[str, SourcePage]
    """By path below `docs/`."""
    texts: Mapping[str, str]
    undrawn: tuple[str, ...]

    @classmethod
    def of(cls, site: Site) -> _Drawn:
        texts, undrawn = {}, []
        for page in site.pages:
            try:
                texts[page.path] = site.drawn(page)
            except (TemplateError, PlainCallError, UnknownName, WrongCallError):  # told by the checks
                undrawn.append(page.path)
        return cls({page.path: page for page in site.pages}, texts, tuple(undrawn))


def _page_changes(was: _Drawn, now: _Drawn, told: Iterable[RecordChange], guide: Guide) -> list[PageChange]:
    moved = _moved_pages(was, now, told)
    before = {new: old for old, new in moved.items()}
    goes = {one.address: told_moved(one) for one in guide.moved}
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
            yield TextChange(kind=Kind.CHANGED, place=(label,), was=old, now=new)


def _moved_pages(was: _Drawn, now: _Drawn, told: Iterable[RecordChange]) -> dict[str, str]:
    """Return the path now of each page that stood at another: with its record, or because its words are alike."""
    found = {}
    folders = {layout.TRUSTS.kind: "trusts", layout.STANDARDS.kind: "standards", layout.PRACTICES.kind: "practice"}
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
    """Whether a page stands where the pages of records are: it goes where its record goes."""
    return page.path.rpartition("/")[0] in catalogue.OTHER_PAGES


# --- figures, gaps, sources ---------------------------------------------------------------------------------------


def _figure_changes(was: Mapping[str, Figure], now: Mapping[str, Figure], site: Site) -> Iterator[FigureChange]:
    used = {name: [titled.url for titled, note in site.notes().items() if name in note.figures] for name in now}
    for name in (*now, *(name for name in was if name not in now)):
        old, new = was.get(name), now.get(name)
        if (old and old.text) == (new and new.text):
            continue
        figure = new or old
        if figure is not None:
            yield FigureChange(
                name=name,
                label=figure.label,
                was=old.text if old else "",
                now=new.text if new else "",
                pages=tuple(sorted(used.get(name, ()))),
            )


def _gap_changes(told: Iterable[RecordChange]) -> Iterator[GapChange]:
    """Yield the gaps that are new and those that were closed: in the lists of gaps, and where a word says “unknown”."""
    for change in told:
        for one in change.differences:
            place = " › ".join(one.place)
            if one.list_field == "gaps" and one.kind in {Kind.ADDED, Kind.REMOVED}:
                yield GapChange(is_new=one.kind is Kind.ADDED, title=change.title, text=one.now or one.was)
            elif one.kind is Kind.CHANGED and (_is_unknown(one.was) != _is_unknown(one.now)):
                text = f"{place}: {one.now if _is_unknown(one.now) else f'{one.was} became {one.now}'}"
                yield GapChange(is_new=_is_unknown(one.now), title=change.title, text=text)


def _is_unknown(value: str) -> bool:
    return value.strip("“”") in _UNKNOWN


def _source_changes(told: Iterable[RecordChange]) -> Iterator[SourceChange]:
    for change in told:
        for one in change.differences:
            if one.is_source:
                yield SourceChange(
                    title=change.title,
                    place=one.place[:-1],
                    was=one.was,
                    now=one.now,
                    is_lost=one.now in {"“ours”", "no source"},
                )
