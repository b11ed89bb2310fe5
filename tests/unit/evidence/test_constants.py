"""Which parameters may be the same in every draw, and why."""

from typing import Final

from selloff.evidence import parameters

CONSTANTS: Final = {
    "definition: a unit, the end of a scale, the words of a contract": """
        wedge_shape_10y haven_payment_10y flat_rule simple_bond simple_fx event_gap claim_bp
        claim_pct shock_half_life ties_treaty ties_rival
        borrower_loan_years descent_holders
        crisis_threshold crisis_unit_yield crisis_unit_dollar crisis_unit_vix
        taiwan_conflict_loading""",
    "fact: what was bought, sold, weighed or paid, on a day or in a year": """
        fed_pace_first fed_pace_second fed_pace_full fed_days_first fed_days_second
        fed_taper_1 fed_taper_2 fed_taper_3 fed_taper_4 fed_taper_days
        us_imports_jpn us_imports_chn usd_broad_jpy usd_broad_eur usd_broad_gbp usd_broad_cny
        gold_opening_price hedge_ratio_insurers rating_usual_interest rating_usual_trend
        market_episode_squeeze_2y market_episode_squeeze_10y market_episode_squeeze_dollar
        market_episode_doubt_2y market_episode_doubt_10y market_episode_doubt_dollar
        emerging_tight_dollar emerging_tight_vix yen_round_gap yen_round_gap_limit""",
    "record: how far anything was ever seen": """
        support_vix support_move support_mortgage support_ig support_hy support_sp500
        support_nikkei support_em_equities support_debt support_gold support_bitcoin support_oil
        support_crisis_yield support_crisis_dollar support_crisis_vix""",
    "sample: the middle of many figures, with a drawn scale or weight beside it": """
        own_stress_typical wedge_shape_3m short_rate_volatility_usd
        short_rate_volatility_eur short_rate_volatility_gbp short_rate_volatility_cny
        debt_growth_primary_correlation debt_growth_rate_correlation
        debt_primary_rate_correlation crisis_broad_share yield_reversion volatility_memory
        volatility_carry volatility_half_life""",
    "design: how the model reads, trims or cuts off": """
        fx_bond_integration fx_linear mof_memory yen_trend_memory seller_carry_years
        support_over debt_premium_full_tenor emerging_debt_cap reserve_least_share
        reserve_most_bought reserve_fast_years reserve_slow_years crisis_basket_others
        crisis_least_reserves crisis_limit_current_account crisis_least_inflation
        crisis_most_inflation crisis_limit_appreciation crisis_most_debt least_transient""",
    "prior: of a fit that then finds its own range, and what the fit tolerates": """
        crisis_prior_intercept_mean crisis_prior_intercept_sd crisis_prior_slope_sd
        crisis_prior_floating_sd crisis_prior_year_sd study_spread row_error_floor
        secondary_error memory_error maturity_offset fx_volatility_tolerance
        managed_volatility_tolerance bond_volatility_tolerance correlation_tolerance
        coefficient_tolerance""",
    "core: judged once, since the core is solved beforehand and holds it": """
        yuan_reversion_multiple yuan_slope_multiple""",
}


def test_only_what_is_named_here_is_the_same_in_every_draw() -> None:
    named = [name for names in CONSTANTS.values() for name in names.split()]
    assert len(named) == len(set(named))
    same = {row.name for row in parameters().values() if row.distribution == "constant"}
    assert same == set(named)


def test_no_range_is_a_point() -> None:
    for row in parameters().values():
        assert row.distribution == "constant" or row.p05 < row.p50 < row.p95, row.name
