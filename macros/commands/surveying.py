"""Commands that run a survey, from its questionnaire to the release of its results."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import click

from macros.commands.command import FINE, NUMBER, PLACE, PROBLEMS, Command, Commands, OneOf
from macros.commands.progress import progress, telling
from macros.pages.project import BuildError, Project
from macros.reading.problem import DataProblems

_MAPPING = """\
a mapping file:
  columns:
    "Q7": payment-terms
    "Who pays: a council": payers/council
    "Notes": ignore
  answers:
    payment-terms:
      "A1": within-30-days
  others:
    service: something-else"""


@click.group(
    "survey",
    cls=Commands,
    examples="""
guide survey new 2027
guide survey form 2027 --as xlsform
guide survey import 2027 ~/export.csv --dry-run
guide survey audit 2027
""",
)
def survey() -> None:
    """Run a survey: make its questionnaire, import the answers, prove that nothing can be worked out."""


@survey.command("new", cls=Command, examples="guide survey new 2027")
@click.argument("wave", metavar="WAVE", help="the wave’s name, such as 2027")
@click.pass_obj
def new(project: Project, wave: str) -> int:
    """Begin the questionnaire of a new wave, from the sample."""
    from macros.editing.survey_tools import commands

    with _survey_errors():
        made = commands.new_wave(project.data, wave)
        print(f"Made {made}. Read and change all of it; “guide check” says what does not fit.")
        return FINE
    return PROBLEMS


@survey.command(
    "form",
    cls=Command,
    examples="""
guide survey form 2027 --as xlsform     KoboToolbox and ODK read it
guide survey form 2027 --as print       a page to print; --as pdf makes it a PDF
guide survey form 2027 --as text        to read, and to copy into other tools
""",
)
@click.argument("wave", metavar="WAVE", help="the wave’s name")
@click.option("--as", "form", type=OneOf(("xlsform", "print", "pdf", "text")), default="text", help="the form")
@click.option("--to", type=PLACE, metavar="FILE", help="where it goes (default: survey-WAVE, here)")
@click.pass_obj
def form_(project: Project, wave: str, form: Literal["xlsform", "print", "pdf", "text"], to: Path | None) -> int:
    """Write the questionnaire for form tools, for paper, or as text."""
    from macros.editing.survey_tools import commands

    with _survey_errors(), telling("Making the questionnaire…"):
        print(commands.form(project.data, wave, form, to))
        return FINE
    return PROBLEMS


@survey.command(
    "import",
    cls=Command,
    examples="""
guide survey import 2027 ~/export.xlsx --dry-run    shows what would be written
guide survey import 2027 ~/export.csv --mapping ~/mapping.yml
""",
    below=_MAPPING,
)
@click.argument("wave", metavar="WAVE", help="the wave’s name")
@click.argument("file", type=PLACE, metavar="FILE", help="the export, CSV or XLSX, outside the project")
@click.option("--dry-run", is_flag=True, help="show what would be written, and write nothing")
@click.option("--mapping", type=PLACE, metavar="FILE", help="what headings and answers mean that do not match")
@click.option("--tool", metavar="TOOL", help="kobo, limesurvey, microsoft, google or surveymonkey")
@click.option("--sheet", metavar="NAME", help="the sheet of an XLSX file that has several")
@click.option("--words", type=PLACE, metavar="FILE", help="write the comments here, for a person to read")
@click.option("--invited", type=NUMBER, metavar="NUMBER", help="how many were invited, if that is known")
@click.option("--by", metavar="NAME", help="who releases the results (default: who asked)")
@click.pass_obj
def import_(
    project: Project,
    wave: str,
    file: Path,
    dry_run: bool,
    mapping: Path | None,
    tool: str | None,
    sheet: str | None,
    words: Path | None,
    invited: int | None,
    by: str | None,
) -> int:
    """Count the answers of an export and write what may be published.

    The answers themselves are written nowhere.
    """
    from macros.editing.survey_tools import commands
    from macros.editing.survey_tools.extra import SurveyError
    from macros.model.release import Tool

    with _survey_errors(), progress() as tell:
        if tool not in {None, *Tool}:
            raise SurveyError(f"there is no tool “{tool}”; the tools are {', '.join(Tool)}")
        asked_for = commands.Import(
            wave=wave,
            file=file,
            tool=Tool(tool) if tool else None,
            sheet=sheet,
            mapping=mapping,
            words=words,
            invited=invited,
            released_by=by,
            dry_run=dry_run,
        )
        print(commands.import_answers(project.root, project.data, asked_for, tell))
        return FINE
    return PROBLEMS


@survey.command(
    "audit",
    cls=Command,
    examples="""
guide survey audit 2027
guide survey audit        all waves of which anything is released
""",
)
@click.argument("wave", metavar="[WAVE]", required=False, help="the wave’s name (default: all that are released)")
@click.pass_obj
def audit(project: Project, wave: str | None) -> int:
    """Prove again, from what is published alone, that no hidden count can be worked out."""
    from macros.editing.survey_tools import commands

    with _survey_errors(), progress() as tell:
        waves = [wave] if wave else commands.released(project.data)
        verdicts = [commands.audit_wave(project.data, one, tell) for one in waves]
        print("\n".join(said for _, said in verdicts) or "Nothing is released, so there is nothing to audit.")
        return FINE if all(is_safe for is_safe, _ in verdicts) else PROBLEMS
    return PROBLEMS


class SurveyFailure(Exception):
    """The program itself failed over a survey. It names what failed and where, and quotes nothing."""


@contextmanager
def _survey_errors() -> Iterator[None]:
    """Turn errors about a survey into plain messages, and keep answers out of tracebacks."""
    from macros.editing.survey_tools.extra import SurveyError

    try:
        yield
    except SurveyError as error:
        print(f"guide: {error}", file=sys.stderr)
    except (DataProblems, OSError, BuildError, click.ClickException):
        raise
    except Exception as error:  # its words may quote an answer, and “--traceback” would print them
        raise SurveyFailure(type(error).__name__).with_traceback(error.__traceback__) from None
