"""What is known of the parameters: distributions with their sources, and the shipped draws."""

from selloff.evidence.bank import Bank, few_of, fix, load_bank, save_bank
from selloff.evidence.crisis import CrisisEvidence, load_crisis
from selloff.evidence.estimates import TOPICS, PublishedEstimate, estimates, rows_within
from selloff.evidence.forgetting import forget
from selloff.evidence.limits import limits
from selloff.evidence.meta import Meta, load_meta
from selloff.evidence.parameters import ECONOMY, REACTION, Parameter, fixed, parameters
from selloff.evidence.sampling import Z95, quantiles_to_values, sample, sample_with
from selloff.evidence.stored import (
    BANK_FOLDER,
    load_factcheck,
    load_mechanisms,
    load_moves,
    load_scores,
    load_two_country,
    scores_in_short,
    store,
    versions,
)
from selloff.evidence.support import Support, support
from selloff.evidence.two_country import Published, published_coefficients

__all__ = [
    "BANK_FOLDER",
    "ECONOMY",
    "REACTION",
    "TOPICS",
    "Z95",
    "Bank",
    "CrisisEvidence",
    "Meta",
    "Parameter",
    "Published",
    "PublishedEstimate",
    "Support",
    "estimates",
    "few_of",
    "fix",
    "fixed",
    "forget",
    "limits",
    "load_bank",
    "load_crisis",
    "load_factcheck",
    "load_mechanisms",
    "load_meta",
    "load_moves",
    "load_scores",
    "load_two_country",
    "parameters",
    "published_coefficients",
    "quantiles_to_values",
    "rows_within",
    "sample",
    "sample_with",
    "save_bank",
    "scores_in_short",
    "store",
    "support",
    "versions",
]
