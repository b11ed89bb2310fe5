"""The shipped bank and its certificate."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from marks import every
from selloff.evidence import (
    Bank,
    Parameter,
    bank,
    fix,
    load_bank,
    parameters,
    save_bank,
)
from selloff.evidence.bank import forget_bank
from selloff.vocab import OutputError

ANSWERS = {n: row for n, row in parameters().items() if row.mechanism.startswith("reaction: ")}
ALONE = [n for n, row in ANSWERS.items() if row.distribution != "constant" and not row.drawn_with]

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


@every((row for row in parameters().values() if row.drawn_with), lambda row: row.name)
def test_pairs_are_drawn_together(row: Parameter) -> None:
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
    with pytest.raises(OutputError, match="cannot be written"):
        save_bank(Bank({"x": np.arange(3.0)}, {}), tmp_path / "taken")


@pytest.mark.parametrize("content", [b"", b"no bank", b"PK\x03\x04 half of one"])
def test_a_damaged_bank_is_told(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "draws.npz"
    file.write_bytes(content)
    with pytest.raises(OutputError, match=r"draws\.npz: cannot be read .*Install"):
        bank._read(file)


def test_a_flipped_bit_of_a_bank_is_told(tmp_path: Path) -> None:
    numbers, _ = save_bank(Bank({"x": np.arange(300.0), "y": np.ones(9)}, {}), tmp_path)
    whole, rng = numbers.read_bytes(), np.random.default_rng(2)
    for place in rng.integers(0, len(whole), 60).tolist():
        damaged = bytearray(whole)
        damaged[place] ^= 1 << int(rng.integers(8))
        numbers.write_bytes(damaged)
        with suppress(OutputError):
            bank._read(numbers)


@pytest.fixture
def forgotten() -> Iterator[None]:
    """Forget the shipped bank before and after."""
    forget_bank()
    yield
    forget_bank()


def test_answers_are_the_same_on_every_load(forgotten: None) -> None:
    first = {name: load_bank().draws[name].copy() for name in ANSWERS}
    forget_bank()
    again = load_bank().draws
    for name, values in first.items():
        np.testing.assert_array_equal(again[name], values)


@pytest.mark.parametrize("name", list(ANSWERS))
def test_answers_are_read_only_and_one_a_draw(name: str) -> None:
    values = load_bank().draws[name]
    assert values.shape == (load_bank().n_draws,)
    assert not values.flags.writeable


@pytest.mark.parametrize("name", list(ANSWERS))
def test_answers_fill_the_range_of_their_row(name: str) -> None:
    """Nine of ten draws lie between the row's 5 and 95 percent, give or take chance."""
    row, values = ANSWERS[name], load_bank().draws[name]
    if row.distribution == "constant":
        np.testing.assert_array_equal(values, row.p50)
        return
    n = values.size
    assert np.mean(values < row.p50) == pytest.approx(0.5, abs=4 * np.sqrt(0.25 / n))
    if row.distribution in ("uniform", "loguniform"):
        assert np.all((values >= row.p05) & (values <= row.p95))
        quarter = row.p05 + 0.25 * (row.p95 - row.p05)
        if row.distribution == "uniform":
            assert np.mean(values < quarter) == pytest.approx(0.25, abs=4 * np.sqrt(0.19 / n))
        return
    inside = np.mean((values > row.p05) & (values < row.p95))
    # A lognormal or logitnormal meets the median and the width of a lopsided range, not its ends.
    assert inside == pytest.approx(0.9, abs=0.06)
    assert np.all(values > 0.0) or row.distribution == "normal"
    if row.distribution == "logitnormal":
        assert np.all(values < 1.0)


def test_answers_are_drawn_independently_of_one_another_and_of_the_rest() -> None:
    draws = load_bank().draws
    fitted = ("permanent_impact", "fx_impact", "transient_impact", "dealer_capacity")
    table = np.stack([draws[name] for name in (*ALONE, *fitted)])
    ranks = np.argsort(np.argsort(table, axis=1), axis=1)
    found = np.corrcoef(ranks)[: len(ALONE)]
    own = np.eye(*found.shape, dtype=bool)
    assert np.abs(found[~own]).max() < 5.0 / np.sqrt(load_bank().n_draws)


def test_a_row_more_or_less_leaves_the_other_answers_alone(
    forgotten: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {name: load_bank().draws[name].copy() for name in ANSWERS}
    gone, *kept = ANSWERS

    def shorter() -> dict[str, Parameter]:
        return {name: ANSWERS[name] for name in reversed(kept)}

    monkeypatch.setattr(bank, "parameters", shorter)
    forget_bank()
    after = load_bank().draws
    assert gone not in after
    for name in kept:
        np.testing.assert_array_equal(after[name], before[name])


def test_the_shipped_file_has_no_answers() -> None:
    folder = Path(bank.__file__).parent / "bank"
    with np.load(folder / "draws.npz") as archive:
        assert not set(archive.files) & set(ANSWERS)


def test_fixing_changes_what_is_named_and_nothing_else() -> None:
    shipped = load_bank()
    fixed = fix(shipped, {"fed_gate": 90.0, "supply_decay": 0.0})
    np.testing.assert_array_equal(fixed.draws["fed_gate"], np.full(shipped.n_draws, 90.0))
    np.testing.assert_array_equal(fixed.draws["supply_decay"], np.zeros(shipped.n_draws))
    assert set(fixed.draws) == set(shipped.draws)
    for name in set(shipped.draws) - {"fed_gate", "supply_decay"}:
        assert fixed.draws[name] is shipped.draws[name], name
    assert fixed.certificate == shipped.certificate
    assert np.ptp(shipped.draws["fed_gate"]) > 0.0


def test_fixing_nothing_gives_an_equal_bank() -> None:
    shipped = load_bank()
    assert dict(fix(shipped, {}).draws) == dict(shipped.draws)
