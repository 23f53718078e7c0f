"""The form for correcting a profile: a person fixes a figure in it, and one place of one file changes."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from axe import Axe
from playwright.sync_api import BrowserContext, Page, expect
from second_wave import lay_over, write_wave_pages

from macros import cli
from macros.editing import github_forms, github_issue, local_editor
from macros.model.trust import Trust
from macros.pages.project import Project
from macros.reading.guide import load

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.browser
SECTION = "Luton: investment in the sector"


def git(project: Project, *command: str) -> str:
    return subprocess.run(["git", *command], cwd=project.root, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A scratch clone: the files of the project in a repository of their own."""
    root = tmp_path_factory.mktemp("clone")
    for name in ("data", "docs", "macros", "theme"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    project = Project(root)
    git(project, "init", "--quiet")
    git(project, "add", ".")
    git(project, "-c", "user.name=Test", "-c", "user.email=test@example.org", "commit", "--quiet", "--message", "All")
    return project


@pytest.fixture(scope="module")
def form(clone: Project) -> Iterator[str]:
    """The address that `guide edit` prints, with its key, on the clone."""
    with local_editor.serving(clone) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield local_editor.address(server)
        server.shutdown()


@pytest.fixture(scope="module")
def served(form: str) -> str:
    """The address of the site that `guide edit` serves."""
    return form.partition(local_editor.FORM)[0]


@pytest.fixture
def own(form: str, clone: Project, page: Page) -> Iterator[Page]:
    """A page of the local server; the clone's files are put back afterwards."""
    page.goto(form)
    yield page
    git(clone, "checkout", "--quiet", ".")
    git(clone, "clean", "--quiet", "--force", "-d", "data", "docs")


def changed(project: Project) -> list[str]:
    """Return the lines that went and came, of all files."""
    lines = git(project, "diff", "--unified=0").splitlines()
    return [line for line in lines if line[:1] in {"+", "-"} and line[:3] not in {"+++", "---"}]


def open_luton(page: Page, *parts: str) -> None:
    page.get_by_label("Which Trust?").select_option("luton")
    expect(page.locator("#correct-loaded")).to_have_text("The profile of Luton is loaded.")
    for part in parts:
        page.locator(f"details[data-field={part}] > summary").click()


def open_amount(page: Page) -> None:
    page.locator("details[data-field=figures] > summary").click()
    page.locator("details[data-field=figures] .ce-correct__item > summary").click()


def test_fix_a_figure(form: str, served: str, own: Page, clone: Project, axe: Axe) -> None:
    # Chromium can lose what a page stored if the next one is opened within moments, sooner than a person would.
    for _ in range(20):
        own.goto(f"{served}trusts/luton/")
        if own.evaluate("sessionStorage.getItem('guide-key')"):
            break
        own.goto(form)
    own.locator("#correct + .ce-part").get_by_role("link", name="investment").click()
    expect(own.get_by_label("Which Trust?")).to_have_value("luton")
    open_amount(own)
    own.get_by_label("Amount", exact=True).fill("£2.5 million")
    expect(own.locator("#correct-list")).to_contain_text("was “2000000”; now “£2.5 million”")
    assert axe(own) == []
    # Without a source nothing is sent, and the form says so.
    own.get_by_role("button", name="Save to the file").click()
    expect(own.locator("#correct-answer")).to_have_text("First say where the source says so.")
    expect(own.locator("#correct-source")).to_be_focused()
    own.keyboard.type(SECTION)
    own.get_by_role("button", name="Save to the file").click()
    answer = own.locator("#correct-answer")
    expect(answer).to_contain_text("Saved. The checks pass.")
    expect(answer).to_contain_text("Amount: was 2,000,000; now 2,500,000")
    expect(answer).to_be_focused()
    assert axe(own) == []
    assert changed(clone) == ["-    - amount: 2000000", "+    - amount: 2500000"]
    own.get_by_role("link", name="See the profile of Luton").click()
    expect(own.locator(".ce-glance")).to_contain_text("£2.5 million")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_choice_stands_beside_its_words(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("edit/?trust=luton")
    for words in ("The guide is wrong about", "Things have changed since"):
        dot, label = page.get_by_label(words).bounding_box(), page.locator("label", has_text=words).bounding_box()
        assert dot and label
        assert dot["width"] == dot["height"] <= 24, "as large as every other"
        assert dot["x"] + dot["width"] < label["x"] < dot["x"] + 2 * dot["width"], "on its left"
        assert abs(dot["y"] - label["y"]) < dot["height"], "on its line"


def tell_that_seats_changed(page: Page) -> None:
    """Say in the form that the board has three seats for the sector now, and which minutes say so."""
    page.get_by_label("Things have changed since then").check()
    page.locator("details[data-field=bodies] > summary").click()
    page.locator("details[data-field=bodies] .ce-correct__item > summary").first.click()
    page.get_by_label("Seats (may be left empty)", exact=True).first.fill("3")
    page.get_by_label("How do things stand, in a sentence or two?").fill("The sector held three seats on the board.")
    page.get_by_label("Which document says so?").fill("Minutes of the Children’s Board")
    page.get_by_label("Who published it?").fill("Luton Council")


def test_things_have_changed_since(
    own: Page,
    clone: Project,
    axe: Axe,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The report stays as it was; what is new stands beside it, with its own date, and is told as new evidence."""
    open_luton(own, "governance")
    tell_that_seats_changed(own)
    expect(own.get_by_role("heading", name="What is different now?")).to_be_visible()
    expect(own.get_by_label("Where does the source say so?")).to_be_hidden()
    assert axe(own) == []
    own.get_by_role("button", name="Save to the file").click()
    expect(own.locator("#correct-answer")).to_have_text("First fill in: When?")
    expect(own.get_by_label("When?", exact=True)).to_be_focused()
    own.keyboard.type("2026-10")
    own.get_by_role("button", name="Save to the file").click()
    answer = own.locator("#correct-answer")
    expect(answer).to_contain_text("Saved. The checks pass.")
    expect(answer).to_contain_text("data/trusts/luton/2026-10.yml:")
    assert changed(clone) == [line for line in changed(clone) if line.startswith("+")]
    profile = (clone.data / "trusts/luton/2026-10.yml").read_text(encoding="utf-8")
    assert "The sector held three seats on the board." in profile
    assert "All agencies" not in profile  # the words of the report are not passed off as those of the minutes
    own.get_by_role("link", name="See the profile of Luton").click()
    glance = own.locator(".ce-glance")
    expect(glance).to_contain_text("The sector had three seats on the Children’s Trust.")
    expect(glance).to_contain_text("As of October 2026")
    own.get_by_role("link", name="See what the report of April 2009 said").click()
    expect(own.get_by_role("heading", level=1)).to_have_text("Luton as of April 2009")
    assert axe(own) == []
    monkeypatch.chdir(clone.root)
    assert cli.run(["changes", "HEAD"]) == 0
    assert "new evidence of October 2026 on governance" in capsys.readouterr().out


@pytest.fixture(scope="module")
def later_form(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the form where a second wave has told of some Trusts."""
    root = tmp_path_factory.mktemp("later")
    for name in ("data", "docs", "macros", "theme"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    write_wave_pages(root, lay_over(root / "data"))
    with local_editor.serving(Project(root)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield local_editor.address(server)
        server.shutdown()


def test_the_form_shows_the_time_that_the_answer_is_about(later_form: str, page: Page) -> None:
    """What the report said, to correct it; and the latest that is known, for what has changed since."""
    page.goto(later_form)
    needs = page.locator("details[data-field=needs]")

    def says(word: str) -> None:
        if needs.get_attribute("open") is None:
            needs.locator("summary").first.click()
        expect(needs.locator("[data-field=involvement] select")).to_have_value(word)

    page.get_by_label("Which Trust?").select_option("luton")
    says("involved")
    changed_since = page.get_by_label("Things have changed since then")
    changed_since.check()
    says("not mentioned")
    needs.locator("[data-field=involvement] select").select_option("consulted")
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_label("The guide is wrong about April 2009").click()
    expect(changed_since).to_be_checked()
    expect(page.locator("#correct-list")).to_contain_text("consulted")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_label("The guide is wrong about April 2009").click()
    says("involved")
    page.get_by_label("Which Trust?").select_option("suffolk")  # of which the second wave told nothing
    expect(page.locator("#correct-loaded")).to_have_text("The profile of Suffolk is loaded.")
    needs.locator("summary").first.click()
    changed_since.check()
    expect(needs).to_have_attribute("open", "")


def test_new_evidence_by_email_says_what_it_is(page: Page) -> None:
    page.goto("edit/")
    open_luton(page, "governance")
    tell_that_seats_changed(page)
    page.get_by_label("When?", exact=True).fill("2026-10")
    mail = urlsplit(page.locator("[data-ce-do=mail]").get_attribute("href") or "")
    told = parse_qs(mail.query)
    assert told["subject"] == ["New evidence: Luton"]
    assert "Things have changed since." in told["body"][0]
    assert "Document: Minutes of the Children’s Board, Luton Council, 2026-10" in told["body"][0]
    with page.expect_download() as download:
        page.get_by_role("button", name="Keep as a file").click()
    assert download.value.suggested_filename == "luton-new-evidence.json"
    sent = github_issue.read_sent(Path(download.value.path()).read_bytes(), load(ROOT / "data"))
    assert sent.since is not None
    assert sent.since.title == "Minutes of the Children’s Board"


def test_what_does_not_fit_is_said_and_nothing_is_saved(own: Page, clone: Project) -> None:
    open_luton(own, "investment")
    open_amount(own)
    own.get_by_label("Amount", exact=True).fill("lots")
    own.locator("#correct-source").fill(SECTION)
    own.get_by_role("button", name="Save to the file").click()
    expect(own.locator("#correct-answer")).to_contain_text("Amount: found “lots”; expected a whole number")
    expect(own.get_by_label("Amount", exact=True)).to_have_value("lots")
    assert changed(clone) == []


def test_items_come_and_go_and_every_change_can_be_undone(own: Page, clone: Project, axe: Axe) -> None:
    open_luton(own, "governance", "voices")
    voices = own.locator("details[data-field=voices]")
    voices.get_by_role("button", name="Add one").click()
    new = voices.locator(".ce-correct__new")
    expect(new.get_by_label("Name")).to_be_focused()
    own.keyboard.type("A new: forum")
    new.get_by_label("Kind").select_option("forum")
    new.get_by_label("Spoke for the sector", exact=True).select_option("No")
    last = voices.locator(".ce-correct__item").last
    last.locator("summary").click()
    last.get_by_role("button", name="Take this out").click()
    first = voices.locator(".ce-correct__item").first
    first.locator("summary").click()
    first.get_by_label("How often it met").fill("monthly")
    expect(own.locator("#correct-list > li")).to_have_count(3)
    assert axe(own) == []
    own.locator("#correct-list > li", has_text="Luton Assembly › How often it met").get_by_role("button").click()
    expect(first.get_by_label("How often it met")).to_have_value("")
    expect(own.locator("#correct-list > li")).to_have_count(2)
    own.locator("#correct-source").fill("Luton: VCS in commissioning governance")
    own.get_by_role("button", name="Save to the file").click()
    expect(own.locator("#correct-answer")).to_contain_text("Saved.")
    assert changed(clone) == [
        "-    - name: Voluntary Action Luton",
        "-      what: >-",
        "-        Partners there helped to set up Vision4CYP.",
        "-      kind: infrastructure body",
        '+    - name: "A new: forum"',
        "+      kind: forum",
    ]


# --- on the public site, where nothing can be saved -----------------------------------------------------------------


def test_the_public_form_sends_nothing_by_itself(page: Page) -> None:
    asked: list[str] = []
    page.goto("edit/?trust=luton&part=investment")
    expect(page.locator("details[data-field=investment]")).to_have_attribute("open", "")
    expect(page.get_by_role("button", name="Save to the file")).to_be_hidden()
    open_amount(page)
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_label("Amount", exact=True).fill("£2.5 million")
    page.locator("#correct-source").fill(SECTION)
    page.keyboard.press("Enter")
    mail = urlsplit(str(page.get_by_role("link", name="Send by email").get_attribute("href")))
    given = parse_qs(mail.query)
    assert mail.path.endswith("@clear-expectations.example")
    assert given["subject"] == ["Correction: Luton"]
    assert "Amount\nwas “2000000”; now “£2.5 million”" in given["body"][0]
    assert f"Source: {SECTION}" in given["body"][0]
    assert not page.get_by_role("link", name="Send through GitHub").is_visible()
    assert asked == []


def test_the_mail_of_a_change_in_a_long_text_has_its_sentence(page: Page) -> None:
    page.goto("edit/?trust=luton&part=investment")
    page.locator("details[data-field=investment] [data-field=narrative] textarea").first.wait_for()
    narrative = page.locator("details[data-field=investment] [data-field=narrative] textarea").first
    narrative.fill(narrative.input_value().replace("The map gave a useful view", "The map gave a clear view"))
    rest = "of every service commissioned with the sector, with its terms and how it was monitored."
    words = f"was “The map gave a useful view {rest}”; now “The map gave a clear view {rest}”"

    def body() -> str:
        mail = urlsplit(str(page.get_by_role("link", name="Send by email").get_attribute("href")))
        return parse_qs(mail.query)["body"][0]

    assert words in body()
    assert "attached" not in body()
    # Many changes: as many as there is room for, and the rest in the file.
    for part in ("governance", "needs", "training", "next_steps"):
        page.locator(f"details[data-field={part}] > summary").click()
        text = page.locator(f"details[data-field={part}] > div > [data-field=narrative] textarea")
        text.fill(". ".join(f"Sentence {number} of many others" for number in range(12)) + ".")
    assert words in body()
    assert "More changes are in the attached file: " in body()
    expect(page.locator("#correct-advice")).to_contain_text("An email has no room for all of them")


def test_what_is_kept_as_a_file_is_what_the_command_reads(page: Page) -> None:
    page.goto("edit/?trust=luton&part=investment")
    open_amount(page)
    page.get_by_label("Amount", exact=True).fill("£2.5 million")
    page.locator("#correct-source").fill(SECTION)
    with page.expect_download() as download:
        page.get_by_role("button", name="Keep as a file").click()
    assert download.value.suggested_filename == "luton-correction.json"
    content = Path(download.value.path()).read_bytes()
    correction = github_issue.read_sent(content, load(ROOT / "data"))
    assert correction.record == "trusts/luton"
    assert json.loads(content)["changes"] == [
        {"op": "set", "path": ["investment", "figures", 0, "amount"], "value": "£2.5 million", "was": 2000000}
    ]


def test_the_link_to_github_is_understood_again(page: Page) -> None:
    page.goto("edit/?trust=luton&part=investment")
    page.evaluate("document.getElementById('correct').dataset.repository = 'https://github.com/example/guide'")
    open_amount(page)
    page.get_by_label("Amount", exact=True).fill("£2.5 million")
    page.locator("#correct-source").fill(SECTION)
    link = str(page.get_by_role("link", name="Send through GitHub").get_attribute("href"))
    answers = {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
    assert answers.pop("template") == github_forms.CORRECT
    assert set(answers) == {github_forms.PLACE, github_forms.NOW, github_forms.NEW, github_forms.SOURCE}
    body = "\n\n".join(f"### {github_forms.HEADINGS[name]}\n\n{value}" for name, value in answers.items())
    (change,) = github_issue.from_issue(body, load(ROOT / "data")).changes
    assert (change.path, change.value) == (("investment", "figures", 0, "amount"), "£2.5 million")
    page.get_by_label("Each year or the whole period", exact=True).select_option("not mentioned")
    expect(page.get_by_role("link", name="Send through GitHub")).to_be_hidden()
    assert "GitHub’s form takes one changed field at a time." in page.locator("#correct-advice").inner_text()


def test_the_form_has_every_field_under_the_name_that_the_program_knows(page: Page) -> None:
    page.goto("edit/?trust=luton")
    expect(page.locator("#correct-loaded")).to_have_text("The profile of Luton is loaded.")
    shown = page.evaluate(
        """async () => {
          const closed = () => [...document.querySelectorAll("#correct-fields details:not([open])")];
          while (closed().length) {
            for (const one of closed()) one.open = true;
            await new Promise((done) => setTimeout(done, 50));
          }
          const words = [];
          for (const control of document.querySelectorAll("#correct-fields :is(input, textarea, select)")) {
            if (control.options) control.selectedIndex = control.selectedIndex ? 0 : 1; else control.value += "x";
            control.dispatchEvent(new Event("input", { bubbles: true }));
            words.push(document.querySelector("#correct-list li:last-child strong").textContent);
            document.querySelector("#correct-list button").click();
          }
          return words;
        }"""
    )
    value = load(ROOT / "data").trust("luton").model_dump(mode="json")
    leaves = github_issue._leaves(value, Trust, (), "Luton")
    known = [where for path, where, *_ in leaves if path != ("source",) and path[-1] != "id"]
    # A square that is not on the map and a list's first item have fields in the form only.
    assert set(known) <= set(shown)
    assert len(shown) == len(set(shown))


def test_without_scripts_the_page_says_what_to_do(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto("edit/")
    expect(page.locator("[data-ce-unready]")).to_contain_text("write to")
    expect(page.locator("#correct")).to_be_hidden()


def test_only_the_form_fetches_its_script(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(unquote(request.url)).path))
    page.goto("trusts/luton/")
    page.wait_for_load_state("networkidle")
    assert not [one for one in asked if one.endswith("correct.js")]
