"""What each person's straps sent in a session: timed, and hers by what was worn. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from server.decoding.clocks.frames import NS_PER_MS
from server.decoding.clocks.timed import SampleGap
from server.decoding.gap_ledger import Gap
from server.projection.attribution import Attribution, attribute
from server.projection.boots import Stretch
from server.projection.session_knocks import FeltKnocks, feel_knocks
from server.projection.strap_clocks import StrapClocks
from server.projection.strap_gaps import DeclaredGap
from server.projection.strap_heart import StrapHeart
from server.projection.strap_records import StrapKey
from server.projection.strap_state import Level
from server.projection.strap_stream import StrapStream
from server.sessions.domain.coverage import Worn


@dataclass(frozen=True, slots=True)
class MovementPiece:
    """Samples (n, 3) in mg of one strap at rising times (n,) that all have one nominal rate.

    `sampled_hz` is how many a second there really were; a strap may be off by a hundredth.
    """

    strap: str
    rate_hz: int
    sampled_hz: float
    utc_ns: NDArray[np.int64]
    samples_mg: NDArray[np.float32]

    def cut(self, n_before: int) -> "MovementPiece":
        """Without its first samples."""
        return replace(self, utc_ns=self.utc_ns[n_before:], samples_mg=self.samples_mg[n_before:])


@dataclass(slots=True)
class PersonStreams:
    """Pieces in the order of their first moments; each of one strap.

    `declared` are the gaps of straps while they were hers; `sample_gaps` those between samples;
    `battery` what they said of theirs; `worn` when she wore which.
    """

    hearts: list[StrapHeart] = field(default_factory=list)
    movement: list[MovementPiece] = field(default_factory=list)
    declared: list[DeclaredGap] = field(default_factory=list)
    sample_gaps: list[SampleGap] = field(default_factory=list)
    battery: list[Level] = field(default_factory=list)
    worn: list[Worn] = field(default_factory=list)


@dataclass(slots=True)
class SessionStreams:
    """By participant; what nobody or two people are said to have worn is counted, and nobody's.

    `clocks` are all straps', `felt` the knocks that each felt; `n_damaged` records no longer match
    their hash.
    """

    of: dict[str, PersonStreams] = field(default_factory=dict)
    clocks: list[StrapClocks] = field(default_factory=list)
    felt: list[FeltKnocks] = field(default_factory=list)
    n_undecodable: int = 0
    n_disputed: int = 0
    n_damaged: int = 0


def join_streams(
    straps: Iterable[StrapStream],
    worn: Sequence[Worn],
    gaps: Mapping[StrapKey, Sequence[DeclaredGap]],
    listen: Sequence[Stretch] = (),
) -> SessionStreams:
    """Give each value, and each gap, to who wore its strap at that moment.

    Straps are taken one by one, so that not all of them lie in memory. Knocks are looked for in the
    stretches `listen`.
    """
    joined = SessionStreams({one.participant: PersonStreams() for one in worn})
    for one in straps:
        joined.n_undecodable += one.n_undecodable
        joined.n_damaged += one.n_damaged
        joined.clocks.append(one.clocks)
        for heart in one.hearts:
            _join_heart(joined, heart, worn)
        _join_movement(joined, one, worn)
        _join_battery(joined, one, worn)
        joined.felt.append(feel_knocks(one, listen))
    for interval in worn:
        own = joined.of[interval.participant]
        own.worn.append(interval)
        of_strap = [gap for (_, name), of in gaps.items() if name == interval.strap for gap in of]
        own.declared += [gap for gap in of_strap if _overlaps(interval, gap.gap)]
    for streams in joined.of.values():
        streams.hearts.sort(key=lambda one: int(one.utc_ns[0]))
        streams.movement = follow_on(streams.movement)
    return joined


def follow_on(pieces: Sequence[MovementPiece]) -> list[MovementPiece]:
    """By time, each without what lies before the end of the one before.

    After a clock step neighbours may overlap by some ms; two gateways may have heard one strap.
    """
    kept: list[MovementPiece] = []
    for piece in sorted(pieces, key=lambda one: int(one.utc_ns[0])):
        end_ns = int(kept[-1].utc_ns[-1]) if kept else int(piece.utc_ns[0]) - 1
        n_before = int(np.searchsorted(piece.utc_ns, end_ns, side="right"))
        if n_before < len(piece.utc_ns):
            kept.append(piece.cut(n_before))
    return kept


def _join_heart(joined: SessionStreams, heart: StrapHeart, worn: Sequence[Worn]) -> None:
    beats_of = attribute(worn, heart.strap, heart.beats_utc_ns).of
    for code, mask in _attribute(joined, worn, heart.strap, heart.utc_ns).of.items():
        if mask.any():
            joined.of[code].hearts.append(heart.keep(mask, beats_of[code]))


def _join_movement(joined: SessionStreams, stream: StrapStream, worn: Sequence[Worn]) -> None:
    timed, strap = stream.movement, stream.strap
    for one in worn:
        if one.strap == strap:
            hers = [gap for gap in timed.gaps if _lies_in(one, gap.from_utc_ns)]
            joined.of[one.participant].sample_gaps += hers
    for segment in timed.segments:
        if segment.nominal_hz is None:
            continue
        inside = slice(segment.first, segment.end)
        utc_ns, samples_mg = timed.utc_ns[inside], timed.samples_mg[inside]
        for code, mask in _attribute(joined, worn, strap, utc_ns).of.items():
            for part in split_mask(mask):
                rates = (segment.nominal_hz, segment.rate_hz)
                piece = MovementPiece(strap, *rates, utc_ns[part], samples_mg[part])
                joined.of[code].movement.append(piece)


def split_mask(mask: NDArray[np.bool_]) -> list[slice]:
    """Each stretch without a break of those that are set, of a mask (n,), in their order."""
    edges = np.flatnonzero(np.diff(mask, prepend=False, append=False)).reshape(-1, 2)
    return [slice(first, end) for first, end in edges.tolist()]


def _join_battery(joined: SessionStreams, stream: StrapStream, worn: Sequence[Worn]) -> None:
    for at_ns, percent in stream.battery:
        for one in worn:
            if one.strap == stream.strap and _lies_in(one, at_ns):
                joined.of[one.participant].battery.append((at_ns, percent))


def _overlaps(worn: Worn, gap: Gap) -> bool:
    return gap.from_ns < worn.until_ms * NS_PER_MS and gap.to_ns > worn.from_ms * NS_PER_MS


def _lies_in(worn: Worn, utc_ns: int) -> bool:
    return worn.from_ms * NS_PER_MS <= utc_ns < worn.until_ms * NS_PER_MS


def _attribute(
    joined: SessionStreams, worn: Sequence[Worn], strap: str, utc_ns: NDArray[np.int64]
) -> Attribution:
    whose = attribute(worn, strap, utc_ns)
    joined.n_disputed += int(whose.disputed.sum())
    return whose
