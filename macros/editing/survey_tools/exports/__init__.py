"""What the five tools export: a module for each, which says how its headings and its cells are meant."""

from __future__ import annotations
