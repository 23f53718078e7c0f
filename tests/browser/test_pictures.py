"""How the kinds of pages look: sixteen of them, in two schemes and on two widths, beside pictures that were approved.

A picture is of the first view, made four times smaller, so that what letters a machine has matters little. It may
differ from the approved one by at most `MEAN` on average, and by more than `FAR` in at most `SHARE` of its points (on a
scale of 0 to 255). After a wanted change, make them again, look at them and commit them:
GUIDE_PICTURES=write .venv/bin/pytest tests/browser/test_pictures.py
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser

APPROVED = Path(__file__).parent / "pictures"
MEAN, FAR, SHARE = 8, 64, 0.06
SMALLER = 4
KINDS = {
    "home": "",
    "commissioners": "commissioners/",
    "stage": "good-engagement/needs/",
    "standard": "standards/na-1/",
    "framework": "framework/",
    "trusts": "trusts/",
    "profile": "trusts/luton/",
    "comparison": "trusts/compare/training/",
    "self-assessment": "self-assessment/",
    "survey": "survey/",
    "questionnaire": "survey/questionnaire/",
    "survey-run": "survey/run/",
    "recommendation": "recommendations/r3/",
    "glossary": "glossary/",
}
SIZES = {"wide": {"width": 1280, "height": 900}, "narrow": {"width": 360, "height": 740}}


def difference(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """Return the mean difference of two pictures of one size, and the share of points that differ far."""
    apart = ImageChops.difference(one.convert("L"), other.convert("L"))
    far = sum(apart.histogram()[FAR:])
    return ImageStat.Stat(apart).mean[0], far / (one.width * one.height)


def picture(page: Page) -> Image.Image:
    """Return the first view of a page, made smaller."""
    shot = Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide"))).convert("RGB")
    return shot.resize((shot.width // SMALLER, shot.height // SMALLER), Image.Resampling.BOX)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_looks_as_approved(
    kept_context: Callable[..., BrowserContext],
    open_page: Callable[[BrowserContext], Page],
    kind: str,
    scheme: str,
    size: str,
) -> None:
    page = open_page(kept_context(viewport=SIZES[size], color_scheme=scheme, reduced_motion="reduce"))
    page.goto(KINDS[kind])
    looks_as_approved(page, f"{kind}-{scheme}-{size}")


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["survey-results", "questionnaire-on-paper"])
def test_a_page_of_a_later_survey_looks_as_approved(
    kept_context: Callable[..., BrowserContext],
    open_page: Callable[[BrowserContext], Page],
    asked_again: str,
    on_paper: str,
    kind: str,
    scheme: str,
    size: str,
) -> None:
    page = open_page(kept_context(viewport=SIZES[size], color_scheme=scheme, reduced_motion="reduce"))
    page.goto(f"{asked_again}survey/results/2027/" if kind == "survey-results" else on_paper)
    looks_as_approved(page, f"{kind}-{scheme}-{size}")


def looks_as_approved(page: Page, name: str) -> None:
    """Compare a page with its approved picture, or make that anew."""
    page.wait_for_load_state("networkidle")
    seen, path = picture(page), APPROVED / f"{name}.png"
    if os.environ.get("GUIDE_PICTURES") == "write":
        APPROVED.mkdir(exist_ok=True)
        seen.quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)
    with Image.open(path) as approved:
        assert approved.size == seen.size
        mean, share = difference(seen, approved.convert("RGB"))
    assert mean <= MEAN and share <= SHARE, f"differs by {mean:.1f} on average, and far in {share:.1%} of its points"


def test_another_scheme_or_page_would_be_seen() -> None:
    def approved(name: str) -> Image.Image:
        return Image.open(APPROVED / f"{name}.png").convert("RGB")

    for one, other in (("home-light-wide", "home-dark-wide"), ("trusts-light-wide", "survey-light-wide")):
        mean, share = difference(approved(one), approved(other))
        assert mean > MEAN or share > SHARE
