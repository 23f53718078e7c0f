"""What reads otherwise on a page: sentences, names and cells, each with the headings it stands under."""

from __future__ import annotations

from macros.editing.page_pieces import Piece, pieces, text_changes
from macros.pages.site import Site

PROFILE = """\
Words of the page. {: .lead }

## Training {: #training }

<div class="ce-part">
<p>Two courses ran. One was <a class="ce-term" href="x">open</a> to all.</p>
<ul class="ce-items">
<li>
<p class="ce-items__head"><strong class="ce-items__name">Bid writing</strong> <span class="ce-status">Held</span></p>
<p>It lasted a day.</p>
<p class="ce-meta"><span>course</span> <span>autumn 2007</span> <a class="ce-source" href="y">Luton: training</a></p>
</li>
<li><p class="ce-items__head"><strong class="ce-items__name">Costing</strong></p><p>It lasted a week.</p></li>
</ul>
<table><thead><tr><th>Trust</th><th>Seats</th></tr></thead>
<tbody><tr><th>Luton</th><td>2</td></tr><tr><th>Essex</th><td>3</td></tr></tbody></table>
<dl><div><dt>Who paid</dt><dd><p>The council.</p></dd></div></dl>
</div>

| Year | Sum |
|---|---|
| 2008 | £5 |
"""


def changes(old: str, new: str) -> list[str]:
    assert old in PROFILE
    return [f"{' › '.join(one.place)}: {one.sentence()}" for one in text_changes(PROFILE, PROFILE.replace(old, new, 1))]


def test_every_piece_knows_where_it_stands() -> None:
    assert pieces(PROFILE) == [
        Piece((), "Words of the page."),
        Piece((), "Training", "name"),
        Piece(("Training",), "Two courses ran."),
        Piece(("Training",), "One was open to all."),
        Piece(("Training",), "Bid writing · Held"),
        Piece(("Training", "Bid writing"), "It lasted a day."),
        Piece(("Training", "Bid writing"), "course · autumn 2007"),
        Piece(("Training", "Bid writing"), "Luton: training"),
        Piece(("Training",), "Costing", "name"),
        Piece(("Training", "Costing"), "It lasted a week."),
        Piece(("Training",), "Trust", "name"),
        Piece(("Training",), "Seats", "name"),
        Piece(("Training",), "Luton", "name"),
        Piece(("Training", "Luton", "Seats"), "2"),
        Piece(("Training",), "Essex", "name"),
        Piece(("Training", "Essex", "Seats"), "3"),
        Piece(("Training",), "Who paid", "name"),
        Piece(("Training", "Who paid"), "The council."),
        Piece(("Training",), "Year", "name"),
        Piece(("Training",), "Sum", "name"),
        Piece(("Training", "Year"), "2008"),
        Piece(("Training", "Sum"), "£5"),
    ]


def test_a_page_that_reads_the_same_has_no_news() -> None:
    assert text_changes(PROFILE, PROFILE) == []
    assert changes('<a class="ce-term" href="x">open</a>', "open") == []
    assert changes("<p>It lasted a day.</p>\n", "<p>It\nlasted   a day.</p>") == []


def test_a_sentence() -> None:
    assert changes("It lasted a day.", "It lasted two days.") == [
        "Training › Bid writing: was “It lasted a day.”, now “It lasted two days.”"
    ]


def test_a_cell_is_told_with_its_row_and_column() -> None:
    assert changes("<td>3</td>", "<td>4</td>") == ["Training › Essex › Seats: was “3”, now “4”"]


def test_a_heading_that_is_renamed_does_not_move_what_is_below() -> None:
    assert changes("## Training", "## Training and awareness") == [": was “Training”, now “Training and awareness”"]


def test_what_only_moved_is_said_to_have_moved() -> None:
    one = "<p>It lasted a day.</p>\n"
    now = PROFILE.replace(one, "").replace("<p>It lasted a week.</p>", f"<p>It lasted a week.</p>{one}")
    (moved,) = text_changes(PROFILE, now)
    assert moved.sentence() == ("only moved: “It lasted a day.”, from “Training › Bid writing” to “Training › Costing”")


def test_what_is_new_and_what_is_gone() -> None:
    assert changes("<p>The council.</p>", "<p>The council. Others did as well.</p>") == [
        "Training › Who paid: new: “Others did as well.”"
    ]
    assert changes("Two courses ran. ", "") == ["Training: gone: “Two courses ran.”"]


def test_every_page_of_the_guide_is_read_in_full(site: Site) -> None:
    """Nothing that a template shows is left out, and names never stand alone."""
    for page in site.pages:
        found = pieces(site.drawn(page))
        assert found, page.path
        assert all(one.text == " ".join(one.text.split()) and "{:" not in one.text for one in found), page.path
    luton = pieces(site.drawn(next(page for page in site.pages if page.path == "trusts/luton.md")))
    said = {one.text for one in luton}
    assert any("Vision4CYP" in text for text in said)
    assert {one.place[0] for one in luton if one.place} >= {"At a glance", "Training and awareness", "Needs assessment"}
