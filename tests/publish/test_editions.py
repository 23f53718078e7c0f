"""What editions are made of: their date and version, scripts without modules, and a ZIP that is always the same."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

import pytest

from macros.publish.editions.edition import Edition, EditionError
from macros.publish.editions.offline import make_zip
from macros.publish.editions.script_bundle import join_modules

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "docs/assets/javascripts"

# --- date and version ---------------------------------------------------------------------------------------------


def test_the_date_is_that_of_the_last_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    (tmp_path / "file").write_text("one")
    settings = ["-c", "user.name=A", "-c", "user.email=a@b.example"]
    for command in (["init", "-q"], ["add", "."], [*settings, "commit", "-qm", "one", "--date=2026-03-03T12:00:00Z"]):
        subprocess.run(
            ["git", *command], cwd=tmp_path, check=True, env={"GIT_COMMITTER_DATE": "2026-03-03T12:00:00Z", "HOME": "/"}
        )
    edition = Edition.of(tmp_path)
    assert edition.day == "3 March 2026"
    assert "with changes" not in edition.version
    (tmp_path / "file").write_text("two")
    assert Edition.of(tmp_path).version.endswith(", with changes)")


def test_a_given_date_goes_before_and_a_wrong_one_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1238544000")
    assert Edition.of(ROOT).day == "1 April 2009"
    assert "(" not in Edition.of(tmp_path).version  # no git there
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(EditionError, match="SOURCE_DATE_EPOCH is “yesterday”"):
        Edition.of(ROOT)


# --- scripts ------------------------------------------------------------------------------------------------------


def run(script: str) -> str:
    """Return what a script prints."""
    done = subprocess.run(["node", "-"], input=script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_modules_do_the_same_when_joined() -> None:
    files = {
        "js/start.js": b"""import { twice as double, Box } from "./parts/box.js";
import * as all from './parts/box.js';
import "./effect.js";
// export { comment } is left alone
const LATER = { a: "./later.js" };
console.log(double(2), new Box(3).value, all.NAME, this === undefined);
import(LATER.a).then((later) => console.log(later.say()));
console.log("end");
""",
        "js/parts/box.js": b"""import { NAME as OWN } from "../names.js";
export class Box { constructor(value) { this.value = value; } }
const two = (x) => 2 * x;
export { two as twice, OWN as NAME };
""",
        "js/names.js": b'export const NAME = "box";\n',
        "js/effect.js": b'console.log("effect", typeof this);\n',
        "js/later.js": b'export async function* unused() {}\nexport function say() { return "later"; }\n',
        "js/other.js": b"syntax error",
    }
    script = join_modules("js/start.js", files)
    assert "other.js" not in script
    assert run(script).splitlines() == ["effect undefined", "4 3 box true", "end", "later"]


@pytest.mark.parametrize(
    "line",
    [
        "export default 1;",
        "export let a = 1;",
        'export * from "./b.js";',
        'import a from "./b.js";',
        "import.meta.url;",
    ],
)
def test_what_cannot_be_joined_is_told_by_line(line: str) -> None:
    with pytest.raises(EditionError, match=r"^js/a\.js:2: found “.*”; expected .*; write it as") as told:
        join_modules("js/a.js", {"js/a.js": f"// one\n{line}\n".encode(), "js/b.js": b""})
    assert line.split(";")[0][:9] in str(told.value)


def test_the_guides_own_modules_can_be_joined() -> None:
    files = {path.relative_to(ROOT / "docs").as_posix(): path.read_bytes() for path in (ROOT / "docs").rglob("*.js")}
    script = join_modules("assets/javascripts/parts.js", files)
    subprocess.run(["node", "--check", "-"], input=script, text=True, check=True)
    assert "self-assessment/record.js" in script


# --- the ZIP ------------------------------------------------------------------------------------------------------


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {
        "index.html": '<head><link rel="canonical" href="https://guide.example/"></head>'
        '<a class=x href="trusts/?a=1&amp;b=2#c">'
        '<script src="a.js" type="module"></script><a href="data/all.csv" download><a href="papers/x.pdf">',
        "trusts/index.html": '<head></head><a href=\'..\'>é</a><a href="../#top"><a href="#here">'
        "<a href='mailto:a@b'>"
        '<!-- <a href="../"> --><a href="../404.html"><a\n  href="./">',
        "404.html": "gone",
        "sitemap.xml": "map",
        "a.js": 'import "./b.js";\n',
        "b.js": "1;\n",
        "b.js.map": "{}",
        "data/all.csv": "a,b\n",
        "papers/x.pdf": "%PDF",
    }
    for name, content in files.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path / "site"


def unpacked(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_links_lead_to_files_and_all_else_stays(site: Path) -> None:
    files = unpacked(make_zip(site, Edition.of(ROOT)))
    top = "clear-expectations/"
    assert [*files] == sorted(files)
    pages, scripts = {"index.html", "trusts/index.html"}, {"a.js", "b.js", "assets/javascripts/offline.js"}
    assert {name.removeprefix(top) for name in files} == pages | scripts | {"data/all.csv", "README.txt"}
    home, trusts = files[f"{top}index.html"], files[f"{top}trusts/index.html"]
    assert '<a class="x" href="trusts/index.html?a=1&amp;b=2#c">' in home
    assert '<script src="a.js" defer></script>' in home
    assert '<a href="data/all.csv" download>' in home
    assert '<a href="https://guide.example/papers/x.pdf">' in home
    assert '<a href="../index.html">é</a><a href="../index.html#top"><a href="#here"><a href=\'mailto:a@b\'>' in trusts
    assert '<!-- <a href="../"> --><a href="https://guide.example/404.html"><a href="index.html">' in trusts
    assert '<script src="../assets/javascripts/offline.js"></script>' in trusts
    assert "open index.html" in files[f"{top}README.txt"]


def test_it_is_the_same_whoever_makes_it(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1238544000")
    first = make_zip(site, Edition.of(ROOT))
    (site / "index.html").chmod(0o600)
    (site / "index.html").touch()
    assert make_zip(site, Edition.of(ROOT)) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {(one.date_time, one.external_attr >> 16) for one in archive.infolist()} == {
            ((2009, 4, 1, 0, 0, 0), 0o100644)
        }
