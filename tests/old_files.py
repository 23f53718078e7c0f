"""Data as guides kept it at first, made from today’s: a file for each Trust, the first wave in that of the region."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from mistakes import BASELINE

_MODELINE = re.compile(r"\A# yaml-language-server:.*\n")


def put_back(data: Path) -> None:
    """Change a copy of the data into what guides had at first."""
    for folder in sorted((data / "trusts").iterdir()):
        area, profile = folder / "trust.yml", folder / f"{BASELINE}.yml"
        head, _, told = _without_modeline(profile).partition("\n")
        lasting = "".join(line for line in _without_modeline(area).splitlines(keepends=True) if line[0] != "#")
        modeline = "# yaml-language-server: $schema=../../.schema/trust.schema.json"
        (data / f"trusts/{folder.name}.yml").write_text(f"{modeline}\n{head}\n{lasting}{told}", encoding="utf-8")
        area.unlink()
        profile.unlink()
        if not any(folder.iterdir()):
            folder.rmdir()
    wave = data / f"waves/{BASELINE}.yml"
    text = re.sub(r"(?m)\A#.*\n", "", _without_modeline(wave))
    found = re.fullmatch(
        r"(?s)(?P<gathering>.*?)date: (?P<date>\S+)\ntrusts: (?P<trusts>\d+)\n(?P<rest>limits:.*)", text
    )
    assert found
    gathering = textwrap.indent(found["gathering"], "  ")
    first = f"evidence_date: {found['date']}\nbaseline:\n{gathering}trusts_expected: {found['trusts']}\n"
    region = (data / "region.yml").read_text(encoding="utf-8")
    (data / "region.yml").write_text(region.replace(f'baseline: "{BASELINE}"\n', first) + found["rest"], "utf-8")
    wave.unlink()
    if not any(wave.parent.iterdir()):
        wave.parent.rmdir()


def _without_modeline(path: Path) -> str:
    return _MODELINE.sub("", path.read_text(encoding="utf-8"))
