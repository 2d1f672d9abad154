"""Force of elastic bands by colour and elongation, as two charts print it.

Elongation is 100 (L - L0) / L0, with L0 the length of the unloaded band.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

N_OF_LBF: Final = 4.4482216152605  # newtons of one pound-force, exact (NIST SP 811)
LEVELS: Final[Mapping[str, int]] = {"red": 1, "green": 2, "blue": 3, "black": 4}  # order only


@dataclass(frozen=True, slots=True)
class BandChart:
    """Pounds-force (`lbf`) of each colour at each of `elongations_pct`, which rise."""

    source: str
    elongations_pct: tuple[float, ...]
    lbf: Mapping[str, tuple[float, ...]]

    def find_force_n(self, colour: str, elongation_pct: float) -> float | None:
        """Newtons on the straight line between two neighbours; None outside the chart."""
        places = self.elongations_pct
        if colour not in self.lbf or not places[0] <= elongation_pct <= places[-1]:
            return None
        forces = self.lbf[colour]
        after = next(i for i in range(1, len(places)) if elongation_pct <= places[i])
        share = (elongation_pct - places[after - 1]) / (places[after] - places[after - 1])
        return N_OF_LBF * (forces[after - 1] * (1 - share) + forces[after] * share)


# Of Hygenic / Performance Health. The whole row stands on one secondary page (donsnotes.com); red
# at 100 % and green are the same on hygenicblog.com and medwest.ca.
MAKER: Final = BandChart(
    "Hygenic / Performance Health, pull at 100 and 200 %",
    (100.0, 200.0),
    {
        "tan": (2.4, 3.4),
        "yellow": (3.0, 4.3),
        "red": (3.7, 5.5),
        "green": (4.6, 6.7),
        "blue": (5.8, 8.6),
        "black": (7.3, 10.2),
        "silver": (10.2, 15.3),
        "gold": (14.2, 21.3),
    },
)
# Not checked against the book; used only to say how far two charts lie apart.
OLDER: Final = BandChart(
    "Page & Ellenbecker 2003, not checked against the book",
    (25.0, 50.0, 100.0, 150.0, 200.0, 250.0),
    {
        "yellow": (1.1, 1.8, 2.9, 3.9, 4.8, 5.8),
        "red": (1.5, 2.6, 3.9, 4.9, 5.9, 7.0),
        "green": (2.0, 3.2, 5.0, 6.5, 7.9, 9.6),
        "blue": (2.8, 4.6, 7.1, 9.1, 11.1, 13.3),
        "black": (3.6, 6.3, 9.7, 12.3, 14.8, 17.6),
        "silver": (5.0, 8.5, 13.2, 17.1, 21.0, 25.3),
        "gold": (7.9, 13.9, 21.6, 27.5, 33.4, 40.1),
    },
)
