"""The common parts of all commands: finding the project, help, messages on wrong use, and exit statuses."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from macros.model import clock
from macros.pages.project import BuildError, Project
from macros.publish.editions.edition import EditionError
from macros.publish.engine import ENGINES
from macros.reading import project_files
from macros.reading.problem import DataProblems, Problem, did_you_mean
from macros.reading.problem_formats import FORMATS

FINE, PROBLEMS, MISUSE, CRASH = 0, 1, 2, 70
"""Exit statuses: all is well; something is wrong with the guide, or was refused; the command or its surroundings are
wrong; the program itself failed (EX_SOFTWARE of `sysexits.h`, so that no crash is mistaken for an answer)."""
ENDINGS = (
    f"exit status:\n  {FINE} if all is well\n  {PROBLEMS} if there are problems, or something was refused\n"
    f"  {MISUSE} if the command was wrong\n  {CRASH} if the program itself failed: please report it"
)
_TRACEBACK = "macros.traceback"
"""Set in the `meta` of a context if somebody asked for tracebacks."""

_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _Explained(click.Command):
    """A command whose help has a fixed form: usage, description, arguments and options, and examples."""

    def __init__(self, *arguments: Any, examples: str, below: str = "", **settings: Any) -> None:
        super().__init__(*arguments, **{"context_settings": dict(_SETTINGS), **settings})
        self.examples, self.below = examples, below
        help_line = "if the program itself fails, print what a programmer needs to mend it"
        self.params.append(
            click.Option(["--traceback"], is_flag=True, expose_value=False, help=help_line, callback=_note_traceback)
        )

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - the first paragraph is short enough
        return " ".join((self.help or "").partition("\n\n")[0].partition(":")[0].rstrip(".").split())

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:  # not all errors know which command they are about
            error.ctx = error.ctx or ctx
            raise

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.callback, option.help = _show_help, "show this help and end"
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="usage: ")

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        arguments = [one for one in self.get_params(ctx) if isinstance(one, click.Argument)]
        _section(formatter, "arguments", [(one.make_metavar(ctx), one.help or "") for one in arguments])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [one for one in self.get_params(ctx) if isinstance(one, click.Option)]
        _section(formatter, "options", [row for one in options if (row := one.get_help_record(ctx))])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as click has it
        examples = "\n  ".join(self.examples.strip().splitlines())
        formatter.write(f"\nexamples:\n  {examples}\n")
        if self.below:
            formatter.write(f"\n{self.below}\n")


def _section(formatter: click.HelpFormatter, title: str, rows: Sequence[tuple[str, str]]) -> None:
    if rows:
        with formatter.section(title):
            formatter.write_dl(rows)


class Command(_Explained):
    """A command that works on the current project, and says in plain words if it cannot."""

    def __init__(self, *arguments: Any, refused: int = MISUSE, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.refused = refused
        """The exit status if the project is not one to work on."""

    def invoke(self, ctx: click.Context) -> int:
        """Find the project and run the command on it; return the exit status."""
        try:
            clock.given()
            project = Project.find(_here())
            project.refuse_odd()  # before anything is read
            project_files.clear_left_overs(project.root)
            ctx.obj = project
            ended: int = super().invoke(ctx)
            return ended
        except DataProblems as problems:
            print_problems(problems.problems, ctx.params.get("format", "text"))
            return PROBLEMS
        except BuildError as error:
            print(f"guide: {error}", file=sys.stderr)
            return self.refused
        except EditionError as error:
            print(f"guide: {error}", file=sys.stderr)
            return PROBLEMS
        except clock.ClockError as error:
            print(f"guide: {error}", file=sys.stderr)
            return MISUSE


class Commands(_Explained, click.Group):
    """A group of commands, listed in the order in which they were added."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click has it
        return [*self.commands]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        _section(formatter, "commands", [(name, one.get_short_help_str()) for name, one in self.commands.items()])


class Typed(click.ParamType[Any]):
    """A value that is not just text: its name, how it is read, and an example for when that fails."""

    def __init__(self, name: str, read: Callable[[str], Any], mend: str) -> None:
        self.name, self.read, self.mend = name, read, mend

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return self.read(str(value))
        except ValueError:
            self.fail(f"“{value}” is no {self.name}: {self.mend}", param, ctx)


class OneOf(click.Choice[str]):
    """One of a few words."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:  # noqa: ARG002 - as click has it
        words = [str(one) for one in self.choices]
        return f"“{value}” is none of {', '.join(words)}: {did_you_mean(str(value), words)}"


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) < 65536):
        raise ValueError(text)
    return int(text)


PORT = Typed("port", _port, "choose a number from 1024 to 65535, such as 8002")
DAY = Typed("day", date.fromisoformat, "write it like 2027-12-01")
NUMBER = Typed("whole number", int, "write it in figures, such as 40")
PLACE = click.Path(path_type=Path)

engine_option = click.option(
    "--engine", type=OneOf(tuple(ENGINES)), default="mkdocs", help="what builds it (default: mkdocs)"
)


def misuse(error: click.UsageError) -> str:
    """Return the message for a command that was typed wrongly: its usage, what was found, and how to mend it."""
    context = error.ctx
    path = context.command_path if context else "guide"
    usage = context.get_usage() if context else "usage: guide"
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return f"{error.ctx.get_help()}\n\n{path}: no command was given: name one of these"
    return f"{usage}\n{path}: {_found(error)} (“{path} --help” explains it)"


def _found(error: click.UsageError) -> str:
    if isinstance(error, click.exceptions.NoSuchCommand):
        commands = error.ctx.command.commands if error.ctx and isinstance(error.ctx.command, click.Group) else {}
        return f"there is no command “{error.command_name}”: {did_you_mean(error.command_name, commands)}"
    if isinstance(error, click.NoSuchOption):
        options = [name for one in error.ctx.command.get_params(error.ctx) for name in one.opts] if error.ctx else []
        known = [name for name in options if name.startswith("--")]
        return f"there is no option “{error.option_name}”: {did_you_mean(error.option_name, known)}"
    if isinstance(error, click.MissingParameter) and error.param is not None and error.ctx is not None:
        helped = getattr(error.param, "help", None)
        return f"{error.param.make_metavar(error.ctx)} is missing" + (f": {helped}" if helped else "")
    if isinstance(error, click.BadParameter) and error.param is not None:
        return f"{error.param.opts[0]}: {error.message}"
    return error.format_message().rstrip(".")


def print_problems(problems: Sequence[Problem], style: str = "text", base_url: str = "") -> None:
    """Print problems in one of the formats; as text, if the style is not a format for problems."""
    if printed := FORMATS.get(style, FORMATS["text"])(problems, base_url):
        print(printed)


def _here() -> Path:
    """Return the current folder; raises BuildError."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise BuildError("the folder that you are in was deleted: go to another, and try again") from None


def _note_traceback(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        ctx.meta[_TRACEBACK] = True


def _show_help(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        print(ctx.get_help())  # click's own printing would not replace characters that the terminal lacks
        ctx.exit()


def wants_traceback(context: click.Context) -> bool:
    """Return whether somebody asked for tracebacks, for this command or one below it."""
    return bool(context.meta.get(_TRACEBACK))
