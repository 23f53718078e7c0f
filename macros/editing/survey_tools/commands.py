"""The work of `guide survey`, without the command line: form, import and audit. Each returns the text to print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from macros.editing.survey_tools.extra import SurveyError
from macros.model.questionnaire import Questionnaire, QuestionnaireStatus
from macros.model.release import HIDDEN, Release, Tool
from macros.model.wording import count
from macros.reading.guide import Guide, load
from macros.reading.problem import did_you_mean

if TYPE_CHECKING:
    from macros.editing.survey_tools.answers import Answers
    from macros.editing.survey_tools.audit import Published
    from macros.editing.survey_tools.columns import Columns
    from macros.editing.survey_tools.disclosure import Protection
    from macros.editing.survey_tools.release_files import ReleaseFacts
    from macros.editing.survey_tools.table_file import ExportTable
    from macros.editing.survey_tools.usable import Usable


Form = Literal["xlsform", "print", "pdf", "text"]
FORMS: dict[Form, str] = {"xlsform": "xlsx", "print": "html", "pdf": "pdf", "text": "txt"}
Tell = Callable[[str], None]
_MOST = 30


@dataclass(frozen=True)
class Import:
    """The request for an import."""

    wave: str
    file: Path
    tool: Tool | None = None
    sheet: str | None = None
    mapping: Path | None = None
    words: Path | None = None
    invited: int | None = None
    released_by: str | None = None
    dry_run: bool = False


def form(data: Path, wave: str, kind: Form, target: Path | None) -> str:
    """Write the questionnaire of a wave in one form and return what is to be said. Raises SurveyError, or OSError."""
    from macros.editing.survey_tools import print_form, text_form, xlsform
    from macros.reading import staging

    one = _questionnaire(load(data), wave)
    makers: dict[Form, Callable[[Questionnaire], bytes]] = {
        "xlsform": xlsform.to_xlsx,
        "print": lambda asked: print_form.to_html(asked).encode(),
        "pdf": print_form.to_pdf,
        "text": lambda asked: text_form.to_text(asked).encode(),
    }
    content = makers[kind](one)
    file = target or Path(f"survey-{wave}.{FORMS[kind]}")
    if file.is_dir() or not file.parent.is_dir():
        raise SurveyError(f"{file} cannot be written: name a file in a folder that exists")
    said = f"Wrote {staging.replace_file(file, content)}, {len(content) / 1000:.0f} kB."
    if one.status == QuestionnaireStatus.PROPOSAL:
        said += " It is a proposal: before anybody is asked, write what stands in brackets, and “status: agreed”."
    return said


def import_answers(root: Path, data: Path, asked_for: Import, tell: Tell = lambda _: None) -> str:
    """Import an export and write the next release; return one screen of summary. Raises SurveyError, DataProblems.

    With `dry_run`, nothing is written. No part of an answer gets into the summary, an error or a file of the project.
    """
    from macros.editing.survey_tools import audit, columns, disclosure, privacy, release_files
    from macros.editing.survey_tools.aggregates import count as counted
    from macros.editing.survey_tools.answers import read_answers
    from macros.editing.survey_tools.mapping import Mapped, read_mapping
    from macros.editing.survey_tools.table_file import read_table
    from macros.editing.survey_tools.usable import usable

    for file in (asked_for.file, asked_for.mapping, asked_for.words):  # a mapping file quotes answers
        if file:
            privacy.refuse_in_project(file, root)
    if asked_for.words:
        privacy.refuse_taken(asked_for.words)
    guide = load(data)
    asked = _questionnaire(guide, asked_for.wave)
    if asked.status == QuestionnaireStatus.PROPOSAL:
        raise SurveyError(
            f"the questionnaire {asked.id} is a proposal: nobody has agreed to ask it. When somebody has, write "
            f"“status: agreed” into data/questionnaires/{asked.id}.yml; “guide survey new WAVE” begins one of your own"
        )
    tell(f"Reading {asked_for.file.name}…")
    table = read_table(asked_for.file, asked_for.sheet)
    shape = columns.shape_of(table, asked_for.tool)
    mapped = read_mapping(asked_for.mapping, asked) if asked_for.mapping else Mapped()
    found = columns.match(table, shape, asked, mapped)
    _refuse_unmatched(table, found, asked)
    answers = read_answers(table, found, asked, mapped)
    if answers.faults:
        raise SurveyError(_many("some answers cannot be counted", answers.faults) + f"\n{_HOW_TO_MAP}")
    used = usable(answers, asked, table, shape.header_rows)
    facts = _facts(asked, asked_for, shape.tool, len(answers), used)
    tell("Counting…")
    counts = counted(answers, asked, used.mask)
    earlier = [one for one in guide.releases if one.wave == asked.id]
    _refuse_few_more(asked, used.count, earlier)
    made = disclosure.protect(asked, counts, used.count, audit.shown_before(earlier), tell)
    tell("Proving that nothing can be worked out…")
    prove(made, [audit.published(one.results, one.usable) for one in earlier])
    words = {
        name: [text for text, use in zip(column, used.mask, strict=True) if use and text]
        for name, column in answers.words.items()
    }
    written: tuple[Path, ...] = ()
    if not asked_for.dry_run:
        with privacy.words_written(asked_for.words, words) as own:
            written = (*release_files.write(made, facts, root), *own)
    return _summary(asked, answers, found, used, made, sum(map(len, words.values())), asked_for, written)


def released(data: Path) -> list[str]:
    """Return the waves of which anything is released, the earliest first."""
    return sorted({one.wave for one in load(data).releases})


def audit_wave(data: Path, wave: str, tell: Tell = lambda _: None) -> tuple[bool, str]:
    """Return whether what is published of a wave keeps every answer secret, and a sentence or two about it."""
    from macros.editing.survey_tools import audit

    guide = load(data)
    asked = _questionnaire(guide, wave)
    releases = [one for one in guide.releases if one.wave == wave]
    if not releases:
        raise SurveyError(f"nothing of the wave {wave} is released: there is nothing to audit")
    tell("Proving that nothing can be worked out…")
    verdict = audit.audit(asked, [audit.published(one.results, one.usable) for one in releases])
    if verdict.is_safe:
        return True, (
            f"{count(len(releases), 'release')} of {wave}: {verdict.hidden:,} of {verdict.cells:,} counts and bases "
            f"are hidden, and none can be worked out to within {asked.disclosure.threshold}."
        )
    told = [*verdict.faults, *(f"it can be worked out how many are in: {cell}" for cell in verdict.unsafe)]
    return False, _many(f"{wave} must not be published like this", told)


def new_wave(data: Path, wave: str, sample: str = "next") -> Path:
    """Make the questionnaire of a new wave from another one and return its file; raises SurveyError."""
    import re

    from macros.model.base import SLUG
    from macros.reading import staging

    target = data / "questionnaires" / f"{wave}.yml"
    if not re.fullmatch(SLUG, wave):
        raise SurveyError(f"“{wave}” is no name for a wave: use lower-case letters, digits and hyphens, such as 2027")
    if target.exists():
        raise SurveyError(f"{target} is there already; nothing was changed")
    _questionnaire(load(data), sample)
    text = (data / "questionnaires" / f"{sample}.yml").read_text(encoding="utf-8")
    head, _, rest = text.partition("\nsource:")
    first = head.split("\n", 1)[0]
    about = f"about: (Write what the survey of {wave} is for, and how far it has got.)"
    rest = re.sub(r"(?m)^about:.*\n(?:[ ]+.*\n)*", f"{about}\n", rest, count=1)
    note = f"# The questionnaire of {wave}, begun from “{sample}”. Read all of it; “status: agreed” comes last."
    text = f"{first}\n{note}\nsource:{rest}"
    return staging.replace_file(target, text.encode())


_HOW_TO_MAP = "A mapping file settles it: --mapping FILE. “guide survey import --help” shows one."


def _questionnaire(guide: Guide, wave: str) -> Questionnaire:
    known = {one.id: one for one in guide.questionnaires}
    if wave not in known:
        raise SurveyError(
            f"there is no questionnaire “{wave}” in data/questionnaires; {did_you_mean(wave, known, 'use')}"
        )
    return known[wave]


def _many(what: str, lines: list[str]) -> str:
    more = [f"… and {len(lines) - _MOST:,} more"] if len(lines) > _MOST else []
    return "\n".join([f"{what}:", *(f"  {line}" for line in (*lines[:_MOST], *more))])


def _refuse_unmatched(table: ExportTable, found: Columns, asked: Questionnaire) -> None:
    from macros.editing.survey_tools import columns

    if not found.targets:
        raise SurveyError(
            f"no heading is that of a question of {asked.id}: check that the first row holds the headings, and that "
            "this is the export of that survey"
        )
    gone = columns.missing(asked, found)
    sure = 3 * len(gone) < 2 * len(asked.questions)  # else the first row may be one of answers
    lines = [
        *columns.told(table, found, by_heading=sure),
        *(
            f"no column for the question {name}: if it was not asked, take it out of data/questionnaires/{asked.id}.yml"
            for name in gone
        ),
    ]
    if lines:
        more = [_HOW_TO_MAP] if found.unmatched else []
        if more and sure:
            more += ["It could begin so, if that is what is meant:", *columns.proposed(table, found)]
        raise SurveyError("\n".join([_many("the headings do not all fit the questions", lines), *more[:_MOST]]))


def _refuse_few_more(asked: Questionnaire, usable: int, earlier: list[Release]) -> None:
    least = asked.disclosure.smallest_group
    for one in earlier:
        if 0 < abs(usable - one.usable) < least:
            raise SurveyError(
                f"release {one.number} had {one.usable} usable answers and this one has {usable}: beside it, the "
                f"answers of those few could be told. Wait until there are at least {least} more"
            )


def _facts(asked: Questionnaire, asked_for: Import, tool: Tool, responses: int, used: Usable) -> ReleaseFacts:
    from macros.editing.survey_tools.release_files import ReleaseFacts

    today = datetime.now(UTC).date()
    assert asked.opens and asked.closes  # noqa: S101 - a rule wants both of a questionnaire that is agreed on
    return ReleaseFacts(
        tool=tool,
        responses=responses,
        left_out=used.left_out,
        first=str(asked.opens),
        last=str(asked.closes),
        released_on=today,
        released_by=asked_for.released_by or asked.organiser,
        invited=asked_for.invited,
    )


def prove(made: Protection, before: list[Published]) -> None:
    """Audit the figures that would be published, and hide more until it passes. Raises SurveyError."""
    from macros.editing.survey_tools import audit, disclosure, release_files

    for _ in range(5):
        verdict = audit.audit(made.asked, [*before, audit.published(release_files.results(made), made.usable)])
        if verdict.is_safe:
            return
        names = {f"{key.answer} of {key.question} in {key.group} by {key.by}": key for key in made.hidden}
        disclosure.hide_more(made, [names[cell] for cell in verdict.unsafe if cell in names])
        if verdict.faults:
            break
    raise SurveyError(
        "it could not be proved that nothing can be worked out, so nothing was written: publish fewer groups, or put "
        "small ones together"
    )


def _summary(
    asked: Questionnaire,
    answers: Answers,
    found: Columns,
    used: Usable,
    made: Protection,
    words: int,
    asked_for: Import,
    written: tuple[Path, ...],
) -> str:
    """Return a summary of findings and actions that fits on one screen."""
    from macros.editing.survey_tools import release_files

    rows = list(release_files.rows(made))
    hidden = sum(row[5] == HIDDEN for row in rows)
    reasons = ", ".join(f"{number:,} {reason}" for reason, number in used.left_out.items()) or "none left out"
    matched, own = len({question for question, _ in found.targets}), count(found.own, "column")
    lines = [
        f"Survey {asked.id}, an export of {found.shape.tool}",
        f"  responses          {len(answers):,}",
        f"  usable             {used.count:,} ({reasons})",
        f"  questions matched  {matched} of {len(asked.questions)}; {own} of the tool’s own left out",
        f"  cells              {len(rows):,}, of which {hidden:,} are hidden ({HIDDEN})",
        f"  comments           {words:,}, for a person to read"
        + ("" if asked_for.words else ": --words FILE writes them"),
    ]
    if made.untried:
        lines.append(
            f"  perhaps too much   {made.untried:,} cells: there was no time to try whether they could be shown"
        )
    lines.append("Nothing can be worked out to within the threshold: that was proved.")
    if asked_for.dry_run:
        return "\n".join([*lines, "This was a dry run: nothing was written."])
    shown = "\n".join(f"  {path}" for path in written)
    page = f"docs/survey/results/{asked.id}.md"
    return "\n".join([*lines, "Wrote", shown, f"Next: run “guide check”, and read {page} in “make serve”."])
