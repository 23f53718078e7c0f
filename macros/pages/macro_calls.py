"""Macro calls: the only template code that pages may contain, and the guard that keeps engines from running any other.

Both engines treat pages and their titles as Jinja templates, and neither runs them in a sandbox. So only text and calls
such as `{{ name("value") }}` reach Jinja: no variable, filter, statement or other function.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.ext import Extension


@dataclass(frozen=True)
class Call:
    """A macro call on a page: `{{ name("a", "b") }}`."""

    name: str
    arguments: tuple[Any, ...]
    line: int


class PlainCallError(Exception):
    """A page has template code that is not a plain macro call."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


_SYNTAX = Environment(keep_trailing_newline=True)  # noqa: S701 - the engines' own; it only parses, and renders nothing


def parse(text: str) -> Iterator[str | Call]:
    """Yield the text and the calls of a page in order.

    Raises TemplateSyntaxError, or PlainCallError for anything else between the braces.
    """
    try:
        tree = _SYNTAX.parse(text)
    except (RecursionError, ValueError):  # thousands of brackets or digits
        raise PlainCallError(1) from None
    for statement in tree.body:
        if not isinstance(statement, nodes.Output):
            raise PlainCallError(statement.lineno or 1)  # one kind of statement has no lines
        for node in statement.nodes:
            yield node.data if isinstance(node, nodes.TemplateData) else _call(node)


def _call(node: nodes.Expr) -> Call:
    plain = (
        isinstance(node, nodes.Call)
        and isinstance(node.node, nodes.Name)
        and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
        and all(isinstance(argument, nodes.Const) for argument in node.args)
    )
    if not plain:
        raise PlainCallError(node.lineno or 1)
    return Call(node.node.name, tuple(one.value for one in node.args), node.lineno)  # type: ignore[attr-defined]


class PlainCalls(Extension):
    """Makes a Jinja environment refuse every template that contains more than text and plain calls of our macros."""

    macros: ClassVar[Collection[str]] = ()
    """The names that may be called: none until `define_env` sets them."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        try:
            for part in parse(source):
                if isinstance(part, Call) and part.name not in self.macros:
                    raise TemplateSyntaxError(f"there is no macro “{part.name}”", part.line, name, filename)
        except PlainCallError as error:
            said = "template code that is not a macro call with plain values"
            raise TemplateSyntaxError(said, error.line, name, filename) from None
        return source


GUARD = f"{PlainCalls.__module__}.{PlainCalls.__qualname__}"


def guarded(settings: Mapping[str, Any]) -> None:
    """Check that an engine's settings for the plugin `macros` name the guard; raises RuntimeError."""
    if GUARD not in settings["j2_extensions"]:
        raise RuntimeError(f"mkdocs.yml must hold “j2_extensions: [{GUARD}]” under the plugin macros")
