import numpy as np
import pytest

from selloff.report.japan import japan


@pytest.fixture(scope="module")
def told(dump):
    return japan(dump[0])


def _table(told, heading):
    return next(block.table for block in told.blocks if block.heading.startswith(heading))


def test_exporters_are_named_the_hardest_hit_first(dump, told) -> None:
    profit = np.median(dump[0]["exporter_profit"].to_numpy()[:, 3], axis=0)
    rows = _table(told, "Exporters").rows
    assert [row[0] for row in rows] == ["Denso", "Honda Motor", "Toyota Motor"]
    assert rows[0][1] == f"−{-profit.min():.1f}%"
    assert "Of the 3 exporters named below Denso is hit hardest: a year on" in told.sentences[1]


def test_exporters_without_names_go_by_their_code(dump) -> None:
    told = japan(dump[0].drop_vars("exporter_name"))
    assert _table(told, "Exporters").rows[0][0] == "denso"


def test_a_weak_yen_helps_exporters(dump) -> None:
    told = japan(dump[0].assign(exporter_profit=-dump[0]["exporter_profit"]))
    assert "Toyota Motor is helped least" in told.sentences[1]
    assert " above baseline" in told.sentences[1]


def test_branches_are_counted_in_words(dump, told) -> None:
    rows = dict(_table(told, "Two ways").rows)
    assert rows["A strong yen pulls prices down"] == "25% of draws"
    assert rows["Neither"] == "67% of draws"
    assert len(rows) == 3


def test_failed_draws_take_no_branch(build) -> None:
    told = japan(build(draws=8, failed=4)[0])
    assert dict(_table(told, "Two ways").rows)["Neither"] == "every draw"


def test_amounts_are_in_yen(dump, told) -> None:
    loss = np.median(dump[0]["japan_reserve_loss"].to_numpy().max(axis=1))
    assert f"loses up to ¥{loss:.0f}tn" in told.sentences[2]
    assert len(told.charts) == 6


def test_a_book_can_gain_and_a_bill_can_shrink(dump) -> None:
    turned = {name: -dump[0][name] for name in ("japan_reserve_loss", "insurer_hedge_bill")}
    told = japan(dump[0].assign(turned)).sentences[2]
    assert "gains up to ¥" in told
    assert told.endswith(" less for hedges.")


def test_a_book_that_is_gone_is_not_spoken_of(dump) -> None:
    told = japan(dump[0].assign(japan_reserve_loss=1e-9 * dump[0]["japan_reserve_loss"]))
    assert told.sentences[2].startswith("Life insurers pay up to ")
    assert "official book" not in told.sentences[2]


def test_older_results_and_still_ones_have_no_such_section(dump, no_sale) -> None:
    assert japan(dump[0].drop_vars("japan_branch")) is None
    assert japan(no_sale[0]) is None
