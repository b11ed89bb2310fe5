"""The shipped bank and its certificate."""

import json
from pathlib import Path

import numpy as np
import pytest

from selloff.evidence import Bank, load_bank, parameters, save_bank
from selloff.vocab import OutputError

REACHED = {
    "permanent_impact_bp_per_usd_100bn": ("permanent_impact", None, 1.0),
    "fx_impact_pct_per_pct_gdp_jpy": ("fx_impact", None, 1.0),
    "fx_impact_pct_per_pct_gdp_eur": ("reached_fx_impact", 1, 0.01),
    "spillover_jgb_10y": ("reached_spillover", 1, 1.0),
    "usd_10y_volatility_bp": ("reached_bond_volatility", 0, 1e-4),
    "jpy_volatility_pct": ("reached_fx_volatility", 0, 0.01),
    "distance_to_boundary": ("distance_to_boundary", None, 1.0),
}


def test_every_array_has_a_row_a_draw_and_only_numbers() -> None:
    bank = load_bank()
    assert bank.n_draws == bank.certificate["n_draws"]
    for name, values in bank.draws.items():
        assert values.shape[0] == bank.n_draws, name
        assert np.all(np.isfinite(values)), name


def test_the_bank_cannot_be_changed_by_a_reader() -> None:
    with pytest.raises(ValueError, match="read-only"):
        load_bank().draws["fx_impact"][0] = 1.0


@pytest.mark.parametrize("name", list(REACHED))
def test_the_certificate_tells_what_is_in_the_bank(name: str) -> None:
    key, column, unit = REACHED[name]
    values = load_bank().draws[key]
    values = values if column is None else values[:, column]
    wanted = np.percentile(values, [5, 50, 95]) / unit
    np.testing.assert_allclose(
        load_bank().certificate["reached_p05_p50_p95"][name], wanted, atol=5.1e-5
    )


def test_the_certificate_tells_all_and_nothing_else() -> None:
    certificate = load_bank().certificate
    assert set(certificate["reached_p05_p50_p95"]) == set(REACHED)
    for key in ("method", "seed", "versions", "fit", "identified"):
        assert key in certificate
    rounds = certificate["candidates_by_round"]
    assert len(certificate["effective_sample_size_by_round"]) == len(rounds)
    assert len(certificate["kernel_power_by_round"]) == len(rounds)
    assert certificate["effective_sample_size_by_round"][-1] >= 0.75 * certificate["n_draws"]
    distinct = np.unique(load_bank().draws["core_habitat_scale"]).size
    assert certificate["n_distinct_structures"] == distinct
    assert 0.0 < certificate["share_with_equilibrium"] <= 1.0


def test_every_parameter_outside_pricing_is_drawn() -> None:
    outside = (
        "pricing",
        "calibration target",
        "baseline noise",
        "meta-analysis",
        "backtest",
        "carry",
    )
    wanted = {name for name, row in parameters().items() if row.mechanism not in outside}
    assert wanted <= set(load_bank().draws)


@pytest.mark.parametrize(
    "name", [n for n, r in parameters().items() if r.mechanism in ("intermediaries", "absorption")]
)
def test_draws_fill_their_range(name: str) -> None:
    """Median and spread of 512 draws within sampling error of the table's row."""
    row, values = parameters()[name], load_bank().draws[name]
    if row.distribution == "constant":
        np.testing.assert_array_equal(values, row.p50)
        return
    if row.distribution == "uniform":
        assert abs(np.median(values) - row.p50) < 0.12 * (row.p95 - row.p05)
        return
    width = np.log(row.p95 / row.p05)
    assert abs(np.log(np.median(values) / row.p50)) < 0.12 * width
    assert values.min() > 0.0


@pytest.mark.parametrize("row", [r for r in parameters().values() if r.drawn_with])
def test_pairs_are_drawn_together(row) -> None:  # type: ignore[no-untyped-def]
    draws = load_bank().draws
    ranks = [np.argsort(np.argsort(draws[each])) for each in (row.name, row.drawn_with)]
    assert np.corrcoef(*ranks)[0, 1] == pytest.approx(row.correlation, abs=0.12)


def test_impacts_are_reached_with_the_drawn_risk_aversion() -> None:
    draws = load_bank().draws
    np.testing.assert_allclose(draws["reached_fx_impact"][:, 0], draws["fx_impact"] / 100.0)
    np.testing.assert_allclose(draws["reached_spillover"][:, 0], 1.0)
    assert np.all(draws["distance_to_boundary"] >= 1.0)


def test_what_is_saved_is_read(tmp_path: Path) -> None:
    bank = Bank({"x": np.arange(3.0)}, {"seed": 1})
    numbers, note = save_bank(bank, tmp_path / "bank")
    with np.load(numbers) as archive:
        np.testing.assert_array_equal(archive["x"], bank.draws["x"])
    assert json.loads(note.read_text(encoding="utf-8")) == {"seed": 1}
    assert len(list((tmp_path / "bank").iterdir())) == 2


def test_a_bank_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(OutputError, match="cannot write the bank"):
        save_bank(Bank({"x": np.arange(3.0)}, {}), tmp_path / "taken")
