"""`validate` says what would be sold, or what is wrong."""

from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from selloff import data
from selloff.scenario import preset_names


def test_validate_says_what_would_be_sold(selloff_: Any) -> None:
    held = data.vintage(data.DEFAULT_VINTAGE).books_by_name()["jpn"]
    answer = selloff_("validate", "controlled-descent")
    assert answer.exit_code == 0
    assert answer.stdout == (
        f"OK: controlled-descent: jpn sells {held:,.1f} of {held:,.1f} USD bn evenly over "
        "10 years into jpy_cash 0.4, eur_cash 0.3, gold 0.3; horizon 10 years, vintage default\n"
    )


def test_every_preset_is_valid_in_the_default_vintage(selloff_: Any) -> None:
    for name in preset_names():
        answer = selloff_("validate", name)
        assert answer.exit_code == 0, answer.stderr
        assert answer.stdout.startswith(f"OK: {name}: ")


def test_every_example_is_valid_in_the_default_vintage(selloff_: Any) -> None:
    for file in (Path(__file__).parents[4] / "examples").glob("*.yaml"):
        answer = selloff_("validate", str(file))
        assert answer.exit_code == 0, answer.stderr


def test_validate_holds_amounts_to_the_books_of_the_vintage(selloff_: Any) -> None:
    Path("big.yaml").write_text(
        "schema_version: 1\nname: big\ntitle: big\nsellers:\n"
        "  - holder: jpn_official\n    sale_usd_bn: 1200\n    announced_frac: 2\n",
        encoding="utf-8",
    )
    answer = selloff_("validate", "big.yaml")
    assert answer.exit_code == 2
    assert answer.stderr.startswith("selloff: 2 problems\n")
    assert "big.yaml:6 sellers[0].sale_usd_bn: got 1200" in answer.stderr
    assert "which is all that jpn_official holds" in answer.stderr
    assert "big.yaml:7 sellers[0].announced_frac: got 2" in answer.stderr


def test_validate_holds_weights_to_each_bucket_of_both_books(selloff_: Any) -> None:
    world = data.vintage(data.DEFAULT_VINTAGE)
    rows = [world.books[world.holders.index(each)] for each in ("jpn_official", "jpn_private")]
    held = float(sum(rows)[-1])
    for share, exit_code in ((0.999, 0), (1.001, 2)):
        Path("long.yaml").write_text(
            "schema_version: 1\nname: long\ntitle: long\nsellers:\n"
            f"  - holder: jpn\n    sale_usd_bn: {held * share}\n    buckets: {{20-30Y: 1}}\n",
            encoding="utf-8",
        )
        answer = selloff_("validate", "long.yaml")
        assert answer.exit_code == exit_code
    assert "long.yaml:7 sellers[0].buckets.20-30Y: got 1 of the sale" in answer.stderr


def test_a_file_may_come_by_standard_input(selloff_: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def given(text: str) -> Any:
        monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(text.encode())))
        return selloff_("validate", "-")

    answer = given(selloff_("presets", "--show", "no-sale").stdout)
    assert answer.stdout.startswith("OK: no-sale: nobody sells")
    answer = given("sellers: 3\n")
    assert answer.exit_code == 2
    assert "standard input:1 sellers: got 3" in answer.stderr
    answer = given(selloff_("presets", "--show", "no-sale", "--json").stdout)
    assert answer.stdout.startswith("OK: no-sale: nobody sells")
    answer = given('{"schema_version": 1,\n "sellers": 3}')
    assert answer.exit_code == 2
    assert "standard input:2 sellers: got 3" in answer.stderr


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ("{holder: fed, sale_frac: 0.1}", "'fed', which also buys by reactions.fed_purchases"),
        ("{holder: usa_dealers, sale_frac: 0.1}", "any holder but the dealers"),
        ("{holder: jpn, sale_usd_bn: 0.000001}", "a number from 0.001 up"),
        ("{holder: jpn, sale_frac: 1.0e-9}", "at least 0.001 USD bn"),
        ("{holder: jpn, sale_usd_bn: '12,5'}", "Write 12.5,"),
        ("{holder: jpn, sale_usd_bn: '1,400'}", "Write 1400,"),
    ],
)
def test_validate_refuses_what_a_run_would(selloff_: Any, fields: str, words: str) -> None:
    text = f"schema_version: 1\nname: a\ntitle: a\nsellers:\n  - {fields}\n"
    Path("a.yaml").write_text(text, encoding="utf-8")
    answer = selloff_("validate", "a.yaml")
    assert answer.exit_code == 2
    assert words in answer.stderr


def test_an_escape_sequence_in_a_file_does_not_reach_the_terminal(selloff_: Any) -> None:
    Path("evil.yaml").write_text('schema_version: "\\e[2J"\n', encoding="utf-8")
    answer = selloff_("validate", "evil.yaml")
    assert answer.exit_code == 2
    assert "\x1b" not in answer.stderr


@pytest.mark.parametrize("command", ["validate", "run", "compare", "backtest"])
def test_a_file_that_cannot_be_read_is_one_kind(
    selloff_: Any, session: Any, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """Missing, a folder, a device, too large, no text, closed standard input: exit 3."""
    Path("folder.yaml").mkdir()
    Path("large.yaml").write_text("a" * 1_000_001, encoding="utf-8")
    Path("binary.yaml").write_bytes(b"\xff\xfe\x00")
    monkeypatch.setattr("sys.stdin", None)
    more = ["no-sale"] if command == "compare" else []
    for name in ("missing.yaml", "folder.yaml", "/dev/null", "large.yaml", "binary.yaml", "-"):
        answer = selloff_(command, name, *more)
        assert (answer.exit_code, answer.stdout) == (3, ""), name
        assert answer.stderr.startswith("selloff: 1 problem\n")
    Path("bad.yaml").write_text("schema_version: [\n", encoding="utf-8")
    for name in ("bad.yaml", "no-such-name"):
        assert selloff_(command, name, *more).exit_code == 2
    assert not session.asked
