"""The building blocks of all records: frozen models, sources, and the small types that fields share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PrivateAttr,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from macros.model.text import faults

OURS = "ours"
SLUG = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
REPOSITORY = r"https://github\.com/[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+/?"
SECTION = r"^[a-z0-9]+(?:[.-][a-z0-9]+)*$"
AREA_CODE = r"^[ENSW][0-9]{8}$"
SOURCE = r"^[a-z0-9]+(?:-[a-z0-9]+)*(?:#[a-z0-9]+(?:[.-][a-z0-9]+)*(?:\([1-9]\d*\))?)?$"


def _safe(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("empty_text", "is empty: leave the field out if the report says nothing")
    for fault in faults(text):
        raise PydanticCustomError("unsafe_text", "holds {found}: {mend}", fault._asdict())
    return text


def _one_line(text: str) -> str:
    if "\n" in text.strip():
        raise PydanticCustomError("one_line", "runs over several lines: keep a name or label to one line")
    return text.strip()


def _repository(text: str) -> str:
    if not re.fullmatch(REPOSITORY, text):
        raise PydanticCustomError("repository", "is no address of a repository on GitHub")
    return text.rstrip("/")


def _unquoted(text: str) -> str:
    if text[:1] + text[-1:] == "“”" and text.count("“") == 1:
        raise PydanticCustomError("curly_quotes", "stands in curly quotation marks: take them out")
    return text


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


NAMES = "x-names"
"""The key in a schema for editors that says which records a field names."""


@dataclass(frozen=True)
class Names:
    """Marks a field whose text names a record of `kind`, such as `trusts`, so that editors' tools can offer them."""

    kind: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return handler(source)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        made = handler(schema)
        return {**made, NAMES: self.kind} if handler.mode == "validation" else made


@dataclass(frozen=True)
class Unique:
    """Marks a field whose value has to be unique, because it becomes a key, an address, an anchor or a file name.

    Ids that are file names need no mark: a folder cannot hold two files of one name.
    """

    what: str
    """What messages call the thing, such as `the theme`."""
    within: Literal["data", "record"] = "data"
    """The scope in which the value must be unique: all of the data, or its own record."""
    beside: tuple[str, ...] = ()
    """Fields that, together with this one, have to be unique."""
    alike: Callable[[str], str] = str
    """Normalises a value: two values that give the same text count as the same."""
    page: str = ""
    """The page on which it is an anchor, if other kinds of thing have anchors there too: no two may be the same."""
    taken: str = ""
    """A pattern of the names that this page uses for itself."""
    is_read_once: bool = False
    """Whether reading the file already reports two records with the same value."""


Text = Annotated[str, Field(max_length=4000), AfterValidator(_safe)]
"""Prose in the safe Markdown subset (`macros.model.text`)."""

Label = Annotated[
    str, Field(max_length=200), AfterValidator(_safe), AfterValidator(_one_line), AfterValidator(_unquoted)
]
"""A name or short label on one line."""

Repository = Annotated[str, AfterValidator(_repository), Field(max_length=200)]
"""The address of a repository on GitHub."""

Address = Annotated[str, Field(pattern=r"^https?://[^\s\"<>]+$", max_length=300)]
"""The address of a page or a file on the web."""

Email = Annotated[str, Field(pattern=r"^[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$", max_length=200)]
"""An email address that can be put into a link unchanged."""

AreaCode = Annotated[str, Field(pattern=AREA_CODE)]
"""A code of the Office for National Statistics for an area: a letter for the country, and eight digits."""

Slug = Annotated[str, Field(pattern=SLUG, max_length=80)]
"""A lower-case name that can be part of an address."""

TrustName = Annotated[Slug, Names("trusts")]
StandardName = Annotated[Slug, Names("standards")]
PrincipleName = Annotated[Slug, Names("principles")]
RecommendationName = Annotated[Slug, Names("recommendations")]
TermName = Annotated[Slug, Names("glossary")]
ThemeName = Annotated[Slug, Names("themes")]
"""The slug or id of a record, which must exist: the checks across files make sure of it."""

SourceRef = Annotated[str, Field(pattern=SOURCE, max_length=120), Names("sources")]
"""A document and a section of it, with a point's number where the section is a list: `report#section(3)`; or `ours`."""

Sources = Annotated[
    tuple[SourceRef, ...],
    BeforeValidator(_listed, json_schema_input_type=SourceRef | list[SourceRef]),
    Field(
        default=(),
        description="The section or sections this rests on. Left out, it is that of the nearest part above. "
        "`ours` marks what this project added.",
        examples=["clear-expectations#luton.governance", "clear-expectations#statutory-summary(3)"],
    ),
]

Pounds = Annotated[
    int,
    Field(
        strict=True, ge=0, le=10_000_000_000, description="Whole pounds, without sign or commas.", examples=[2500000]
    ),
]
Count = Annotated[int, Field(ge=0, le=100_000, strict=True)]

Flag = Annotated[bool, Field(strict=True)]


def in_words(name: str) -> str:
    """Return the name of a class or a field as people read it: `PracticeStatement` gives `Practice statement`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", name).strip().capitalize()


class Model(BaseModel):
    """A frozen model that refuses fields it does not know."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=False,
        str_strip_whitespace=True,
        defer_build=True,  # a check of one edited profile makes the validators of that kind of record alone
    )


class Sourced(Model):
    """Anything that rests on a section of a document. After loading, `where` says what it is."""

    source: Sources = ()

    _where: str = PrivateAttr(default="")

    @property
    def where(self) -> str:
        """The address of this object, such as `trusts/luton:governance.bodies.0`."""
        return self._where

    def at(self, path: str) -> str:
        """Return the address of something inside this object, such as `trusts/luton:governance.bodies.0.seats`."""
        return f"{self._where}{'.' if ':' in self._where else ':'}{path}"

    @property
    def statement(self) -> str:
        """The words of this object that its source backs up, or "" if it only groups other objects."""
        return ""


class Record(Sourced):
    """One file, or one entry of a list file: what has an id and a page of its own."""

    kind: ClassVar[str]
    """The folder or file of `data/` that holds these records, such as `trusts`."""


def settle(model: Sourced, where: str, inherited: tuple[str, ...] = ()) -> Iterator[Sourced]:
    """Give `model` and everything in it an address and, where it has none, its parent's source; yield each of them.

    The loader calls this once, before anything else refers to the models: after that they do not change.
    """
    source = model.source or inherited
    model.__dict__["source"] = source
    object.__setattr__(model, "_where", where)
    yield model
    for name in type(model).model_fields:
        yield from _settle_value(getattr(model, name), model.at(name), source)


def _settle_value(value: object, where: str, source: tuple[str, ...]) -> Iterator[Sourced]:
    if isinstance(value, Sourced):
        yield from settle(value, where, source)
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _settle_value(item, f"{where}.{number}", source)
