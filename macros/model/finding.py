"""How readers find pages: old addresses that have moved, and words for search."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from macros.model.base import Flag, Label, Model, Record, Text, Unique
from macros.model.dates import When

ADDRESS = r"^(?:[a-z0-9]+(?:-[a-z0-9]+)*/)+$"

Address = Annotated[str, Field(pattern=ADDRESS, max_length=200)]
"""An address below the site: lower-case names, each with a slash behind it, such as `trusts/luton/`."""


class MovedAddress(Record):
    """An address that was published once: where its page is now, or why there is none."""

    kind: ClassVar[str] = "moved"

    address: Annotated[Address, Unique("the id", is_read_once=True)] = Field(
        description="The old address, below the site’s.", examples=["trusts/old-name/"]
    )
    to: Address | None = Field(
        None, description="The address of the page that took its place, if one did.", examples=["trusts/new-name/"]
    )
    why: Text | None = Field(
        None,
        description="Why the page moved or went, for readers. Needed where no page took its place.",
        examples=["The two profiles were joined."],
    )
    on: When = Field(description="The day on which it moved or went.", examples=["2026-11-22"])


PageAddress = Annotated[str, Field(pattern=r"^(?:[a-z0-9]+(?:-[a-z0-9]+)*/)*$", max_length=120)]
"""The address of a page below the site's: `trusts/luton/`. The home page has none, so its is empty."""


class FoundPage(Model):
    """A page, the names that readers give it, and how it is found."""

    page: Annotated[PageAddress, Unique("the page", within="record")] = Field(
        description="The page’s address below the site’s.", examples=["about/contact/"]
    )
    also_called: tuple[Label, ...] = Field(
        (), description="What people type who look for this page.", examples=[["report an error"]]
    )
    listing: Flag = Field(
        False,
        description="Whether the page only gathers what other pages say. Then it is found by its headings alone, and "
        "stands behind the pages themselves.",
        examples=[True],
    )


class OtherWords(Model):
    """Words that people type, and the guide’s own words for the same thing."""

    typed: tuple[Label, ...] = Field(
        min_length=1, description="What people type, in any of its forms.", examples=[["red tape"]]
    )
    means: tuple[Label, ...] = Field(
        min_length=1, description="What the guide calls it.", examples=[["burden of bureaucracy"]]
    )


class SearchWords(Record):
    """Words for search beyond those of the pages. Terms and places are not here: search has them already."""

    kind: ClassVar[str] = "search"

    examples: tuple[Label, ...] = Field(
        min_length=1, description="What an empty search box suggests.", examples=[["Harlow", "JSNA"]]
    )
    ignored: tuple[Label, ...] = Field(
        description="Words that say nothing about what is looked for.", examples=[["how", "the"]]
    )
    words: tuple[OtherWords, ...] = Field(description="Other words for the guide’s own.")
    deeds: tuple[Label, ...] = Field(
        (),
        description="Words by which a reader asks what Trusts did: then profiles stand beside overviews.",
        examples=[["which trusts", "who"]],
    )
    councils: tuple[Label, ...] = Field(
        (),
        description="Words in the names of councils that say nothing about where one is.",
        examples=[["borough council"]],
    )
    pages: tuple[FoundPage, ...] = Field(description="Pages that people know by other names.")
