"""Who did what, in order; whoever did nothing has no line."""

from math import isfinite

from markupsafe import Markup

from selloff.report.facts import Facts
from selloff.report.gist import bill
from selloff.report.prescribed import prescriptions
from selloff.report.question import scenario, spoken_list, upper
from selloff.report.section import Cell
from selloff.report.told import say
from selloff.vocab import mechanisms


def events(facts: Facts) -> list[Cell]:
    """Say who did what, in order; whoever did nothing has no line."""
    events = [
        _sale(facts), _dealers(facts), _funds(facts), _followers(facts), _fed(facts),
        _tokyo(facts), _washington(facts), _off(facts),
    ]  # fmt: skip
    return [one for one in events if one]


def _event(word: str, text: Markup) -> Markup:
    return say("<strong>{word}.</strong> {text}", word=word, text=text)


def _sale(facts: Facts) -> Cell:
    asked = prescriptions(facts.dataset)
    more = f" Beside it the scenario prescribes {spoken_list(asked)}." if asked else ""
    if not facts.is_sale:
        return _event("The cause", say("{what}.", what=spoken_list(asked)))
    cash, took = facts.told("seller_proceeds_usd_bn"), facts.told("days_to_complete")
    late, frozen = facts.ended("unfinished"), facts.ended("frozen")
    end = f" It is still open at the end {facts.share(late)}." if late else ""
    end += f" Washington freezes what is left {facts.share(frozen)}." if frozen else ""
    is_done = took.estimate.is_known and isfinite(took.estimate.p50)
    over = say(" over {took}", took=took) if is_done else ""
    text = say("The sellers receive {cash}{over}.", cash=cash, over=over)
    return _event(
        "The sale", text + say("{end}{notice}{more}", end=end, notice=_notice(facts), more=more)
    )


def _notice(facts: Facts) -> str:
    shares = {float(one.get("announced_frac") or 0.0) for one in scenario(facts.dataset)["sellers"]}
    if len(shares) > 1:
        return " Sellers announce different shares of it."
    one = shares.pop()
    return f" {100 * one:g}% of it is announced." if one else " Nothing is announced."


def _dealers(facts: Facts) -> Cell:
    held = facts.told("highest:absorbed_face[group=dealers]")
    if held.is_nil:
        return ""
    return _event(
        "Dealers", say("They take the bonds first and hold {held} at the most.", held=held)
    )


def _funds(facts: Facts) -> Cell:
    sold = facts.told("forced_sales_usd_bn")
    if sold.is_nil:
        return ""
    text = "They must sell {often}, {sold} at the worst point, and buy back later."
    return _event("Levered funds", say(text, often=facts.often("funds_forced"), sold=sold))


def _followers(facts: Facts) -> Cell:
    sold = facts.told("followers_sales_usd_bn")
    if sold.is_nil:
        return ""
    several = facts.count("several_equilibria")
    run = (
        f" A self-fulfilling run was possible {facts.often('several_equilibria')}."
        if several
        else ""
    )
    return _event(
        "Followers", say("Others sell {sold} of their own accord.{run}", sold=sold, run=run)
    )


def _fed(facts: Facts) -> Cell:
    bought, share = facts.told("fed_purchases_usd_bn"), facts.told("fed_backstop_frac")
    if bought.is_nil or not bought.has_digit:
        return "" if not facts.count("fed_bought") else _event(
            "The Federal Reserve", say("It buys {often} only.", often=facts.often("fed_bought"))
        )  # fmt: skip
    text = "It buys {often} and holds {bought} at the most, {share} of all that was sold."
    often = facts.often("fed_bought")
    return _event("The Federal Reserve", say(text, often=often, bought=bought, share=share))


def _tokyo(facts: Facts) -> Cell:
    sold, bought = facts.told("mof_intervention_usd_bn"), facts.told("boj_purchases_usd_bn")
    said = []
    if not sold.is_nil and sold.has_digit:
        verb = "buys" if sold.estimate.p50 < 0.0 else "sells"
        often = facts.often("mof_intervened")
        said.append(
            say("The ministry {verb} {sold} {often}.", verb=verb, sold=sold.size, often=often)
        )
    if not bought.is_nil:
        often = facts.often("boj_bought")
        sum_of = say(", {sum}", sum=bought) if bought.has_digit else ""
        said.append(say("The Bank of Japan buys bonds {often}{sum}.", often=often, sum=sum_of))
    return _event("Tokyo", Markup(" ").join(said)) if said else ""


def _washington(facts: Facts) -> Cell:
    chance, loss = facts.told("sanction_prob_frac"), bill(facts, "sanction_loss")
    if not facts.is_sale or chance.is_nil:
        return ""
    text = "The chance of a freeze or a tariff is {chance}; the sellers must expect to lose {loss}."
    return _event("Washington", say(text, chance=chance, loss=loss))


def _off(facts: Facts) -> Cell:
    switches = scenario(facts.dataset).get("reactions") or {}
    off = [
        row.label
        for row in mechanisms().values()
        if row.on_by_default and switches.get(row.name) is False
    ]
    return _event("Switched off", say("{off}.", off=upper(spoken_list(off)))) if off else ""
