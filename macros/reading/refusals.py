"""Explains in plain words why the schema refused a value: what was found, what is expected and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from macros.model.base import AREA_CODE
from macros.model.dates import FORMS, meant
from macros.model.wording import NUMBERS
from macros.reading.problem import MAX_TOLD, did_you_mean, nearest
from macros.schema.fields import enum_at, field_at, model_at


class Refusal(NamedTuple):
    """One refusal: the path in the file, and the three things to say."""

    path: tuple[str | int, ...]
    found: str
    expected: str
    mend: str


_KINDS = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list, each item beginning with “- ”",
    "list_type": "a list, each item beginning with “- ”",
    "model_type": "fields, each a name, a colon and a value",
    "model_attributes_type": "fields, each a name, a colon and a value",
    "dict_type": "fields, each a name, a colon and a value",
    "float_type": "a number",
    "decimal_type": "a number",
}
PATTERNS = {
    "slug": "lower-case letters, digits and single hyphens",
    "code": "a letter for the country, and eight digits",
    "email": "an email address",
    "source": "a source such as clear-expectations#luton.governance, clear-expectations#statutory-summary(3) or ours",
}


def explain(error: ValidationError, model: type[BaseModel], cells: bool = False) -> Iterator[Refusal]:
    """Yield a refusal for each thing that `model` could not accept; `cells` if it is a row of a CSV file."""
    errors = error.errors(include_url=False)[: MAX_TOLD + 1]
    # A misspelt name is one mistake: there is no need to report the right name as missing as well.
    misspelt = {
        (*details["loc"][:-1], meant)
        for details in errors
        if details["type"] == "extra_forbidden" and (meant := meant_field(model, details["loc"]))
    }
    for details in errors:
        if details["type"] == "missing" and details["loc"] in misspelt:
            continue
        yield _told(details, model, cells)


def meant_field(model: type[BaseModel], path: tuple[str | int, ...]) -> str | None:
    """Return the field that an unknown name at `path` was probably meant to be."""
    owner = model_at(model, path[:-1])
    return nearest(str(path[-1]), owner.model_fields if owner else ())


def _told(details: ErrorDetails, model: type[BaseModel], cells: bool) -> Refusal:
    path = tuple(details["loc"])
    kind, value, context = details["type"], details["input"], details.get("ctx", {})
    name = str(path[-1]) if path else ""
    if kind == "missing":
        field = field_at(model, path)
        what = ((field.description or "a value") if field else "a value").rstrip(".")
        kind, mend = ("cell", "fill it in") if cells else ("field", f"add a line “{name}:”")
        return Refusal(path, f"no “{name}”", f"the {kind} “{name}”: {what}", f"{mend}{_example(field)}")
    if kind == "extra_forbidden":
        owner = model_at(model, path[:-1])
        known = list(owner.model_fields) if owner else []
        return Refusal(
            path,
            f"the field “{name}”, which is not known here",
            f"fields from {', '.join(known)}",
            did_you_mean(name, known),
        )
    field = field_at(model, path)
    if kind in {"enum", "literal_error"}:
        words = [str(word.value) for word in enum_at(field)]
        words = words or re.findall("'(.*?)'", str(context.get("expected")))
        expected = "one of the fixed words " + ", ".join(f"“{word}”" for word in words)
        return Refusal(path, shown(value), expected, did_you_mean("" if value is None else str(value), words))
    if kind == "string_pattern_mismatch":
        pattern = str(context.get("pattern"))
        shape = (
            "code" if pattern == AREA_CODE else "email" if "@" in pattern else "source" if "#" in pattern else "slug"
        )
        near = re.sub(r"[^a-z0-9]+", "-", str(value).lower()).strip("-")
        mend = f"write “{near}”" if shape == "slug" and near else f"write it like this{_example(field)}"
        if shape == "source" and "," in str(value):
            mend = "write each source on a line of its own, beginning with “- ”, like this" + _example(field)
        return Refusal(path, shown(value), PATTERNS[shape], mend)
    if kind in {"string_too_long", "too_long"}:
        unit = "items" if isinstance(value, list | tuple) else "characters"
        return Refusal(path, f"{len(value):,} {unit}", f"at most {context.get('max_length'):,}", "shorten it")
    if kind == "too_short":
        return Refusal(path, "an empty list", "at least one item", f"write the first{_example(field)}")
    if kind in {"greater_than_equal", "less_than_equal"}:
        bound = context.get("ge", context.get("le"))
        return Refusal(
            path,
            shown(value),
            f"a number of {'at least' if kind.startswith('g') else 'at most'} {bound:,}",
            "check the number",
        )
    if kind == "empty_part":
        return Refusal(path, "nothing", "what this wave told", details["msg"].partition(": ")[2])
    if kind == "curly_quotes":
        found, mend = "curly quotation marks around the text", "take them out; where YAML needs any, use straight ones"
        return Refusal(path, found, "the words alone", mend)
    if kind in {"unsafe_text", "empty_text", "one_line"}:
        found, _, mend = details["msg"].partition(": ")
        found = {
            "unsafe_text": found.removeprefix("holds "),
            "empty_text": "nothing",
            "one_line": "a text of several lines",
        }[kind]
        expected = {"unsafe_text": "plain text", "empty_text": "some words", "one_line": "one line"}[kind]
        if kind == "empty_text" and field and field.is_required():
            mend = f"write it{_example(field)}"
        return Refusal(path, found, expected, mend)
    if kind == "when_form":
        form = meant(str(value))
        mend = f"write “{form}” if that is meant" if form else f"write it in one of these forms{_example(field)}"
        return Refusal(path, shown(value), f"a date: {FORMS}", mend)
    if kind == "when_real":
        expected = "a date that exists, the earlier one first"
        return Refusal(path, f"{shown(value)}, {details['msg']}", expected, "check it against the source")
    if kind == "repository":
        expected = "the address of a repository on GitHub"
        return Refusal(path, shown(value), expected, f"copy it from the address bar of a browser{_example(field)}")
    if kind == "tag":
        expected = "“tag:”, a domain name or email address in small letters, a comma, and a day on which it was yours"
        return Refusal(path, shown(value), expected, f"write it like that{_example(field)}")
    if kind == "setting":
        return Refusal(path, shown(value), context["expected"], context["mend"])
    if kind == "percent":
        expected = details["msg"].removeprefix("should be ")
        return Refusal(path, shown(value), expected, "write the number alone, without “%” or words")
    if kind in _KINDS:
        return Refusal(path, shown(value), _KINDS[kind], _retype(kind, value, field))
    return Refusal(path, shown(value), "another kind of value", f"change it{_example(field)}")


def _retype(kind: str, value: object, field: FieldInfo | None) -> str:
    if value is None and field and not field.is_required():
        return "write the value after the colon, or delete the line"
    if value is None:
        return f"write the value after the colon{_example(field)}"
    if kind == "string_type" and isinstance(value, int | float):
        return f'put quotation marks around it: "{value if not isinstance(value, bool) else str(value).lower()}"'
    if kind == "string_type" and isinstance(value, dict):
        return "put quotation marks around a text that begins with { or holds a colon"
    if kind == "tuple_type" and isinstance(value, str) and re.match(r"-\S", value):
        return f"put a space after the hyphen{_example(field)}"
    if kind.startswith("int") and isinstance(value, str) and (number := _number(value)) is not None:
        return f"write {number} if that is meant: digits only, without quotation marks, commas, points, “£” or words"
    if kind.startswith("int") and isinstance(value, str | float):
        return f"write it in digits only, without quotation marks, commas, points, “£” or words{_example(field)}"
    if kind.startswith("bool"):
        word = _FLAGS.get(str(value).lower())
        return f"write {word or 'true or false'} in small letters, without quotation marks"
    return f"write it in that form{_example(field)}"


_FLAGS = {**dict.fromkeys(("true", "yes", "y", "on"), "true"), **dict.fromkeys(("false", "no", "n", "off"), "false")}
_NUMBER = re.compile(r"£?\s*(\d+(?:[ ,]\d{3})*)(\.\d+)?\s*(m|million|k|thousand)?", re.IGNORECASE)
_TIMES = {"": 1, "k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000}


def _number(text: str) -> int | None:
    """Return the whole number that `£2.5m`, `2,000,000` or `007` stands for, or None."""
    found = _NUMBER.fullmatch(text.strip()) if len(text) < 20 else None
    if not found:
        return NUMBERS.index(text.lower()) if text.lower() in NUMBERS else None
    number = Decimal(re.sub("[ ,]", "", found[1]) + (found[2] or "")) * _TIMES[(found[3] or "").lower()]
    return int(number) if number == int(number) else None


def _example(field: FieldInfo | None) -> str:
    if field is None or not field.examples:
        return ""
    example = field.examples[0]
    if isinstance(example, bool):
        return f", for example {str(example).lower()}"
    if isinstance(example, list):
        return f", for example “- {example[0]}”"
    return f", for example {example if isinstance(example, int) else f'“{example}”'}"


def shown(value: object) -> str:
    """Return a value as a message should quote it."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"“{str(value).lower()}”"
    if isinstance(value, dict):
        return "fields"
    if isinstance(value, list | tuple):
        return "a list"
    text = " ".join(str(value).split())
    what = "the number " if isinstance(value, int | float) else ""
    return f"{what}“{text[:60]}{'…' if len(text) > 60 else ''}”"
