"""Checks across records: what one file alone cannot show to be wrong.

One rule a function. All of them run, and none stops the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial, wraps
from itertools import chain
from typing import Any, TypeVar, cast

from macros.freshness import today
from macros.intact import NotThere
from macros.model import layout
from macros.model.base import OURS, Sourced
from macros.model.glossary import Term
from macros.model.guidance import AdoptStep, Arrangement, CommonDocument, Evidence, Practice, Standard, Use
from macros.model.moved import MovedAddress
from macros.model.region import Place, Region
from macros.model.report import Point, PointList, Recommendation
from macros.model.sources import Document
from macros.model.survey import Remark, Survey
from macros.model.trust import Body, Budget, Gap, PracticeStatement, Sum, Trust
from macros.model.words import FigureKind, Lifecycle, PracticeStatus, Reporting, Represented, Stage, TakingPart
from macros.problems import Problem, at_most, did_you_mean
from macros.read import Records
from macros.wording import count

Rule = Callable[[Records], Iterator[Problem]]


_S = TypeVar("_S", bound=Sourced)
_T = TypeVar("_T")


def _of(records: Records, model: type[_S], *, torn: bool = True) -> list[_S]:
    """Return the parts of one class, in their order, those of records that do not fit their schema first."""
    remains = records.remains
    found = [*(remains.torn if torn else ()), *remains.whole] if remains.torn or remains.whole else []
    left = [part for part in found if type(part) is model]
    return cast("list[_S]", [*left, *records.parts_by_class.get(model, ())])


def _records(records: Records, holding: layout.Holding) -> list[Any]:
    """Return the records of one kind, those that do not fit their schema last."""
    return [*records.by_kind.get(holding.kind, ()), *records.remains.records.get(holding.kind, ())]


def _trusts(records: Records) -> list[Trust]:
    return _records(records, layout.TRUSTS)


def _documents(records: Records) -> list[Document]:
    return cast("list[Document]", records.by_kind.get(layout.SOURCES.kind, []))


def _terms(records: Records) -> list[Term]:
    return _records(records, layout.GLOSSARY)


def _surveys(records: Records) -> list[Survey]:
    return _records(records, layout.SURVEYS)


def _point_lists(records: Records) -> list[PointList]:
    return _records(records, layout.POINT_LISTS)


def _parts(model: type[_S]) -> Callable[[Records], list[_S]]:
    return lambda records: _of(records, model)


def _each(parts: Iterable[_S], found_in: Callable[[_S], Iterable[_T]]) -> Iterator[_T]:
    """Yield what is found in each part; in a torn one, as far as it goes without what is not there."""
    for part in parts:
        with suppress(NotThere):
            yield from found_in(part)


def _for_each(parts: Callable[[Records], Iterable[_S]]) -> Callable[[Callable[[Records, _S], Iterator[Problem]]], Rule]:
    """Make a rule about all parts of a kind from one about a single part."""

    def of_all(rule: Callable[[Records, _S], Iterator[Problem]]) -> Rule:
        @wraps(rule)
        def whole(records: Records) -> Iterator[Problem]:
            return _each(parts(records), partial(rule, records))

        return whole

    return of_all


def check(records: Records) -> Iterator[Problem]:
    """Yield every problem that the rules find."""
    for rule in RULES:
        yield from at_most(rule(records))


def every_source_exists(records: Records) -> Iterator[Problem]:
    """A source names a document that is known, a section of it, and a point that the section has."""
    documents = {document.id: document for document in _documents(records)}
    sections = {
        f"{document.id}#{section.id}": section.points or 0
        for document in documents.values()
        for section in document.sections
    }
    known = [*sections, *(name for name, one in documents.items() if not one.sections), OURS]
    shapes = re.compile(r"(.*?)(?:\((\d+)\))?\Z")
    told: set[int] = set()
    right: set[str] = {OURS}
    """References that were found right: most are written thousands of times."""
    for part in chain(records.remains.torn, records.remains.whole, records.parts):
        inherited = id(part.source) in told  # the very list of a part above: told once, where it is written
        told.add(id(part.source))
        if (inherited or right.issuperset(part.source)) and not isinstance(part, Recommendation):
            continue
        for field, reference in _references(part, inherited):
            name, number = cast("tuple[str, str | None]", shapes.fullmatch(reference).groups())  # type: ignore[union-attr]
            where = part.at(field)
            if records.unread(layout.SOURCES.kind, name.partition("#")[0]):
                continue
            if name in documents and documents[name].sections:
                yield records.problem(
                    where,
                    found=f"the source “{reference}” without a section",
                    expected="a section of the document",
                    mend=f"write # and the section after it, without a space: {name}#{documents[name].sections[0].id}",
                )
            elif name not in known:
                yield records.problem(
                    where,
                    found=f"the source “{reference}”",
                    expected="a document or section that sources.yml has",
                    mend=did_you_mean(name, known),
                )
            elif number and name in sections and int(number) > sections[name]:
                has = count(sections[name], "numbered point") if sections[name] else "no numbered points"
                yield records.problem(
                    where,
                    found=f"the source “{reference}”",
                    expected=f"a point that the section has: it has {has}",
                    mend="check the number in brackets, or leave it out",
                )
            else:
                right.add(reference)


def _references(part: Sourced, inherited: bool) -> Iterator[tuple[str, str]]:
    """Yield each source with its field; the place of one of several is its line in the list."""
    if not inherited:
        for number, reference in enumerate(part.source):
            yield f"source.{number}" if len(part.source) > 1 else "source", reference
    if isinstance(part, Recommendation):
        with suppress(NotThere):
            yield from (
                (f"rests_on.{number}", reference) for number, reference in enumerate(part.rests_on) if reference
            )


def every_statement_has_a_source(records: Records) -> Iterator[Problem]:
    """No statement stands without a section behind it, its own or its parent's."""
    for part in chain(_each(records.remains.torn, _stating), records.remains.whole, records.parts):
        if part.statement and not part.source:
            yield records.problem(
                part.where,
                found="no source",
                expected="a source, here or on the part above",
                mend="add “source: clear-expectations#…” with the section it comes from, or “source: ours”",
            )


def _stating(torn: Sourced) -> list[Sourced]:
    return [torn] if torn.statement else []


def every_trust_named_exists(records: Records) -> Iterator[Problem]:
    """Places, points and remarks name Trusts that have a profile."""
    known = {trust.slug for trust in _trusts(records)}
    naming = (part for model in _NAMES_TRUSTS for part in _of(records, model))
    for where, slug in _each(naming, _slugs):
        if slug not in known and not records.unread(layout.TRUSTS.kind, slug):
            yield records.problem(
                where,
                found=f"the Trust “{slug}”",
                expected="a Trust that has a file in data/trusts",
                mend=did_you_mean(slug, sorted({*known, *_broken(records, layout.TRUSTS.kind)})),
            )


_NAMES_TRUSTS: tuple[type[Sourced], ...] = (Place, Use, Point, Remark, Evidence)


def _slugs(part: Sourced) -> Iterator[tuple[str, str]]:
    if isinstance(part, (Place, Use)):
        yield part.at("trust"), str(part.trust)
    elif isinstance(part, Point | Remark | Evidence):
        for number, slug in enumerate(part.trusts):
            if slug:
                yield part.at(f"trusts.{number}"), slug


def ids_are_used_once(records: Records) -> Iterator[Problem]:
    """Names and places that must tell things apart do so."""
    for parts, named, what in (
        (_trusts(records), lambda trust: (str(trust.name), "name"), "the Trust name"),
        (_terms(records), lambda term: (term.term.lower(), "term"), "the term"),
        (_records(records, layout.PLACES), lambda place: (f"{place.place} ({place.kind})", "place"), "the place"),
        (_trusts(records), _tile, "the map tile"),
    ):
        yield from _once(records, _named(parts, named), what)


_Named = Callable[[Any], tuple[str, str] | None]
"""Gives what tells a record apart, and the field it stands in; None for a record that has no such thing."""


def _named(parts: Iterable[Sourced], named: _Named) -> Iterator[tuple[str, str]]:
    return _each(parts, lambda part: [(found[0], part.at(found[1]))] if (found := named(part)) else [])


def _tile(trust: Trust) -> tuple[str, str] | None:
    return (f"column {trust.tile.column}, row {trust.tile.row}", "tile") if trust.tile else None


def unlike(trust: Trust) -> str:
    """Return all of a profile that no other may share, as text: what rules compare between profiles stands here."""
    return repr((trust.slug, trust.name, trust.tile))


def _once(records: Records, named: Iterable[tuple[str, str]], what: str) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for name, where in named:
        if name in first:
            spot = records.spot(first[name])
            yield records.problem(
                where,
                found=f"{what} “{name}” a second time",
                expected="each once",
                mend=f"change one of them; the first is in {spot.file}, line {spot.line}",
            )
        first.setdefault(name, where)


def every_trust_has_a_place(records: Records) -> Iterator[Problem]:
    """A reader who types where she lives finds each Trust."""
    covered = {place.trust for place in cast("list[Place]", records.by_kind.get(layout.PLACES.kind, []))}
    for trust in _trusts(records):
        if trust.slug not in covered and layout.PLACES.kind not in records.broken:
            yield records.problem(
                trust.at("name"),
                found=f"no place for “{trust.slug}”",
                expected="at least one row in data/places.csv",
                mend=f"add a row, for example “{trust.name},county,{trust.slug},,,ours”",
            )


@_for_each(_parts(Budget))
def parts_add_up(records: Records, part: Budget) -> Iterator[Problem]:
    """Parts that make up a whole give the whole."""
    if part.parts:
        total = sum(one.amount for one in part.parts)
        if part.amount is None:
            yield records.problem(
                part.at("parts"),
                found="parts without a whole",
                expected="an amount for the whole budget",
                mend=f"add “amount: {total}” if the source says so",
            )
        elif total != part.amount:
            yield records.problem(
                part.at("amount"),
                found=f"{part.amount:,} for parts that add up to {total:,}",
                expected="the sum of the parts",
                mend="check the amount and each part against the source",
            )


@_for_each(_surveys)
def survey_fits_together(records: Records, survey: Survey) -> Iterator[Problem]:
    """Each answer has its question, each question its theme and answers, and shares of a whole make 100."""
    questions = {question.id: question for question in survey.questions}
    themes = [theme.id for theme in survey.themes]
    principles = [str(record.where.partition("/")[2]) for record in records.by_kind.get(layout.PRINCIPLES.kind, [])]
    if survey.usable > survey.responses:
        yield records.problem(
            survey.at("usable"),
            found=f"{survey.usable} usable of {survey.responses} responses",
            expected="no more usable answers than responses",
            mend="check both numbers",
        )
    yield from _once(records, ((theme.id, theme.at("id")) for theme in survey.themes), "the theme")
    yield from _once(records, ((question.id, question.at("id")) for question in survey.questions), "the question")
    answers_given = ((f"{answer.answer} ({answer.question})", answer.at("answer")) for answer in survey.answers)
    yield from _once(records, answers_given, "the answer")
    for theme in survey.themes:
        name = theme.principle
        if name and name not in principles and not records.unread(layout.PRINCIPLES.kind, name):
            yield records.problem(
                theme.at("principle"),
                found=f"the principle “{name}”",
                expected="an id of principles.yml",
                mend=did_you_mean(name, principles),
            )
    for answer in survey.answers:
        if answer.question not in questions:
            yield records.problem(
                answer.at("question"),
                found=f"the question “{answer.question}”",
                expected="a question of survey.yml",
                mend=did_you_mean(answer.question, questions),
            )
    for question in survey.questions:
        if question.theme not in themes:
            yield records.problem(
                question.at("theme"),
                found=f"the theme “{question.theme}”",
                expected="a theme of this survey",
                mend=did_you_mean(question.theme, themes),
            )
        answers = [answer for answer in survey.answers if answer.question == question.id]
        if f"{layout.SURVEYS.kind}/{survey.wave}:answers" in records.broken:
            continue
        if not answers:
            yield records.problem(
                question.at("id"),
                found="no answer",
                expected="at least one row in answers.csv",
                mend=f"add a row that begins with “{question.id},”",
            )
        shares = [answer.percent for answer in answers if answer.percent is not None]
        if question.adds_up and answers and (len(shares) < len(answers) or sum(shares) != 100):
            yield records.problem(
                question.at("adds_up"),
                found=f"answers that add up to {sum(shares)}",
                expected="100, as adds_up is true",
                mend="check each share, add a row for what is not stated, or write adds_up: false",
            )


def terms_point_to_terms(records: Records) -> Iterator[Problem]:
    """A related term exists, and an expansion says where it is from."""
    known = [*_names(records, layout.GLOSSARY.kind), *_broken(records, layout.GLOSSARY.kind)]
    yield from _each(_terms(records), lambda term: _points_to(records, term, known))


def _points_to(records: Records, term: Term, known: list[str]) -> Iterator[Problem]:
    for number, name in enumerate(term.see):
        if name and name not in known and not records.unread(layout.GLOSSARY.kind, name):
            yield records.problem(
                term.at(f"see.{number}"),
                found=f"the term “{name}”",
                expected="the id of a term in glossary.yml",
                mend=did_you_mean(name, known),
            )
    if (term.expansion is None) != (term.expansion_from is None):
        yield records.problem(
            term.at("expansion"),
            found="only one of expansion and expansion_from",
            expected="both, or neither",
            mend="say what the letters stand for, and whether the report spells it out (report) or we do (ours)",
        )


@_for_each(_point_lists)
def points_are_numbered(records: Records, points: PointList) -> Iterator[Problem]:
    """Points keep the numbers that sources refer to."""
    for number, point in enumerate(points.points, 1):
        if point.number != number:
            yield records.problem(
                point.at("number"),
                found=f"number {point.number}",
                expected=f"{number}, its place in the list",
                mend="number the points from 1 without a gap",
            )


def profiles_agree_with_themselves(records: Records) -> Iterator[Problem]:
    """A profile does not say one thing in one field and another in the next."""
    for agree in (_life_agrees, _basis_agrees, _investment_agrees):
        yield from _each(_trusts(records), partial(agree, records))


def _life_agrees(records: Records, trust: Trust) -> Iterator[Problem]:
    life = trust.life
    if (life.status == Lifecycle.ENDED) != (life.ended is not None):
        yield records.problem(
            trust.at("life.status"),
            found=f"“{life.status}” {'without' if life.ended is None else 'with'} a date of ending",
            expected="a date if it ended, and only then",
            mend="add or delete “ended:”",
        )


def _basis_agrees(records: Records, trust: Trust) -> Iterator[Problem]:
    basis = trust.basis
    if basis.taking_part == TakingPart.DECLINED and basis.online_survey:
        yield records.problem(
            trust.at("basis.online_survey"),
            found="a survey answer from a Trust that declined",
            expected="online_survey: false",
            mend="change one of the two",
        )


def _investment_agrees(records: Records, trust: Trust) -> Iterator[Problem]:
    money = trust.investment
    reported = [one for one in money.figures if one.kind == FigureKind.REPORTED]
    if (money.reporting == Reporting.REPORTED) != bool(reported):
        yield records.problem(
            trust.at("investment.reporting"),
            found=f"“{money.reporting}” with {count(len(reported), 'reported figure')}",
            expected="reported figures if the Trust reported its investment, and only then",
            mend="change “reporting”, or the “kind” of the figures",
        )


@_for_each(_parts(Sum))
def a_year_is_not_a_month(records: Records, part: Sum) -> Iterator[Problem]:
    """A sum is for a financial year, which 2007-08 is not: that is August 2007."""
    if month := re.fullmatch(r"(\d{4})-(\d{2})", part.period or ""):
        year, following = int(month[1]), int(month[2])
        if following == (year + 1) % 100:
            yield records.problem(
                part.at("period"),
                found=f"“{part.period}”, which is {part.period.text if part.period else ''}",
                expected="the years that the sum is for",
                mend=f"write “{year}/{following:02}” for the financial year; "
                "if the month is meant, write it in “period_note:”",
            )


@_for_each(_parts(Body))
def seats_go_with_representation(records: Records, part: Body) -> Iterator[Problem]:
    """Seats are counted only where the sector was represented."""
    if part.seats is not None and part.vcs != Represented.YES:
        yield records.problem(
            part.at("seats"),
            found=f"{count(part.seats, 'seat')} on a body where the sector was “{part.vcs}”",
            expected="seats only where it was represented",
            mend="delete “seats:”, or write “vcs: represented”",
        )


def guidance_names_what_exists(records: Records) -> Iterator[Problem]:
    """Standards, practices, the framework and profiles name standards, principles and recommendations that exist."""
    kinds = {"standard": "standards", "principle": "principles", "recommendation": "recommendations"}
    known = {kind: _names(records, kind) for kind in kinds.values()}
    naming = (part for model in _NAMES_GUIDANCE for part in _of(records, model))
    for where, what, name in _each(naming, _named_in):
        kind = kinds[what]
        if name not in known[kind] and not records.unread(kind, name):
            yield records.problem(
                where,
                found=f"the {what} “{name}”",
                expected=f"a {what} that data/{kind} has",
                mend=did_you_mean(name, [*known[kind], *_broken(records, kind)]),
            )


def _broken(records: Records, kind: str) -> list[str]:
    """Return the names of records of one kind that are there but could not be read."""
    return [name.removeprefix(f"{kind}/") for name in sorted(records.broken) if name.startswith(f"{kind}/")]


def _names(records: Records, kind: str) -> list[str]:
    return [record.where.partition("/")[2] for record in records.by_kind.get(kind, [])]


_NAMES_GUIDANCE: tuple[type[Sourced], ...] = (
    Standard,
    Practice,
    Arrangement,
    CommonDocument,
    AdoptStep,
    PracticeStatement,
)


def _named_in(part: Sourced) -> Iterator[tuple[str, str, str]]:
    """Yield place, what and name of each reference from guidance to guidance."""
    lists: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    match part:
        case Standard():
            lists = (
                ("principles", "principle", part.principles),
                ("recommendations", "recommendation", part.recommendations),
                ("see", "standard", part.see),
            )
        case Practice() | Arrangement() | CommonDocument() | AdoptStep():
            lists = (("standards", "standard", part.standards),)
        case PracticeStatement():
            yield part.at("standard"), "standard", str(part.standard)
    for path, what, names in lists:
        for number, name in enumerate(names):
            if name:
                yield part.at(f"{path}.{number}"), what, name


def everything_is_reached(records: Records) -> Iterator[Problem]:
    """Each recommendation, principle and stage is reached by a standard, and each stage has its hub."""
    standards = _of(records, Standard, torn=False)
    if not standards or any(name.startswith(f"{layout.STANDARDS.kind}/") for name in records.broken):
        return  # a standard that could not be read may reach what no other does
    reached = {
        layout.RECOMMENDATIONS: {name for one in standards for name in one.recommendations},
        layout.PRINCIPLES: {name for one in standards for name in one.principles},
        layout.STAGES: {str(one.stage) for one in standards},
    }
    for holding, names in reached.items():
        for name in _names(records, holding.kind):
            if name not in names:
                yield records.problem(
                    f"{holding.kind}/{name}",
                    found="no standard that reaches it",
                    expected="at least one",
                    mend="name it in a standard, or take it out",
                )
    hubs = _names(records, layout.STAGES.kind)
    for stage in Stage:
        if stage not in hubs and not records.unread(layout.STAGES.kind, stage):
            yield records.problem(
                standards[0].where,
                found=f"no stage “{stage}” in stages.yml",
                expected="each stage and theme there",
                mend="add it",
            )


def every_trust_is_reached(records: Records) -> Iterator[Problem]:
    """Each profile says of one standard at least how its Trust went about it."""
    # Known by name is enough: no standard is asked here what it says.
    if not any(name.startswith(f"{layout.STANDARDS.kind}/") for name in (*records.origins, *records.broken)):
        return
    reached = {one.where.partition(":")[0] for one in _of(records, PracticeStatement)}
    for trust in cast("list[Trust]", records.by_kind.get(layout.TRUSTS.kind, [])):
        if trust.where not in reached:
            yield records.problem(
                trust.where,
                found="no standard that reaches it",
                expected="at least one",
                mend="add a “practice:” statement that names a standard",
            )


@_for_each(_parts(Practice))
def practices_rest_on_their_trusts(records: Records, practice: Practice) -> Iterator[Problem]:
    """A practice is as far as its furthest use, and a stated result is for the report alone to state."""
    order = list(PracticeStatus)
    furthest = min((use.status for use in practice.uses), key=order.index)
    if practice.status != furthest:
        yield records.problem(
            practice.at("status"),
            found=f"“{practice.status}”",
            expected=f"“{furthest}”, the furthest of its uses",
            mend="change the status, or the status of a use",
        )


@_for_each(_parts(Standard))
def reviews_come_in_order(records: Records, one: Standard) -> Iterator[Problem]:
    """A standard is reviewed again after it was reviewed."""
    if one.next_review.first <= one.last_reviewed.last:
        yield records.problem(
            one.at("next_review"),
            found=f"{one.next_review.text}",
            expected=f"a date after {one.last_reviewed.text}",
            mend="check both dates",
        )


@_for_each(_parts(Gap))
def gaps_are_marked_as_ours(records: Records, part: Gap) -> Iterator[Problem]:
    """What the report does not say is our reading, never the report's statement."""
    if part.source != (OURS,):
        yield records.problem(
            part.where,
            found="a gap without “source: ours”",
            expected="gaps marked as ours",
            mend="add “source: ours”",
        )


def moved_addresses_lead_somewhere(records: Records) -> Iterator[Problem]:
    """An address that holds no page leads to one, not by way of another, or says why there is none."""
    moved = _of(records, MovedAddress)
    goes = dict(_each(moved, lambda one: [(str(one.address), one.to)]))
    yield from _each(moved, lambda one: _leads(records, one, goes))


def _leads(records: Records, one: MovedAddress, goes: dict[str, str | None]) -> Iterator[Problem]:
    if one.to is None and one.why is None:
        yield records.problem(
            one.where,
            found="an address that leads nowhere",
            expected="“to:” with the address of a page, or “why:” with the reason",
            mend="add one of the two",
        )
    elif one.to in goes:
        yield records.problem(
            one.at("to"),
            found=f"the address “{one.to}”, which moved as well",
            expected="the address of a page",
            mend=f"write “{goes[one.to]}”" if goes[one.to] not in {None, one.address} else "say why in “why:”",
        )


@_for_each(_trusts)
def confirmations_are_of_a_day(records: Records, trust: Trust) -> Iterator[Problem]:
    """A profile was confirmed on one day, which has come and is not before the report."""
    if trust.confirmed is None:
        return
    region, on = next(iter(_of(records, Region)), None), trust.confirmed.on
    if on.first != on.last:
        yield records.problem(
            trust.at("confirmed.on"),
            found=f"“{on}”",
            expected="one day, such as 2026-11-22",
            mend="write the day on which the check was finished",
        )
    elif on.first > today() or (region and on.first < region.evidence_date.first):
        yield records.problem(
            trust.at("confirmed.on"),
            found=f"{on.text}",
            expected="a day between the report and today",
            mend="check the year",
        )


BESIDE_PROFILES = (layout.REGION, layout.SOURCES)
"""All that rules read for what a profile says. Of other records they ask no more than whether they are there; and what
they look up for its name, which is that of its file, is not here."""

RULES: tuple[Rule, ...] = (
    every_source_exists,
    every_statement_has_a_source,
    every_trust_named_exists,
    ids_are_used_once,
    every_trust_has_a_place,
    parts_add_up,
    survey_fits_together,
    terms_point_to_terms,
    points_are_numbered,
    profiles_agree_with_themselves,
    a_year_is_not_a_month,
    seats_go_with_representation,
    guidance_names_what_exists,
    everything_is_reached,
    every_trust_is_reached,
    practices_rest_on_their_trusts,
    reviews_come_in_order,
    gaps_are_marked_as_ours,
    moved_addresses_lead_somewhere,
    confirmations_are_of_a_day,
)
