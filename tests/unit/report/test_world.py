import re

import numpy as np

from selloff.report import render
from selloff.report.world import world

STATES = ["markets", "united-states", "japan", "emerging", "reserves"]


def test_sections_in_the_order_of_the_page(dump) -> None:
    assert [one.id for one in world(dump[0])] == STATES


def test_each_opens_with_two_or_three_sentences_that_have_ranges(dump) -> None:
    for one in world(dump[0]):
        assert 2 <= len([words for words in one.sentences if words]) <= 3
        assert "(5–95%: " in one.sentences[0]


def test_charts_have_names_of_their_own(dump) -> None:
    ids = [chart.id for one in world(dump[0]) for chart in one.charts]
    assert len(set(ids)) == len(ids)


def test_charts_carry_quantiles_and_never_draws(build) -> None:
    few, many = (build(draws=draws)[0] for draws in (20, 200))
    counts = [
        sum(len(trace["y"]) for one in world(dataset) for chart in one.charts
            for trace in chart.figure["data"])
        for dataset in (few, many)
    ]  # fmt: skip
    assert counts[0] == counts[1]


def test_no_sale_leaves_no_section(no_sale) -> None:
    assert world(no_sale[0]) == []


def test_a_world_that_does_not_move_shows_zeros(build) -> None:
    dataset, summary = build(draws=6)
    for name in dataset.data_vars:
        if name.startswith(("delta_", "em_", "exporter", "federal", "japan_r", "boj_a")):
            dataset[name] = dataset[name] * -0.0
    page = render([dataset], [summary])
    body = page.split("<main>")[1].split("</main>")[0]
    text = re.sub("<svg.*?</svg>|<[^>]*>", " ", body, flags=re.DOTALL)
    assert not re.search(r"\bnan\b|[−-]0(?![.0-9])|−\$0bn|not available", text)


def test_everything_still_works_with_one_draw(build) -> None:
    sections = world(build(draws=1)[0])
    assert [one.id for one in sections] == STATES
    assert np.isfinite(sections[0].charts[0].figure["data"][-1]["y"][5])
