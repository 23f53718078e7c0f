"""A scratch repository with the real data and pages, whose history a test writes day by day."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]
FIRST = "2026-11-22"
"""The day of the first commit: that of the first writing."""


class Scratch:
    """A repository whose first commit holds the guide as it is."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for folder in ("data", "docs"):
            shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("assets"))
        for name in ("mkdocs.yml", "addresses.txt"):
            shutil.copyfile(ROOT / name, root / name)
        self.change("data/region.yml", r"first_written: \S+", f"first_written: {FIRST}")
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit(FIRST)

    def git(self, *arguments: str, day: str = FIRST) -> str:
        when = f"{day}T12:00:00Z"
        names = {
            f"GIT_{who}_{what}": value
            for who in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", "Scratch"), ("EMAIL", "scratch@example.org"), ("DATE", when))
        }
        calm = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        run = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env={**kept, **calm, **names},
            capture_output=True,
            text=True,
            check=True,
        )
        return run.stdout.strip()

    def commit(self, day: str) -> str:
        """Record everything as it stands, on a day; return the commit."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "A change", day=day)
        return self.git("rev-parse", "HEAD")

    def change(self, file: str, old: str, new: str) -> None:
        """Put `new` for the first place that the expression `old` fits, which must be there."""
        path = self.root / file
        text, found = re.subn(old, new, path.read_text(encoding="utf-8"), count=1)
        assert found, f"{file} no longer holds {old!r}: give this test another text to change"
        path.write_text(text, encoding="utf-8")

    def rename_luton(self) -> None:
        """Give Luton the slug `luton-town`, wherever its slug stands, and its old address a place to lead to."""
        (self.root / "data/trusts/luton").rename(self.root / "data/trusts/luton-town")
        (self.root / "docs/trusts/luton.md").rename(self.root / "docs/trusts/luton-town.md")
        self.change("docs/trusts/luton-town.md", r'trust_profile\("luton"\)', 'trust_profile("luton-town")')
        for path in (self.root / "data").rglob("*.yml"):
            text = path.read_text(encoding="utf-8")
            text = re.sub(r"(?m)^(\s*(?:- )?(?:trust: )?)luton$", r"\1luton-town", text)
            path.write_text(re.sub(r"(\[|, )luton(?=[\],])", r"\1luton-town", text), encoding="utf-8")
        for name in ("places", "areas"):
            rows = self.root / f"data/{name}.csv"
            rows.write_text(rows.read_text(encoding="utf-8").replace(",luton,", ",luton-town,"), encoding="utf-8")
        self.change(
            "data/moved.yml", r"(?m)^\[\]$", "- address: trusts/luton/\n  to: trusts/luton-town/\n  on: 2027-01-05"
        )
