"""Commands that report changes, reviews that are due, and links that no longer answer."""

from __future__ import annotations

import sys
from datetime import date

import click

from macros.commands.command import DAY, FINE, MISUSE, PROBLEMS, Command, OneOf
from macros.commands.progress import telling
from macros.model import clock
from macros.model.wording import count
from macros.pages.project import Project


@click.command("due", cls=Command, examples="guide due\nguide due --on 2027-12-01")
@click.option("--on", type=DAY, metavar="DAY", help="as of this day, such as 2027-12-01 (default: today)")
@click.pass_obj
def due(project: Project, on: date | None) -> int:
    """List what is due for review, as Markdown.

    Prints nothing if nothing is.
    """
    from macros.derived import reviews
    from macros.reading.guide import load

    on = on or clock.now().date()
    if listed := reviews.to_markdown(reviews.due(load(project.data), on), project.base_url()):
        print(listed)
    return FINE


@click.command("links", cls=Command, examples="guide links")
@click.pass_obj
def links(project: Project) -> int:
    """Ask every link that leads out of the guide whether it still answers.

    Those that do not are listed, as Markdown.
    """
    from macros.editing import external_links
    from macros.pages.site import Site
    from macros.reading.guide import load

    site = Site(load(project.data), project.docs)
    own, drawn = project.base_url(), site.rendered()
    links = external_links.outside_links({page.url: drawn[page.path] for page in site.pages}, own)
    print(f"Asking {count(len(links), 'link')}, one after another…", file=sys.stderr, flush=True)
    answers = [*external_links.ask(links, own)]
    if told := external_links.to_markdown(answers):
        print(told)
    print(f"{sum(not one.fault for one in answers)} of {count(len(answers), 'link')} answered.", file=sys.stderr)
    return PROBLEMS if told else FINE


@click.command(
    "changes",
    cls=Command,
    examples="""
guide changes                  the files as they are now, with the main line that they come from
guide changes origin/main      with another revision: a branch, a tag or a commit
guide changes v1 --head v2 --format json
""",
)
@click.argument(
    "base", required=False, metavar="[BASE]", help="the revision to compare with (default: where this left main)"
)
@click.option("--head", metavar="REV", help="compare this revision instead of the files as they are now")
@click.option(
    "--format", type=OneOf(("markdown", "json")), default="markdown", help="how to print it (default: markdown)"
)
@click.pass_obj
def changes(project: Project, base: str | None, head: str | None, format: str) -> int:
    """Say in plain words what a change does: to the data, to the pages, to figures, gaps and sources."""
    from macros.editing.changes import changes as changes_of
    from macros.editing.changes_markdown import to_markdown
    from macros.history.git import RevisionError

    try:
        with telling("Comparing the two states…"):
            found = changes_of(project.root, base, head)
    except RevisionError as error:
        print(f"guide: {error}", file=sys.stderr)
        return MISUSE
    print(found.model_dump_json(indent=2) if format == "json" else to_markdown(found).rstrip())
    return FINE
