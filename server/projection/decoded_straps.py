"""Straps that were decoded lately, kept in memory: who wore them is no part of it (decision D3)."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from server.projection.strap_stream import StrapStream

# Four straps of an hour at 200 Hz: those of a correction with an exchange.
MOST_BYTES: Final = 80_000_000


@dataclass(slots=True)
class DecodedStraps:
    """By what they were decoded from, and the strap; the one that was used longest ago goes first.

    Not thread-safe: whoever projects has its turn.
    """

    most_bytes: int = MOST_BYTES
    _kept: OrderedDict[tuple[str, str], tuple[StrapStream, ...]] = field(
        default_factory=OrderedDict
    )

    def find(self, runs_sha256: str, strap: str) -> tuple[StrapStream, ...] | None:
        """All that gateways heard of a strap in these runs; None where it isn't kept."""
        key = (runs_sha256, strap)
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def keep(self, runs_sha256: str, strap: str, streams: Sequence[StrapStream]) -> None:
        """As long as there is room for it."""
        self._kept[runs_sha256, strap] = tuple(streams)
        while self._kept and self._count_bytes() > self.most_bytes:
            self._kept.popitem(last=False)

    def _count_bytes(self) -> int:
        return sum(one.n_bytes for streams in self._kept.values() for one in streams)
