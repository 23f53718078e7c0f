"""Templates: what the data say is escaped, and is never taken for a heading of the template's own."""

from __future__ import annotations

import pytest

from macros import render
from macros.passage import marked


@pytest.mark.parametrize("words", ["# Money", "Money\n## Needs {: onclick=alert(1) }", "###### x"])
@pytest.mark.parametrize(
    "template", ["{{ words }}", "<p>\n{{ words }}\n</p>", "{{ words|inline }}", "{{ words|prose }}"]
)
def test_words_of_the_data_are_no_heading(template: str, words: str) -> None:
    drawn = render._environment().from_string(template).render(words=words)
    assert not [line for line in drawn.splitlines() if line.startswith("#")]
    assert marked(f"<div>\n{drawn}\n</div>").count("drawn") == 1


def test_links_inside_a_page_stay() -> None:
    assert render._environment().from_string('<a href="{{ link }}">').render(link="#money") == '<a href="#money">'
