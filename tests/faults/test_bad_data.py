"""Bad data and pages by the thousand: each case is accepted as valid, or refused with file and line, and soon.

The cases are the same in every run; GUIDE_SEED=… draws others, as a run every night does. The table at the end of a
run names its seed.
"""

from __future__ import annotations

import io
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from mistakes import ROOT, assert_readable
from mutations import BREAKS, Break, cut
from parts_of_data import Parts
from seeds import SEED, cases

from macros.derived import downloads
from macros.pages import front_checks, page_checks
from macros.pages.site import Site
from macros.pages.source_page import SourcePage
from macros.reading.problem import MAX_TOLD, Problem
from macros.views import catalogue

CASES, PAGES = cases(40, 90), 20
DRAWN_OF = 12
"""One in so many accepted cases is drawn and exported too."""
PATIENCE = 60.0
"""Seconds of processor time after which a case is taken to hang. Cases take hundredths of one; how fast they are is for
the benchmarks to say."""

GENERATED = settings(
    deadline=None,
    database=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("breaks", BREAKS, ids=lambda one: one.__name__.replace("_", " "))
def test_each_case_is_valid_or_told_by_file_and_line(
    breaks: Break, parts: Parts, record_property: Callable[[str, object], None]
) -> None:
    became: Counter[str] = Counter()

    @seed(SEED)
    @settings(GENERATED, max_examples=CASES)
    @given(st.data())
    def run(data: st.DataObject) -> None:
        file = data.draw(st.sampled_from(parts.files))
        raw = breaks(data.draw, parts.texts[file])
        started = time.process_time()
        records, problems = parts.with_changed(file, raw)
        assert time.process_time() - started < PATIENCE
        became["cases"] += 1
        if problems:
            became["refused"] += 1
            assert_told(parts, file, raw, problems)
            return
        became["accepted"] += 1
        guide = parts.guide(records)
        if became["accepted"] % DRAWN_OF == 0:
            assert_drawn(Site(guide, ROOT / "docs"), file)
            assert downloads.contents(guide, "https://x.example/")

    run()
    for name, value in {"kind": breaks.__name__.replace("_", " "), "seed": SEED, **became}.items():
        record_property(name, value)
    assert became["cases"] >= CASES * 0.8


FOUND = yaml.safe_load(Path(__file__).with_name("found.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", FOUND, ids=lambda case: ascii(case["text"]))
def test_what_was_found_once_stays_mended(case: dict[str, Any], parts: Parts) -> None:
    _, problems = parts.with_changed(case["file"], case["text"].encode())
    first = next(one for one in problems if one.file == f"data/{case['file']}")
    assert first.line == case["line"]
    for problem in problems:
        assert_readable(str(problem))
        assert case["not"] not in str(problem)


FOUND_CHANGES = yaml.safe_load(Path(__file__).with_name("found_changes.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", FOUND_CHANGES, ids=lambda case: ascii(case["new"]))
def test_a_change_that_was_found_once_stays_mended(case: dict[str, Any], parts: Parts) -> None:
    text = parts.texts[case["file"]]
    assert case["old"] in text, f"{case['file']} no longer holds {case['old']!r}: give this case another text to change"
    raw = text.replace(case["old"], case["new"], 1).encode()
    _, problems = parts.with_changed(case["file"], raw)
    assert_told(parts, case["file"], raw, problems)
    assert any(case["told"] in str(problem) for problem in problems), [*map(str, problems)]


@pytest.mark.parametrize("breaks", BREAKS, ids=lambda one: one.__name__.replace("_", " "))
def test_each_page_is_harmless_or_told_by_line(
    breaks: Break, site: Site, record_property: Callable[[str, object], None]
) -> None:
    became: Counter[str] = Counter()
    whole = {page.path: page for page in site.pages}

    @seed(SEED)
    @settings(GENERATED, max_examples=PAGES)
    @given(st.data())
    def run(data: st.DataObject) -> None:
        page = whole[data.draw(st.sampled_from(sorted(whole)))]
        raw = breaks(data.draw, page.front if data.draw(st.booleans()) and page.front else page.text)
        if raw and not raw.startswith(b"---\n") and breaks is not cut:
            raw = b"---\n" + raw + b"---\n"  # what was broken is the front matter
        text = io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8", errors="surrogateescape").read()
        changed = SourcePage(page.path, text)
        started = time.process_time()
        problems = [one for check in CHECKS for one in check(changed, site)]
        assert time.process_time() - started < PATIENCE
        became["cases"] += 1
        became["refused" if problems else "accepted"] += 1
        for problem in problems:
            assert_readable(str(problem))
            assert problem.line <= len(text.splitlines()) + 2

    run()
    for name, value in {"kind": f"page: {breaks.__name__.replace('_', ' ')}", "seed": SEED, **became}.items():
        record_property(name, value)


CHECKS = (
    lambda page, site: page_checks._check_characters(page, site.docs),
    lambda page, site: front_checks.check_front(page, site.docs),
    lambda page, site: page_checks.check_calls(page, site.docs, lambda call: site.draw(page.url, call)),
    lambda page, site: page_checks._check_html(page, site.docs),
)


def assert_told(parts: Parts, changed: str, raw: bytes, problems: list[Problem]) -> None:
    """Each problem is one plain line, and leads to a line that is there."""
    assert len([one for one in problems if one.file == f"data/{changed}"]) <= 2 * MAX_TOLD
    for problem in problems:
        assert_readable(str(problem))
        name = problem.file.removeprefix("data/")
        text = raw if name == changed else parts.texts[name].encode()
        ends = sum(map(text.count, (b"\n", b"\r", b"\xc2\x85", b"\xe2\x80\xa8", b"\xe2\x80\xa9")))
        assert problem.line <= ends + 2, problem


def assert_drawn(site: Site, file: str) -> None:
    """The pages of the record, and those that list all of them, are drawn."""
    name = Path(file).stem
    for folder, calls in catalogue.record_pages(site.guide).items():
        if name in calls and folder in file:
            page = next(page for page in site.pages if page.path == f"{folder}/{name}.md")
            assert all(site.call(page.url, call.name, call.arguments) for call in page.calls)
    for url in ("trusts/", "glossary/", "standards/"):
        page = site._by_url[url]
        assert all(site.call(url, call.name, call.arguments) for call in page.calls)
