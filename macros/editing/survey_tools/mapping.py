"""The mapping file: a person's notes on columns and answers that the import cannot match by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from macros.editing.survey_tools.extra import SurveyError
from macros.editing.survey_tools.plain_text import plain
from macros.model.questionnaire import Questionnaire
from macros.reading.problem import did_you_mean

IGNORED = "ignore"
NOT_ANSWERED = "not answered"
EXAMPLE = """\
columns:            # a heading, and the question it is for; or “ignore”
  "Q7": payment-terms
  "Who pays: a council": payers/council
answers:            # what the tool wrote, and the option that is meant
  payment-terms:
    "A1": within-30-days
others:             # what becomes of all other answers to a question: an option, or “not answered”
  service: something-else
"""


@dataclass(frozen=True)
class Mapped:
    """The content of a mapping file; empty if there is none."""

    columns: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    answers: dict[str, dict[str, str]] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)

    def column(self, first: str, second: str) -> tuple[str, str | None] | None:
        """Return the purpose of the column with this heading; None if the file does not give it."""
        if not self.columns:
            return None
        both = self.columns.get(plain(f"{first} / {second}")) if second else None
        return both or self.columns.get(plain(first))


def read_mapping(path: Path, asked: Questionnaire) -> Mapped:
    """Return the content of a mapping file; raises SurveyError with everything that is wrong with it."""
    try:
        said: Any = yaml.load(path.read_text(encoding="utf-8-sig"), yaml.BaseLoader)  # noqa: S506 - texts only
    except (OSError, UnicodeDecodeError):
        raise SurveyError(f"{path} cannot be read: it is a text file in UTF-8, such as\n{EXAMPLE}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise SurveyError(f"{path}{where}: this is no YAML; a mapping file looks like this:\n{EXAMPLE}") from None
    if not isinstance(said, dict) or any(not isinstance(part or {}, dict) for part in said.values()):
        raise SurveyError(f"{path} is no mapping file; one looks like this:\n{EXAMPLE}")
    faults = [f"the part “{name}” is not known" for name in {*said} - {"columns", "answers", "others"}]
    known = {question.id: question for question in asked.questions}
    columns: dict[str, tuple[str, str | None]] = {}
    for heading, target in (said.get("columns") or {}).items():
        name, _, option = str(target).partition("/")
        if name != IGNORED and name not in known:
            faults.append(f"there is no question “{name}”: {did_you_mean(name, [*known, IGNORED])}")
        elif option and option not in [one.id for one in known[name].options]:
            faults.append(f"“{name}” has no option “{option}”")
        columns[plain(str(heading))] = (name, option or None)
    answers: dict[str, dict[str, str]] = {}
    for part in ("answers", "others"):
        for name, meant in (said.get(part) or {}).items():
            if name not in known:
                faults.append(f"there is no question “{name}”: {did_you_mean(str(name), known)}")
                continue
            options = [*(one.id for one in known[name].options), NOT_ANSWERED]
            if part == "answers" and not isinstance(meant, dict):
                faults.append(f"“answers: {name}” is no list of answers and options")
                continue
            pairs = meant if isinstance(meant, dict) else {"": meant}
            faults += [f"“{name}” has no option “{one}”" for one in pairs.values() if str(one) not in options]
            if part == "answers":
                answers[name] = {plain(str(words)): str(one) for words, one in pairs.items()}
    if faults:
        raise SurveyError(f"{path}: " + "; ".join(faults))
    others = {str(name): str(one) for name, one in (said.get("others") or {}).items()}
    return Mapped(columns, answers, others)
