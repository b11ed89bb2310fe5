"""The commands about scenarios that run nothing."""

from selloff import data
from selloff.apps._loading import load_checked
from selloff.apps.cli._console import plain_table, say, say_json, say_table
from selloff.scenario import (
    Pace,
    Scenario,
    Seller,
    episode_names,
    episode_schema,
    json_schema,
    load,
    load_episode,
    preset_names,
    to_yaml,
)


def show_schema(*, is_episode: bool) -> None:
    """Print the JSON Schema of a format."""
    say_json(episode_schema() if is_episode else json_schema())


def show_episodes(name: str | None) -> None:
    """List the episodes that come with Selloff, or print one."""
    if name is not None:
        say(to_yaml(load_episode(name)).rstrip())
        return
    table = plain_table(["Episode", "From", "To", "Title", "Flows"], left=4)
    for each in map(load_episode, episode_names()):
        dates = (each.start.isoformat(), each.end.isoformat())
        table.add_row(each.name, *dates, each.title, str(len(each.flows)))
    say_table(table)


def show_presets(name: str | None) -> None:
    """List the scenarios that come with Selloff, or print one."""
    if name is not None:
        say(to_yaml(load(name)).rstrip())
        return
    table = plain_table(["Preset", "Title"], left=2)
    for each in preset_names():
        table.add_row(each, load(each).title)
    say_table(table)


def validate(source: str, *, vintage: str | None) -> None:
    """Check a scenario against the format and the books, and say what it would sell.

    Source: assumption; a file is best checked before a long run.
    """
    (scenario,) = load_checked([source], vintage=vintage)
    books = data.vintage(scenario.vintage or data.DEFAULT_VINTAGE).books_by_name()
    amounts = "; ".join(_amount(each, books[each.holder]) for each in scenario.sellers)
    say(f"OK: {scenario.name}: {amounts or 'nobody sells'}; {_horizon(scenario)}")


def _amount(seller: Seller, held: float) -> str:
    sale = seller.sale_usd_bn if seller.sale_usd_bn is not None else (seller.sale_frac or 0) * held
    goes_to = ", ".join(f"{asset} {weight:g}" for asset, weight in seller.proceeds.items())
    return (
        f"{seller.holder} sells {sale:,.1f} of {held:,.1f} USD bn {_speed(seller.pace)} "
        f"into {goes_to}"
    )


def _speed(pace: Pace) -> str:
    match pace.kind:
        case "block":
            return "as fast as the market takes it"
        case "linear":
            return f"evenly over {pace.years:.3g} years"
        case "exponential":
            return f"half of the rest every {pace.half_life_years:.3g} years"
        case "custom":
            return f"along {len(pace.points)} points to day {pace.points[-1].day}"


def _horizon(scenario: Scenario) -> str:
    return f"horizon {scenario.horizon_years:g} years, vintage {scenario.vintage or 'default'}"
