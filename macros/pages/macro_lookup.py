"""Finds the macro that a call names, and checks the values of the call."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from inspect import Parameter, signature
from typing import Any

from macros.pages.macro_calls import Call
from macros.reading.problem import UnknownName
from macros.views import catalogue


class WrongCallError(TypeError):
    """A macro was called with too few or too many values, or with one that is not text."""


def macro_of(call: Call) -> Callable[..., str]:
    """Return the macro that a call names; raises UnknownName or WrongCallError."""
    macro = catalogue.MACROS.get(call.name)
    if macro is None:
        raise UnknownName("macro", call.name, catalogue.MACROS)
    if not _fits(macro, call.arguments):
        raise WrongCallError(f"{call.name} is called as {catalogue.usage(call.name)}")
    return macro


def _fits(macro: Callable[..., str], arguments: tuple[Any, ...]) -> bool:
    least, most = _takes(macro)
    return least <= len(arguments) <= most and all(isinstance(one, str) for one in arguments)


@cache
def _takes(macro: Callable[..., str]) -> tuple[int, int]:
    """Return the least and the greatest number of values that a macro takes."""
    parameters = [*signature(macro).parameters.values()][1:]  # the first is the page
    return sum(parameter.default is Parameter.empty for parameter in parameters), len(parameters)
