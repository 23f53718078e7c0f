"""The self-assessment, driven in a real browser: kept, saved, opened, compared, printed, and complete on paper."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from axe import Axe
from playwright.sync_api import BrowserContext, Dialog, Page, Route, expect

from macros.derived import action_lists
from macros.reading.guide import Guide

pytestmark = pytest.mark.browser

AT = "self-assessment/"
YES, PARTLY, NOT_YET, NOT_APPLICABLE = "Yes, with evidence", "Partly", "Not yet", "Not applicable"
EVIL = '=HYPERLINK("https://evil.example","x") <img src=x onerror=alert(1)>\n"two" ‘lines’'


@pytest.fixture
def form(page: Page) -> Page:
    """The page with the form, ready for use."""
    page.goto(AT)
    return ready(page)


def ready(page: Page) -> Page:
    """Wait until the script has put back what was kept, and shows what it offers."""
    expect(page.get_by_role("button", name="Save as a file")).to_be_visible()
    return page


def reload(page: Page) -> None:
    page.reload()
    ready(page)


def standard(page: Page, name: str) -> Any:
    return page.locator(f'[data-standard="{name}"]')


def answer(page: Page, name: str, choice: str, note: str = "") -> None:
    part = standard(page, name)
    part.get_by_label(choice, exact=True).check()
    if note:
        part.get_by_role("textbox").fill(note)


def answered(page: Page, name: str) -> tuple[str, str]:
    """The words of the answer that is chosen, and the note."""
    part = standard(page, name)
    chosen = part.locator("input:checked + label")
    return ((chosen.text_content() or "").strip() if chosen.count() else "", part.locator("textarea").input_value())


def saved(page: Page, button: str, into: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    target = into / download.value.suggested_filename
    download.value.save_as(target)
    return target


def give(page: Page, field: str, content: object, name: str = "answers.json") -> None:
    """Choose a file: text as it is, anything else as JSON."""
    text = content if isinstance(content, str) else json.dumps(content)
    file = {"name": name, "mimeType": "application/json", "buffer": text.encode()}
    page.get_by_label(field).set_input_files(files=[file])


OWN, OTHER = "Carry on from answers", "Your partner’s file"


def record(guide: Guide, answers: dict[str, object], **more: object) -> dict[str, object]:
    return {
        "format": "clear-expectations/self-assessment",
        "version": 1,
        "standards": [one.id for one in guide.standards],
        "size": "all",
        "side": "vcs",
        "who": "Voices",
        "answers": answers,
        **more,
    }


def expect_said(page: Page, words: str) -> None:
    expect(page.get_by_role("status").filter(has_text=words)).to_have_count(1)


def accept(page: Page) -> list[str]:
    """Say yes to every question of the browser; returns the questions."""
    asked: list[str] = []

    def yes(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept()

    page.on("dialog", yes)
    return asked


# --- kept in this browser ---------------------------------------------------------------------------------------------


def test_answers_survive_a_reload_and_stay_in_this_browser(form: Page) -> None:
    requests: list[str] = []
    form.get_by_label("Name of your organisation").fill("Luton Trust")
    form.get_by_label("a voluntary or community organisation").check()
    form.on("request", lambda request: requests.append(request.url))
    answer(form, "st-1", YES, "On our website")
    answer(form, "na-2", NOT_APPLICABLE)
    assert requests == []
    expect(form.get_by_text("2 of 30 standards answered").first).to_be_visible()
    expect(form.get_by_text("kept in this browser only")).to_be_visible()
    reload(form)
    expect(form.get_by_label("Name of your organisation")).to_have_value("Luton Trust")
    expect(form.get_by_label("a voluntary or community organisation")).to_be_checked()
    assert answered(form, "st-1") == (YES, "On our website")
    assert answered(form, "na-2") == (NOT_APPLICABLE, "")
    assert form.context.cookies() == []


def test_an_answer_can_be_taken_back(form: Page) -> None:
    answer(form, "st-1", PARTLY)
    form.get_by_role("button", name="Take back the answer to ST-1").press("Enter")
    assert answered(form, "st-1") == ("", "")
    expect(standard(form, "st-1").get_by_label(YES)).to_be_focused()
    reload(form)
    assert answered(form, "st-1") == ("", "")


def test_clear_asks_first_and_then_leaves_nothing(form: Page) -> None:
    answer(form, "st-1", YES, "note")
    form.once("dialog", lambda dialog: dialog.dismiss())
    form.get_by_role("button", name="Clear everything").click()
    expect_said(form, "Nothing was cleared.")
    assert answered(form, "st-1") == (YES, "note")
    asked = accept(form)
    form.get_by_role("button", name="Clear everything").press("Enter")
    expect_said(form, "Everything is cleared.")
    assert len(asked) == 1
    assert answered(form, "st-1") == ("", "")
    assert [key for key in form.evaluate("Object.keys(localStorage)") if "assessment" in key] == []
    reload(form)
    assert answered(form, "st-1") == ("", "")


def test_answers_given_before_the_script_runs_are_kept_too(form: Page) -> None:
    answer(form, "st-1", YES, "kept")
    answer(form, "st-2", NOT_YET)
    held: list[Route] = []
    form.route("**/self-assessment.js", lambda route: held.append(route))
    form.reload(wait_until="domcontentloaded")
    answer(form, "st-2", PARTLY)
    expect(form.get_by_role("button", name="Save as a file")).to_be_hidden()
    held[0].continue_()
    ready(form)
    assert (answered(form, "st-1"), answered(form, "st-2")) == ((YES, "kept"), (PARTLY, ""))


def test_two_tabs_show_the_same_answers(form: Page) -> None:
    second = form.context.new_page()
    second.goto(AT)
    ready(second)
    answer(form, "st-1", YES)
    expect(standard(second, "st-1").get_by_label(YES)).to_be_checked()
    answer(second, "st-2", PARTLY)
    expect(standard(form, "st-2").get_by_label(PARTLY)).to_be_checked()
    assert answered(form, "st-1")[0] == YES


def test_a_browser_that_keeps_nothing_says_so(
    new_context: Callable[..., BrowserContext], open_page: Callable[[BrowserContext], Page], tmp_path: Path
) -> None:
    context = new_context()
    context.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('no', 'SecurityError') }")
    page = open_page(context)
    page.goto(AT)
    ready(page)
    expect(page.get_by_text("Your answers will be lost when you leave the page")).to_be_visible()
    expect(page.get_by_text("kept in this browser only")).to_be_hidden()
    answer(page, "st-1", YES)
    asked = accept(page)
    reload(page)
    assert asked, "the browser asks before the answers are lost"
    answer(page, "st-1", YES)
    saved(page, "Save as a file", tmp_path)
    asked.clear()
    reload(page)
    assert asked == [], "what is saved is not lost"


def test_kept_answers_that_cannot_be_read_do_no_harm(form: Page) -> None:
    answer(form, "st-1", YES)
    key = next(one for one in form.evaluate("Object.keys(localStorage)") if "assessment" in one)
    form.evaluate("key => localStorage.setItem(key, '{broken')", key)
    reload(form)
    expect_said(form, "could not be read")
    answer(form, "st-2", YES)
    reload(form)
    assert answered(form, "st-2")[0] == YES


# --- quick and full ---------------------------------------------------------------------------------------------------


def test_quick_hides_answers_and_keeps_them(form: Page, guide: Guide, tmp_path: Path) -> None:
    core = [one.id for one in guide.standards if one.core]
    answer(form, "st-1", YES)  # core
    answer(form, "st-2", PARTLY, "hidden")  # not core
    form.get_by_label("Quick: the 12 core standards").check()
    expect(form.locator("[data-standard]:visible")).to_have_count(len(core))
    expect(form.get_by_text("1 of 12 standards answered").first).to_be_visible()
    rows = list(csv.reader(io.StringIO(saved(form, "Download as CSV", tmp_path).read_text("utf-8-sig"))))
    assert [row[0].lower() for row in rows[1:]] == core
    file = json.loads(saved(form, "Save as a file", tmp_path).read_text())
    assert list(file["answers"]) == ["st-1"]
    reload(form)
    expect(form.locator("[data-standard]:visible")).to_have_count(len(core))
    form.get_by_label("Full: all 30 standards").check()
    assert answered(form, "st-2") == (PARTLY, "hidden")


def test_the_browsers_own_search_finds_what_quick_leaves_out(form: Page, guide: Guide) -> None:
    left_out = next(one for one in guide.standards if not one.core)
    form.get_by_label("Quick: the 12 core standards").check()
    heights = form.eval_on_selector_all("[data-standard][hidden]", "all => all.map((one) => one.offsetHeight)")
    assert heights and set(heights) == {0}, "it takes no room until it is found"
    # An address that names words is followed as the search is, and cannot be asked to do more than find them.
    form.goto(f"self-assessment/#:~:text={quote(left_out.title, safe='')}")
    expect(form.get_by_label("Full: all 30 standards")).to_be_checked()
    expect(form.locator(f"[data-standard={left_out.id}]")).to_be_visible()


# --- files ------------------------------------------------------------------------------------------------------------


def test_the_csv_is_for_spreadsheets_and_runs_nothing(form: Page, guide: Guide, tmp_path: Path) -> None:
    starts = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", EVIL]
    names = [one.id for one in guide.standards]
    for name, note in zip(names, starts, strict=False):
        answer(form, name, NOT_YET, note)
    raw = saved(form, "Download as CSV", tmp_path).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["standard", "title", "core", "stage", "answer", "note"]
    assert [row[0].lower() for row in rows[1:]] == names
    assert [row[5] for row in rows[1 : len(starts) + 1]] == [f"'{note}" for note in starts]
    first = guide.standards[0]
    stage = next(hub for hub in guide.stages if hub.id == first.stage)
    assert rows[1][:5] == [first.id.upper(), first.title, "yes", f"{stage.number}: {stage.title}", NOT_YET]
    assert rows[len(starts) + 1][4:] == ["", ""]


def test_a_file_is_saved_and_opened_again_elsewhere(
    form: Page,
    new_context: Callable[..., BrowserContext],
    open_page: Callable[[BrowserContext], Page],
    guide: Guide,
    tmp_path: Path,
) -> None:
    form.get_by_label("Name of your organisation").fill("Luton & Friends: <b>Trust</b>")
    answer(form, "st-1", YES, EVIL)
    answer(form, "gr-3", NOT_YET)
    standard(form, "lc-1").get_by_role("textbox").fill("a note alone")
    file = saved(form, "Save as a file", tmp_path)
    assert file.name == "self-assessment-commissioner-luton-friends-btrustb.json"
    held = json.loads(file.read_text())
    assert (held["version"], held["side"], held["size"]) == (1, "commissioner", "all")
    assert held["standards"] == [one.id for one in guide.standards]

    other = open_page(new_context())
    other.goto(AT)
    ready(other)
    other.get_by_label(OWN).set_input_files(file)
    expect_said(other, f"{file.name} is open: 2 answers in it.")
    assert answered(other, "st-1") == (YES, EVIL)
    assert answered(other, "gr-3") == (NOT_YET, "")
    assert answered(other, "lc-1") == ("", "a note alone")
    expect(other.get_by_label("Name of your organisation")).to_have_value("Luton & Friends: <b>Trust</b>")
    reload(other)
    assert answered(other, "st-1") == (YES, EVIL)


def test_opening_a_file_asks_before_it_replaces_answers(form: Page, guide: Guide) -> None:
    answer(form, "st-1", YES)
    theirs = record(guide, {"st-2": {"answer": "partly", "note": "x"}}, size="core")
    form.once("dialog", lambda dialog: dialog.dismiss())
    give(form, OWN, theirs)
    expect_said(form, "Nothing was changed.")
    assert answered(form, "st-1")[0] == YES
    asked = accept(form)
    give(form, OWN, theirs)
    expect_said(form, "answers.json is open: 1 answer in it.")
    assert len(asked) == 1
    expect(form.get_by_label("Quick: the 12 core standards")).to_be_checked()
    assert answered(form, "st-1")[0] == ""
    assert answered(form, "st-2") == (PARTLY, "x")


WRONG: tuple[tuple[object, str], ...] = (
    ("", "cannot be read"),
    ("standard,title\n", "A CSV cannot be opened again"),
    ('{"format": "clear-exp', "cannot be read"),
    ("[1, 2]", "does not hold answers that were saved on this page"),
    ({"format": "another"}, "does not hold answers that were saved on this page"),
    ({"version": 2}, "newer form of this page"),
    ({"version": "one"}, "its version is not a number that this page knows"),
    ({"version": 0}, "its version is not a number that this page knows"),
    ({"side": "<img src=x onerror=alert(1)>"}, "does not say which side"),
    ({"size": None}, "does not say how many standards"),
    ({"who": ["x"]}, "the name in it is not text"),
    ({"standards": "st-1"}, "does not list the standards"),
    ({"answers": []}, "holds no list of answers"),
    ({"answers": {"st-1": {"answer": "perhaps", "note": ""}}}, "its answer to ST-1 is not one of those"),
    ({"answers": {"st-1": "partly"}}, "its answer to ST-1 is not one of those"),
    ({"answers": {"st-1": {"answer": "partly", "note": 7}}}, "its answer to ST-1 is not one of those"),
    ("x" * 1_000_001, "too large"),
)


@pytest.mark.parametrize("field", [OWN, OTHER])
def test_wrong_files_are_refused_in_words(form: Page, guide: Guide, field: str) -> None:
    answer(form, "st-1", YES, "mine")
    for number, (change, words) in enumerate(WRONG):
        name = f"{number}.json"
        give(form, field, record(guide, {}) | change if isinstance(change, dict) else change, name)
        expect_said(form, f"{name} was not opened.")
        expect_said(form, words)
        expect(form.get_by_label(field)).to_have_attribute("aria-invalid", "true")
    assert answered(form, "st-1") == (YES, "mine")
    expect(form.locator("#joint-result > *")).to_have_count(0)
    give(form, OTHER, record(guide, {}))  # and a good one after them
    expect_said(form, "answers.json is open.")


def test_an_older_file_is_opened_and_says_what_differs(form: Page, guide: Guide) -> None:
    mine = record(
        guide,
        {"st-1": {"answer": "partly"}, "zz-9": {"answer": "partly", "note": "gone"}, "__proto__": {"answer": "partly"}},
        standards=[one.id for one in guide.standards if one.id != "lc-4"] + ["zz-9"],
    )
    give(form, OWN, json.dumps(mine))
    expect_said(form, "Not in this guide, so left out: ZZ-9, __PROTO__.")
    expect_said(form, "In this guide, but not yet when the file was saved: LC-4.")
    assert answered(form, "st-1") == (PARTLY, "")


# --- joint view -------------------------------------------------------------------------------------------------------


def rows(page: Page) -> list[list[str]]:
    """The joint table, row by row, each cell as its words."""
    return [
        [" ".join(cell.inner_text().split()) for cell in row.locator("th, td").all()]
        for row in page.locator(".ce-joint__table tbody tr").all()
    ]


@pytest.fixture
def joint(form: Page, guide: Guide) -> Page:
    """Both sides' answers side by side."""
    form.get_by_label("Name of your organisation").fill("Luton Trust")
    answer(form, "lc-4", YES, "We share")
    answer(form, "st-1", YES, "On our website")
    answer(form, "st-2", PARTLY)
    answer(form, "na-1", NOT_YET)
    theirs = {
        "st-1": {"answer": "not-yet", "note": EVIL},
        "lc-4": {"answer": "partly", "note": ""},
        "st-2": {"answer": "partly", "note": "Agreed"},
        "sd-1": {"answer": "yes-with-evidence", "note": ""},
        "sd-2": {"answer": "", "note": "We wonder"},
    }
    give(form, OTHER, record(guide, theirs, who="<i>Voices</i>"))
    expect_said(form, "answers.json is open.")
    return form


def test_the_joint_view_shows_differences_first(joint: Page, guide: Guide) -> None:
    titles = {one.id: f"{one.id.upper()} {one.title}" for one in guide.standards}
    evil = " ".join(EVIL.split())
    assert rows(joint) == [
        ["Answers differ (2)"],
        [titles["st-1"], f"{YES} On our website", f"Not yet {evil}"],
        [titles["lc-4"], f"{YES} We share", "Partly"],
        ["Answers agree (1)"],
        [titles["st-2"], "Partly", "Partly Agreed"],
        ["Not compared: an answer is missing (3)"],
        [titles["na-1"], "Not yet", "No answer"],
        [titles["sd-1"], "No answer", YES],
        [titles["sd-2"], "No answer", "No answer We wonder"],
    ]
    counts = (
        "Your answers differ on 2 standards and agree on 1. "
        "An answer is missing on 27 standards, so they are not compared."
    )
    expect(joint.locator(".ce-joint__counts")).to_have_text(counts)
    expect_said(joint, counts)  # heard as well as seen
    expect(joint.get_by_text("Not listed, with nothing from either side: 24.")).to_be_visible()
    assert not {"%", "score", "rank"} & set(joint.locator(".ce-joint__result").inner_text().lower().split())


def test_the_joint_table_is_a_real_table(joint: Page) -> None:
    table = joint.get_by_role("table", name="Both sides’ answers, those that differ first")
    heads = [" ".join(one.split()) for one in table.get_by_role("columnheader").all_inner_texts()]
    other = "Your partner: <i>Voices</i>, voluntary or community organisation"
    assert heads == ["Standard", "You: Luton Trust, commissioner", other]
    scopes = table.locator("th").evaluate_all("many => many.map(one => one.scope)")
    assert scopes[:5] == ["col", "col", "col", "rowgroup", "row"]
    assert set(scopes) == {"col", "rowgroup", "row"}
    assert joint.locator(".ce-joint :is(img, i, script)").count() == 0, "what a file holds is text"
    href = table.locator("tbody th a").first.evaluate("one => one.href")
    assert href.endswith("/standards/st-1/")


def test_the_joint_view_follows_our_answers_and_is_not_kept(joint: Page) -> None:
    answer(joint, "st-1", NOT_YET)
    expect(joint.locator(".ce-joint__counts")).to_contain_text("differ on 1 standard and agree on 2")
    joint.get_by_label("Quick: the 12 core standards").check()
    expect(joint.locator(".ce-joint__counts")).to_contain_text("differ on 1 standard and agree on 1")
    joint.get_by_role("button", name="Take their answers off this page").press("Enter")
    expect(joint.locator(".ce-joint__result > *")).to_have_count(0)
    expect(joint.get_by_label(OTHER)).to_be_focused()
    assert "We wonder" not in json.dumps(joint.evaluate("({ ...localStorage })"))


def test_two_files_of_the_same_side_are_told(form: Page, guide: Guide) -> None:
    give(form, OTHER, record(guide, {}, side="commissioner"))
    expect_said(form, "Both sets of answers are from a commissioner.")


# --- paper ------------------------------------------------------------------------------------------------------------


def test_printing_shows_the_form_or_the_comparison(joint: Page) -> None:
    joint.evaluate("() => { window.print = () => {} }")
    joint.emulate_media(media="print")
    expect(joint.locator(".ce-assess__printed:visible")).to_have_text(["On our website", "We share"])
    expect(joint.get_by_role("button", name="Save as a file")).to_be_hidden()
    expect(standard(joint, "st-1").get_by_label(YES)).to_be_visible()
    broken = joint.locator(".ce-assess__standard").evaluate_all(
        "all => all.map(one => getComputedStyle(one).breakInside)"
    )
    assert set(broken) == {"avoid"}
    for button, form_there in (("Print", True), ("Print the comparison", False)):
        joint.emulate_media(media="screen")
        joint.get_by_role("button", name=button, exact=True).click()
        joint.emulate_media(media="print")
        expect(joint.locator(".ce-assess")).to_be_visible(visible=form_there)
        expect(joint.locator(".ce-joint")).to_be_visible(visible=not form_there)
        joint.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(joint.locator(".ce-assess")).to_be_visible()


def test_without_javascript_it_is_a_form_for_paper(new_context: Callable[..., BrowserContext], guide: Guide) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(AT)
    expect(page.locator("[data-standard]:visible")).to_have_count(len(guide.standards))
    expect(page.get_by_text("Answers given on the screen are not kept.")).to_be_visible()
    for control in ("Save as a file", "Clear everything"):
        expect(page.get_by_text(control)).to_be_hidden()
    expect(page.locator("input[type=file]:visible")).to_have_count(0)
    answer(page, "st-1", PARTLY)
    page.get_by_label("Name of your organisation").fill("Luton")
    page.get_by_label("Name of your organisation").press("Enter")
    assert page.url.endswith(AT), "nothing is sent, not even to this site"
    assert answered(page, "st-1")[0] == PARTLY
    page.emulate_media(media="print")
    expect(page.locator("[data-standard] textarea:visible")).to_have_count(len(guide.standards))
    expect(page.locator("[data-standard] input[type=radio]:visible")).to_have_count(4 * len(guide.standards))


# --- access -----------------------------------------------------------------------------------------------------------


def test_it_works_with_the_keyboard_alone(form: Page) -> None:
    keys = form.keyboard
    form.get_by_label("Name of your organisation").focus()
    keys.type("Luton")
    keys.press("Enter")  # does not send or reload
    keys.press("Tab")
    keys.press("ArrowDown")  # the other side
    keys.press("Tab")
    keys.press("ArrowUp")  # quick
    expect(form.get_by_label("a voluntary or community organisation")).to_be_checked()
    expect(form.get_by_label("Quick: the 12 core standards")).to_be_checked()
    keys.press("Tab")
    expect(form.get_by_label(OWN)).to_be_focused()
    keys.press("Tab")
    expect(standard(form, "st-1").locator("summary")).to_be_focused()
    keys.press("Enter")
    expect(standard(form, "st-1").get_by_role("link", name="Read the whole standard")).to_be_visible()
    standard(form, "st-1").get_by_label(YES).focus()
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    assert answered(form, "st-1")[0] == NOT_YET
    keys.press("Tab")
    expect(form.get_by_role("button", name="Take back the answer to ST-1")).to_be_focused()
    keys.press("Tab")
    keys.type("Nobody asked us")
    assert answered(form, "st-1") == (NOT_YET, "Nobody asked us")
    form.get_by_role("button", name="Save as a file").focus()
    with form.expect_download() as download:
        keys.press("Space")
    expect_said(form, f"Saved as {download.value.suggested_filename}")
    assert "Nobody asked us" in Path(download.value.path()).read_text()


def test_every_control_has_a_name_and_every_group_its_requirement(form: Page, guide: Guide) -> None:
    for one in guide.standards:
        group = form.get_by_role("group", name=f"{one.id.upper()} {one.title}")
        expect(group).to_have_count(1)
        expect(group).to_have_accessible_description(form.locator(f"#requires-{one.id}").inner_text())
        expect(group.get_by_role("radio")).to_have_count(4)
        expect(group.get_by_role("textbox", name=f"{one.id.upper()}: Note")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(
    kept_context: Callable[..., BrowserContext],
    open_page: Callable[[BrowserContext], Page],
    axe: Axe,
    guide: Guide,
    scheme: str,
    width: int,
) -> None:
    page = open_page(kept_context(color_scheme=scheme, viewport={"width": width, "height": 800}))
    page.goto(AT)
    ready(page)
    answer(page, "st-1", YES, "A note")
    answer(page, "st-2", PARTLY)
    page.locator("details").first.locator("summary").click()
    give(page, OTHER, record(guide, {"st-1": {"answer": "not-yet", "note": "x" * 200}, "st-2": {"answer": "partly"}}))
    expect_said(page, "answers.json is open.")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


# --- what is to be done ---------------------------------------------------------------------------------------------


def test_it_ends_in_the_list_of_actions_that_a_checklist_gives(form: Page, guide: Guide, tmp_path: Path) -> None:
    button = form.get_by_role("button", name="Download the list as CSV")
    expect(button).to_be_disabled()
    answer(form, "st-1", NOT_YET)
    answer(form, "na-1", PARTLY, EVIL)
    answer(form, "fn-1", YES)
    answer(form, "gr-1", NOT_APPLICABLE)
    wanted = action_lists.rows([guide.standard("st-1"), guide.standard("na-1")])
    table = form.locator(".ce-actions__table")
    expect(table.locator("tbody")).to_have_count(2)
    assert table.locator('th[scope="row"]').all_inner_texts() == [row[2] for row in wanted]
    file = saved(form, "Download the list as CSV", tmp_path)
    assert file.name == "actions-commissioner.csv"
    header, *rows = csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline=""))
    assert tuple(header) == action_lists.COLUMNS
    assert [tuple(row[:6]) for row in rows] == [row[:6] for row in wanted]
    assert [row[6] for row in rows if row[0] == "NA-1"] == [f"'{EVIL}"] * len(guide.standard("na-1").clauses)
