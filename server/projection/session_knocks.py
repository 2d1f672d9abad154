"""The sync moment of a session: strap against strap, by knocks that several felt at once. Pure.

Measured and kept, never applied to any time (decision 0035).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from protocol.ledger.instants import parse_utc_ms
from server.decoding.clocks.frames import NS_PER_MS, Ints
from server.decoding.clocks.knock_times import find_knock_triples
from server.decoding.clocks.sync_moment import CannotTell, SyncMoment, compare_knocks
from server.dose.written.evening import WrittenEvening
from server.projection.boots import Stretch
from server.projection.strap_stream import StrapStream
from server.sessions.domain.coverage import Worn

SYNC_VERSION: Final = 1

# The tablet listens for ten seconds and enters then (tablet/screens/warmup.js); the rest is for a
# clock of a tablet that is some seconds off.
_BEFORE_ENTRY_MS: Final = 15_000
_AFTER_ENTRY_MS: Final = 5_000
# One shock that all feel has one rhythm to 3 ms, at 50 Hz, too (simulated); taps of hands scatter
# by some 5 % of half a second (Wing & Kristofferson, Percept Psychophys 1973; 14: 5-12).
ONE_SHOCK_MS: Final = 10.0

NO_MOVEMENT: Final = "no_movement"  # no strap sent acceleration then
NOBODY_KNOCKED: Final = "nobody_knocked"  # no triple of knocks by anybody


@dataclass(frozen=True, slots=True)
class FeltKnocks:
    """Of one strap on one gateway: for each stretch looked at, its triples, each (3,) in UTC ns.

    `n_samples`: how many of its samples are in each stretch.
    """

    gateway: str
    strap: str
    triples: tuple[tuple[Ints, ...], ...]
    n_samples: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SessionSync:
    """One sync moment. `entered_ms`: when the tablet wrote it down, None: found without an entry.

    `offsets_ms`: how much later than the median of them each strap's times are. `rhythm_ms`: by
    how much a knock lies off the others' rhythm at most; above ONE_SHOCK_MS hands, not clocks, may
    be what is apart. `unplaced`: why a strap isn't in it. `missing`: why there is none at all.
    """

    entered_ms: int | None
    at_ms: int | None = None
    offsets_ms: Mapping[str, float] = field(default_factory=dict)
    spread_ms: float | None = None
    rhythm_ms: float | None = None
    unplaced: Mapping[str, str] = field(default_factory=dict)
    missing: str | None = None
    version: int = SYNC_VERSION

    @property
    def is_one_shock(self) -> bool:
        """Whether all felt the same push, as far as the rhythm tells."""
        return self.rhythm_ms is not None and self.rhythm_ms <= ONE_SHOCK_MS


@dataclass(frozen=True, slots=True)
class ListeningPlan:
    """When knocks are looked for: around each entry, else from the first strap to the circuit."""

    entered_ms: tuple[int | None, ...]
    stretches: tuple[Stretch, ...]


def plan_listening(evening: WrittenEvening, worn: Sequence[Worn]) -> ListeningPlan:
    """Nothing where nobody wears a strap."""
    entered = [_read_entry_ms(one) for one in evening.state["sync_moments"]]
    if entered:
        around = [
            _make_stretch(at_ms - _BEFORE_ENTRY_MS, at_ms + _AFTER_ENTRY_MS) for at_ms in entered
        ]
        return ListeningPlan(tuple(entered), tuple(around))
    if not worn or evening.run is None:
        return ListeningPlan((), ())
    first_ms = min(one.from_ms for one in worn)
    return ListeningPlan((None,), (_make_stretch(first_ms, evening.run.started_ms),))


def feel_knocks(stream: StrapStream, listen: Sequence[Stretch]) -> FeltKnocks:
    """Every clear triple of one strap in each stretch."""
    moved = stream.movement
    triples, n_samples = [], []
    for one in listen:
        ends = (one.from_utc_ns, one.until_utc_ns)
        found = find_knock_triples(moved.utc_ns, moved.samples_mg, *ends)
        triples.append(tuple(found))
        inside = (moved.utc_ns >= one.from_utc_ns) & (moved.utc_ns < one.until_utc_ns)
        n_samples.append(int(inside.sum()))
    return FeltKnocks(stream.gateway, stream.strap, tuple(triples), tuple(n_samples))


def measure_syncs(plan: ListeningPlan, felt: Sequence[FeltKnocks]) -> list[SessionSync]:
    """One for each stretch of the plan, in its order."""
    return [
        _measure(entered_ms, dict(_list_triples(felt, place)))
        for place, entered_ms in enumerate(plan.entered_ms)
    ]


def _measure(entered_ms: int | None, triples: Mapping[str, Sequence[Ints]]) -> SessionSync:
    if not triples:
        return SessionSync(entered_ms, missing=NO_MOVEMENT)
    moment = compare_knocks(triples)
    if isinstance(moment, SyncMoment):
        return _describe(entered_ms, moment)
    if moment is CannotTell.TOO_FEW_STRAPS and not any(triples.values()):
        return SessionSync(entered_ms, missing=NOBODY_KNOCKED)
    return SessionSync(entered_ms, missing=moment.value)


def _describe(entered_ms: int | None, moment: SyncMoment) -> SessionSync:
    return SessionSync(
        entered_ms,
        moment.utc_ns // NS_PER_MS,
        dict(sorted(moment.offsets_ms.items())),
        moment.spread_ms,
        moment.rhythm_ms,
        {strap: why.value for strap, why in sorted(moment.unplaced.items())},
    )


def _list_triples(felt: Sequence[FeltKnocks], place: int) -> Iterator[tuple[str, tuple[Ints, ...]]]:
    """By strap: of the gateway that heard most of it then, if any did."""
    for one in sorted(felt, key=lambda one: (one.n_samples[place], one.gateway)):
        if one.n_samples[place]:
            yield one.strap, one.triples[place]


def _read_entry_ms(act: Mapping[str, Any]) -> int:
    return parse_utc_ms(str(act["at"]))


def _make_stretch(from_ms: int, until_ms: int) -> Stretch:
    return Stretch(from_ms * NS_PER_MS, max(from_ms, until_ms) * NS_PER_MS)
