"""Dates as precise as the source gives them: what each form means, how it reads, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import TypeAdapter, ValidationError

from macros.model.dates import FORMS, NotAFormError, When, meant
from macros.model.trust import Trust
from macros.reading.guide import Guide


@pytest.mark.parametrize(
    ("value", "first", "last", "text"),
    [
        ("2009-04-01", date(2009, 4, 1), date(2009, 4, 1), "1 April 2009"),
        ("2009-04", date(2009, 4, 1), date(2009, 4, 30), "April 2009"),
        ("2008-02", date(2008, 2, 1), date(2008, 2, 29), "February 2008"),
        ("2009", date(2009, 1, 1), date(2009, 12, 31), "2009"),
        ("2007/08", date(2007, 4, 1), date(2008, 3, 31), "2007/08"),
        ("1999/00", date(1999, 4, 1), date(2000, 3, 31), "1999/00"),
        ("early 2009", date(2009, 1, 1), date(2009, 4, 30), "early 2009"),
        ("spring 2009", date(2009, 3, 1), date(2009, 5, 31), "spring 2009"),
        ("mid 2008", date(2008, 5, 1), date(2008, 8, 31), "mid 2008"),
        ("summer 2009", date(2009, 6, 1), date(2009, 8, 31), "summer 2009"),
        ("autumn 2007", date(2007, 9, 1), date(2007, 11, 30), "autumn 2007"),
        ("late 2008", date(2008, 9, 1), date(2008, 12, 31), "late 2008"),
        ("winter 2008", date(2008, 12, 1), date(2008, 12, 31), "winter 2008"),
        ("2007 to 2009", date(2007, 1, 1), date(2009, 12, 31), "2007 to 2009"),
        ("2008-11 to 2009-01", date(2008, 11, 1), date(2009, 1, 31), "November 2008 to January 2009"),
        ("autumn 2008 to 2009-04-01", date(2008, 9, 1), date(2009, 4, 1), "autumn 2008 to 1 April 2009"),
    ],
)
def test_each_form(value: str, first: date, last: date, text: str) -> None:
    when = When(value)
    assert (when, when.first, when.last, when.text) == (value, first, last, text)


@pytest.mark.parametrize(
    "value",
    ["", "soon", "April 2009", "01/04/2009", "2009-4-1", "2007-2009", "2007/2008", "Autumn 2007", "2009 to", "09",
     "2009-04-01T00:00", " 2009", "2009\n", "2007 – 2009", "2007 to 2008 to 2009", "٢٠٠٩"],
)  # fmt: skip
def test_other_forms_are_refused(value: str) -> None:
    with pytest.raises(NotAFormError, match="one of the forms"):
        When(value)


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("2009-04-31", "not a real date: April 2009 has no day 31"),
        ("2009-02-29", "not a real date: February 2009 has no day 29"),
        ("2009-04-00", "not a real date: April 2009 has no day 0"),
        ("2009-13", "not a real date: there is no month 13"),
        ("2009-00", "not a real date: there is no month 0"),
        ("2007/09", "not a financial year: 2007 is followed by 08"),
        ("2009/08", "not a financial year: 2009 is followed by 10"),
        ("2009 to 2007", "the end comes before the beginning"),
        ("2009-05 to 2009-04", "the end comes before the beginning"),
    ],
)
def test_dates_that_cannot_be(value: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        When(value)


def test_the_forms_that_messages_name_are_forms() -> None:
    forms = FORMS.partition(", or two")[0].split(", ")
    assert len(forms) == 6
    for form in forms:
        assert When(form)


def test_a_year_may_be_a_number_as_yaml_reads_it() -> None:
    adapter = TypeAdapter(When)
    assert adapter.validate_python(2009) == "2009"
    for wrong in (True, None, 2009.5, [], {}, 9):
        with pytest.raises(ValidationError):
            adapter.validate_python(wrong)


def test_no_fact_of_the_guide_is_later_than_its_evidence_except_what_was_planned(guide: Guide) -> None:
    """The evidence is of April 2009: whatever had happened, had happened by then."""
    latest = guide.first_wave.date.last
    for trust in guide.trusts:
        for event in (*trust.training.events, *trust.needs.activities):
            if event.when and event.state in {"held", "continuing"}:
                assert event.when.first <= latest, f"{trust.slug}: {event.name}"
        assert trust.context.commissioning.unit.since is None or _begun(trust, latest)


def _begun(trust: Trust, latest: date) -> bool:
    unit = trust.context.commissioning.unit
    return unit.state != "in place" or unit.since is None or unit.since.first <= latest


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("31/03/2009", "2009-03-31"),
        ("1.4.2009", "2009-04-01"),
        ("1 April 2009", "2009-04-01"),
        ("1st  April, 2009", "2009-04-01"),
        ("April 2009", "2009-04"),
        ("Spring 2009", "spring 2009"),
        ("2007/2008", "2007/08"),
        ("2007–08", "2007/08"),
        ("2007 - 2009", "2007 to 2009"),
        ("1999-2000", "1999/00"),
        ("2007-10", "2007 to 2010"),
        ("31/04/2009", None),
        ("2009-2007", None),
        ("Smarch 2009", None),
        ("soon", None),
    ],
)
def test_other_common_forms_are_understood_as_what_was_meant(text: str, form: str | None) -> None:
    assert meant(text) == form
