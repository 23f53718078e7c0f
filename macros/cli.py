"""The command `guide`, for checking, building, exporting and adding to the guide."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence

import click

from macros import terminal
from macros.commands import changing, checking, making, surveying, telling
from macros.commands.command import CRASH, ENDINGS, MISUSE, PROBLEMS, Commands, misuse, wants_traceback
from macros.model import process_variables
from macros.publish.memory import collect_seldom


@click.group("guide", cls=Commands, examples="guide check\nguide build\nguide new trust “Milton Keynes”", below=ENDINGS)
def guide() -> None:
    """Check, build and add to the guide. Run it inside the project."""


for command in (
    checking.check,
    making.build,
    making.pdf,
    making.offline,
    making.export,
    changing.apply,
    changing.edit,
    changing.migrate,
    changing.forms,
    telling.due,
    telling.links,
    changing.schema,
    telling.changes,
    changing.addresses,
    surveying.survey,
    changing.new,
):
    guide.add_command(command)


def main() -> int:
    """Run as a program of its own: call `run` with signals and output set up."""
    collect_seldom()
    for kind in ("SIGTERM", "SIGHUP"):  # so that a build clears up after itself
        if hasattr(signal, kind):
            signal.signal(getattr(signal, kind), lambda number, _: sys.exit(128 + number))
    terminal.show_all()
    return terminal.ending_quietly(lambda: run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command; return FINE, PROBLEMS, MISUSE or CRASH, or 130 if it was stopped.

    Raises SystemExit after help, and after saying what is wrong with how the command was typed.
    """
    asked_for_traceback = False
    try:
        with guide.make_context("guide", [*arguments]) as context:
            try:
                ended: int = guide.invoke(context)
            finally:
                asked_for_traceback = wants_traceback(context)
            return ended
    except click.UsageError as error:
        print(misuse(error), file=sys.stderr)
        sys.exit(MISUSE)
    except click.exceptions.Exit as ended_early:
        sys.exit(ended_early.exit_code)
    except BrokenPipeError:  # the output is no longer read: not a fault of the program
        raise
    except OSError as error:  # a full disk, or a folder that may not be written
        print(f"guide: {terminal.trouble(error)}", file=sys.stderr)
        return PROBLEMS
    except KeyboardInterrupt:
        print("guide: stopped", file=sys.stderr)
        return 128 + signal.SIGINT
    except Exception as error:
        if asked_for_traceback or process_variables.value_of(process_variables.TRACEBACK):
            raise
        print(f"guide: {terminal.crash(error)}", file=sys.stderr)
        return CRASH


if __name__ == "__main__":
    sys.exit(main())
