"""Promise A12: in every strap-minute, expected time = time with values + declared gaps."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from firmware_sim.rehearsal.verdict.evidence import DeclaredGap
from firmware_sim.rehearsal.verdict.stretches import Stretch, cut_out, join_stretches, measure_ns

SHORTEST_GAP_NS = 2 * 10**9  # promises.md A12: gaps from 2 s on are explicit rows
MINUTE_NS = 60 * 10**9


@dataclass(frozen=True, slots=True)
class Coverage:
    """Sums over all minutes of one stream. `unaccounted` are holes that nobody declared."""

    n_minutes: int
    expected_ns: int
    stored_ns: int
    declared_ns: int
    unaccounted: list[Stretch]

    @property
    def error_ns(self) -> int:
        """Expected minus stored minus declared; 0 when every hole is declared."""
        return self.expected_ns - self.stored_ns - self.declared_ns


def account_for_stream(
    characteristic: str,
    stamps_ns: Sequence[int],
    gaps: Sequence[DeclaredGap],
    window_ns: Stretch | None = None,
) -> Coverage:
    """Account for one stream of one strap, from its first to its last value.

    With a window at least over that, even if there is no value. `stamps_ns` ascend. A hole shorter
    than 2 s is stored time; of a longer one, what the strap's gaps leave open may be such short
    pieces (a stream that starts a little after the strap's first), but none longer.
    """
    declared = join_stretches(
        (gap.from_monotonic_ns, gap.to_monotonic_ns) for gap in gaps if gap.concerns(characteristic)
    )
    minutes: defaultdict[int, int] = defaultdict(int)
    stored_ns = declared_ns = 0
    unaccounted = []
    for hole in pairwise(sorted([*stamps_ns, *(window_ns or ())])):
        length_ns = hole[1] - hole[0]
        minutes[hole[0] // MINUTE_NS] += length_ns
        pieces = cut_out(hole, declared)
        open_ns = sum(map(measure_ns, pieces))
        declared_ns += length_ns - open_ns
        long = [piece for piece in pieces if measure_ns(piece) >= SHORTEST_GAP_NS]
        stored_ns += open_ns - sum(map(measure_ns, long))
        unaccounted += long
    return Coverage(len(minutes), sum(minutes.values()), stored_ns, declared_ns, unaccounted)
