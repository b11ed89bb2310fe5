"""`episodes` lists and prints them."""

from typing import Any

from selloff.scenario import episode_names


def test_episodes_are_listed_and_printed(selloff_: Any) -> None:
    lines = selloff_("episodes").stdout.splitlines()
    assert [line.split()[0] for line in lines[1:]] == list(episode_names())
    assert "currency_usd_bn: 20.2" in selloff_("episodes", "--show", "yen-2022-09").stdout
    assert selloff_("episodes", "--show", "yen").exit_code == 2
