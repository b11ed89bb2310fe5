"""`compare`: two scenarios on the same draws."""

import json
import re
from pathlib import Path
from typing import Any


def test_compare_prints_both_side_by_side(selloff_: Any, session: Any) -> None:
    answer = selloff_("compare", "japan-dump", "controlled-descent", "--draws", "5")
    assert answer.exit_code == 0
    assert answer.stdout.startswith("japan-dump: ")
    (heads,) = re.findall("^Against the baseline +(.+)$", answer.stdout, re.MULTILINE)
    assert heads.split() == ["japan-dump", "controlled-descent"]
    assert "Outcomes" not in answer.stdout
    assert answer.stderr.count("the order takes 12 days") == 1
    folder = Path("out/japan-dump-vs-controlled-descent")
    assert (folder / "japan-dump" / "summary.json").exists()
    assert (folder / "controlled-descent" / "summary.json").exists()


def test_compare_as_json_holds_both_runs(selloff_: Any, session: Any) -> None:
    answer = selloff_("compare", "japan-dump", "no-sale", "--json")
    found = json.loads(answer.stdout)
    assert [each["scenario"] for each in found["runs"]] == ["japan-dump", "no-sale"]
    assert "difference" in found


def test_compare_tells_the_problems_of_both(selloff_: Any, session: Any) -> None:
    answer = selloff_("compare", "japan-dmp", "no-sal", "--vintage", "1066-10")
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert answer.stderr.startswith("selloff: 3 problems\n")
    for word in ("--vintage: got '1066-10'", "'japan-dump'?", "'no-sale'?"):
        assert word in answer.stderr
    assert not session.asked
