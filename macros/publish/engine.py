"""The two engines that build a site from the pages, and how each is run."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from macros.model.process_variables import CHECKED, HANDED
from macros.pages.project import BuildError, Project
from macros.reading import staging

if TYPE_CHECKING:
    from macros.publish.handover import DrawnPages


Engine = Literal["mkdocs", "zensical"]
ENGINES: dict[Engine, str] = {"mkdocs": "MkDocs", "zensical": "Zensical"}

_QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
_COLOURS = re.compile(r"\x1b\[[\d;]*m")
SETTINGS = re.compile(r"\.zensical-[0-9a-f]{8}\.yml")
_STRICT = "RuntimeError: Aborted because --strict flag is set"


def run_engine(engine: Engine, project: Project, into: Path, drawn: DrawnPages, held: int) -> None:
    """Let an engine build into `into`, strictly, from drawn pages; raises BuildError with the engine's message.

    The engine inherits `held`, the descriptor of the claim on the folder: if this process is killed, the engine keeps
    writing for a while.
    """
    import subprocess  # slow to load, and every command loads this module
    import tempfile

    config = project.root / f".zensical-{staging.token()}.yml"
    try:
        # Zensical takes its target only from the settings. Its cache of built pages does not know data/, so it is
        # cleaned.
        config.write_text(f"INHERIT: {project.config.name}\nsite_dir: {into.name}\n", encoding="utf-8")
        # For MkDocs neither -q nor -v: with them, it ends well when a strict build fails.
        arguments = {
            "mkdocs": ["build", "--strict", "--config-file", str(project.config), "--site-dir", str(into)],
            "zensical": ["build", "--strict", "--clean", "--config-file", config.name],
        }[engine]
        search = os.pathsep.join(filter(None, (str(project.root), os.environ.get("PYTHONPATH"))))
        with staging.claimed(config) as config_held, tempfile.TemporaryFile() as handed:
            handed.write(drawn.to_json())
            handed.seek(0)
            run = subprocess.run(  # noqa: S603 - our own arguments
                [sys.executable, "-m", engine, *arguments],
                cwd=project.root,
                env={**os.environ, **_QUIET, CHECKED: "1", HANDED: "1", "PYTHONPATH": search},
                stdin=handed,
                pass_fds=(held, config_held) if os.name == "posix" else (),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                check=False,
            )
    finally:
        config.unlink(missing_ok=True)
    if run.returncode or not (into / "index.html").is_file():
        said = _COLOURS.sub("", run.stdout).strip()
        if said.endswith(_STRICT):
            said = said.rpartition("\nTraceback")[0]  # the warnings say everything
        raise BuildError(f"{ENGINES[engine]} stopped ({run.returncode}). The site is as it was. It said:\n\n{said}")
