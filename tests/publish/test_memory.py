"""How often Python looks for memory."""

from __future__ import annotations

import subprocess
import sys

from mistakes import ROOT

CIRCLE = """
import gc, weakref
from macros.publish import memory

class Part:
    pass

def circle():
    part = Part()
    part.itself = part
    return weakref.ref(part)
"""


def run(script: str) -> str:
    command = [sys.executable, "-c", CIRCLE + script]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_what_was_set_aside_is_let_go_before_it_is_built_anew() -> None:
    told = run(
        "memory.begin_anew(); first = circle(); memory.set_aside(); gc.collect(); print(first() is None)\n"
        "memory.begin_anew(); print(first() is None)"
    )
    assert told.split() == ["False", "True"]


def test_what_comes_after_it_was_set_aside_is_looked_at() -> None:
    told = run("memory.set_aside(); later = circle(); gc.collect(); print(later() is None)")
    assert told.split() == ["True"]


def test_a_program_that_builds_does_not_look_once_more_at_the_end() -> None:
    looked = "gc.callbacks.append(lambda phase, _: print(phase))\n"
    assert "start" in run(looked)
    assert run(f"memory.collect_seldom()\n{looked}") == ""
