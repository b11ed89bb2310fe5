"""Claims and their parts, as the tables hold them."""

from essay import PARTS, part_of
from marks import every
from selloff.evidence import load_factcheck, parameters
from selloff.scenario import episode_names, preset_names
from selloff.studies.essay.claims import VERDICTS, Part, claims
from selloff.studies.essay.facts import FIGURES, SERIES
from selloff.studies.essay.quantities import QUANTITIES
from selloff.studies.essay.runs import EVENT_TREE, VARIANTS
from selloff.vocab import metrics

EVERY = every(PARTS, lambda part: f"{part.claim}:{part.id}")


def test_every_row_of_the_list_is_a_claim() -> None:
    assert [claim.id for claim in claims()] == [each["id"] for each in load_factcheck()["claims"]]
    for claim in claims():
        assert all((claim.claim, claim.evidence, claim.source))
        assert any(part.role == "claim" for part in claim.parts)
        assert len({part.id for part in claim.parts}) == len(claim.parts)


@EVERY
def test_a_part_can_be_asked(part: Part) -> None:
    assert part.statement
    assert part.asked
    if part.kind in ("outcome", "chance", "chain"):
        assert part.scenarios
        known = {*preset_names(), *VARIANTS, EVENT_TREE}
        assert {*part.scenarios, *filter(None, [part.less])} <= known
        assert set(part.quantities) <= {*QUANTITIES, *metrics()}
    elif part.kind == "figure":
        assert part.condition.terms[0].quantity in FIGURES
    elif part.kind == "dated":
        assert part.ask.split(" = ")[0] in SERIES
    else:
        assert set(part.ask.split()) <= set(episode_names())
    counted = part.role == "claim"
    assert part.evidence_verdict in ((*VERDICTS, "") if not counted else VERDICTS)


@EVERY
def test_words_name_the_number_that_is_tested(part: Part) -> None:
    """A bound that is a plain number stands in the statement or in how it is asked."""
    if part.kind not in ("outcome", "figure"):
        return
    words = f"{part.statement} {part.asked}".replace("$1.1tn", "1100").replace("double", "100")
    for term in part.condition.terms:
        if abs(term.bound) in (0.0, 1.0, 0.1, 0.5, parameters()["claim_pct"].p50):
            continue
        name = {2.0: "two"}.get(term.bound, f"{abs(term.bound):g}")
        assert name in words, term


def test_a_chain_lists_its_links_in_order() -> None:
    for claim in claims():
        links = [part.ask for part in claim.parts if part.role == "link"]
        chains = [part.ask for part in claim.parts if part.kind == "chain"]
        assert chains == ([" and ".join(links)] if links else [])


def test_all_five_rules_of_consistency_are_checked() -> None:
    checks = [part.id for part in PARTS if part.role == "check"]
    assert sorted(checks) == [f"rule-{n}" for n in range(1, 6)]
    assert not any(part.role == "claim" and part.id.startswith("rule-") for part in PARTS)


def test_claims_that_name_no_pace_are_asked_both_ways() -> None:
    both = ("japan-dump", "controlled-descent")
    for claim, id_ in (
        ("fed-restarts-qe", "qe"),
        ("dollar-falls-against-yen", "impact"),
        ("emerging-crises", "crises"),
        ("equities-nosedive", "fall"),
        ("us-retaliates", "ally"),
    ):
        assert part_of(claim, id_).scenarios == both
    # Where the seller's own gold would decide, both sell for yen alone.
    for asset in ("gold", "bitcoin", "oil"):
        asked = part_of("gold-bitcoin-commodities", asset).scenarios
        assert asked == ("japan-dump", "japan-slow")
    assert part_of("china-saudi-follow", "follow").scenarios == ("dump-first-year", both[1])
