"""Charts: one for each result that has a figure, and none for a result in words. Bars are as long as their values."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup, Tag
from mistakes import Folder

from macros.derived import charts as worked
from macros.derived import downloads
from macros.derived.chart_drawing import NARROW_LETTERS, drawing
from macros.derived.charts import Chart, ChartBar
from macros.model.survey import Question
from macros.model.vocabulary import FigureKind, Per, Qualifier
from macros.pages import drawings
from macros.reading.guide import Guide, load

Soups = dict[str, BeautifulSoup]


@pytest.fixture(scope="module")
def soups(rendered: dict[str, str]) -> Soups:
    return {path: BeautifulSoup(html, "html.parser") for path, html in rendered.items() if "ce-chart" in html}


@pytest.fixture(scope="module")
def every(guide: Guide) -> list[Chart]:
    return list(worked.charts(guide))


def words(one: Tag | None) -> str:
    assert one is not None
    return " ".join(one.get_text().split())


def figures(soups: Soups) -> list[tuple[str, Tag]]:
    return [(path, figure) for path, page in soups.items() for figure in page.select("figure.ce-chart")]


def in_its_place(soups: Soups, chart: Chart) -> Tag:
    """Return a chart on the page that it belongs to."""
    page, _, anchor = chart.url.partition("#")
    (figure,) = soups[f"{page.rstrip('/')}.md"].select(f"figure#{anchor}")
    return figure


def has_figure(guide: Guide, question: Question) -> bool:
    return any(one.percent is not None for one in worked.answers_of(guide.survey("2009"), question))


def test_each_result_with_a_figure_is_drawn_and_no_other(guide: Guide, every: list[Chart], soups: Soups) -> None:
    with_figure = {f"survey-2009-{one.id}" for one in guide.survey("2009").questions if has_figure(guide, one)}
    assert len(with_figure) == 6
    assert {chart.name for chart in every if chart.name.startswith("survey")} == with_figure
    for chart in every:
        in_its_place(soups, chart)
    drawn = {str(figure["id"]) for path, figure in figures(soups) if path == "evidence/charts.md"}
    assert drawn == {worked.anchor(chart.name) for chart in every}, "the page of charts has all of them"


def test_a_result_in_words_is_a_sentence_and_never_a_bar(guide: Guide, soups: Soups) -> None:
    survey = guide.survey("2009")
    for answer in survey.answers:
        if answer.percent is None:
            assert all(answer.answer not in words(svg) for _, one in figures(soups) for svg in one.select("svg"))
    for question in survey.questions:
        if not has_figure(guide, question):
            page = next(one.page for one in survey.themes if one.id == question.theme)
            said = soups[f"survey/{page}.md"]
            assert worked.headline(question) in [words(one) for one in said.select("h3:not(.ce-chart__title)")]
    assert all(not page.select(".ce-call__figure") for path, page in soups.items() if path != "survey/index.md")


def test_bars_are_as_long_as_their_values_from_zero(every: list[Chart], soups: Soups) -> None:
    for chart in every:
        for svg in in_its_place(soups, chart).select("svg"):
            bars = svg.select(".ce-chart__bar")
            assert len(bars) == len(chart.drawn)
            assert {str(bar["x"]) for bar in bars} == {"0"}
            lengths = [float(str(bar["width"]).removesuffix("%")) for bar in bars]
            ratios = [length / float(one.value or 0) for length, one in zip(lengths, chart.drawn, strict=True)]
            assert max(ratios) == pytest.approx(min(ratios), rel=0.002), chart.name
            for track in svg.select(".ce-chart__track"):
                assert float(str(track["width"]).removesuffix("%")) == pytest.approx(
                    float(chart.full) * max(ratios), rel=0.01
                )


def test_values_stand_beside_their_bars_within_the_drawing(every: list[Chart], soups: Soups) -> None:
    """On a phone of 320 pixels the drawing has some 280 of them; a bold letter takes at most 8.6."""
    for chart in every:
        for value in in_its_place(soups, chart).select("svg .ce-chart__value"):
            end = 280 * float(str(value["x"]).removesuffix("%")) / 100 + 8 + 8.6 * len(words(value))
            assert end <= 281, (chart.name, words(value))
        drawn = in_its_place(soups, chart).select("svg")
        assert all(len(words(line)) <= NARROW_LETTERS for line in drawn[-1].select(".ce-chart__label"))


def test_a_label_breaks_only_on_a_narrow_screen_and_leaves_no_short_line(every: list[Chart], soups: Soups) -> None:
    several = 0
    for chart in every:
        wide, *narrow = in_its_place(soups, chart).select("svg")
        assert [words(one) for one in wide.select(".ce-chart__label")] == [bar.label for bar in chart.drawn]
        for svg in narrow:
            several += 1
            labels = [words(one) for one in svg.select(".ce-chart__label")]
            assert " ".join(labels) == " ".join(bar.label for bar in chart.drawn)
            assert str(svg["aria-label"]) == str(wide["aria-label"])
            assert int(str(svg["height"])) == int(str(wide["height"])) + 20 * (len(labels) - len(chart.drawn))
    assert several
    assert drawing(replace(every[0], bars=(bar_of("2009/10, a year that had only begun"),)), 33).bars[0].lines == (
        ("2009/10, a year", 15),
        ("that had only begun", 35),
    )


def bar_of(label: str) -> ChartBar:
    return ChartBar(label, Decimal(1), "1", ())


def test_each_chart_says_what_it_shows_of_whom_in_what_and_from_where(
    guide: Guide, every: list[Chart], soups: Soups
) -> None:
    files = downloads.contents(guide, "https://clear-expectations.example/")
    for chart in every:
        figure = in_its_place(soups, chart)
        title = figure.select_one(".ce-chart__title")
        assert words(title) == chart.title
        assert chart.title.endswith(".")
        assert len(chart.title.split()) <= 25
        assert figure["aria-labelledby"] == (title or {}).get("id")
        said = words(figure.select_one(".ce-chart__asked"))
        assert re.match("(Asked about|Counted): ", said)
        assert "Base not given" in said or "The whole" in said
        assert re.search("per cent|Pounds", said)
        assert re.search(r"\b20\d\d\b", words(figure.select_one(".ce-meta")))
        assert figure.select(".ce-meta :is(a.ce-mark, a.ce-source)")
        rows = figure.select("details table tbody tr")
        assert [words(row.select_one("th")) for row in rows] == [bar.label for bar in chart.bars]
        assert all(row.select("td")[-1].select("a") for row in rows)
        for svg in figure.select("svg"):
            assert svg["role"] == "img"
            for bar in chart.drawn:
                assert f"{bar.label}: {bar.words}" in str(svg["aria-label"])
                assert bar.words.lower() in words(svg).lower(), "each bar has its value beside it"
        got = [str(link["href"]).rpartition("data/")[2] for link in figure.select("a[download]")]
        assert got == [f"charts/{chart.name}.svg", f"charts/{chart.name}.csv"]
        assert all(path in files for path in got)


def test_what_the_report_does_not_state_is_drawn_as_an_outline(guide: Guide, soups: Soups) -> None:
    drawn = {
        words(figure.select_one(".ce-chart__title")): len(
            figure.select("svg:not(.ce-chart__svg--narrow) .ce-chart__bar--open")
        )
        for _, figure in figures(soups)
        if figure.select(".ce-chart__bar--open")
    }
    assert len(drawn) == 2
    assert set(drawn.values()) == {1}
    assert sum(one.qualifier == Qualifier.DERIVED for one in guide.survey("2009").answers) == 1


def test_answers_that_make_a_whole_say_what_is_missing(soups: Soups) -> None:
    assert "The printed answers add up to 96%." in words(soups["survey/funding.md"])


# --- money --------------------------------------------------------------------------------------------------------


def test_money_is_drawn_for_one_trust_at_a_time(guide: Guide, every: list[Chart]) -> None:
    """Sums of different Trusts, of unlike scopes or unconfirmed, never become bars beside each other."""
    money = [chart for chart in every if chart.unit.startswith("Pounds")]
    assert [chart.name for chart in money] == ["hertfordshire-investment", "southend-on-sea-budget"]
    years = guide.trust("hertfordshire").investment.figures
    assert {(one.kind, one.per, one.series) for one in years} == {
        (FigureKind.REPORTED, Per.YEAR, "total investment in the sector")
    }
    assert [bar.value for bar in money[0].bars] == [3_500_000, 4_500_000, 5_500_000]
    assert sum(bar.value or 0 for bar in money[1].bars) == money[1].full == Decimal(600_000)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("      period: 2009/10\n      per: a year\n", "      period: 2009/10\n      per: the whole period\n"),
        (
            "period: 2009/10\n      per: a year\n      series: total",
            "period: 2009/10\n      per: a year\n      series: other",
        ),
    ],
    ids=["a sum for a whole period", "a sum of another thing"],
)
def test_an_unlike_sum_is_no_bar_beside_years(data: Folder, old: str, new: str) -> None:
    data.change("trusts/hertfordshire/2009.yml", old, new)
    guide = load(data.path)
    chart = worked.of_years(guide.trust("hertfordshire"), guide.first_wave.date)
    assert chart
    assert [bar.label for bar in chart.bars] == ["2007/08", "2008/09"]


def test_sums_that_are_not_said_to_be_of_one_thing_are_not_drawn(data: Folder) -> None:
    path = data / "trusts/hertfordshire/2009.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("      series: total investment in the sector\n", ""), encoding="utf-8")
    guide = load(data.path)
    assert worked.of_years(guide.trust("hertfordshire"), guide.first_wave.date) is None


# --- files --------------------------------------------------------------------------------------------------------


def test_pictures_are_plain_drawings_that_say_the_same(guide: Guide, every: list[Chart]) -> None:
    files = downloads.contents(guide, "https://clear-expectations.example/")
    for chart in every:
        picture = files[f"charts/{chart.name}.svg"].decode()
        assert not list(drawings.faults(picture))
        drawn = BeautifulSoup(picture, "xml")
        assert words(drawn.select_one("title")) == chart.title
        said = words(drawn)
        for bar in chart.drawn:
            assert bar.words.lower() in said.lower()
        assert "Source: Clear Expectations (" in said
        assert all(int(str(text["font-size"])) >= 13 for text in drawn.select("text"))
        values = files[f"charts/{chart.name}.csv"].decode("utf-8-sig")
        assert len(values.splitlines()) == 1 + len(chart.bars)
