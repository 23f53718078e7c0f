"""The command that checks the guide, and can mend the layout of its files."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from macros.commands.command import ENDINGS, FINE, PLACE, PROBLEMS, Command, OneOf, print_problems
from macros.commands.progress import telling
from macros.model.wording import count
from macros.pages.project import BuildError, Project
from macros.reading.problem import DataProblems, Problem
from macros.reading.problem_formats import FORMATS

if TYPE_CHECKING:
    from macros.pages.checked_before import CheckedCounts
    from macros.pages.site import Site
    from macros.reading.guide import Guide
    from macros.reading.project_state import ProjectState


@click.command(
    "check",
    cls=Command,
    examples="""
guide check
guide check data/trusts/luton/2009.yml  shows only the problems of this file
guide check --fix                        mends layout, never meaning, and says what it mended
guide check --prose                      prints how each page reads, and checks that too
guide check --format github              marks the lines of a pull request
guide check --format sarif               for code hosts and editors; json for other programs
""",
    below=ENDINGS,
)
@click.argument(
    "files", nargs=-1, type=PLACE, metavar="[FILE]...", help="print the problems of these files only (default: of all)"
)
@click.option(
    "--fix", is_flag=True, help="first mend the layout of the files: order, spaces, quotation marks, long lines"
)
@click.option("--prose", is_flag=True, help="check sentences, terms and typed numbers too")
@click.option("--fresh", is_flag=True, help="ignore what earlier checks found right")
@click.option("--format", type=OneOf(tuple(FORMATS)), default="text", help="how to print problems (default: text)")
@click.pass_obj
def check(project: Project, files: tuple[Path, ...], fix: bool, prose: bool, fresh: bool, format: str) -> int:
    """Say what is wrong with the data and the pages: one problem a line, with file, line and column.

    All problems are reported at once.
    """
    from macros.pages import checked_before

    if fix and not _mend(project, sys.stdout if format == "text" else sys.stderr):
        return PROBLEMS
    only = [_within(project, file) for file in files]
    if not (prose or fresh) and (known := checked_before.still_right(project.root)):
        if format == "text":
            print(f"No problems in {', '.join(only) or _described(known)}.")
        else:
            print_problems((), format, _base_url(project))
        return FINE
    # Not above: these load all models, which takes longer than seeing that nothing has changed.
    from macros.publish.build import check
    from macros.reading import cache, earlier_results, unwritten
    from macros.reading.project_state import ProjectState

    site: Site | None = None
    problems: tuple[Problem, ...] = ()
    table = ""
    before = ProjectState.of(project.root)
    with (
        telling("Checking data and pages…"),
        cache.disbelieved() if fresh else nullcontext(),
        earlier_results.at_hand(project.root),
    ):
        try:
            site = check(project)
            problems = unwritten.check(project.data)
            if not problems:
                _remember(project, before, site)
            if prose:
                from macros.pages.prose import check as check_prose

                table, more = check_prose(site, project.data)
                problems = tuple(sorted({*problems, *more}))
        except DataProblems as found:
            problems = tuple(sorted({*found.problems, *unwritten.check(project.data)}))
    told = tuple(problem for problem in problems if not only or problem.file in only)
    if format == "text":
        if table:
            print(table)
        if not told:
            print(f"No problems in {', '.join(only) or _described(_counts(site.guide if site else None))}.")
    print_problems(told, format, _base_url(project))
    if elsewhere := len(problems) - len(told):
        print(f"{count(elsewhere, 'problem')} in other files: “guide check” alone shows them.", file=sys.stderr)
    return PROBLEMS if told else FINE


def _base_url(project: Project) -> str:
    """Return the address of the site; "" if it is not known because the settings are wrong."""
    try:
        return project.base_url()
    except DataProblems:
        return ""


def _remember(project: Project, before: ProjectState | None, site: Site) -> None:
    """Remember for the next check that nothing is wrong."""
    from macros.pages import checked_before

    calls = (call for page in site.pages for call in page.calls)
    named = {str(value) for call in calls if call.name != "trust_profile" for value in call.arguments}
    checked_before.remember(project.root, before, site.guide, named)


def _within(project: Project, file: Path) -> str:
    """Return a file's path as problems name it, such as `data/region.yml`; raises BuildError."""
    path = file.absolute()
    inside = path.is_relative_to(project.data) or path.is_relative_to(project.docs)
    if not inside:
        raise BuildError(f"{file} is not in data/ or docs/: name a file that is")
    if not path.is_file():
        raise BuildError(f"there is no file {file}")
    return path.relative_to(project.root).as_posix()


def _mend(project: Project, out: TextIO) -> bool:
    """Mend the layout of the data and say what was mended; return whether that could be done."""
    from macros.editing import yaml_layout, yaml_tidy

    try:
        mended = yaml_tidy.mend(project.data)
    except yaml_layout.CannotMend as why:
        print(f"guide: {why}", file=sys.stderr)
        return False
    for line in yaml_tidy.by_cause(mended):
        print(line, file=out)
    if mended:
        files = len({one.file for one in mended})
        print(f"Mended {count(len(mended), 'place')} in {count(files, 'file')}. Nothing says anything else.", file=out)
    else:
        print("There was nothing to mend.", file=out)
    return True


def _counts(guide: Guide | None) -> CheckedCounts | None:
    from macros.pages.checked_before import CheckedCounts

    if guide is None:
        return None
    return CheckedCounts(len(guide.trusts), len(guide.recommendations), len(guide.glossary), len(guide.statements))


def _described(counts: CheckedCounts | None) -> str:
    if counts is None:
        return "the guide"
    nouns = ("Trust", "recommendation", "term", "statement")
    *some, last = (count(number, noun) for number, noun in zip(counts, nouns, strict=True))
    return f"{', '.join(some)} and {last}"
