"""Macro calls: the only template code that a page may hold, and the guard that lets the engines run nothing else.

Both engines take pages and their titles for Jinja templates, and neither runs them in a sandbox. So nothing reaches
Jinja but words and calls like `{{ name("value") }}`: no variable, filter, statement or other function.
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


_SYNTAX = Environment()  # noqa: S701 - the engines' own; it only parses, and renders nothing


def parse(text: str) -> Iterator[str | Call]:
    """Yield the words and the calls of a page in their order.

    Raises TemplateSyntaxError, or PlainCallError for anything else between the braces.
    """
    try:
        tree = _SYNTAX.parse(text)
    except (RecursionError, ValueError):  # thousands of brackets, or of digits
        raise PlainCallError(1) from None
    for statement in tree.body:
        if not isinstance(statement, nodes.Output):
            raise PlainCallError(statement.lineno or 1)  # one kind of statement has none
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
    """Makes an environment of Jinja refuse every template that is more than words and plain calls of our macros."""

    macros: ClassVar[Collection[str]] = ()
    """The names that may be called: none, until `define_env` says which."""

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
    """Check that an engine's settings of the plugin `macros` name the guard; raises RuntimeError."""
    if GUARD not in settings["j2_extensions"]:
        raise RuntimeError(f"mkdocs.yml must hold “j2_extensions: [{GUARD}]” under the plugin macros")
