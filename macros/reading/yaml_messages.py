"""Messages for files that are not valid YAML: the parser’s complaints in the words of an editor."""

from __future__ import annotations

from typing import NamedTuple

import yaml

from macros.reading.problem import Problem


class _SyntaxMessage(NamedTuple):
    """A complaint of the parser, and what it usually means to somebody who was only editing a text."""

    words: str
    found: str
    expected: str
    mend: str
    at_start: bool = False
    """Whether the fault is where the value begins, not where the parser stopped."""


QUOTE = "put quotation marks around the whole text"
_SYNTAX = (
    _SyntaxMessage("tab character", "a tab", "spaces at the beginning of a line", "put two spaces for each step in"),
    _SyntaxMessage(
        "could not find expected ':'",
        "a line without a colon",
        "“name: value”",
        "add a colon and a space, or indent the line so that it belongs to the text above",
        at_start=True,
    ),
    _SyntaxMessage(
        "did not find expected comment or line break",
        "words on the line of “>” or “|”",
        "nothing after these signs: the text begins on the next line, two spaces further in",
        "move the words down, or take out the sign",
    ),
    _SyntaxMessage(
        "found unexpected end of stream",
        "a quotation mark that is never closed",
        "a closing quotation mark",
        "add it at the end of the text",
        at_start=True,
    ),
    _SyntaxMessage(
        "while scanning an alias",
        "a text that begins with *",
        "quotation marks around such a text",
        QUOTE,
        at_start=True,
    ),
    _SyntaxMessage(
        "while scanning an anchor",
        "a text that begins with &",
        "quotation marks around such a text",
        QUOTE,
        at_start=True,
    ),
    _SyntaxMessage(
        "did not find expected key",
        "a line that does not fit the lines around it",
        "fields that begin in the same column",
        "check the spaces at the beginning, and that quotation marks are closed",
    ),
    _SyntaxMessage(
        "did not find expected '-' indicator",
        "a line that does not belong to the list above it",
        "list items that begin with “- ” in one column",
        "check the spaces at the beginning of this line",
    ),
    _SyntaxMessage(
        "block sequence entries are not allowed",
        "a list item on the line of something else",
        "each item on a line of its own, beginning with “- ”",
        "begin the item on a new line",
    ),
    _SyntaxMessage(
        "expected ',' or",
        "a bracket that is never closed",
        "a closing bracket",
        "add it; put quotation marks around a text that begins with [ or {",
        at_start=True,
    ),
    _SyntaxMessage(
        "cannot start any token",
        "a character that YAML keeps for itself",
        "quotation marks around a text that begins with it",
        QUOTE,
    ),
    _SyntaxMessage(
        "found undefined alias",
        "an alias (*name)",
        "each value written out",
        "write the value; put quotation marks around a text that begins with *",
    ),
    _SyntaxMessage(
        "expected a single document", "a line of three hyphens", "one record a file", "delete the line “---”"
    ),
    _SyntaxMessage(
        "mapping keys are not allowed",
        "a text that begins with “?”",
        "quotation marks around such a text",
        QUOTE,
    ),
    _SyntaxMessage(
        "while scanning a block scalar",
        "words behind “|” or “>”",
        "the text below it, two spaces further in",
        f"begin the text on the next line, or {QUOTE}",
        at_start=True,
    ),
    _SyntaxMessage(
        "did not find expected node content",
        "a sign where a value should be",
        "a value, or nothing",
        f"take the sign out, or {QUOTE}",
    ),
    _SyntaxMessage(
        "did not find expected <document start>",
        "words after the end of the record",
        "one record a file",
        "delete the line of three dots or hyphens, and “%” at the beginning of a line",
    ),
    _SyntaxMessage("directive", "a line that begins with “%”", "fields and lists only", "delete the line"),
    _SyntaxMessage(
        "escape", "a backslash that YAML reads in its own way", "plain words", "take it out, or write it twice"
    ),
    _SyntaxMessage("nested", "", "a few levels", "take out brackets or hyphens until the values are plain"),
)


def syntax_problem(file: str, text: str, error: yaml.MarkedYAMLError) -> Problem:
    said = " ".join(part for part in (error.context, error.problem) if part)
    line, column = _place(error.problem_mark or error.context_mark)
    lines = text.splitlines()
    whole = lines[line - 1] if line <= len(lines) else ""
    before, after = whole[: column - 1], whole[column - 1 :]
    if "mapping values are not allowed" in said:
        if ": " in before:
            found, mend = "a second colon on the line", f"{QUOTE}, or use “>-” and go on below"
            return Problem(file, line, column, "", found, "one “name: value” a line", mend)
        found, mend = "a field that does not line up with the one above", "check the spaces at the beginning"
        return Problem(file, line, column, "", found, "fields that begin in the same column", mend)
    if "did not find expected key" in said and before.strip():
        found, mend = "words after the end of a quoted text or a bracket", QUOTE
        return Problem(file, line, column, "", found, "nothing more on the line", mend)
    if "cannot start any token" in said and after.startswith("\t"):
        said = "tab character"
    for one in _SYNTAX:
        if one.words in said:
            if one.at_start:
                line, column = _place(error.context_mark or error.problem_mark)
            return Problem(file, line, column, "", one.found or said, one.expected, one.mend)
    expected, mend = "“name: value” lines and “- ” lists", "compare this line and the one above with another file"
    return Problem(file, line, column, "", "something that is not YAML", expected, mend)


def _place(mark: yaml.Mark | None) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def unreadable_problem(file: str, error: yaml.YAMLError | UnicodeEncodeError) -> Problem:
    place = getattr(error, "position", None)
    where = f" (character {place + 1} of the file)" if isinstance(place, int) else ""
    return Problem(file, 1, 1, "", f"something that is not YAML{where}", "plain text", "save the file again as UTF-8")
