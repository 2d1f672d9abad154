"""One stream of one strap: what was sent laid beside what was kept, in order.

Straps number nothing, and payloads repeat (a resting heart sends the same bytes for a while), so
a kept value is told by its bytes, its place in the order and its stamp together.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from firmware_sim.rehearsal.verdict.chain import Pair, find_heaviest_chain
from firmware_sim.rehearsal.verdict.evidence import ArchivedValue, SentValue
from firmware_sim.rehearsal.verdict.fault_effects import SUPERVISION_NS

# A value waits on the air until the link is given up, and the gateway's stamp may be a second late
# on a loaded machine; what is stamped later after its sending is another value with the same bytes.
LONGEST_FLIGHT_NS = SUPERVISION_NS + 10**9


@dataclass(frozen=True, slots=True)
class Alignment:
    """`arrivals` and `missing` together hold every sent value exactly once.

    `arrivals` are (sent, kept) in the order of sending, moved ones included; `missing` never came.
    `invented` were kept but not sent, or not yet when they were stamped.
    """

    arrivals: list[tuple[SentValue, ArchivedValue]]
    missing: list[SentValue]
    duplicated: list[ArchivedValue]
    altered: list[tuple[SentValue, ArchivedValue]]
    out_of_order: list[ArchivedValue]
    invented: list[ArchivedValue]


def align_stream(
    sent: Sequence[SentValue], archived: Sequence[ArchivedValue], delay_ns: int = 0
) -> Alignment:
    """Compare one stream; both sides in their own order: sending, and numbering by the gateway.

    `delay_ns` is the longest that ordered trouble held back a value of this strap.
    """
    flight_ns = LONGEST_FLIGHT_NS + delay_ns
    kept, repeated = _split_repeats(archived)
    chain = find_heaviest_chain(_possible_pairs(sent, kept, flight_ns), len(sent))
    found = _Leftovers(sent, kept, chain, flight_ns)
    moved = found.take_moved()
    altered = found.take_altered()
    copies = found.take_copies(moved)
    places = sorted([*((pair.left, pair.right) for pair in chain), *moved])
    return Alignment(
        arrivals=[(sent[left], kept[right]) for left, right in places],
        missing=[sent[left] for left in found.sent_left],
        duplicated=repeated + [kept[right] for right in copies],
        altered=[(sent[left], kept[right]) for left, right in altered],
        out_of_order=[kept[right] for _, right in moved] + _stamped_backwards(kept, chain),
        invented=[kept[right] for right in found.kept_left],
    )


def _split_repeats(
    archived: Sequence[ArchivedValue],
) -> tuple[list[ArchivedValue], list[ArchivedValue]]:
    """Values, and those that repeat an earlier one's number and bytes, or its stamp and bytes."""
    seen: set[tuple[object, ...]] = set()
    kept: list[ArchivedValue] = []
    repeated: list[ArchivedValue] = []
    for value in archived:
        number = (value.gateway, value.epoch, value.seq, value.payload)
        stamp = (value.gateway, value.boot_id, value.monotonic_ns, value.payload)
        (repeated if number in seen or stamp in seen else kept).append(value)
        seen |= {number, stamp}
    return kept, repeated


def _possible_pairs(
    sent: Sequence[SentValue], kept: Sequence[ArchivedValue], longest_flight_ns: int
) -> list[Pair]:
    """Equal bytes, stamped within the longest flight after their sending; the delay is the cost."""
    places: defaultdict[bytes, list[int]] = defaultdict(list)
    for left, each in enumerate(sent):
        places[each.payload].append(left)
    pairs = []
    for right, value in enumerate(kept):
        same = places.get(value.payload, [])
        first = bisect_left(
            same, value.monotonic_ns - longest_flight_ns, key=lambda place: sent[place].monotonic_ns
        )
        last = bisect_right(same, value.monotonic_ns, key=lambda place: sent[place].monotonic_ns)
        pairs += [
            Pair(left, right, value.monotonic_ns - sent[left].monotonic_ns)
            for left in same[first:last]
        ]
    return pairs


def _stamped_backwards(kept: Sequence[ArchivedValue], chain: Sequence[Pair]) -> list[ArchivedValue]:
    """Values in their place whose stamp says that they came before the one before them."""
    rows = [kept[pair.right] for pair in chain]
    return [
        later
        for earlier, later in zip(rows, rows[1:], strict=False)
        if earlier.boot_id == later.boot_id and later.monotonic_ns < earlier.monotonic_ns
    ]


class _Leftovers:
    """What the chain leaves on both sides, explained by the smallest number of mishaps."""

    def __init__(
        self,
        sent: Sequence[SentValue],
        kept: Sequence[ArchivedValue],
        chain: Sequence[Pair],
        longest_flight_ns: int,
    ) -> None:
        self._longest_flight_ns = longest_flight_ns
        self._sent, self._kept, self._chain = sent, kept, chain
        lefts, rights = {pair.left for pair in chain}, {pair.right for pair in chain}
        self.sent_left = [place for place in range(len(sent)) if place not in lefts]
        self.kept_left = [place for place in range(len(kept)) if place not in rights]

    def take_moved(self) -> list[tuple[int, int]]:
        """A kept value that equals a missing one: it is there, but at another place."""
        return self._pair_off(
            lambda left, right: self._sent[left].payload == self._kept[right].payload
        )

    def take_altered(self) -> list[tuple[int, int]]:
        """A kept value where a missing one belongs (between the same neighbours): other bytes."""
        before = [pair.right for pair in self._chain]
        lefts = [-1, *(pair.left for pair in self._chain), len(self._sent)]

        def same_slot(left: int, right: int) -> bool:
            slot = bisect_right(before, right)
            return lefts[slot] < left < lefts[slot + 1]

        return self._pair_off(same_slot)

    def take_copies(self, moved: Sequence[tuple[int, int]]) -> list[int]:
        """A kept value that equals one which has already arrived."""
        arrived = {pair.left for pair in self._chain} | {left for left, _ in moved}
        places: defaultdict[bytes, list[int]] = defaultdict(list)
        for left in sorted(arrived):
            places[self._sent[left].payload].append(left)
        copies = [
            right
            for right in self.kept_left
            if any(self._flew(left, right) for left in places[self._kept[right].payload])
        ]
        self.kept_left = [right for right in self.kept_left if right not in set(copies)]
        return copies

    def _flew(self, left: int, right: int) -> bool:
        """Whether this value was sent before that stamp, and not too long before."""
        flight_ns = self._kept[right].monotonic_ns - self._sent[left].monotonic_ns
        return 0 <= flight_ns <= self._longest_flight_ns

    def _pair_off(self, fits: Callable[[int, int], bool]) -> list[tuple[int, int]]:
        """Pair what is left, from the last to the first, each with the newest that fits it."""
        taken: list[tuple[int, int]] = []
        free = list(self.sent_left)
        for right in reversed(self.kept_left):
            left = next(
                (each for each in reversed(free) if self._flew(each, right) and fits(each, right)),
                None,
            )
            if left is not None:
                free.remove(left)
                taken.append((left, right))
        done = {right for _, right in taken}
        self.sent_left = free
        self.kept_left = [right for right in self.kept_left if right not in done]
        return taken[::-1]
