"""The drawn output of macros for each page, as plain values that pass from the drawing process to an engine."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from macros.model.process_variables import HANDED, is_set
from macros.publish.memory import collect_seldom


@dataclass(frozen=True)
class DrawnPages:
    """The output of each call on each page, and the values that each page gives to the theme."""

    macros: Sequence[str]
    """The names that pages may call."""
    calls: Mapping[str, Mapping[str, str]]
    """By the address of the page, then by the call in the form of `key_of`."""
    heads: Mapping[str, Mapping[str, Any]]
    """By the address of the page."""

    def call(self, url: str, name: str, arguments: Iterable[Any]) -> str:
        """Return the output of a macro on the page at `url`; raises RuntimeError for a call that was not drawn."""
        try:
            return self.calls[url][key_of(name, arguments)]
        except KeyError:
            raise RuntimeError(f"the page /{url} was changed while the site was built: build it again") from None

    def head(self, url: str, base: str) -> Mapping[str, Any]:  # noqa: ARG002 - drawn for the address of this site
        """Return the values that the page at `url` gives to the theme; none if there is no such page."""
        return self.heads.get(url, {})

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_json(cls, content: bytes) -> DrawnPages:
        return cls(**json.loads(content))


def key_of(name: str, arguments: Iterable[Any]) -> str:
    """Return a call as a text: `["trust_profile","luton"]`."""
    return json.dumps([name, *arguments], ensure_ascii=False, separators=(",", ":"))


_handed: DrawnPages | None = None
"""The pages for the engine in this process. It calls `macros.define_env` anew, which nobody can hand anything to."""


def hand_over(drawn: DrawnPages | None) -> None:
    """Let the engine in this process use what has been drawn; with None, let it draw for itself."""
    global _handed
    _handed = drawn


def handed() -> DrawnPages | None:
    """Return the pages handed to the engine in this process; None if it should draw for itself."""
    if _handed is None and is_set(HANDED):
        collect_seldom()  # the engine was started for one build
        hand_over(DrawnPages.from_json(sys.stdin.buffer.read()))
    return _handed
