"""`evidence` shows what is known."""

import json
import subprocess
import sys
from typing import Any

import pytest

from selloff.evidence import TOPICS, estimates


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


def test_showing_evidence_loads_neither_jax_nor_numpyro() -> None:
    code = "import sys; from selloff.apps.cli import evidence, explain; "
    code += "print(sorted({'jax', 'equinox', 'numpyro'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_json_has_every_field(selloff_: Any) -> None:
    rows = json.loads(selloff_("evidence", "--json").stdout)
    assert len(rows) == len(estimates())
    assert {"citation", "steps", "standing", "per_100bn_tye_gdp"} <= set(rows[0])
    windows = {row["id"]: row["windows"] for row in rows}
    assert windows["mof-yen-2022-10"] == [["2022-10-20", "2022-10-24"]]


def test_an_unknown_word_is_refused_with_its_neighbour(selloff_: Any) -> None:
    answer = selloff_("evidence", "exchang")
    assert answer.exit_code == 2
    assert "Did you mean 'exchange'?" in answer.stderr
