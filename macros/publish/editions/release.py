"""The files that a release adds to a built site: the whole guide as a PDF and as a ZIP, and the papers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from macros.model import addresses
from macros.model.process_variables import ALL_EDITIONS, NO_PDF
from macros.pages.project import Project
from macros.publish.editions.edition import Edition
from macros.publish.editions.offline import make_zip
from macros.publish.editions.papers import make_papers
from macros.publish.editions.pdf import make_pdf
from macros.publish.editions.typesetter import HOW_TO_INSTALL, is_there
from macros.reading import staging
from macros.reading.guide import load


@dataclass(frozen=True)
class Written:
    """The numbers of files added."""

    editions: int = 0
    papers: int = 0


def possible() -> tuple[str, str]:
    """Return the value for EDITIONS (`macros.model.process_variables`), and what is left out here, with the reason."""
    if is_there():
        return ALL_EDITIONS, ""
    why = f"Left out: every PDF. The papers are there for word processors only. The reason: {HOW_TO_INSTALL}"
    return NO_PDF, why


def write(project: Project, site: Path, base_url: str, wanted: str) -> Written:
    """Write the editions that are `wanted`, as given by `possible`, into a built site.

    Raises EditionError or DataProblems.
    """
    from macros.publish import guard

    this, with_pdf = Edition.of(project.root), wanted == ALL_EDITIONS
    papers = dict(make_papers(load(project.data), site, base_url, this, with_pdf=with_pdf))
    made = {}
    if with_pdf:
        made[addresses.PDF_EDITION] = make_pdf(site, this)
    made[addresses.OFFLINE_EDITION] = make_zip(site, this)
    guard.check_zip(made[addresses.OFFLINE_EDITION], project.docs)
    for path, content in {**papers, **made}.items():
        staging.replace_file(site / path, content)
    return Written(len(made), len(papers))
