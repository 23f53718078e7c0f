"""How problems are printed: for people, as marks on the lines of a pull request, and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from urllib.parse import quote

from macros.model.addresses import of_field
from macros.model.wording import count, sentence
from macros.reading.problem import Problem

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

Reporter = Callable[[Sequence[Problem], str], str]


def as_text(problems: Sequence[Problem], base_url: str) -> str:  # noqa: ARG001 - as the others
    """Return a line for each problem, and a last line with their number; "" if there are none."""
    return "\n".join([*map(str, problems), *_counted(problems)])


def as_github(problems: Sequence[Problem], base_url: str) -> str:  # noqa: ARG001 - as the others
    """Return workflow commands, by which GitHub marks the lines of a pull request."""
    return "\n".join([*map(_mark, problems), *_counted(problems)])


def as_json(problems: Sequence[Problem], base_url: str) -> str:
    """Return a list of objects.

    `help` is the address at which the dictionary explains the field; null if there is no field.
    """
    found = [{**asdict(problem), "help": help_url(problem, base_url)} for problem in problems]
    return json.dumps(found, ensure_ascii=False, indent=2)


def as_sarif(problems: Sequence[Problem], base_url: str) -> str:
    """Return a SARIF 2.1.0 log, which code hosts and editors read."""
    rules = [_rule(*one) for one in _RULES.items()]
    driver = {"name": "guide", **({"informationUri": f"{base_url}editors/"} if base_url else {}), "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, base_url) for problem in problems],
    }
    return json.dumps({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


FORMATS: Mapping[str, Reporter] = {"text": as_text, "github": as_github, "json": as_json, "sarif": as_sarif}


def help_url(problem: Problem, base_url: str) -> str | None:
    """Return the address where the dictionary explains a problem's field; None if the site's address is not known."""
    folder, _, file = problem.file.partition("/")
    from macros.schema import dictionary  # needed only where problems are printed for a program

    anchor = dictionary.anchor(file, problem.field) if folder == "data" else None
    return base_url + of_field(anchor) if anchor and base_url else None


def _counted(problems: Sequence[Problem]) -> list[str]:
    files = len({problem.file for problem in problems})
    return [f"{count(len(problems), 'problem')} in {count(files, 'file')}."] if problems else []


def _in_lines(problem: Problem) -> str:
    """Return what was found, what is expected and how to mend it, on a line each."""
    return "\n".join((f"Found {problem.found}.", f"Expected {problem.expected}.", f"{sentence(problem.mend)}"))


# --- GitHub -------------------------------------------------------------------------------------------------------


def _mark(problem: Problem) -> str:
    place = {
        "file": problem.file,
        "line": problem.line,
        "col": problem.column,
        "title": problem.field or problem.file.rpartition("/")[2],
    }
    fields = ",".join(f"{name}={_in_property(str(value))}" for name, value in place.items())
    return f"::error {fields}::{_in_message(_in_lines(problem))}"


def _in_message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _in_property(text: str) -> str:
    return _in_message(text).replace(":", "%3A").replace(",", "%2C")


# --- SARIF --------------------------------------------------------------------------------------------------------

_RULES = {
    "data": "What a file of data may say",
    "pages": "What a page may say",
    "settings": "What the settings may say",
}


_RULE_OF = {"data": "data", "docs": "pages", "addresses.txt": "pages"}


def _rule(name: str, what: str) -> dict[str, object]:
    return {"id": name, "shortDescription": {"text": f"{what}."}, "defaultConfiguration": {"level": "error"}}


def _result(problem: Problem, base_url: str) -> dict[str, object]:
    place = {
        "artifactLocation": {"uri": quote(problem.file), "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": problem.line, "startColumn": problem.column},
    }
    help_at = help_url(problem, base_url)
    return {
        "ruleId": _RULE_OF.get(problem.file.partition("/")[0], "settings"),
        "level": "error",
        "message": {"text": f"{problem.field or 'This line'}\n{_in_lines(problem)}"},
        "locations": [{"physicalLocation": place}],
        **({"properties": {"help": help_at}} if help_at else {}),
    }
