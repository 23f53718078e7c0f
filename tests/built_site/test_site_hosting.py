"""What a host finds in a built site: the policy on each page, the files that hosts read, nothing of who built it."""

from __future__ import annotations

import getpass
import json
import re
import sys
from pathlib import Path

import pytest
from built_site import ROOT, Site

from macros.derived import http_headers
from macros.pages import host_files
from macros.publish import hosting
from macros.publish.editions.offline import FILES_LEFT_OUT
from macros.publish.ownership import MARK


def test_each_page_says_the_policy_before_it_fetches_anything(either: Site) -> None:
    for url, page in either.pages.items():
        said = page.soup.select("meta[http-equiv=Content-Security-Policy]")
        assert [one["content"] for one in said] == [http_headers.PAGE_POLICY], url
        assert page.soup.select_one("meta[name=referrer][content=no-referrer]"), url
        before = page.html[: page.html.index("Content-Security-Policy")]
        assert not re.search(r"<(script|link|style|img)\b", before), url


def test_no_page_holds_what_the_policy_refuses(either: Site) -> None:
    """Scripts of data are no scripts: a browser reads them and runs nothing."""
    for url, page in either.pages.items():
        inline = [one for one in page.soup.select("script:not([src])") if "json" not in str(one.get("type"))]
        assert inline == [], url
        assert page.soup.select("style, [style], base, iframe, object, embed") == [], url
        assert re.findall(r"<[^>]+\son[a-z]+=", page.html) == [], url


def test_no_source_map_is_there_or_named(either: Site) -> None:
    assert [name for name in either.files if name.endswith(".map")] == []
    for name in either.files:
        if name.endswith((".js", ".css")) and "/vendor/" not in name:  # those are unchanged copies
            assert b"sourceMappingURL" not in (either.folder / name).read_bytes(), name


def test_a_host_knows_what_each_file_is(either: Site) -> None:
    endings = {
        name.rpartition("/")[2].rpartition(".")[2] for name in either.files if name not in {*host_files.FILES, MARK}
    }
    assert endings - {"LICENSE"} <= hosting.MEDIA.keys()
    assert {"html", "css", "js", "json", "csv", "atom"} <= endings


def test_all_files_for_hosts_say_the_same(either: Site) -> None:
    told = {name: (either.folder / name).read_text(encoding="utf-8") for name in host_files.FILES}
    for header in http_headers.HEADERS:
        assert f"\n  {header.name}: {header.value}\n" in told[host_files.NETLIFY]
        assert f'add_header {header.name} "{header.value}" always;' in told[host_files.NGINX]
        assert f'Header always set {header.name} "{header.value}"' in told[host_files.APACHE]
        assert json.loads(told[host_files.AZURE])["globalHeaders"][header.name] == header.value
    kept = set(re.findall(r"(?m)^/(.+)\n  Cache-Control: .*immutable$", told[host_files.NETLIFY]))
    assert {f"/{name}" for name in kept} == {one["route"] for one in json.loads(told[host_files.AZURE])["routes"]}
    assert kept <= either.files
    assert any(re.search(r"/bundle\.[0-9a-f]{8}\.min\.js$", name) for name in kept)
    assert "assets/stylesheets/guide.css" not in kept  # its address stays when it changes


def test_the_offline_edition_leaves_out_what_hosts_read() -> None:
    assert all(FILES_LEFT_OUT.fullmatch(name) for name in host_files.FILES)


# --- nothing of who built it --------------------------------------------------------------------------------------

HOMES = re.compile(rb"/home/\w|/Users/\w|[a-z]:\\+Users|/root/|file:///|/tmp/|site-packages|\.venv/|\.new-\d", re.I)


def told(folder: Path, words: re.Pattern[bytes]) -> list[str]:
    """Return the files that hold such words, with what they say."""
    return [
        f"{path.relative_to(folder)}: {match[0].decode(errors='replace')}"
        for path in sorted(folder.rglob("*"))
        if path.is_file() and (match := words.search(path.read_bytes()))
    ]


def test_no_path_of_the_machine_is_told(either: Site) -> None:
    own = {str(path).encode() for path in (ROOT, Path.home(), Path(sys.prefix), either.folder) if len(path.parts) > 2}
    assert told(either.folder, re.compile(b"|".join(map(re.escape, sorted(own))) or b"(?!)")) == []
    assert told(either.folder, HOMES) == []


def test_no_user_is_named(either: Site) -> None:
    """The login as a word, unless it is one of English, as on machines that test."""
    login = getpass.getuser()
    if login not in {"root", "runner", "builder", "user", "guest", "admin"}:
        assert told(either.folder, re.compile(rb"\b" + re.escape(login.encode()) + rb"\b")) == []


@pytest.mark.parametrize("words", ["/home/jo/guide", "C:\\Users\\jo", "file:///srv/x", "/srv/guide/.venv/lib"])
def test_a_path_is_found(tmp_path: Path, words: str) -> None:
    (tmp_path / "a.html").write_text(f"<p>{words}</p>", encoding="utf-8")
    assert len(told(tmp_path, HOMES)) == 1
