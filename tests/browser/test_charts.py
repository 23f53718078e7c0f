"""Charts and the timeline as readers meet them: on a phone, on paper, and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

PLACES = """svg => {
  const all = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].map(text => {
    const box = text.getBoundingClientRect();
    return { words: text.textContent, size: parseFloat(getComputedStyle(text).fontSize),
      left: box.left - all.left, over: box.right - Math.min(all.right, document.documentElement.clientWidth) };
  });
}"""


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("url", ["evidence/charts/", "trusts/hertfordshire/", "trusts/southend-on-sea/"])
def test_words_of_a_chart_can_be_read_and_stay_inside_it(page: Page, url: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(url)
    drawn = page.locator(".ce-chart__svg")
    assert drawn.count()
    for svg in drawn.all():
        for text in svg.evaluate(PLACES):
            assert text["size"] >= 12, text
            assert text["left"] >= -1, text
            assert text["over"] <= 1, text


def test_a_chart_on_paper_has_its_table_open(page: Page) -> None:
    page.goto("trusts/hertfordshire/")
    table = page.locator(".ce-chart__table table")
    expect(table).not_to_be_visible()
    page.emulate_media(media="print")
    expect(table).to_be_visible()
    expect(page.locator(".ce-chart__get")).not_to_be_visible()


def test_the_timeline_is_narrowed_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{address}evidence/timeline/")
    country, trusts = page.locator(".ce-dated__one--country"), page.locator(".ce-dated__one--trust")
    expect(country.first).to_be_visible()
    expect(trusts.first).to_be_visible()
    page.get_by_label("Dates of Trusts").check()
    expect(country.first).not_to_be_visible()
    expect(trusts.first).to_be_visible()
    expect(page.get_by_role("heading", name="2005")).not_to_be_visible()  # a year with nothing of theirs
    page.get_by_label("Policy and studies").check()
    expect(country.last).to_be_visible()
    expect(trusts.first).not_to_be_visible()
    page.emulate_media(media="print")
    expect(trusts.first).to_be_visible()
    context.close()


def test_policy_and_trusts_stand_side_by_side_on_a_wide_screen(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("evidence/timeline/")
    year = page.locator(".ce-dated__year", has=page.get_by_role("heading", name="2007"))
    one, other = (year.locator(f".ce-dated__one--{side}").first.bounding_box() for side in ("country", "trust"))
    assert one
    assert other
    assert one["x"] + one["width"] <= other["x"]
    assert one["y"] == other["y"]
