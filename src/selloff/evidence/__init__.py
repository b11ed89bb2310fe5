"""What is known of the parameters: distributions with their sources, and the shipped draws."""

from selloff.evidence.bank import BANK_FOLDER, Bank, fix, load_bank, save_bank
from selloff.evidence.crisis import CrisisEvidence, load_crisis
from selloff.evidence.estimates import TOPICS, Estimate, estimates
from selloff.evidence.factcheck import has_factcheck, load_factcheck
from selloff.evidence.forgetting import forget
from selloff.evidence.limits import limits
from selloff.evidence.meta import Meta, load_meta
from selloff.evidence.moves import load_moves
from selloff.evidence.parameters import ECONOMY, REACTION, Parameter, fixed, parameters
from selloff.evidence.sampling import Z95, quantiles_to_values, sample, sample_with
from selloff.evidence.scores import load_mechanisms, load_scores, scores_in_short
from selloff.evidence.support import Support, support
from selloff.evidence.two_country import Published, load_two_country, published_coefficients

__all__ = [
    "BANK_FOLDER",
    "ECONOMY",
    "REACTION",
    "TOPICS",
    "Z95",
    "Bank",
    "CrisisEvidence",
    "Estimate",
    "Meta",
    "Parameter",
    "Published",
    "Support",
    "estimates",
    "fix",
    "fixed",
    "forget",
    "has_factcheck",
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
    "sample",
    "sample_with",
    "save_bank",
    "scores_in_short",
    "support",
]
