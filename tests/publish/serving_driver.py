"""Builds a project as `mkdocs serve` does, each time a line comes in: for tests, in a process of its own.

    python serving_driver.py PROJECT SITE [--anew]

The line that it answers with is empty if the site is shown, or says what is to be mended. With `--anew`, nothing of one
build is known to the next.
"""

from __future__ import annotations

import logging
import re
import sys
from html import unescape
from pathlib import Path

from mkdocs.commands import serve
from mkdocs.config import load_config

URL = "http://127.0.0.1:8000/"


def main(project: Path, site: Path, anew: bool) -> None:
    logging.basicConfig(level=logging.INFO, format="%(message)s")

    def config():  # type: ignore[no-untyped-def]
        made = load_config(config_file=str(project / "mkdocs.yml"), site_dir=str(site))
        made.site_url = URL
        return made

    config().plugins.on_startup(command="serve", dirty=False)
    hook = config().hooks["macros/mkdocs_hook.py"]
    for _ in sys.stdin:
        if anew:
            hook._run.served = None
            for name in [name for name in sys.modules if name == "macros" or name.startswith("macros.")]:
                del sys.modules[name]
        serve.build(config(), serve_url=URL, dirty=False)
        shown = (site / "404.html").read_text(encoding="utf-8")
        to_mend = re.findall(r"<li>(.*?)</li>", shown, re.DOTALL) if "<title>To mend first" in shown else []
        print("; ".join(unescape(one).replace("\n", " ") for one in to_mend), flush=True)


main(Path(sys.argv[1]), Path(sys.argv[2]), "--anew" in sys.argv)
