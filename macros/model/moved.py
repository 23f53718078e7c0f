"""Addresses that were published and hold no page any more."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from macros.model.base import Record, Text
from macros.when import When

ADDRESS = r"^(?:[a-z0-9]+(?:-[a-z0-9]+)*/)+$"

Address = Annotated[str, Field(pattern=ADDRESS, max_length=200)]
"""An address below the site: lower-case names, each with a slash behind it, such as `trusts/luton/`."""


class MovedAddress(Record):
    """An address that was published once: where its page is now, or why there is none."""

    kind: ClassVar[str] = "moved"

    address: Address = Field(description="The old address, below the site’s.", examples=["trusts/old-name/"])
    to: Address | None = Field(
        None, description="The address of the page that took its place, if one did.", examples=["trusts/new-name/"]
    )
    why: Text | None = Field(
        None,
        description="Why the page moved or went, for readers. Needed where no page took its place.",
        examples=["The two profiles were joined."],
    )
    on: When = Field(description="The day on which it moved or went.", examples=["2026-11-22"])
