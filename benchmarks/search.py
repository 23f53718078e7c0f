"""Measures how well search finds what people type, compared with Material's own search on the same pages.

    python benchmarks/search.py                   # builds the site, three times in all
    python benchmarks/search.py --site site       # uses an existing site; builds twice
    python benchmarks/search.py --pagefind 1.5.2  # asks Pagefind too, fetched from the npm registry

Every engine answers the queries of `tests/search/queries.yml` in Chromium, with the code that readers run. Ours was
tuned on the first part of the queries only. A result answers a query if it leads to a wanted page. If a section is
wanted, the result must show it: ours shows three of a page; for the others, all that they return count. If another
engine has no section of its own for a term, the section that contains the term counts.

    python benchmarks/search.py --sizes 10 150 --write  # only how long the first result takes, for regions of any size
    python benchmarks/search.py --slow --sizes 10 150 --before old-site --write  # the same on a slow phone

A slow phone is Chromium with a quarter of the machine's speed, 1.6 Mbit/s and 150 ms to the host and back. The host is
nginx with the settings that the site ships. `--before` measures another built site in turn with ours, which shows how
much of a time is due to the machine.

Times are in milliseconds and depend on the machine; "first" is from the last letter typed to the first result shown.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urldefrag

from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests/search"), str(ROOT / "benchmarks")]

import hosts  # noqa: E402
import queries  # noqa: E402 - from the folders above
from queries import PARTS, Query, Result, Score  # noqa: E402
from results import table, write_section  # noqa: E402
from shipped import serving  # noqa: E402

from macros.pages.project import Project  # noqa: E402
from macros.publish.build import build  # noqa: E402
from macros.publish.search_shards import FIRST_FILE  # noqa: E402
from macros.reading.guide import load  # noqa: E402

STOCK = "  - search\n"
TUNED = """\
  - search:
      separator: '[\\s\\-–—,.;:!?=/()\\[\\]"“”‘’]+'
      pipeline: [trimmer]
"""

Answers = tuple[list[list[Result]], list[float]]
"""The results for each query, best first, and how long they took."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, help="a built site")
    parser.add_argument("--pagefind", metavar="VERSION", help="ask Pagefind of this version too")
    parser.add_argument("--sizes", type=int, nargs="+", metavar="N", help="time the first result with so many Trusts")
    parser.add_argument("--slow", action="store_true", help="time it on a slow telephone")
    parser.add_argument("--before", type=Path, help="with --slow: an older built site to time in turns with ours")
    parser.add_argument("--write", action="store_true", help="write the times of --sizes into RESULTS.md")
    options = parser.parse_args()
    if options.slow:
        body = on_a_slow_telephone(options.sizes or [10], options.before)
        print(body)
        if options.write:
            command = " ".join(["python benchmarks/search.py", *sys.argv[1:]])
            write_section("search-slow", "First result of a search on a slow telephone", body, command)
        return
    if options.sizes:
        body = by_size(options.sizes)
        print(body)
        if options.write:
            write_section(
                "search", "First result of a search", body, " ".join(["python benchmarks/search.py", *sys.argv[1:]])
            )
        return
    asked = queries.read(load(ROOT / "data"))
    with tempfile.TemporaryDirectory() as folder, chromium() as page:
        work = Path(folder)
        site = options.site or work / "site"
        if not options.site:
            build(Project(ROOT), site)
        print(f"{'':<24}{'part':<9}{'queries':>8}{'hit@1':>8}{'hit@3':>8}{'MRR':>8}{'nothing':>9}")
        show("ours", asked, ask_ours(page, site, asked), packed(site / FIRST_FILE))
        for name, plugin in (("Material, stock", STOCK), ("Material, tuned", TUNED)):
            other = with_material(work / name.rpartition(" ")[2], plugin)
            given = regrouped(ask_material(page, other, asked), asked, other)
            show(name, asked, given, packed(other / "search/search_index.json"))
        if options.pagefind:
            other = with_pagefind(work / "pagefind", site, options.pagefind)
            given = regrouped(ask_pagefind(page, other, asked), asked, other)
            show(f"Pagefind {options.pagefind}", asked, given, 0)
        times = first_results(page, site, [query.text for query in asked if query.part != "tuning"][:40])
        print(f"\nfrom the last letter to the first result, ours, {len(times)} queries: {spread(times)}")


def show(name: str, asked: Sequence[Query], given: Answers, size: int) -> None:
    """Print the results of one engine."""
    answers, times = given
    for part in PARTS:
        mine = [(query, results) for query, results in zip(asked, answers, strict=True) if query.part == part]
        score = Score.of([query.rank(results) for query, results in mine])
        nothing = sum(not results for _, results in mine) / len(mine)
        print(
            f"{name:<24}{part:<9}{score.queries:>8}{score.hit_1:>8.3f}{score.hit_3:>8.3f}{score.mrr:>8.3f}{nothing:>9.3f}"
        )
    index = f", index {size / 1000:.0f} kB compressed" if size else ""
    print(f"{'':<24}a query: {spread(times)}{index}", flush=True)


def spread(times: Sequence[float]) -> str:
    """Return the middle and the slow end of some times."""
    return f"median {statistics.median(times):.1f} ms, 95 % below {statistics.quantiles(times, n=20)[-1]:.1f} ms"


def packed(file: Path) -> int:
    return len(gzip.compress(file.read_bytes()))


# --- the engines --------------------------------------------------------------------------------------------------


def ask_ours(page: Page, site: Path, asked: Sequence[Query]) -> Answers:
    with serving(site, silent=True) as address:
        page.goto(f"{address}search/")
        page.wait_for_selector(".ce-search__example", timeout=60_000)
        given = page.evaluate(
            """async texts => {
              const index = ceSearch.open(ceSearchLoad, await ceSearchLoad("index"));
              const answers = [];
              for (const text of texts) {
                const started = performance.now();
                const { results } = await index.find(text);
                const shown = await Promise.all(results.slice(0, 10).map(index.shown));
                const taken = performance.now() - started;
                answers.push([shown.map(one => [one.url, one.sections.map(part => part.anchor)]), taken]);
              }
              return answers;
            }""",
            [query.text for query in asked],
        )
    return [[Result(*one) for one in results] for results, _ in given], [time for _, time in given]


def ask_material(page: Page, site: Path, asked: Sequence[Query]) -> Answers:
    """Ask the theme's own worker, as its search box does."""
    (worker,) = site.glob("assets/javascripts/workers/search.*.min.js")
    with serving(site, silent=True) as address:
        page.goto(address)
        given = page.evaluate(
            """async ([worker, index, texts]) => {
              const { config, docs } = await (await fetch(index)).json();
              const engine = new Worker(worker);
              const ask = message => new Promise(done => {
                engine.onmessage = event => done(event.data);
                engine.postMessage(message);
              });
              await ask({ type: 0, data: { config, docs, options: { suggest: false } } });
              const answers = [];
              for (const text of texts) {
                const started = performance.now();
                const { data } = await ask({ type: 2, data: text });
                answers.push([data.items.map(item => item.map(one => one.location)), performance.now() - started]);
              }
              return answers;
            }""",
            [
                address + worker.relative_to(site).as_posix(),
                f"{address}search/search_index.json",
                [query.text for query in asked],
            ],
        )
    return [[as_result(links) for links in results] for results, _ in given], [time for _, time in given]


def ask_pagefind(page: Page, site: Path, asked: Sequence[Query]) -> Answers:
    with serving(site, silent=True) as address:
        page.goto(address)
        given = page.evaluate(
            """async ([module, texts]) => {
              const engine = await import(module);
              await engine.init();
              const answers = [];
              for (const text of texts) {
                const started = performance.now();
                const found = (await engine.search(text)).results.slice(0, 10);
                const pages = await Promise.all(found.map(one => one.data()));
                const links = pages.map(one => [one.raw_url, ...one.sub_results.map(part => part.url)]);
                answers.push([links, performance.now() - started]);
              }
              return answers;
            }""",
            [f"{address}pagefind/pagefind.js", [query.text for query in asked]],
        )
    results = [[as_result([link.lstrip("/") for link in links]) for links in found] for found, _ in given]
    return results, [time for _, time in given]


def as_result(links: Sequence[str]) -> Result:
    parts = [urldefrag(link) for link in links]
    return Result(parts[0].url, [part.fragment for part in parts])


def regrouped(given: Answers, asked: Sequence[Query], site: Path) -> Answers:
    """Where an engine has no section for a wanted term, count the section that contains the term instead."""
    held: dict[str, str] = {}
    for url, _, anchor in {one.partition("#") for query in asked for one in query.wants}:
        soup = BeautifulSoup((site / url / "index.html").read_text(encoding="utf-8"), "lxml")
        part = soup.find(id=anchor) if anchor else None
        head = part.find_previous(["h1", "h2", "h3"], id=True) if part and part.name == "dt" else None
        if head is not None:
            held[f"{url}#{anchor}"] = str(head["id"])

    def widened(result: Result, query: Query) -> Result:
        more = [
            one.partition("#")[2]
            for one in query.wants
            if one.partition("#")[0] == result.url and held.get(one) in result.sections
        ]
        return Result(result.url, [*result.sections, *more])

    answers, times = given
    return [[widened(one, query) for one in found] for query, found in zip(asked, answers, strict=True)], times


# --- the sites ----------------------------------------------------------------------------------------------------


def with_material(project: Path, plugin: str) -> Path:
    """Build the same pages with the theme's search plugin; return the site."""
    for name in ("data", "docs", "macros", "theme"):
        shutil.copytree(ROOT / name, project / name)
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    off = "  - search:.*\n      enabled: false\n"
    changed, found = re.subn(off, lambda _: plugin, settings)
    if not found:
        sys.exit("mkdocs.yml no longer turns the plugin “search” off: say here what takes its place")
    # Not by the guide's own build, nor with its hook: both leave out what the theme's search needs.
    changed = re.sub(r"(?m)^hooks:.*\n(?:  .*\n)*", "", changed)
    (project / "mkdocs.yml").write_text(changed, encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"],
        cwd=project,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return project / "site"


def with_pagefind(folder: Path, site: Path, version: str) -> Path:
    """Index a copy of the site with Pagefind; return the copy."""
    shutil.copytree(site, folder)
    command = ["npx", "--yes", f"pagefind@{version}", "--site", str(folder), "--root-selector", "article"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder


OPENED = 9
"""How often the search page is opened afresh."""


def by_size(sizes: Sequence[int]) -> str:
    """Return a table of the waiting time for the first result, for growing numbers of Trusts."""
    rows = []
    with tempfile.TemporaryDirectory() as folder, chromium() as page:
        for size in sizes:
            site = of_size(size, Path(folder))
            opened, typed = (
                opening(page, site),
                first_results(page, site, ["Luton training", "needs", "jsna", "money"] * 5),
            )
            middle = (statistics.median(opened), min(opened), statistics.median(typed), min(typed))
            rows.append([f"{size:,}", f"{packed(site / FIRST_FILE) / 1000:.0f}", *(f"{one:.0f}" for one in middle)])
    heads = [
        "Trusts",
        "index, kB compressed",
        "page opened to first result, ms, median",
        "least",
        "letter typed to first result, ms, median",
        "least",
    ]
    small = rows[0]
    ratios = [f"- {row[0]} against {small[0]} Trusts: opened {int(row[2]) / int(small[2]):.2f}" for row in rows[1:]]
    return "\n\n".join(filter(None, (table(heads, rows), "\n".join(ratios))))


def of_size(size: int, folder: Path) -> Path:
    """Build the site of a made-up region with this many Trusts; return it."""
    project = folder / str(size)
    region = [sys.executable, str(ROOT / "benchmarks/region.py"), str(project), "--trusts", str(size)]
    for command, work in ((region, ROOT), ([sys.executable, "-m", "macros", "build"], project)):
        subprocess.run(command, cwd=work, env={**os.environ, "PYTHONPATH": str(work)}, check=True)
    return project / "site"


SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
"""The network of a slow phone: milliseconds, and bytes a second."""
SLOWER = 4
"""How many times slower a slow phone is than this machine."""


def on_a_slow_telephone(sizes: Sequence[int], before: Path | None) -> str:
    """Return a table of the waiting time for the first result on a slow phone, with nothing cached."""
    rows = []
    with tempfile.TemporaryDirectory() as name, chromium() as page, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)
        sites = {f"{size:,}": of_size(size, folder / "projects") for size in sizes}
        if before:
            sites = {"before": before, **sites}
        ports = {}
        for label, site in sites.items():
            place = folder / f"host-{label}"
            place.mkdir(mode=0o755)
            shutil.copytree(site, place / "public")
            ports[label] = stack.enter_context(hosts.running(hosts.nginx, place / "public", place))
        browser = page.context.browser
        if browser is None:
            sys.exit("the browser is gone")
        times: dict[str, list[float]] = {label: [] for label in sites}
        for _ in range(OPENED):
            for label, port in ports.items():
                times[label].append(cold(browser, f"http://127.0.0.1:{port}/search/#q=Luton training"))
        for label, taken in times.items():
            rows.append([label, f"{statistics.median(taken):.0f}", f"{min(taken):.0f}"])
    heads = ["Trusts", "page opened to first result, ms, median", "least"]
    first = times["before"] if before else []
    ratios = [
        f"- {label} Trusts against before: {min(taken) / min(first):.2f} of the least time"
        for label, taken in times.items()
        if before and label != "before"
    ]
    return "\n\n".join(filter(None, (table(heads, rows), "\n".join(ratios))))


def cold(browser: Browser, url: str) -> float:
    """Open an address in a new browser on a slow phone; return the time of the first result, in ms."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, bypass_csp=True)
    page = context.new_page()
    page.add_init_script(FIRST_RESULT)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(url)
    page.wait_for_function("window.ceFirst", timeout=60_000)
    taken = float(page.evaluate("window.ceFirst"))
    context.close()
    return taken


def opening(page: Page, site: Path) -> list[float]:
    """Return the times from opening the search page with a query to the first result, with nothing cached."""
    page.add_init_script(FIRST_RESULT)
    times = []
    with serving(site, silent=True) as address:
        for number in range(OPENED + 1):
            page.goto("about:blank")
            page.goto(f"{address}search/?{number}#q=Luton training")
            page.wait_for_function("window.ceFirst", timeout=60_000)
            times.append(float(page.evaluate("window.ceFirst")))
    return times[1:]  # the first also starts the browser's own parts


FIRST_RESULT = """new MutationObserver(() => {
  if (!window.ceFirst && document.querySelector(".ce-found")) window.ceFirst = performance.now();
}).observe(document, { childList: true, subtree: true });"""


def first_results(page: Page, site: Path, texts: Sequence[str]) -> list[float]:
    """Return the times from the last letter typed to the first result on the page, with search already loaded."""
    with serving(site, silent=True) as address:
        page.goto(f"{address}search/")
        page.wait_for_selector(".ce-search__example", timeout=60_000)
        return [page.evaluate(TYPED, text) for text in texts]


TYPED = """async text => {
  const input = document.querySelector(".ce-search__input");
  const list = document.querySelector(".ce-search__results");
  input.value = "";
  input.dispatchEvent(new Event("input"));
  await new Promise(requestAnimationFrame);
  const started = performance.now();
  const shown = new Promise(done => new MutationObserver((_, seen) => {
    if (list.children.length) { seen.disconnect(); requestAnimationFrame(done); }
  }).observe(list, { childList: true }));
  input.value = text;
  input.dispatchEvent(new Event("input"));
  await shown;
  return performance.now() - started;
}"""
"""Puts a text into the box of the search page; returns the time until a result is about to be painted."""


@contextmanager
def chromium() -> Iterator[Page]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        sys.exit("there is no Chromium here: `make test` installs it or says how")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser.new_page(bypass_csp=True)
        browser.close()


if __name__ == "__main__":
    main()
