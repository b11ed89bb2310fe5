"""Layout of the engine's prices: dollar yields, buckets, foreign 10-year yields, currencies."""

from typing import Final

from selloff.vocab.axes import BUCKETS, CURRENCIES, TENORS

FOREIGN: Final = CURRENCIES[1:]
"""Foreign currencies, in the order of exchange rates and foreign yields."""
TENOR_YIELDS: Final = slice(0, len(TENORS))
BUCKET_YIELDS: Final = slice(TENOR_YIELDS.stop, TENOR_YIELDS.stop + len(BUCKETS))
FOREIGN_YIELDS: Final = slice(BUCKET_YIELDS.stop, BUCKET_YIELDS.stop + len(FOREIGN))
FX: Final = slice(FOREIGN_YIELDS.stop, FOREIGN_YIELDS.stop + len(FOREIGN))
N_OUTPUTS: Final = FX.stop
TEN_YEAR: Final = TENORS.index("10Y")
"""Where the US 10-year yield stands."""
USD: Final = CURRENCIES.index("USD")
"""Where the dollar stands among currencies."""
JPY: Final = CURRENCIES.index("JPY")
"""Where the yen stands among currencies."""
YEN: Final = FOREIGN.index("JPY")
"""Where the yen stands among foreign currencies."""
