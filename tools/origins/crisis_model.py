"""The logit of currency crises: priors with signs, the sampler, and what is shipped."""

import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
from jaxtyping import Array, Float, Int
from numpy.typing import NDArray
from numpyro.diagnostics import summary
from numpyro.infer import MCMC, NUTS

from origins.crisis_panel import (
    FIRST_YEAR,
    LAST_YEAR,
    CrisisPanel,
    crisis_panel,
)
from origins.crisis_scores import Predict, scores
from selloff.evidence import BANK_FOLDER, parameters
from selloff.pipeline import jax_settings
from selloff.vocab import write_file

Numbers = NDArray[np.float64]
_SHIPPED: Final = 512
_CHAINS: Final = 4
SEED: Final = 11


@dataclass(frozen=True, eq=False)
class CrisisFit:
    """Posterior draws of the logit and how the sampler fared."""

    draws: Mapping[str, Numbers]
    centre: Numbers
    """Means of the fundamentals over the panel."""
    scale: Numbers
    """Their standard deviations."""
    r_hat: float
    ess: float
    divergences: int


def model(
    seen: Float[Array, "n k"],
    floating: Float[Array, " n"],
    *,
    world: Float[Array, "n w"],
    year: Int[Array, " n"],
    onset: Float[Array, " n"],
    weight: Float[Array, " n"],
    prior: Mapping[str, Float[Array, " *s"]],
) -> None:
    """Write down the joint density.

    logit P = a + b . x + d floating + g . z + sigma u_year;  b, g >= 0;  u ~ N(0, 1)

    Source: half-normal priors carry the signs of Frankel and Saravelos (2012).
    """
    unit = dist.HalfNormal
    a = numpyro.sample("intercept", dist.Normal(prior["intercept_mean"], prior["intercept"]))
    b = numpyro.sample("slopes", unit(prior["slope"]).expand([seen.shape[1]]).to_event(1))
    d = numpyro.sample("floating", dist.Normal(0.0, prior["floating"]))
    g = numpyro.sample("world", unit(prior["slope"]).expand([world.shape[1]]).to_event(1))
    sigma = numpyro.sample("year_spread", unit(prior["year_spread"]))
    luck = numpyro.sample("luck", dist.Normal(prior["years"], 1.0).to_event(1))
    odds = a + seen @ b + d * floating + world @ g + sigma * luck[year]
    rows = onset * jax.nn.log_sigmoid(odds) + (1.0 - onset) * jax.nn.log_sigmoid(-odds)
    numpyro.factor("rows", jnp.sum(weight * rows))


def table_prior(width: float = 1.0) -> dict[str, float]:
    """Read the scales of the priors."""
    rows = parameters()
    return {
        "intercept_mean": rows["crisis_prior_intercept_mean"].p50,
        "intercept": rows["crisis_prior_intercept_sd"].p50,
        "slope": width * rows["crisis_prior_slope_sd"].p50,
        "floating": width * rows["crisis_prior_floating_sd"].p50,
        "year_spread": rows["crisis_prior_year_sd"].p50,
    }


def sampler(n_draws: int, n_chains: int = _CHAINS) -> MCMC:
    """Prepare the sampler; one that is used again need not be compiled again.

    Source: no-U-turn sampler (Hoffman and Gelman 2014).
    """
    return MCMC(
        NUTS(model, target_accept_prob=0.9),
        num_warmup=n_draws,
        num_samples=n_draws,
        num_chains=n_chains,
        chain_method="vectorized",
        progress_bar=False,
        jit_model_args=True,
    )


def estimate(
    panel: CrisisPanel,
    how: MCMC,
    *,
    weight: Numbers | None = None,
    width: float = 1.0,
    seed: int = SEED,
) -> CrisisFit:
    """Sample the posterior."""
    centre, scale = panel.seen.mean(axis=0), panel.seen.std(axis=0)
    prior = {name: jnp.asarray(value) for name, value in table_prior(width).items()}
    prior["years"] = jnp.zeros(LAST_YEAR - FIRST_YEAR + 1)
    how.run(
        jax.random.PRNGKey(seed),
        jnp.asarray((panel.seen - centre) / scale),
        jnp.asarray(panel.floating),
        world=jnp.asarray(panel.world),
        year=jnp.asarray(panel.year - FIRST_YEAR),
        onset=jnp.asarray(panel.onset),
        weight=jnp.ones(panel.onset.size) if weight is None else jnp.asarray(weight),
        prior=prior,
    )
    extra = how.get_extra_fields()
    diagnosed = summary(how.get_samples(group_by_chain=True), group_by_chain=True)
    return CrisisFit(
        draws={name: np.asarray(x) for name, x in how.get_samples().items()},
        centre=centre,
        scale=scale,
        r_hat=max(float(np.max(each["r_hat"])) for each in diagnosed.values()),
        ess=min(float(np.min(each["n_eff"])) for each in diagnosed.values()),
        divergences=int(np.sum(np.asarray(extra["diverging"]))),
    )


def predict(fit: CrisisFit, panel: CrisisPanel, *, is_quiet: bool = False) -> Numbers:
    """Work out the chance of an onset in each country-year, whatever the luck of the year."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(9)
    draws = fit.draws
    seen = (panel.seen - fit.centre) / fit.scale
    odds = draws["intercept"][:, None] + draws["slopes"] @ seen.T
    odds = odds + draws["floating"][:, None] * panel.floating
    if not is_quiet:
        odds = odds + draws["world"] @ panel.world.T
    spread = draws["year_spread"][:, None]
    chances = [1.0 / (1.0 + np.exp(-odds - spread * node)) for node in nodes]
    mean = np.tensordot(weights / weights.sum(), np.stack(chances), axes=1)
    return np.asarray(mean.mean(axis=0))


@jax_settings()
def rebuild_crisis_model(
    vix: Mapping[int, float], *, file: Path | None = None, n_draws: int = 1000, refit: int = 400
) -> dict[str, Any]:
    """Estimate the logit, score it out of sample and save both."""
    panel = crisis_panel(vix)
    best, short = estimate(panel, sampler(n_draws)), sampler(refit, n_chains=1)

    def again(other: CrisisPanel, weight: Numbers, width: float = 1.0) -> Predict:
        found = estimate(other, short, weight=weight, width=width)
        return lambda target, is_quiet: predict(found, target, is_quiet=is_quiet)

    kept = np.random.default_rng(SEED).permutation(best.draws["intercept"].size)[:_SHIPPED]
    names = ("intercept", "slopes", "floating", "world", "year_spread")
    found = {
        "draws": {name: _rounded(best.draws[name][kept]) for name in names},
        "centre": _rounded(best.centre),
        "scale": _rounded(best.scale),
        "scores": scores(panel, again, vix=vix),
        "certificate": _certificate(best, panel),
    }
    jax.clear_caches()
    target = file or BANK_FOLDER / "crisis.json"
    text = json.dumps(found, sort_keys=True) + "\n"
    write_file(target, text)
    return found


def _rounded(values: Numbers) -> Any:
    return np.vectorize(lambda x: float(f"{x:.5g}"))(values).tolist()


def _certificate(best: CrisisFit, panel: CrisisPanel) -> dict[str, Any]:
    rows = {
        name: [float(f"{x:.3g}") for x in np.percentile(values, [5, 50, 95])]
        for name, values in _named(best.draws).items()
    }
    return {
        "method": "logit with half-normal priors on signed slopes and a random effect of the "
        "year; no-U-turn sampler, four chains",
        "crisis": f"a trade basket rises by {parameters()['crisis_threshold'].p50:g} percent or "
        "more against the currency between the ends of two years, and did not the year before",
        "economies": sorted(set(panel.iso3.tolist())),
        "years": [int(panel.year.min()), int(panel.year.max())],
        "country_years": int(panel.onset.size),
        "crises": int(panel.onset.sum()),
        "posterior_p05_p50_p95": rows,
        "r_hat": round(best.r_hat, 4),
        "effective_sample_size": round(best.ess, 1),
        "divergences": best.divergences,
        "seed": SEED,
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in ("jax", "numpy", "numpyro", "selloff")},
        },
    }


def _named(draws: Mapping[str, Numbers]) -> dict[str, Numbers]:
    slopes = ("reserves", "current_account", "inflation", "real_appreciation", "external_debt")
    world = ("us_10y_when_tight", "broad_dollar", "vix")
    return {
        "intercept": draws["intercept"],
        **{name: draws["slopes"][:, i] for i, name in enumerate(slopes)},
        "floating": draws["floating"],
        **{name: draws["world"][:, i] for i, name in enumerate(world)},
        "year_spread": draws["year_spread"],
    }
