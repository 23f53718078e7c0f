"""The exports of the five tools: a module for each says what its headings and its cells mean."""

from __future__ import annotations
