"""Write the tables that papers take from shipped results."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from between_marks import Marks

from selloff.evidence import (
    Meta,
    estimates,
    load_bank,
    load_factcheck,
    load_mechanisms,
    load_meta,
    load_scores,
    load_two_country,
)
from selloff.scenario import Flow, episode_names, load_episode
from selloff.vocab import BOND_LABELS, EPISODE_ABROAD, EPISODE_LABELS, RIVALS

DOCS: Final = Path(__file__).resolve().parents[1] / "docs"
_SHOWN: Final = 12
_MOVERS: Final = 6


def _counts() -> str:
    every = estimates()
    standings = ("verified", "secondary", "computed", "memory")
    lines = [
        "| rows | " + " | ".join(f"`{each}`" for each in standings) + " | all | studies |",
        "|---" * (len(standings) + 3) + "|",
    ]
    quantities = ("bond_lasting", "bond_month", "fx_lasting", "fx_day", "half_life", "none")
    for quantity in (*quantities, ""):
        rows = [each for each in every if quantity in ("", each.quantity)]
        counts = [sum(each.standing == standing for each in rows) for standing in standings]
        studies = len({each.study for each in rows})
        cells = " | ".join(str(count) for count in (*counts, len(rows), studies))
        lines.append(f"| {f'`{quantity}`' if quantity else 'all'} | {cells} |")
    return "\n".join(lines)


def _meta() -> str:
    meta = load_meta()
    names = list(meta.quantities)
    movers = sorted(meta.studies, key=lambda study: -_moved(meta, study))[:_MOVERS]
    rows = {"all rows": meta.quantities} | dict(meta.sensitivity)
    rows |= {f"without `{study}`": meta.studies[study] for study in movers}
    lines = [
        "| | " + " | ".join(f"`{name}`" for name in names) + " |",
        "|---" * (len(names) + 1) + "|",
    ]
    for label, row in rows.items():
        cells = [f"{row[n][1]:.3g} ({row[n][0]:.3g} to {row[n][2]:.3g})" for n in names]
        lines.append(f"| {label} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _moved(meta: Meta, study: str) -> float:
    left = meta.studies[study]
    ratios = [left[name][1] / spread[1] for name, spread in meta.quantities.items()]
    return max(max(ratio, 1.0 / ratio) for ratio in ratios)


def _fit() -> str:
    lines = ["| moment | data | s.e. | core: 5, 50, 95% | gap, s.e. |", "|---|---|---|---|---|"]
    for row in load_bank().certificate["fit"]:
        name = row["moment"].replace("_", " ")
        core = ", ".join(f"{x:.3g}" for x in row["model"])
        lines.append(
            f"| {name} | {row['data']:.3g} | {row['standard_error']:.2g} | {core} | "
            f"{row['gap_in_standard_errors']:+.1f} |"
        )
    return "\n".join(lines)


def _structure() -> str:
    lines = ["| parameter | prior | posterior | contraction |", "|---|---|---|---|"]
    for row in load_bank().certificate["identified"]:
        prior, after = (", ".join(f"{x:.3g}" for x in row[k]) for k in ("prior", "posterior"))
        lines.append(f"| `{row['parameter']}` | {prior} | {after} | {row['contraction']:.2f} |")
    return "\n".join(lines)


def _two_country() -> str:
    found = load_two_country()
    lines = [
        "| regression | years | published | core: 5, 50, 95% | standing |",
        "|---|---|---|---|---|",
    ]
    for row in found["coefficients"]:
        core = "not compared"
        if row["model"] is not None:
            low, high = row["model_range"]
            core = f"{low:.2f}, {row['model']:.2f}, {high:.2f}"
        standing = row["standing"].partition(",")[0]
        lines.append(
            f"| {row['name']} | {row['years']:g} | {row['published']:.2f} | {core} | {standing} |"
        )
    experiments = [f"- {each['question']}: {each['answer']}." for each in found["experiments"]]
    return "\n".join([*lines, "", *experiments])


def aggregates(found: Any) -> str:
    over = " | ".join(f"error / {name}" for name in RIVALS.values())
    lines = [
        f"| variable | outcomes | inside 5-95% | with ordinary noise | {over} | signs right |",
        "|---" * (len(RIVALS) + 5) + "|",
    ]
    scores = found["scores"]
    rows = [(EPISODE_LABELS[name], each) for name, each in scores["variables"].items()]
    rows += [
        ("all, variables alike", scores["all"]),
        ("episodes with flows", scores["with_flows"]),
        ("the same, learned", found["scores_learned"]["with_flows"]),
    ]
    for label, row in rows:
        cells = (
            label,
            str(row["n"]),
            f"{row['coverage']:.0%}",
            f"{row['coverage_ordinary_noise']:.0%}",
            *(_ratio(row, f"against_{rival}") for rival in RIVALS),
            f"{row['signs_right']} of {row['signs_claimed']}",
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _ratio(row: Any, name: str) -> str:
    if f"{name}_range" not in row:
        return f"{row[name]:.2f}"
    low, high = row[f"{name}_range"]
    return f"{row[name]:.2f} ({low:.2f} to {high:.2f})"


def _tests(found: Any) -> str:
    heads = ("", "slope (s.e.)", "p of none", "p of as predicted", "power")
    scores = (f"score less {name}: p (power)" for name in RIVALS.values())
    lines = ["| " + " | ".join((*heads, *scores, "ranks: p")) + " |"]
    lines.append("|---" * (len(heads) + len(RIVALS) + 1) + "|")
    for row in found["tests"]:
        own = row["effects"]["model"]
        cells = [
            row["group"],
            f"{own['slope']:.2f} ({own['error']:.2f})",
            *(f"{own[key]:.3f}" for key in ("p", "p_size")),
            f"{own['power']:.0%}",
        ]
        for rival in RIVALS:
            each = row["scores"][rival]
            cells.append(f"{each['difference']:+.3f}: {each['p']:.3f} ({each['power']:.0%})")
        lines.append("| " + " | ".join([*cells, f"{row['uniform']['p']:.2f}"]) + " |")
    return "\n".join(lines)


def _rivals(found: Any) -> str:
    names = {"model": "model"} | {key: RIVALS[key] for key in ("rule", "simple")}
    heads = [f"{name}: slope (s.e.), p, power" for name in names.values()]
    lines = ["| | " + " | ".join(heads) + " |", "|---" * (len(heads) + 1) + "|"]
    for row in found["tests"]:
        cells = [row["group"]]
        for name in names:
            each = row["effects"][name]
            text = (
                f"{each['slope']:.2f} ({each['error']:.2f}), {each['p']:.3f}, {each['power']:.0%}"
            )
            cells.append(text if each["slope"] or each["error"] else "says nothing")
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _findings(found: Any) -> str:
    return "\n".join(f"- {each}" for each in found["findings"])


def _learned(found: Any) -> str:
    lines = [
        "| parameter | before: 5, 50, 95% | after all episodes | contraction |",
        "|---|---|---|---|",
    ]
    for row in found["learned"][:_SHOWN]:
        before, after = (", ".join(f"{x:.3g}" for x in row[key]) for key in ("before", "after"))
        lines.append(f"| `{row['parameter']}` | {before} | {after} | {row['contraction']:.2f} |")
    return "\n".join(lines)


def _episodes(found: Any) -> str:
    lines = [
        "| episode | window | net sales, USD bn | 10-year, bp: model | observed | verdict | "
        "yen per dollar, percent: model | observed | verdict |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for case in found["episodes"]:
        rows = {row["variable"]: row for row in case["rows"]}
        cells = [
            f"`{case['name']}`",
            f"{case['start']} to {case['end']}",
            f"{case['net_face_usd_bn']:,.0f}",
        ]
        for name, places in (("us_10y_bp", 0), ("usdjpy_pct", 1)):
            low, mid, high = (_number(x, places) for x in rows[name]["model"])
            cells += [
                f"{mid} ({low} to {high})",
                _number(rows[name]["observed"], places),
                rows[name]["verdict"],
            ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _abroad(found: Any) -> str:
    lines = [
        "| episode | what | effect of the flows: 50% (5 to 95%) | observed | effect / observed |",
        "|---|---|---|---|---|",
    ]
    lines += [
        "| " + " | ".join(_abroad_cells(case["name"], row)) + " |"
        for case in found["episodes"]
        for row in case["rows"]
        if row["variable"] in EPISODE_ABROAD and row["observed"] is not None
    ]
    return "\n".join(lines)


def _abroad_cells(episode: str, row: Any) -> list[str]:
    places = 2 if row["variable"].endswith("_pct") else 1
    low, mid, high = (_number(x, places) for x in row["effect"])
    ratio = f"{row['effect'][1] / row['observed']:.2f}" if row["effect"][1] else "none"
    unit = "percent" if row["variable"].endswith("_pct") else "bp"
    what = f"{EPISODE_LABELS[row['variable']]}, {unit}"
    return [f"`{episode}`", what, f"{mid} ({low} to {high})", f"{row['observed']:g}", ratio]


def _mechanisms() -> str:
    arms = load_mechanisms()["arms"]
    base = arms["everybody"]["all"]["against_walk"]
    lines = ["| who answers | error / walk | inside 5-95% | signs right | adds |"]
    lines.append("|---" * 5 + "|")
    for name, row in arms.items():
        score = row["all"]
        low, high = score["against_walk_range"]
        is_whole = name in ("nobody", "everybody")
        cells = [
            name if is_whole else f"everybody but `{name}`",
            f"{score['against_walk']:.4f} ({low:.3f} to {high:.3f})",
            f"{score['coverage']:.0%}",
            f"{score['signs_right']} of {score['signs_claimed']}",
            "" if is_whole else f"{base - score['against_walk']:+.4f}",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _agents() -> str:
    heads = ("mechanism", "episode", "on record, USD bn", "by rule: 50% (5 to 95%)")
    errors = ("error without", "error by rule", "error as recorded")
    lines = ["| " + " | ".join((*heads, *errors)) + " |", "|---" * 7 + "|"]
    for row in load_mechanisms()["agents"]:
        low, mid, high = row["by_rule_usd_bn"]
        cells = [
            f"`{row['mechanism']}`",
            f"`{row['episode']}`",
            f"{row['on_record_usd_bn']:g}",
            f"{mid:g} ({low:g} to {high:g})",
            *(f"{row[f'error_{name}']:.2f}" for name in ("without", "with", "as_recorded")),
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _flows() -> str:
    lines = ["| episode | window | who and how much, USD bn | days | standing | source |"]
    lines.append("|---" * 6 + "|")
    for episode in map(load_episode, episode_names()):
        first = [f"`{episode.name}`", f"{episode.start} to {episode.end}"]
        for flow in episode.flows:
            days = f"{flow.first_day or episode.start} to {flow.last_day or episode.end}"
            cells = [*first, _amount(flow), days, flow.standing, flow.source]
            lines.append("| " + " | ".join(cells) + " |")
            first = ["", ""]
        if not episode.flows:
            lines.append("| " + " | ".join([*first, "no flow known", "", "", ""]) + " |")
    return "\n".join(lines)


def _amount(flow: Flow) -> str:
    bonds = f" of {BOND_LABELS[flow.market]}" if flow.market else ""
    if flow.sale_usd_bn is not None:
        return f"`{flow.holder}` sells {flow.sale_usd_bn:g}{bonds}"
    if flow.purchase_usd_bn is not None:
        return f"`{flow.holder}` buys {flow.purchase_usd_bn:g}{bonds}"
    amount = flow.currency_usd_bn or 0.0
    return f"{flow.currency} {'bought' if amount > 0.0 else 'sold'} for {abs(amount):g}"


def _claims() -> str:
    lines = ["| | claim | verdict | how it came about | evidence says |", "|---" * 5 + "|"]
    for at, claim in enumerate(load_factcheck()["claims"], start=1):
        cells = (str(at), claim["claim"], claim["verdict"], claim["rule"])
        lines.append("| " + " | ".join((*cells, claim["evidence_verdict"])) + " |")
    return "\n".join(lines)


def _claim_parts() -> str:
    roles = {"check": "rule"}
    lines = ["| | part | statement | asked | answer | verdict |", "|---" * 6 + "|"]
    for at, claim in enumerate(load_factcheck()["claims"], start=1):
        for part in claim["parts"]:
            answers = "; ".join(_reading(each, part) for each in part["readings"])
            verdict = (part["verdict"] or "not read") + (" (close)" if part["close"] else "")
            role = roles.get(part["role"], part["role"])
            asked = part["asked"].partition(": ")[2] if part["readings"] else part["asked"]
            cells = (str(at), role, part["statement"], asked, answers or part["rule"], verdict)
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _reading(reading: Any, part: Any) -> str:
    if reading["p"] is None:
        return f"`{reading['scenario']}` too few draws, {reading['note'].removeprefix('in ')}"
    if reading["p50"] is None:
        note = f" {reading['note']}" if reading["note"] else ""
        return f"`{reading['scenario']}` {reading['p']:.1%}{note}"
    low, mid, high = (_digits(reading[key]) for key in ("p05", "p50", "p95"))
    spread = f"{mid} ({low} to {high}) {part['unit']}"
    return f"`{reading['scenario']}` {reading['p']:.1%}, {spread}"


def _digits(value: float) -> str:
    return _number(value, 0 if abs(value) >= 100.0 else 1 if abs(value) >= 10.0 else 2)


def _number(value: float, places: int) -> str:
    text = f"{value:.{places}f}"
    return text.removeprefix("-") if float(text) == 0.0 else text


TABLES: Final[Mapping[str, Callable[[], str]]] = {
    "counts": _counts,
    "meta": _meta,
    "fit": _fit,
    "structure": _structure,
    "two_country": _two_country,
    "scores": lambda: aggregates(load_scores()),
    "tests": lambda: _tests(load_scores()),
    "rival_effects": lambda: _rivals(load_scores()),
    "findings": lambda: _findings(load_scores()),
    "learned": lambda: _learned(load_scores()),
    "episodes": lambda: _episodes(load_scores()),
    "abroad": lambda: _abroad(load_scores()),
    "mechanisms": _mechanisms,
    "agents": _agents,
    "flows": _flows,
    "claims": _claims,
    "claim_parts": _claim_parts,
}
_MARKS: Final = Marks("tools/made_tables.py", DOCS, TABLES)
page, pages = _MARKS.page, _MARKS.pages

if __name__ == "__main__":
    _MARKS.write()
