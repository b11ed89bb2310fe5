"""The front doors: exactly these names."""

from importlib import import_module

import pytest

import selloff

ROOMS = (
    "vocab",
    "scenario",
    "data",
    "evidence",
    "engine",
    "results",
    "bridge",
    "studies.backtest",
    "studies.calibration",
    "studies.essay",
    "studies.reverse",
    "studies.sweep",
    "studies.optimal",
    "studies.triggers",
    "report",
    "apps.room",
    "export",
    "charts",
    "feeds",
)


def test_the_front_door() -> None:
    assert selloff.__all__ == [
        "Backtest",
        "Comparison",
        "Run",
        "Scenario",
        "__version__",
        "backtest",
        "balance_sheet",
        "check_identities",
        "compare",
        "ledger_residuals",
        "load",
        "preset_names",
        "run",
        "vintage",
        "vintages",
    ]
    for name in selloff.__all__:
        assert getattr(selloff, name) is not None
    assert dir(selloff) == sorted(selloff.__all__)


def test_other_names_are_refused() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'runn'"):
        _ = selloff.runn


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_exports_what_it_says_and_says_what_it_exports(room: str) -> None:
    module = import_module(f"selloff.{room}")
    assert len(set(module.__all__)) == len(module.__all__)
    for name in module.__all__:
        assert hasattr(module, name), name
    own = {
        name
        for name, item in vars(module).items()
        if not name.startswith("_") and str(getattr(item, "__module__", "")).startswith("selloff.")
    }
    assert own <= set(module.__all__)


def test_the_engine_and_the_bridge() -> None:
    assert set(import_module("selloff.bridge").__all__) == {
        "NOBODY",
        "Answer",
        "Economics",
        "Lowered",
        "economics",
        "lift_ledger",
        "lower",
        "lower_episode",
        "nested_arms",
        "timeline",
    }
    assert {"simulate", "trace", "draw_paths", "Outcome", "IDENTITIES"} <= set(
        import_module("selloff.engine").__all__
    )
