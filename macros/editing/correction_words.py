"""The words for a correction: its place, the item that it is about, and the values before and after."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from macros.editing.typed_values import ABSENT, value_at
from macros.model import wording
from macros.model.text import without_hidden
from macros.reading.records import KeyPath
from macros.schema import fields
from macros.schema.fields import field_at

NOT_GIVEN = "not given"


def place(model: type[BaseModel], value: Any, path: KeyPath, title: str = "") -> str:
    """Return a place in a record in words: `Luton › Governance › Bodies › Luton Assembly › Seats`."""
    words = [title] if title else []
    for depth, key in enumerate(path):
        if isinstance(key, int):
            item = value_at(value, path[: depth + 1])
            beside = value_at(value, path[:depth])
            names = [item_name(one, number) for number, one in enumerate(beside)] if isinstance(beside, list) else []
            name = item_name(item, key)
            again = names[:key].count(name)
            words.append(f"{name} ({again + 1})" if again else name)
        else:
            words.append(fields.label_of(key, field_at(model, path[: depth + 1])))
    return " › ".join(words)


def item_name(item: Any, number: int) -> str:
    """Return the name of a list item; `number` counts from 0."""
    if isinstance(item, dict):
        for name in ("name", "title", "standard", "topic", "funder"):
            if isinstance(item.get(name), str):
                return str(item[name])
        for name in ("what", "scope", "found"):
            if isinstance(item.get(name), str):
                words = item[name].split()
                return " ".join(words[:6]).rstrip(".,;:") + ("…" if len(words) > 6 else "")
    return f"number {number + 1}"


def said(value: Any) -> str:
    """Return a value as a message quotes it."""
    if value in (None, "", [], ABSENT) and value is not False:
        return NOT_GIVEN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}" if value >= 10_000 else str(value)
    if isinstance(value, list):
        return wording.joined([said(one) for one in value])
    if isinstance(value, dict):
        return f"“{item_name(value, 0)}”"
    return f"“{without_hidden(' '.join(str(value).split()))}”"
