"""What is known of the parameters: distributions with their sources, and the shipped draws."""

from selloff.evidence.bank import Bank, load_bank, save_bank
from selloff.evidence.limits import limits
from selloff.evidence.parameters import Parameter, parameters
from selloff.evidence.sampling import Z95, quantiles_to_values, sample, sample_with

__all__ = [
    "Z95",
    "Bank",
    "Parameter",
    "limits",
    "load_bank",
    "parameters",
    "quantiles_to_values",
    "sample",
    "sample_with",
    "save_bank",
]
