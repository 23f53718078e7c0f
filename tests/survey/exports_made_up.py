"""Made-up answers, from a seed, and the exports that five tools would make of them. None of it is ever in `data/`.

The shapes are those of the tools: formpack’s of KoboToolbox and Central’s of ODK, LimeSurvey’s manual and exports in
public repositories, and exports of Microsoft Forms, Google Forms and SurveyMonkey that people parse in public.
"""

from __future__ import annotations

import csv
import io
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import openpyxl

from macros.model.questionnaire import EVERYONE, AskedQuestion, QuestionKind, Questionnaire

Person = dict[str, Any]
"""Question → the id of the option, a list of them, a number, words, or None; `_` keys are not answers."""
SECRET = ("Zanzibar-Quokka", '=HYPERLINK("x")', "Xylophone 🦘 secret", "Ünïqüe-wörd")
"""Words that stand in comments and nowhere else: no file, message or log may hold them."""


def agreed(text: str) -> str:
    """Return the sample questionnaire as one that was agreed on."""
    text = re.sub(r"\([Ww]rite[^()]*\)", "as we said", text.replace("status: proposal", "status: agreed", 1))
    return text.replace("minutes: 10", "opens: 2027-03-01\ncloses: 2027-03-31\nminutes: 10", 1)


SHARES = {"none": 40, "from-1-to-9": 35, "from-10-to-49": 15, "from-50": 10}
"""How large each group of the sector is, in per cent; made up."""
WEIGHTS = "\n".join(
    [
        "weights:",
        "  source: ours",
        "  question: size",
        "  shares:",
        *(f"    - option: {name}\n      percent: {percent}" for name, percent in SHARES.items()),
        "  what: The shares are made up for this test.",
        "",
    ]
)


def weighted(text: str) -> str:
    """Return a questionnaire as one whose answers are weighted by the size of organisations."""
    return text + WEIGHTS


def people(asked: Questionnaire, number: int, seed: int) -> list[Person]:
    """Return answers of so many people, some of them tests, partial, out of scope, or there twice."""
    chance = random.Random(seed)
    shares = {one.id: [chance.random() + 0.05 for _ in one.options] for one in asked.questions}
    made: list[Person] = []
    for place in range(number):
        person: Person = {"_number": str(1000 + place), "_sent": True}
        for one in asked.questions:
            person[one.id] = _answer(one, shares[one.id], chance)
        kind = chance.random()
        if asked.scope:
            person[asked.scope.id] = asked.scope.in_scope[0]
        if kind < 0.03:
            person["comment"] = "Test"
        elif kind < 0.06 and made:
            person = dict(made[-1])
        elif kind < 0.09:
            person |= {one.id: None for one in asked.questions if one.role is None} | {"_sent": False}
        elif kind < 0.12 and asked.scope:
            person |= {one.id: None for one in asked.questions}
            person[asked.scope.id] = next(o.id for o in asked.scope.options if o.id not in asked.scope.in_scope)
        made.append(person)
    return made


def _answer(one: AskedQuestion, shares: Sequence[float], chance: random.Random) -> Any:
    if chance.random() < 0.04:
        return None
    if one.kind == QuestionKind.TEXT:
        return chance.choice(SECRET) + f" {chance.randrange(9)}" if chance.random() < 0.3 else None
    if one.takes_several:
        real = [o.id for o, share in zip(one.options, shares, strict=True) if o.is_answer and chance.random() < share]
        return real or [next((o.id for o in one.options if not o.is_answer), one.options[0].id)]
    option = chance.choices(one.options, weights=shares)[0]
    if one.kind == QuestionKind.NUMBER:
        return chance.randint(
            option.lowest or 0, option.highest if option.highest is not None else (option.lowest or 0) + 9
        )
    return option.id


def plain_counts(asked: Questionnaire, answers: list[Person]) -> tuple[dict[tuple[str, ...], int], Counter[str]]:
    """Return every count and why answers were left out, by plain counting, one person after another."""
    left_out: Counter[str] = Counter()
    seen: set[str] = set()
    usable: list[Person] = []
    for person in answers:
        scope = asked.scope
        again, seen = person["_number"] in seen, seen | {person["_number"]}
        said = [one for one in asked.questions if one.role is None and person[one.id] not in (None, [])]
        inside = scope is None or person[scope.id] in scope.in_scope
        if str(person.get("comment") or "").casefold() in asked.test_words:
            left_out["test"] += 1
        elif again:
            left_out["duplicate"] += 1
        elif not person["_sent"] or (inside and not said):
            left_out["partial"] += 1
        elif not inside:
            left_out["out of scope"] += 1
        else:
            usable.append(person)
    counts: dict[tuple[str, ...], int] = Counter()
    for one in asked.counted:
        ways = [] if one in asked.groupings else list(asked.groupings)
        for person in usable:
            if not _was_asked(asked, one, person):
                continue
            chosen = _options(one, person[one.id])
            real = [name for name in chosen if one.option(name).is_answer]
            cells = [*(real or chosen[:1]), *(["base"] if real else [])]
            places = [(EVERYONE, EVERYONE)]
            places += [(way.id, person[way.id]) for way in ways if person[way.id] is not None]
            for by, group in places:
                for cell in cells:
                    counts[one.id, by, group, cell] += 1
    return counts, left_out


def _was_asked(asked: Questionnaire, one: AskedQuestion, person: Person) -> bool:
    route = one.asked_if
    if route is None:
        return True
    leads = asked.question(route.question)
    return bool(set(_options(leads, person[leads.id])) & set(route.options)) and _was_asked(asked, leads, person)


def _options(one: AskedQuestion, answer: Any) -> list[str]:
    if answer is None:
        return []
    if one.kind == QuestionKind.NUMBER:
        return [
            o.id
            for o in one.options
            if o.lowest is not None and o.lowest <= answer <= (o.highest or 10**9 if o.highest != 0 else 0)
        ][:1]
    return list(answer) if isinstance(answer, list) else [answer]


# --- the five tools ---------------------------------------------------------------------------------------------------


def _cell(one: AskedQuestion, answer: Any, join: str | None = None) -> str:
    if answer is None:
        return ""
    if isinstance(answer, list):
        labels = [one.option(name).label for name in answer]
        return f"{join.join(labels)}{join if join == ';' else ''}" if join else ""
    return str(answer) if one.kind in (QuestionKind.NUMBER, QuestionKind.TEXT) else one.option(answer).label


Rows = list[list[str]]


def kobo(asked: Questionnaire, answers: list[Person], labels: bool = False) -> Rows:
    head, parts = ["start", "end"], []
    for one in asked.questions:
        name = one.wording if labels else f"section-{one.section}/{one.id}"
        parts.append((one, None))
        head.append(name)
        if one.takes_several:
            for option in one.options:
                parts.append((one, option))
                head.append(f"{name}/{option.label if labels else option.id}")
    head += [
        "_id",
        "_uuid",
        "_submission_time",
        "_validation_status",
        "_notes",
        "_status",
        "_submitted_by",
        "_tags",
        "_index",
    ]
    rows = [head]
    for place, person in enumerate(answers):
        row = ["2027-03-01T10:00:00.000+00:00", "2027-03-01T10:09:00.000+00:00"]
        for one, option in parts:
            answer = person[one.id]
            if option is not None:
                row.append("" if answer is None else str(int(option.id in answer)))
            elif one.takes_several:
                row.append(" ".join(answer or []))
            elif labels or one.kind in (QuestionKind.NUMBER, QuestionKind.TEXT):
                row.append(_cell(one, answer))
            else:
                row.append(answer or "")
        rows.append(
            [
                *row,
                person["_number"],
                f"uuid-{person['_number']}",
                "2027-03-01T10:09:10",
                "",
                "",
                "submitted_via_web",
                "",
                "",
                str(place),
            ]
        )
    return rows


def odk(asked: Questionnaire, answers: list[Person]) -> Rows:
    """Return what ODK Central exports: groups before a hyphen, notes as empty columns, several answers in one cell."""
    head = ["SubmissionDate", "introduction", "introduction-2", "privacy-1", "privacy-2"]
    sections = [section.id for section in asked.sections]
    head += [f"section-{name}-about-{name}" for name in sections]
    blank = [""] * (len(head) - 1)
    head += [f"section-{one.section}-{one.id}" for one in asked.questions]
    head += ["thanks", "meta-instanceID", "KEY", "SubmitterID", "SubmitterName", "AttachmentsPresent"]
    head += ["AttachmentsExpected", "Status", "ReviewState", "DeviceID", "Edits", "FormVersion"]
    rows = [head]
    for person in answers:
        key = f"uuid:{person['_number']}"
        cells = []
        for one in asked.questions:
            answer = person[one.id]
            is_plain = one.kind in (QuestionKind.NUMBER, QuestionKind.TEXT)
            cells.append(
                " ".join(answer or []) if one.takes_several else _cell(one, answer) if is_plain else answer or ""
            )
        own = ["", key, key, "7", "A form", "0", "0", "", "", "x", "0", "1"]
        rows.append(["2027-03-01T10:09:10.000Z", *blank, *cells, *own])
    return rows


def _code(name: str) -> str:
    return name.replace("-", "")


def limesurvey(asked: Questionnaire, answers: list[Person], texts: bool = True) -> Rows:
    names = {
        "id": "Response ID",
        "submitdate": "Date submitted",
        "lastpage": "Last page",
        "startlanguage": "Start language",
        "seed": "Seed",
    }
    head = [f"{name}. {text}" if texts else name for name, text in names.items()]
    parts = []
    for one in asked.questions:
        for option in one.options if one.takes_several else (None,):
            parts.append((one, option))
            code = _code(one.id) + (f"[{_code(option.id)}]" if option else "")
            head.append(f"{code}. {one.wording}" + (f" [{option.label}]" if option else "") if texts else code)
    rows = [head]
    for person in answers:
        row = [person["_number"], "2027-03-01 10:00:00" if person["_sent"] else "", "5", "en", "123"]
        for one, option in parts:
            answer = person[one.id]
            if option is not None:
                yes, no = ("Yes", "No") if texts else ("Y", "")
                row.append("" if answer is None else yes if option.id in answer else no)
            elif texts or answer is None or one.kind in (QuestionKind.NUMBER, QuestionKind.TEXT):
                row.append(_cell(one, answer))
            else:
                row.append(_code(answer))
        rows.append(row)
    return rows


def microsoft(asked: Questionnaire, answers: list[Person]) -> Rows:
    rows = [
        [
            "ID",
            "Start time",
            "Completion time",
            "Email",
            "Name",
            "Last modified time",
            *(one.wording for one in asked.questions),
        ]
    ]
    for person in answers:
        sent = "3/1/27 10:09:00" if person["_sent"] else ""
        cells = [_cell(one, person[one.id], ";") for one in asked.questions]
        rows.append([person["_number"], "3/1/27 10:00:00", sent, "anonymous", "", "", *cells])
    return rows


def google(asked: Questionnaire, answers: list[Person]) -> Rows:
    rows = [["Timestamp", *(one.wording for one in asked.questions)]]
    for person in answers:
        place = int(person["_number"])
        when = f"2027/03/{1 + place % 28:02} {place // 60 % 24:02}:{place % 60:02}:00.{place} am GMT+0"
        rows.append([when, *(_cell(one, person[one.id], ", ") for one in asked.questions)])
    return rows


def surveymonkey(asked: Questionnaire, answers: list[Person]) -> Rows:
    own = [
        "Respondent ID",
        "Collector ID",
        "Start Date",
        "End Date",
        "IP Address",
        "Email Address",
        "First Name",
        "Last Name",
        "Custom Data 1",
    ]
    first, second, parts = list(own), [""] * len(own), []
    for one in asked.questions:
        for place, option in enumerate(one.options if one.takes_several else (None,)):
            parts.append((one, option))
            first.append("" if place else one.wording)
            second.append(
                option.label if option else "Open-Ended Response" if one.kind == QuestionKind.TEXT else "Response"
            )
    rows = [first, second]
    for person in answers:
        row = [person["_number"], "77", "03/01/2027 10:00:00 AM", "03/01/2027 10:09:00 AM", "", "", "", "", ""]
        for one, option in parts:
            answer = person[one.id]
            row.append(_cell(one, answer) if option is None else option.label if option.id in (answer or []) else "")
        rows.append(row)
    return rows


TOOLS: dict[str, Callable[[Questionnaire, list[Person]], Rows]] = {
    "kobo": kobo,
    "kobo labels": lambda asked, answers: kobo(asked, answers, labels=True),
    "odk": odk,
    "limesurvey": limesurvey,
    "limesurvey codes": lambda asked, answers: limesurvey(asked, answers, texts=False),
    "microsoft": microsoft,
    "google": google,
    "surveymonkey": surveymonkey,
}


def to_csv(rows: Rows, encoding: str = "utf-8") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(encoding, errors="replace")


def to_xlsx(rows: Rows, numbers: bool = False, sheets: Sequence[str] = ("Form1",)) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    for title in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([_typed(sheet, cell, numbers) for cell in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _typed(sheet: Any, cell: str, numbers: bool) -> Any:
    if numbers and cell.isdigit():
        return int(cell)
    if cell.startswith("="):
        written = openpyxl.cell.WriteOnlyCell(sheet, cell)
        written.data_type = "s"
        return written
    return cell or None


def with_cell(rows: Rows, row: int, column: int, cell: str) -> Iterator[list[str]]:
    """Yield the rows with one cell changed."""
    for place, one in enumerate(rows):
        yield [*one[:column], cell, *one[column + 1 :]] if place == row else one
