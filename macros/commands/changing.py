"""Commands that change the files of the project: corrections, forms, hints, addresses, and new records."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from macros import terminal
from macros.commands.command import FINE, MISUSE, PLACE, PORT, PROBLEMS, Command, Commands, engine_option
from macros.model.wording import count
from macros.pages.project import BuildError, Project
from macros.publish.engine import ENGINES, Engine
from macros.reading import project_files


@click.command("apply", cls=Command, examples="guide apply correction.json\nguide apply issue.md")
@click.argument("file", type=PLACE, metavar="FILE", help="what the form sent, or “-” for standard input")
@click.pass_obj
def apply(project: Project, file: Path) -> int:
    """Make the correction that a form sent: one change, one place in the file.

    If it does not fit, nothing changes.
    """
    from macros.editing import correction, corrections, github_issue
    from macros.reading.guide import load

    try:
        raw = _sent(file, correction.MAX_BYTES)
        with project_files.writing(project.root):  # what another writes meanwhile would be read half written
            done = corrections.apply(project, github_issue.read_sent(raw, load(project.data)))
    except correction.CorrectionRefused as refused:
        print("Nothing was changed.", *refused.reasons, sep="\n")
        return PROBLEMS
    for one in done:
        print(one)
    print(f"Made {count(len(done), 'change')}. The checks pass.")
    return FINE


def _sent(file: Path, most: int) -> bytes:
    """Return what a form sent, or enough of it to show that it is too long; raises BuildError."""
    if str(file) == "-" and sys.stdin is not None:
        return sys.stdin.buffer.read(most + 1)
    if not file.is_file():
        found = f"{file} is no file" if file.exists() else f"there is no file {file}"
        raise BuildError(f"{found}: name the one that the form sent")
    with file.open("rb") as opened:
        return opened.read(most + 1)


@click.command("edit", cls=Command, examples="guide edit\nguide edit --port 8002")
@click.option("--port", type=PORT, default=8001, help="where it is served on this computer (default: 8001)")
@engine_option
@click.pass_obj
def edit(project: Project, port: int, engine: Engine) -> int:
    """Correct profiles in a form in the browser, which saves into the files on this computer.

    No account is needed.
    """
    from macros.editing import local_editor

    print(f"Building the site with {ENGINES[engine]}…", file=sys.stderr, flush=True)
    with local_editor.serving(project, port, engine) as server:
        print(f"The form is at {local_editor.address(server)}\nTo stop: Ctrl and C.", flush=True)
        try:
            server.serve_forever()
        finally:
            terminal.ignore_signals()  # a second Ctrl and C would leave the folder behind
    return FINE


@click.command("migrate", cls=Command, examples="guide migrate")
@click.pass_obj
def migrate(project: Project) -> int:
    """Move the data of an older guide to where they are kept now: a folder for each Trust, a file for each wave.

    Words, comments and the order of fields stay as they are. Run it again if it was interrupted.
    """
    from macros.editing import migration

    try:
        moved = migration.migrate(project.root)
    except migration.CannotMigrate as why:
        raise BuildError(f"nothing was moved: {why}") from None
    for one in moved:
        print(one)
    print(
        f"Moved {count(len(moved), 'file')}. Now run “guide schema” and “guide forms”, and then “guide check”."
        if moved
        else "All data are where they are kept now."
    )
    return FINE


@click.command("forms", cls=Command, examples="guide forms")
@click.pass_obj
def forms(project: Project) -> int:
    """Write the forms for issues on GitHub again, from the schema and the data."""
    from macros.editing import github_forms
    from macros.reading.guide import load

    with project_files.writing(project.root) as writer:
        made = github_forms.files(load(project.data), project.base_url())
        writer.make({project.root / github_forms.FOLDER / name: text for name, text in made.items()})
    print(f"Wrote {count(len(made), 'form')} into {github_forms.FOLDER}.")
    return FINE


@click.command("schema", cls=Command, examples="guide schema")
@click.pass_obj
def schema(project: Project) -> int:
    """Bring files up to date that are made from others: editors’ hints in .schema, the style sheet, long scripts."""
    from macros.editing import editor_schemas
    from macros.publish import joined_files
    from macros.reading.guide import load

    changed = editor_schemas.write(load(project.data), project.root)
    print(f"Wrote {count(len(changed), 'schema')}." if changed else "The schemas are up to date.")
    for path in joined_files.write(project.root):
        print(f"Wrote {path.relative_to(project.root)}.")
    return FINE


@click.command("addresses", cls=Command, examples="guide addresses")
@click.pass_obj
def addresses(project: Project) -> int:
    """Add the addresses of new pages to the list of all that were ever published."""
    from macros.pages import published_addresses
    from macros.pages.source_page import read_pages

    new = published_addresses.add((page.url for page in read_pages(project.docs)), project.root)
    print(
        f"Added {count(len(new), 'line')} to {published_addresses.LIST}."
        if new
        else f"{published_addresses.LIST} has every address already."
    )
    return FINE


@click.group("new", cls=Commands, examples="guide new trust “Milton Keynes”")
def new() -> None:
    """Make the files of something new."""


def _made(make: Callable[[], str]) -> int:
    """Say what was made, or why nothing was."""
    from macros.editing.skeleton import SkeletonError

    try:
        made = make()
    except SkeletonError as reason:
        print(f"guide: {reason}", file=sys.stderr)
        return MISUSE
    print(made)
    return FINE


@new.command("trust", cls=Command, examples="guide new trust “Milton Keynes”")
@click.argument("name", metavar="NAME", help="the area's name, in quotation marks if it has several words")
@click.pass_obj
def trust(project: Project, name: str) -> int:
    """Make a profile to fill in, its page and its place.

    No existing file is overwritten.
    """
    from macros.editing.new_trust import new_trust

    return _made(lambda: new_trust(name, project.data, project.docs))


@new.command("wave", cls=Command, examples="guide new wave 2027 --title “Desk research of spring 2027” --date 2027-04")
@click.argument("name", metavar="NAME", help="its name in addresses: a year, if no other wave is of that year")
@click.option("--title", required=True, metavar="TEXT", help="what it is called")
@click.option("--date", metavar="DATE", help="when its evidence was published, or gathered (default: this month)")
@click.pass_obj
def wave(project: Project, name: str, title: str, date: str | None) -> int:
    """Make the file that describes a new wave of evidence, and its entry in the list of sources.

    No existing file is overwritten. A survey does not need one: start it with “guide survey new”.
    """
    from macros.editing.new_wave import new_wave
    from macros.model.dates import FORMS, When, today
    from macros.reading.guide import load

    try:
        day = When(date or f"{today():%Y-%m}")
    except ValueError:
        print(
            f"guide: “{date}” is no date that the guide can read; write it in one of the forms {FORMS}", file=sys.stderr
        )
        return MISUSE
    with project_files.writing(project.root):
        guide = load(project.data)
        return _made(lambda: new_wave(name, " ".join(title.split()), day, guide, project.root))


@new.command("profile", cls=Command, examples="guide new profile luton 2027 --parts governance,investment")
@click.argument("trust", metavar="TRUST", help="the Trust’s slug, such as luton")
@click.argument("wave", metavar="WAVE", help="the name of the wave")
@click.option("--parts", metavar="PARTS", help="the parts that it covers, with commas between (default: all)")
@click.pass_obj
def profile(project: Project, trust: str, wave: str, parts: str | None) -> int:
    """Make a Trust’s profile in a new wave of evidence: a file to fill in, and the page for citing it.

    No existing file is overwritten.
    """
    from macros.editing.new_wave import new_profile
    from macros.model.profile import PART_FIELDS
    from macros.reading.guide import load

    names = [one.strip() for one in parts.split(",")] if parts else [fields[0] for fields in PART_FIELDS.values()]
    with project_files.writing(project.root):
        guide = load(project.data)
        return _made(lambda: new_profile(trust, wave, names, guide, project.root))


@new.command(
    "guide", cls=Command, examples="guide new guide ../common-ground --title “Common Ground” --region Westmarch"
)
@click.argument("folder", metavar="FOLDER", help="where to make it; no such folder may be there yet")
@click.option("--title", required=True, metavar="TEXT", help="what the guide is called")
@click.option("--region", required=True, metavar="TEXT", help="the name of the region, as it stands behind “in”")
@click.pass_obj
def guide(project: Project, folder: str, title: str, region: str) -> int:
    """Make a guide for another region: this program, with empty data and pages of its own.

    The folder is made in full or not at all. Its README says how to go on.
    """
    from macros.editing.new_guide import NewGuide, new_guide
    from macros.reading.guide import load

    named = NewGuide(" ".join(title.split()), " ".join(region.split()))
    return _made(lambda: new_guide(Path(folder), named, load(project.data), project))
