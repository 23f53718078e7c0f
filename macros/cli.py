"""The command `guide`: what a person types to check, build, export and add to the guide."""

from __future__ import annotations

import argparse
import io
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any, TextIO

from macros.build import ENGINES, BuildError, Project
from macros.editions.edition import PDF, ZIP, Edition, EditionError
from macros.garbage import collect_seldom
from macros.problems import DataProblems, Problem
from macros.reporting import FORMATS
from macros.wording import count

if TYPE_CHECKING:
    from macros.fingerprint import State
    from macros.guide import Guide
    from macros.verdicts import Counts

FINE, PROBLEMS, MISUSE = 0, 1, 2
_PATIENCE = 2.0


def main() -> int:
    """Run as a program of its own: `run`, with signals and output set up."""
    collect_seldom()
    for kind in ("SIGTERM", "SIGHUP"):  # so that a build clears up after itself
        if hasattr(signal, kind):
            signal.signal(getattr(signal, kind), lambda number, _: sys.exit(128 + number))
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `guide check | head` ends quietly
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # data may hold what a terminal cannot show
    return run(sys.argv[1:])


def run(arguments: Sequence[str]) -> int:
    """Run one command; return 0 if all is well, 1 on problems, 2 if the command itself was wrong."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace, Project], int] = options.run
    try:
        return command(options, Project.find(Path.cwd()))
    except DataProblems as problems:
        _print_problems(problems.problems)
        return PROBLEMS
    except BuildError as error:
        print(f"guide: {error}", file=sys.stderr)
        return PROBLEMS if options.command == "build" else MISUSE
    except EditionError as error:
        print(f"guide: {error}", file=sys.stderr)
        return PROBLEMS
    except OSError as error:  # a full disk, or a folder that may not be written
        print(f"guide: {error}", file=sys.stderr)
        return PROBLEMS
    except KeyboardInterrupt:
        print("guide: stopped", file=sys.stderr)
        return 128 + signal.SIGINT


def _parser() -> argparse.ArgumentParser:
    parser = _command(
        argparse.ArgumentParser,
        "guide",
        "Check, build and add to the guide. Run it inside the project.",
        "guide check\n  guide build\n  guide new trust “Milton Keynes”",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", title="commands")

    command = _command(
        commands.add_parser,
        "check",
        "Say what is wrong with the data and the pages: one problem a line, with file, line and column. "
        "All problems are told at once.",
        "guide check\n"
        "  guide check data/trusts/luton.yml    tells only what is wrong with this file\n"
        "  guide check --fix                    mends layout, never meaning, and says what it mended\n"
        "  guide check --prose                  prints how each page reads, and checks that too\n"
        "  guide check --format github          marks the lines of a pull request\n"
        "  guide check --format sarif           for code hosts and editors; json for other programs\n\n"
        "exit status:\n  0 if all is well, 1 if there are problems, 2 if the command was wrong",
    )
    command.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="print the problems of these files only (default: of all)"
    )
    command.add_argument(
        "--fix",
        action="store_true",
        help="first mend the layout of the files: order, spaces, quotation marks, long lines",
    )
    command.add_argument("--prose", action="store_true", help="check sentences, terms and typed numbers too")
    command.add_argument("--fresh", action="store_true", help="believe nothing of what was found right before")
    command.add_argument("--format", choices=FORMATS, default="text", help="how to print problems (default: text)")
    command.set_defaults(run=_check)

    command = _command(
        commands.add_parser,
        "build",
        "Build the site, strictly. Problems in data or pages stop it before anything of an earlier site is touched.",
        "guide build\n  guide build --engine zensical --site-dir /tmp/preview\n"
        "  guide build --editions          the guide as a PDF and as a ZIP too, for a release",
    )
    command.add_argument("--engine", choices=tuple(ENGINES), default="mkdocs", help="what builds it (default: mkdocs)")
    command.add_argument(
        "--site-dir", type=Path, metavar="DIR", help="where the site goes (default: site, in the project)"
    )
    command.add_argument("--editions", action="store_true", help="add the guide as a PDF and as a ZIP (minutes)")
    command.add_argument("--fresh", action="store_true", help="believe nothing of what an earlier build kept")
    command.set_defaults(run=_build)

    _edition(
        commands,
        "pdf",
        "Make the PDF edition: the whole guide for paper, tagged, with bookmarks and contents. It takes minutes.",
        PDF,
    )
    _edition(
        commands,
        "offline",
        "Make the offline edition: a ZIP of the site that works from a folder, without a network.",
        ZIP,
    )

    command = _command(
        commands.add_parser, "export", "Write the downloads alone (JSON, CSV, schemas).", "guide export /tmp/data"
    )
    command.add_argument("folder", type=Path, metavar="DIR", help="where the files go; made if it is not there")
    command.set_defaults(run=_export)

    command = _command(
        commands.add_parser,
        "apply",
        "Make the correction that a form sent: one change, one place in the file. If it does not fit, nothing changes.",
        "guide apply correction.json\n  guide apply issue.md",
    )
    command.add_argument("file", type=Path, metavar="FILE", help="what the form sent, or “-” for standard input")
    command.set_defaults(run=_apply)

    command = _command(
        commands.add_parser,
        "edit",
        "Correct profiles in a form in the browser, which saves into the files on this computer. No account is needed.",
        "guide edit\n  guide edit --port 8002",
    )
    command.add_argument("--port", type=int, default=8001, help="where it is served on this computer (default: 8001)")
    command.add_argument("--engine", choices=tuple(ENGINES), default="mkdocs", help="what builds it (default: mkdocs)")
    command.set_defaults(run=_edit)

    command = _command(
        commands.add_parser,
        "forms",
        "Write the forms for issues on GitHub again, from the schema and the data.",
        "guide forms",
    )
    command.set_defaults(run=_forms)

    command = _command(
        commands.add_parser,
        "due",
        "List what is due for review, as Markdown. Prints nothing if nothing is.",
        "guide due\n  guide due --on 2027-12-01",
    )
    command.add_argument(
        "--on", type=date.fromisoformat, metavar="DAY", help="as of this day, such as 2027-12-01 (default: today)"
    )
    command.set_defaults(run=_due)

    command = _command(
        commands.add_parser,
        "links",
        "Ask every link that leads out of the guide whether it still answers, and list those that do not, as Markdown.",
        "guide links",
    )
    command.set_defaults(run=_links)

    command = _command(
        commands.add_parser,
        "schema",
        "Bring the hints of editors’ tools up to date: the schemas in .schema, made from the data.",
        "guide schema",
    )
    command.set_defaults(run=_schema)

    command = _command(
        commands.add_parser,
        "changes",
        "Say in plain words what a change does: to the data, to the pages, to figures, gaps and sources.",
        "guide changes                  the files as they are now, with the main line that they come from\n"
        "  guide changes origin/main      with another revision: a branch, a tag or a commit\n"
        "  guide changes v1 --head v2 --format json",
    )
    command.add_argument(
        "base", nargs="?", metavar="BASE", help="the revision to compare with (default: where this left main)"
    )
    command.add_argument("--head", metavar="REV", help="compare this revision instead of the files as they are now")
    command.add_argument(
        "--format", choices=("markdown", "json"), default="markdown", help="how to print it (default: markdown)"
    )
    command.set_defaults(run=_changes)

    command = _command(
        commands.add_parser,
        "addresses",
        "Add the addresses of new pages to the list of all that were ever published.",
        "guide addresses",
    )
    command.set_defaults(run=_addresses)

    command = _command(
        commands.add_parser, "new", "Make the files of something new.", "guide new trust “Milton Keynes”"
    )
    kinds = command.add_subparsers(dest="kind", required=True, metavar="KIND", title="kinds")
    command = _command(
        kinds.add_parser,
        "trust",
        "Make a profile to fill in, its page and its place. Nothing that exists is written over.",
        "guide new trust “Milton Keynes”",
    )
    command.add_argument("name", metavar="NAME", help="the area's name, in quotation marks if it has several words")
    command.set_defaults(run=_new_trust)
    return parser


def _edition(commands: Any, name: str, description: str, file: str) -> None:
    command = _command(
        commands.add_parser,
        name,
        description,
        f"guide {name}\n  guide {name} /tmp/{file}\n  guide {name} --site site      from a site that is built already",
    )
    command.add_argument(
        "file", type=Path, nargs="?", default=Path(file), help=f"where it goes (default: {file}, here)"
    )
    command.add_argument("--site", type=Path, metavar="DIR", help="a built site to make it from (default: build one)")
    command.add_argument("--engine", choices=tuple(ENGINES), default="mkdocs", help="what builds it (default: mkdocs)")
    command.set_defaults(run=_make_edition)


def _command(
    add: Callable[..., argparse.ArgumentParser], name: str, description: str, examples: str
) -> argparse.ArgumentParser:
    """Make a parser with examples below its help."""
    help_line = {} if add is argparse.ArgumentParser else {"help": description.partition(":")[0].rstrip(".")}
    return add(
        name,
        description=description,
        epilog=f"examples:\n  {examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        **help_line,
    )


def _check(options: argparse.Namespace, project: Project) -> int:
    from macros import verdicts
    from macros.build import check
    from macros.fingerprint import State

    if options.fix and not _mend(project, sys.stdout if options.format == "text" else sys.stderr):
        return PROBLEMS
    only = [_within(project, file) for file in options.files]
    if not (options.prose or options.fresh) and (known := verdicts.still_right(project.root)):
        if options.format == "text":
            print(f"No problems in {', '.join(only) or _described(known)}.")
        else:
            _print_problems((), options.format, project.base_url())
        return FINE
    guide: Guide | None = None
    problems: tuple[Problem, ...] = ()
    table = ""
    before = State.of(project.root)
    with _telling("Checking data and pages…", after=_PATIENCE):
        try:
            guide = check(project)
            _remember(project, before, guide)
            if options.prose:
                from macros import prose

                table, problems = prose.check(guide, project.data, project.docs)
        except DataProblems as found:
            problems = found.problems
    told = tuple(problem for problem in problems if not only or problem.file in only)
    if options.format == "text":
        if table:
            print(table)
        if not told:
            print(f"No problems in {', '.join(only) or _described(_counts(guide))}.")
    _print_problems(told, options.format, project.base_url())
    if elsewhere := len(problems) - len(told):
        print(f"{count(elsewhere, 'problem')} in other files: “guide check” alone shows them.", file=sys.stderr)
    return PROBLEMS if told else FINE


def _remember(project: Project, before: State | None, guide: Guide) -> None:
    """Keep that nothing is wrong, for the next check."""
    from macros import verdicts
    from macros.pages import site_once

    calls = (call for page in site_once(project.root, settled=True).pages for call in page.calls)
    named = {str(value) for call in calls if call.name != "trust_profile" for value in call.arguments}
    verdicts.remember(project.root, before, guide, named)


def _within(project: Project, file: Path) -> str:
    """Return a file's path as problems name it, such as `data/trusts/luton.yml`; raises BuildError."""
    path = file.absolute()
    inside = path.is_relative_to(project.data) or path.is_relative_to(project.docs)
    if not inside:
        raise BuildError(f"{file} is not in data/ or docs/: name a file that is")
    if not path.is_file():
        raise BuildError(f"there is no file {file}")
    return path.relative_to(project.root).as_posix()


def _due(options: argparse.Namespace, project: Project) -> int:
    from macros import reviews
    from macros.guide import load

    on = options.on or datetime.now(UTC).date()
    if listed := reviews.to_markdown(reviews.due(load(project.data), on), project.base_url()):
        print(listed)
    return FINE


def _links(_: argparse.Namespace, project: Project) -> int:
    from macros import outside
    from macros.guide import load
    from macros.pages import Site

    site = Site(load(project.data), project.docs)
    own, drawn = project.base_url(), site.rendered()
    links = outside.outside_links({page.url: drawn[page.path] for page in site.pages}, own)
    print(f"Asking {count(len(links), 'link')}, one after another…", file=sys.stderr, flush=True)
    answers = [*outside.ask(links, own)]
    if told := outside.to_markdown(answers):
        print(told)
    print(f"{sum(not one.fault for one in answers)} of {count(len(answers), 'link')} answered.", file=sys.stderr)
    return PROBLEMS if told else FINE


def _schema(options: argparse.Namespace, project: Project) -> int:  # noqa: ARG001 - takes none
    from macros import hints
    from macros.guide import load

    changed = hints.write(load(project.data), project.root)
    print(f"Wrote {count(len(changed), 'schema')}." if changed else "The schemas are up to date.")
    return FINE


def _mend(project: Project, out: TextIO) -> bool:
    """Mend the layout of the data and say what was mended; return whether that could be done."""
    from macros import tidy

    try:
        mended = tidy.mend(project.data)
    except tidy.CannotMend as why:
        print(f"guide: {why}", file=sys.stderr)
        return False
    for one in mended:
        print(one, file=out)
    if mended:
        files = len({one.file for one in mended})
        print(f"Mended {count(len(mended), 'place')} in {count(files, 'file')}. Nothing says anything else.", file=out)
    else:
        print("There was nothing to mend.", file=out)
    return True


def _build(options: argparse.Namespace, project: Project) -> int:
    from macros.build import build

    target: Path = options.site_dir or project.root / "site"
    with _telling(f"Building the site with {ENGINES[options.engine]}…"):
        built = build(project, target, options.engine, editions=options.editions, fresh=options.fresh)
    parts = [count(built.pages, "page"), count(built.downloads, "download")]
    if built.editions:
        parts.append(count(built.editions, "edition"))
    print(f"Built {', '.join(parts[:-1])} and {parts[-1]} into {target} in {built.seconds:.1f} s.")
    return FINE


def _make_edition(options: argparse.Namespace, project: Project) -> int:
    """Write one edition, from a site that is built already or from one built for it and then thrown away."""
    from macros.editions import offline, pdf
    from macros.staging import replace_file

    target: Path = options.file
    if target.is_dir() or not target.parent.is_dir():
        raise EditionError(f"{target} cannot be written: name a file in a folder that exists")
    making = pdf.make_pdf if options.command == "pdf" else offline.make_zip
    if options.command == "pdf":
        pdf.require()
    with tempfile.TemporaryDirectory() as folder:
        site: Path = options.site or Path(folder) / "site"
        if options.site is None:
            from macros.build import build

            with _telling(f"Building the site with {ENGINES[options.engine]}…"):
                build(project, site, options.engine)
        with _telling(f"Making {target}…", after=_PATIENCE):
            content = making(site.resolve(), Edition.of(project.root))
    replace_file(target, content)
    print(f"Wrote {target}, {len(content) / 1e6:.1f} MB.")
    return FINE


def _export(options: argparse.Namespace, project: Project) -> int:
    from macros import exports
    from macros.guide import load

    if options.folder.exists() and not options.folder.is_dir():
        raise BuildError(f"{options.folder} is a file: name a folder")
    with _telling("Writing the downloads…", after=_PATIENCE):
        written = exports.write(load(project.data), options.folder, project.base_url())
    print(f"Wrote {count(len(written), 'file')} into {options.folder}.")
    return FINE


def _apply(options: argparse.Namespace, project: Project) -> int:
    from macros import corrections, issues
    from macros.guide import load

    try:
        raw = sys.stdin.buffer.read() if str(options.file) == "-" else options.file.read_bytes()
        done = corrections.apply(project, issues.read_sent(raw, load(project.data)))
    except corrections.Refused as refused:
        print("Nothing was changed.", *refused.reasons, sep="\n")
        return PROBLEMS
    for one in done:
        print(one)
    print(f"Made {count(len(done), 'change')}. The checks pass.")
    return FINE


def _edit(options: argparse.Namespace, project: Project) -> int:
    from macros import desk

    print(f"Building the site with {ENGINES[options.engine]}…", file=sys.stderr, flush=True)
    with desk.serving(project, options.port, options.engine) as server:
        print(f"The form is at {desk.address(server)}\nTo stop: Ctrl and C.", flush=True)
        server.serve_forever()
    return FINE


def _forms(options: argparse.Namespace, project: Project) -> int:  # noqa: ARG001 - as all commands
    from macros import issues
    from macros.guide import load

    folder = project.root / issues.FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    made = issues.files(load(project.data), project.base_url())
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    print(f"Wrote {count(len(made), 'form')} into {issues.FOLDER}.")
    return FINE


def _changes(options: argparse.Namespace, project: Project) -> int:
    from macros.changes import changes
    from macros.changes_markdown import to_markdown
    from macros.revisions import RevisionError

    try:
        with _telling("Comparing the two states…", after=_PATIENCE):
            found = changes(project.root, options.base, options.head)
    except RevisionError as error:
        print(f"guide: {error}", file=sys.stderr)
        return MISUSE
    print(found.model_dump_json(indent=2) if options.format == "json" else to_markdown(found).rstrip())
    return FINE


def _addresses(_: argparse.Namespace, project: Project) -> int:
    from macros import moved
    from macros.pages import read_pages

    new = moved.add((page.url for page in read_pages(project.docs)), project.root)
    print(f"Added {count(len(new), 'line')} to {moved.LIST}." if new else f"{moved.LIST} has every address already.")
    return FINE


def _new_trust(options: argparse.Namespace, project: Project) -> int:
    from macros.skeleton import SkeletonError, new_trust

    try:
        made = new_trust(options.name, project.data, project.docs)
    except SkeletonError as reason:
        print(f"guide: {reason}", file=sys.stderr)
        return MISUSE
    print(made)
    return FINE


def _counts(guide: Guide | None) -> Counts | None:
    from macros.verdicts import Counts

    if guide is None:
        return None
    return Counts(len(guide.trusts), len(guide.recommendations), len(guide.glossary), len(guide.statements))


def _described(counts: Counts | None) -> str:
    if counts is None:
        return "the guide"
    nouns = ("Trust", "recommendation", "term", "statement")
    *some, last = (count(number, noun) for number, noun in zip(counts, nouns, strict=True))
    return f"{', '.join(some)} and {last}"


def _print_problems(problems: Sequence[Problem], style: str = "text", base_url: str = "") -> None:
    if printed := FORMATS[style](problems, base_url):
        print(printed)


@contextmanager
def _telling(what: str, after: float = 0.0) -> Iterator[None]:
    """Say what is being done, at once or when it takes longer than `after` seconds."""
    timer = Timer(after, lambda: print(what, file=sys.stderr, flush=True))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


if __name__ == "__main__":
    sys.exit(main())
