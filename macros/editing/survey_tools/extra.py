"""The libraries needed only for running a survey: loaded when used, with a plain message if one is missing."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

INSTALL = "run “make survey”, or “pip install .[survey]” in the folder of the guide, and try again"


class SurveyError(Exception):
    """Something about a survey cannot be done; the text says why and what to do, and holds no answer."""


def library(name: str) -> ModuleType:
    """Return a library of the extra `survey`; raises SurveyError if it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        raise SurveyError(f"the library {name.partition('.')[0]} is not installed: {INSTALL}") from None
