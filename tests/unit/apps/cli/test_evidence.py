"""`evidence`, `explain`, `meta`, `fit` and `episodes` show what is known."""

import json
import subprocess
import sys
from typing import Any

import pytest

from selloff.evidence import TOPICS, estimates, load_meta, parameters
from selloff.scenario import episode_names


def test_every_topic_and_every_row_is_shown(selloff_: Any) -> None:
    text = selloff_("evidence").stdout
    shown = [line for line in text.splitlines() if line.isupper() and line.lower() in TOPICS]
    assert [each.lower() for each in shown] == [
        each for each in TOPICS if any(row.topic == each for row in estimates())
    ]
    assert "MEMORY" in text
    assert "FROM MEMORY" in text


def test_a_topic_shows_its_rows_only(selloff_: Any) -> None:
    text = selloff_("evidence", "exchange").stdout
    assert "Adler, Lisack and Mano (2015)" in text
    assert "Gagnon" not in text


def test_a_study_shows_each_step(selloff_: Any) -> None:
    text = selloff_("evidence", "gagnon-2011").stdout
    assert "x 0.49 = USD 845bn of 10-year equivalents (assumption)" in text
    assert "= 4.15 (2.92 to 5.85) bp per USD 100bn" in text
    assert "read in:   FRBNY EPR text" in text


@pytest.mark.parametrize("command", [("evidence",), ("evidence", "cbo-2019")])
def test_a_hundred_columns_are_enough_and_no_word_is_cut(
    selloff_: Any, command: tuple[str, ...]
) -> None:
    text = selloff_(*command).stdout
    assert max(len(line) for line in text.splitlines()) <= 100
    shown = "".join(text.split())
    for row in estimates():
        if row.study in command or len(command) == 1:
            assert "".join(row.citation.split()) in shown
    assert "..." not in text


def test_an_explanation_fits_a_hundred_columns(selloff_: Any) -> None:
    for name in ("transient_impact", "stress_multiple", "supply_decay"):
        lines = selloff_("explain", name).stdout.splitlines()
        assert max(len(line) for line in lines) <= 100


def test_showing_evidence_loads_neither_jax_nor_numpyro() -> None:
    code = "import sys; from selloff.apps.cli import evidence, explain; "
    code += "print(sorted({'jax', 'equinox', 'numpyro'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_json_has_every_field(selloff_: Any) -> None:
    rows = json.loads(selloff_("evidence", "--json").stdout)
    assert len(rows) == len(estimates())
    assert {"citation", "steps", "standing", "per_100bn_tye_gdp"} <= set(rows[0])


def test_an_unknown_word_is_refused_with_its_neighbour(selloff_: Any) -> None:
    answer = selloff_("evidence", "exchang")
    assert answer.exit_code == 2
    assert "Did you mean 'exchange'?" in answer.stderr


@pytest.mark.parametrize("name", ["permanent_impact", "dealer_capacity", "yield_reversion"])
def test_a_parameter_is_explained(selloff_: Any, name: str) -> None:
    text = selloff_("explain", name).stdout
    row = parameters()[name]
    assert text.startswith(f"{name} ({row.symbol})")
    for part in (row.standing, row.mechanism, f"{row.p50:g}", row.reason[:30]):
        assert part in text


def test_explain_names_the_studies_and_what_was_measured(selloff_: Any) -> None:
    text = selloff_("explain", "permanent_impact").stdout
    assert "bonis" in text
    assert "Measured in japan-dump" in text
    found = json.loads(selloff_("explain", "permanent_impact", "--json").stdout)
    assert found["rank_correlations"]["us_10y_end_bp"] > 0.5
    assert {"id", "citation", "standing"} == set(found["estimates"][0])


def test_an_unknown_parameter_is_refused_with_its_neighbour(selloff_: Any) -> None:
    answer = selloff_("explain", "dealer_capacit")
    assert answer.exit_code == 2
    assert "Did you mean 'dealer_capacity'?" in answer.stderr


def test_meta_shows_posterior_movers_and_priors(selloff_: Any) -> None:
    text = selloff_("meta").stdout
    assert "all rows" in text
    assert "without rows from memory" in text
    assert "beltran-2013" in text
    found = json.loads(selloff_("meta", "--json").stdout)
    assert found["quantities"]["fx_impact"] == list(load_meta().quantities["fx_impact"])


def test_fit_shows_moments_structure_and_two_countries(selloff_: Any) -> None:
    text = selloff_("fit").stdout
    for part in ("volatility usd_10y", "short_rate_reversion", "Fama-Bliss home", "Not verified"):
        assert part in text
    assert {"fit", "identified", "two"} == set(json.loads(selloff_("fit", "--json").stdout))


def test_episodes_are_listed_and_printed(selloff_: Any) -> None:
    lines = selloff_("episodes").stdout.splitlines()
    assert [line.split()[0] for line in lines[1:]] == list(episode_names())
    assert "currency_usd_bn: 20.2" in selloff_("episodes", "--show", "yen-2022-09").stdout
    assert selloff_("episodes", "--show", "yen").exit_code == 2


def test_the_schema_of_episodes_is_another(selloff_: Any) -> None:
    found = json.loads(selloff_("schema", "--episode").stdout)
    assert found["title"] == "Selloff episode"
    assert json.loads(selloff_("schema").stdout)["title"] == "Selloff scenario"
