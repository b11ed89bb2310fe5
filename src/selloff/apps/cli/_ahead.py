"""What it would mean if the sale the monitor sees went on."""

from pathlib import Path
from typing import Any

from selloff.apps.cli._console import (
    number,
    plain_table,
    say,
    say_json,
    say_table,
    say_wrapped,
    say_written,
)
from selloff.apps.cli._places import check_room
from selloff.apps.cli._progress import SAVING, progress
from selloff.vocab import metrics_at, percents, write_file


def ask_ahead(
    holder: str, *, vintage: str | None, draws: int, seed: int, out: Path | None, is_json: bool
) -> None:
    """Run a quiet and a fast sale, and weigh them by the monitor's chances."""
    with progress(f"{holder}, as the monitor has it", is_quiet=is_json) as work:
        from selloff import data
        from selloff.apps import session
        from selloff.results import as_json, metric_draws
        from selloff.studies import monitor

        world = data.vintage(vintage or data.DEFAULT_VINTAGE)
        found = monitor.nowcast(holder, monitor.last_release(world.snapshot), world.snapshot)
        book = world.books_by_name().get(found.flows.holder.seller, 0.0)
        asked = monitor.ahead(found, book)
        folder = out or Path("out", f"from-monitor-{holder}")
        check_room(folder, draws=draws, horizon_years=monitor.HORIZON, runs=2)
        work.now("compiling")
        both = session.compare(
            *asked.scenarios.values(),
            progress=work.count,
            draws=draws,
            seed=seed,
            vintage=vintage,
            attribution=False,
        )
        work.now(SAVING)
        worlds = dict(zip(asked.scenarios, both.runs, strict=True))
        found_in = {name: metric_draws(each.dataset) for name, each in worlds.items()}
        files = both.save(folder)
        answer = {
            "as_of": found.day.isoformat(),
            "holder": holder,
            "chance": asked.chance,
            "scenarios": asked.scenarios,
            "metrics": {
                name: {"unit": row.unit}
                | monitor.weighted({k: v[name] for k, v in found_in.items()}, asked.chance)
                for name, row in metrics_at(monitor.HORIZON).items()
                if all(name in each for each in found_in.values())
            },
        }
        files.append(write_file(folder / "ahead.json", as_json(answer).encode()))
    if is_json:
        say_json(answer)
        return
    _show(answer, {name: each.summary["metrics"] for name, each in worlds.items()}, monitor.HORIZON)
    say_written(files)


def _show(answer: dict[str, Any], worlds: dict[str, dict[str, Any]], years: float) -> None:
    chance = answer["chance"]
    none, quiet, fast = percents([chance[name] for name in ("none", "quiet", "fast")])
    say_wrapped(
        f"{answer['holder']}, as known on {answer['as_of']}: no sale {none}, quiet {quiet}, "
        f"fast {fast}."
    )
    for each in answer["scenarios"].values():
        say_wrapped(f"- {each['title']}: {each['description']}", rest="  ")
    say()
    table = plain_table(["Against the baseline", "Quiet", "Fast", "By chance", "5-95%", "Unit"])
    for name, metric in metrics_at(years, shown="card").items():
        stat = answer["metrics"].get(name)
        if stat is None:
            continue
        table.add_row(
            metric.title(years),
            *(number(each[name]["p50"], 1) for each in worlds.values()),
            number(stat["p50"], 1),
            f"{number(stat['p05'], 1)} to {number(stat['p95'], 1)}",
            metric.unit,
        )
    say_table(table)
