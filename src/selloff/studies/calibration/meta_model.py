"""Random effects over studies that disagree: the model and its sampler."""

from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
from jaxtyping import Array, Float, Int
from numpy.typing import NDArray
from numpyro.diagnostics import summary
from numpyro.infer import MCMC, NUTS

from selloff.evidence import Z95, fixed, parameters
from selloff.studies.calibration.meta_rows import QUANTITIES, MetaRows

Draws = dict[str, NDArray[np.float64]]


@dataclass(frozen=True)
class Priors:
    """Priors of the meta-analysis, in logs."""

    centre: tuple[float, ...]
    """Of the centre of each quantity [log]."""
    width: tuple[float, ...]
    """Standard deviation of each centre's prior [log]."""
    study_spread: float
    """Scale of the half-normal prior of the spread between studies [log]."""
    maturity_offset: float
    """Standard deviation of the gap of other maturities [log]."""


@dataclass(frozen=True, eq=False)
class Fit:
    """Posterior draws and how the sampler fared."""

    draws: Draws
    r_hat: float
    """Largest over the parameters [ratio]."""
    ess: float
    """Smallest effective sample size over the parameters [count]."""
    divergences: int


def table_priors() -> Priors:
    """Read the priors."""
    rows = parameters()
    own = [rows[f"prior_{name}"] for name in QUANTITIES]
    return Priors(
        centre=tuple(float(np.log(row.p50)) for row in own),
        width=tuple(float(np.log(row.p95 / row.p05) / (2.0 * Z95)) for row in own),
        study_spread=fixed("study_spread"),
        maturity_offset=fixed("maturity_offset"),
    )


def model(
    by_gdp: Float[Array, " n"],
    by_stock: Float[Array, " n"],
    *,
    error: Float[Array, " n"],
    other_maturity: Float[Array, " n"],
    bound: Float[Array, " n"],
    weight: Float[Array, " n"],
    place: tuple[Int[Array, " n"], Int[Array, " n"], Float[Array, " s"]],
    prior: Float[Array, "4 q"],
) -> None:
    """Write down the joint density.

    Source: random-effects meta-analysis (DerSimonian and Laird 1986) in Bayesian form.
    """
    quantity, study, nothing = place
    mu = numpyro.sample("mu", dist.Normal(prior[0], prior[1]).to_event(1))
    tau = numpyro.sample("tau", dist.HalfNormal(prior[2]).to_event(1))
    scaling = numpyro.sample("lambda", dist.Uniform(0.0, 1.0))
    offset = numpyro.sample("delta", dist.Normal(0.0, prior[3, 0]))
    own = numpyro.sample("study", dist.Normal(nothing, 1.0).to_event(1))
    effect = scaling * by_gdp + (1.0 - scaling) * by_stock
    expected = mu[quantity] + tau[quantity] * own[study] + offset * other_maturity
    standard = (effect - expected) / error
    exact = -0.5 * standard**2 - jnp.log(error)
    beyond = jax.scipy.stats.norm.logcdf(-bound * standard)
    numpyro.factor("rows", jnp.sum(weight * jnp.where(bound == 0.0, exact, beyond)))


def given(
    rows: MetaRows, priors: Priors, weight: NDArray[np.float64] | None = None
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Lay rows and priors out as the arguments of the model."""
    n_q = len(QUANTITIES)
    prior = np.stack(
        [
            np.array(priors.centre),
            np.array(priors.width),
            np.full(n_q, priors.study_spread),
            np.full(n_q, priors.maturity_offset),
        ]
    )
    return (jnp.asarray(rows.by_gdp), jnp.asarray(rows.by_stock)), {
        "error": jnp.asarray(rows.error),
        "other_maturity": jnp.asarray(rows.is_other_maturity),
        "bound": jnp.asarray(rows.bound),
        "weight": jnp.ones(len(rows.ids)) if weight is None else jnp.asarray(weight),
        "place": (
            jnp.asarray(rows.quantity),
            jnp.asarray(rows.study),
            jnp.zeros(int(rows.study.max()) + 1),
        ),
        "prior": jnp.asarray(prior),
    }


def fit(
    rows: MetaRows,
    priors: Priors,
    *,
    weight: NDArray[np.float64] | None = None,
    n_draws: int = 1000,
    seed: int = 0,
) -> Fit:
    """Sample the posterior with four chains.

    Source: no-U-turn sampler (Hoffman and Gelman 2014).
    """
    sampler = MCMC(
        NUTS(model, target_accept_prob=0.95),
        num_warmup=n_draws,
        num_samples=n_draws,
        num_chains=4,
        chain_method="vectorized",
        progress_bar=False,
        jit_model_args=True,
    )
    args, named = given(rows, priors, weight)
    sampler.run(jax.random.PRNGKey(seed), *args, **named)
    chains = sampler.get_samples(group_by_chain=True)
    diagnosed = summary(chains, group_by_chain=True)
    return Fit(
        draws={name: np.asarray(x) for name, x in sampler.get_samples().items()},
        r_hat=max(float(np.max(each["r_hat"])) for each in diagnosed.values()),
        ess=min(float(np.min(each["n_eff"])) for each in diagnosed.values()),
        divergences=int(np.sum(np.asarray(sampler.get_extra_fields()["diverging"]))),
    )
