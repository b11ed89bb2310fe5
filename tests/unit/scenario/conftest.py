"""Scenario files to break, one field at a time."""

from collections.abc import Callable
from pathlib import Path

import pytest

from selloff.scenario import load
from selloff.vocab.errors import Problem, ScenarioError

GOOD = """\
schema_version: 1
name: test
title: "A test"
horizon_years: 10
sellers:
  - holder: jpn_official
    sale_usd_bn: 100
    pace: {kind: linear, years: 1}
    proceeds: {jpy_cash: 1}
"""

Broken = Callable[..., tuple[Problem, ...]]


@pytest.fixture
def good() -> str:
    return GOOD


@pytest.fixture
def problems_of(tmp_path: Path) -> Broken:
    """Load a text as a file that must fail, and return what is wrong with it."""

    def load_broken(text: str | bytes, **options: object) -> tuple[Problem, ...]:
        file = tmp_path / "file.yaml"
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        with pytest.raises(ScenarioError) as caught:
            load(file, **options)  # type: ignore[arg-type]
        prefix = f"{tmp_path}/"
        return tuple(
            Problem(
                where=each.where.replace(prefix, ""),
                given=each.given,
                allowed=each.allowed,
                remedy=each.remedy,
            )
            for each in caught.value.problems
        )

    return load_broken
