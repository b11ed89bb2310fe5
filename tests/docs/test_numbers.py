"""Numbers quoted in the papers are still true."""

import re
from collections import Counter
from typing import Any

import numpy as np
import pytest
from origins.intervention_windows import betas, cross_responses

import selloff
from papers import ROOT, section, table_rows
from selloff.bridge.operators import BUCKET_YEARS, price_map, supplies
from selloff.bridge.reference import reference
from selloff.data import DEFAULT_VINTAGE, emerging, vintage
from selloff.evidence import Bank, limits, load_bank, load_factcheck, load_scores, parameters
from selloff.vocab import BP, PCT, TENOR_YEARS

README, CHOICES = ROOT / "README.md", ROOT / "docs" / "choices.md"
_QUOTED = re.compile(r"(-?[\d,.]+) \((-?[\d,.]+) to (-?[\d,.]+)\)")
_DRAWS = 2000
_ROUNDING = 0.51


def quoted(cell: str) -> list[float]:
    """Median, low and high of a cell `median (low to high)`."""
    match = _QUOTED.fullmatch(cell)
    assert match, cell
    return [float(number.replace(",", "")) for number in match.groups()]


@pytest.fixture(scope="module")
def answers() -> dict[str, Any]:
    both = selloff.compare("japan-dump", "japan-slow", draws=_DRAWS, attribution=False)
    return {run.summary["scenario"]: run.summary["metrics"] for run in both.runs}


@pytest.mark.slow
def test_readme_numbers_hold(answers: dict[str, Any]) -> None:
    heads, _, *rows = table_rows(section(README, "An answer"))
    assert rows
    for name, _, *cells in rows:
        for scenario, cell in zip(heads[2:], cells, strict=True):
            found = answers[scenario][name.strip("`")]
            digit = 0.1 if "." in cell else 1.0
            for level, told in zip(("p50", "p05", "p95"), quoted(cell), strict=True):
                assert abs(found[level] - told) <= _ROUNDING * digit, f"{scenario} {name} {level}"


def test_readme_says_which_numbers_they_are() -> None:
    text = " ".join(section(README, "An answer").split())
    assert f"Numbers of version {selloff.__version__}, books of {DEFAULT_VINTAGE}, seed 0" in text


def test_readme_counts_verdicts_and_economies() -> None:
    text = " ".join(README.read_text(encoding="utf-8").split())
    verdicts = Counter(claim["verdict"] for claim in load_factcheck()["claims"])
    told = (
        f"of {verdicts.total()}, {verdicts['supported']} supported, {verdicts['contested']} "
        f"contested, {verdicts['unsupported']} unsupported, {verdicts['out of date']} out of date "
        f"and {verdicts['inconsistent']} that contradicts itself"
    )
    assert told in text
    assert f"{len(emerging(vintage().date)[0])} emerging economies" in text


def test_cross_effect_of_the_core_is_as_told() -> None:
    _, _, *rows = table_rows(section(CHOICES, "A lasting sale fades"))
    for rate, bond, yen in rows:
        yields, currency = impact_per_100bn(float(rate))
        for values, cell in ((yields, bond), (currency, yen)):
            mid, low, high = quoted(cell)
            found = np.percentile(values, [50, 5, 95])
            assert found == pytest.approx([mid, low, high], rel=0.03, abs=0.06), rate
    text = " ".join(section(CHOICES, "Bond and currency desks apart").split())
    told = re.search(r"fall by (\d+)% \((\d+) to (\d+)\) when a bond sale", text)
    assert told
    yields, currency = impact_per_100bn(0.08)
    falls = np.percentile(-100.0 * currency / yields, [50, 5, 95])
    assert [float(number) for number in told.groups()] == pytest.approx(falls, abs=1.0)


def test_spill_between_currencies_is_as_told() -> None:
    page = (ROOT / "docs" / "model" / "exchange.md").read_text(encoding="utf-8")
    for name, label in (("eur", "euro"), ("gbp", "sterling"), ("cny", "yuan")):
        row = parameters()[f"fx_cross_{name}"]
        told = ", ".join(f"{x:.2f}" for x in (row.p05, row.p50, row.p95))
        line = next(each for each in page.splitlines() if each.startswith(f"| {label} |"))
        assert told in line
        middle, error = cross_responses()[name.upper()]
        assert f"{middle:.2f} ({error:.2f})" in line
        assert all(f"| {betas(year)[name.upper()]:.2f} (" in line for year in ("2006", "2020"))


def test_certificate_is_as_told() -> None:
    shipped = load_bank().certificate
    reached = shipped["reached_p05_p50_p95"]
    text = " ".join(CHOICES.read_text(encoding="utf-8").split())

    def spread(name: str) -> str:
        low, mid, high = (f"{x:.1f}" for x in reached[name])
        return f"{mid}% ({low} to {high})"

    assert spread("fx_impact_pct_per_pct_gdp_jpy") in text
    assert spread("fx_impact_pct_per_pct_gdp_eur") in text
    assert f"{sum(shipped['candidates_by_round']):,} candidates" in text
    assert f"{shipped['share_with_equilibrium']:.0%} of them have an equilibrium" in text
    ess = shipped["effective_sample_size_by_round"][-1]
    assert f"effective sample of {ess:.0f}" in text
    kept = f"{shipped['n_draws']} draws are kept, of {shipped['n_distinct_structures']} different"
    assert kept in text
    assert f"yen {reached['jpy_volatility_pct'][1]:.1f}% a year" in text
    assert f"({reached['usd_10y_volatility_bp'][1]:.0f} bp a year" in text


def test_distance_to_the_edge_is_as_told() -> None:
    distance = np.asarray(load_bank().draws["distance_to_boundary"])
    text = " ".join(CHOICES.read_text(encoding="utf-8").split())
    assert "half of the draws do not stand more than 1.1" in text
    assert np.median(distance) == 1.1
    assert "one in seven stands two-fold" in text
    assert np.mean(distance >= 2.0) == pytest.approx(1.0 / 7.0, abs=0.02)


def test_scores_are_as_told() -> None:
    scores = load_scores()["scores"]
    every, flows = scores["all"], scores["with_flows"]
    low, high = every["against_walk_range"]
    text = " ".join(README.read_text(encoding="utf-8").split())
    assert f"Held against {every['episodes']} episodes" in text
    assert f"Held against {every['episodes']} episodes" in "".join(limits())
    assert f"{every['coverage']:.0%} of outcomes lay inside" in text
    assert f"{every['signs_right']} of {every['signs_claimed']} directions were right" in text
    assert f"{every['against_walk']:.2f} of a random walk's ({low:.2f} to {high:.2f})" in text
    learned = load_scores()["scores_learned"]["with_flows"]
    told = " ".join(CHOICES.read_text(encoding="utf-8").split())
    assert f"error {learned['against_walk']:.2f} of a random walk's" in told
    assert f"against {flows['against_walk']:.2f} without learning" in told
    assert f"and {learned['coverage']:.0%} of outcomes inside" in told
    assert f"the 90% range against {flows['coverage']:.0%}" in told


def impact_per_100bn(rate: float) -> tuple[Any, Any]:
    """10-year yield [bp] and yen [percent], per USD 100 bn of ten-year equivalents, one book."""
    bank, world = load_bank(), vintage()
    what = supplies(world, reference(world))
    draws = dict(bank.draws) | {
        "supply_decay": np.full(bank.n_draws, rate),
        "fx_bond_integration": np.ones(bank.n_draws),
    }
    prices = price_map(Bank(draws, bank.certificate), world, what, mean_wait=1.0)
    bucket = BUCKET_YEARS.index(8.5)
    each = 100.0 * np.asarray(prices.lasting)[:, :, bucket] / what.equivalents[bucket]
    return each[:, TENOR_YEARS.index(10.0)] / BP, each[:, -4] / PCT
