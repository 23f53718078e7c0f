"""Makes the pictures of the page for editors: run it when what they show has changed.

    .venv/bin/python tests/editor/pictures.py

Each shows the real thing: the editor inside Visual Studio Code with the guide's own hints, what `guide check` says of a
mistake, and a page built from a changed file. It needs npm, Chromium and the network, and takes about two minutes.
"""

from __future__ import annotations

import html
import json
import shutil
import subprocess
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import FloatRect, Page, sync_playwright

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs/assets/images/editors"
LUTON, AREA = "data/trusts/luton/2009.yml", "data/trusts/luton/trust.yml"
SAID = "Said"
"""Under this name a picture keeps the words that it shows, so that a test can tell when they are others."""
PACKAGES = ("monaco-editor@0.52.2", "monaco-yaml@5.4.0", "esbuild@0.25.12")

EDITOR = """
import * as monaco from "monaco-editor";
import { configureMonacoYaml } from "monaco-yaml";
window.MonacoEnvironment = { getWorkerUrl: (_, label) => (label === "yaml" ? "yaml.js" : "editor.js") };
const given = await (await fetch("given.json")).json();
configureMonacoYaml(monaco, { schemas: [{ uri: "https://guide/trust.json", fileMatch: ["*"], schema: given.schema }] });
const model = monaco.editor.createModel(given.text, "yaml", monaco.Uri.parse("file:///luton.yml"));
window.editor = monaco.editor.create(document.getElementById("editor"), {
  model, fontSize: 15, minimap: { enabled: false }, scrollBeyondLastLine: false, wordWrap: "on", lineNumbersMinChars: 3,
  wordBasedSuggestions: "off", stickyScroll: { enabled: false }, unicodeHighlight: { ambiguousCharacters: false },
  overviewRulerLanes: 0,
  scrollbar: { vertical: "hidden" },
});
"""
STYLE = "body { margin: 0; background: #fff; font-family: system-ui, sans-serif }"


def make(folder: Path) -> None:
    project = folder / "project"
    project.mkdir()
    for name in ("data", "docs", "theme"):
        shutil.copytree(ROOT / name, project / name)
    shutil.copy(ROOT / "mkdocs.yml", project)
    (project / "macros").symlink_to(ROOT / "macros")
    site = folder / "site"
    site.mkdir()
    text = (project / LUTON).read_text(encoding="utf-8")
    _bundle_editor(site, text)
    _write_terminal(site, project, text)
    _build_changed(site, project)
    PICTURES.mkdir(exist_ok=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 720, "height": 420}, color_scheme="light", reduced_motion="reduce")
        address = f"http://127.0.0.1:{server.server_address[1]}"
        _hints(page, address)
        _check(page, address, (site / "terminal.txt").read_text(encoding="utf-8"))
        _preview(page, address)
        browser.close()
    server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _bundle_editor(site: Path, text: str) -> None:
    built = site.parent / "editor"
    built.mkdir()
    (built / "package.json").write_text('{"private": true}', encoding="utf-8")
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", *PACKAGES], cwd=built, check=True)
    (built / "main.js").write_text(EDITOR, encoding="utf-8")
    entries = {
        "main": "main.js",
        "yaml": "node_modules/monaco-yaml/yaml.worker.js",
        "editor": "node_modules/monaco-editor/esm/vs/editor/editor.worker.js",
    }
    for name, entry in entries.items():
        options = ["--bundle", f"--outfile={site / name}.js", "--loader:.ttf=dataurl", "--log-level=error"]
        options.append("--format=esm" if name == "main" else "--format=iife")
        subprocess.run(["node_modules/.bin/esbuild", entry, *options], cwd=built, check=True)
    schema = json.loads((ROOT / ".schema/first-profile.schema.json").read_text(encoding="utf-8"))
    given = {"schema": schema, "text": text.partition("\n")[2]}  # it is handed the schema that the first line names
    (site / "given.json").write_text(json.dumps(given), encoding="utf-8")
    (site / "editor.html").write_text(
        f"<!doctype html><meta charset=utf-8><link rel=stylesheet href=main.css>"
        f"<style>{STYLE} #editor {{ height: 420px }}</style>"
        "<div id=editor></div><script type=module src=main.js></script>",
        encoding="utf-8",
    )


def broken(text: str) -> str:
    """Return the file of Luton with the two mistakes that the picture of the check shows."""
    slip = text.replace("draft sent for confirmation", "draft sent for confirmatio", 1)
    return slip.replace("amount: 2000000", "amount: £2m", 1)


def _write_terminal(site: Path, project: Path, text: str) -> None:
    (project / LUTON).write_text(broken(text), encoding="utf-8")
    command = [sys.executable, "-m", "macros", "check", LUTON]
    said = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False).stdout
    (project / LUTON).write_text(text, encoding="utf-8")
    (site / "terminal.txt").write_text(said, encoding="utf-8")
    lines = html.escape(f"$ guide check {LUTON}\n{said}")
    (site / "terminal.html").write_text(
        f"<!doctype html><meta charset=utf-8><style>{STYLE} pre {{ margin: 0; padding: 20px; font: 15px/1.5 monospace; "
        f"white-space: pre-wrap; width: 680px }}</style><pre>{lines}</pre>",
        encoding="utf-8",
    )


def _build_changed(site: Path, project: Path) -> None:
    area = (project / AREA).read_text(encoding="utf-8")
    (project / AREA).write_text(area.replace("Luton Borough Council", "Luton Council", 1), encoding="utf-8")
    command = [sys.executable, "-m", "macros", "build", "--site-dir", str(site / "preview")]
    subprocess.run(command, cwd=project, check=True, capture_output=True)


def _lighten(path: Path, said: str = "") -> None:
    """Write a picture again with few colours: it has few, and readers wait for each. It keeps the words it shows."""
    kept = PngInfo()
    if said:
        kept.add_itxt(SAID, said)
    with Image.open(path) as picture:
        light = picture.convert("RGB").quantize(24, dither=Image.Dither.NONE)
    light.save(path, optimize=True, pnginfo=kept)


def _upper(height: int) -> FloatRect:
    return {"x": 0, "y": 0, "width": 720, "height": height}


def _hints(page: Page, address: str) -> None:
    page.goto(f"{address}/editor.html")
    page.wait_for_function("window.editor")
    page.wait_for_timeout(2000)
    page.evaluate(
        """() => {
            const line = editor.getModel().findMatches("  interview: ", false, false, true, null, false)[0].range;
            editor.executeEdits("", [{ range: { ...line, endColumn: 200 }, text: "  interview: " }]);
            editor.setPosition({ lineNumber: line.startLineNumber, column: 14 });
            editor.setScrollTop(editor.getTopForLineNumber(line.startLineNumber - 7));
            editor.focus();
        }"""
    )
    page.wait_for_timeout(3000)  # until the words are known that fit here
    page.evaluate("editor.trigger('', 'editor.action.triggerSuggest', {})")
    page.wait_for_selector(".suggest-widget.visible .monaco-list-row")
    page.keyboard.press("ArrowDown")
    page.evaluate("editor.trigger('', 'toggleSuggestionDetails', {})")
    page.wait_for_timeout(1000)
    page.screenshot(path=PICTURES / "hints.png", clip=_upper(300))
    _lighten(PICTURES / "hints.png")


def _check(page: Page, address: str, said: str) -> None:
    page.goto(f"{address}/terminal.html")
    page.locator("pre").screenshot(path=PICTURES / "check.png")
    _lighten(PICTURES / "check.png", said)


def _preview(page: Page, address: str) -> None:
    page.goto(f"{address}/preview/trusts/luton/")
    page.wait_for_timeout(500)
    page.screenshot(path=PICTURES / "preview.png", clip=_upper(330))
    _lighten(PICTURES / "preview.png")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        make(Path(temporary))
    for picture in sorted(PICTURES.iterdir()):
        print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size / 1000:.0f} kB")
