"""What readers type that no page says: other names of pages, other words for ours, and words that say nothing."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from macros.model.base import Flag, Label, Model, Record

PageAddress = Annotated[str, Field(pattern=r"^(?:[a-z0-9]+(?:-[a-z0-9]+)*/)*$", max_length=120)]
"""The address of a page below the site's: `trusts/luton/`. The home page has none, so its is empty."""


class FoundPage(Model):
    """A page, the names that readers give it, and how it is found."""

    page: PageAddress = Field(description="The page’s address below the site’s.", examples=["about/contact/"])
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
    """What search knows beyond the words of the pages. Terms and places are not here: they are known already."""

    kind: ClassVar[str] = "search"

    examples: tuple[Label, ...] = Field(
        min_length=1, description="What an empty search box suggests.", examples=[["Harlow", "JSNA"]]
    )
    ignored: tuple[Label, ...] = Field(
        description="Words that say nothing about what is looked for.", examples=[["how", "the"]]
    )
    words: tuple[OtherWords, ...] = Field(description="Other words for the guide’s own.")
    pages: tuple[FoundPage, ...] = Field(description="Pages that people know by other names.")
