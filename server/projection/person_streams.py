"""What each person's straps sent in a session: timed, and hers by what was worn. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from protocol.identifiers import BootId
from protocol.messages.uplink import NotificationRecord
from server.decoding.clocks.acceleration_times import time_acceleration
from server.decoding.clocks.frames import NS_PER_MS
from server.decoding.clocks.gateway_clock import GatewayClock
from server.decoding.clocks.timed import SampleGap, TimedAcceleration
from server.decoding.gap_ledger import Gap
from server.projection.attribution import Attribution, attribute
from server.projection.quality.seen import StrapFit
from server.projection.strap_gaps import DeclaredGap
from server.projection.strap_heart import StrapHeart, read_strap_heart
from server.projection.strap_records import StrapKey
from server.projection.strap_state import Level, list_fits, read_battery
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

    `fits` are of all straps' clocks; `n_damaged` records no longer match their hash.
    """

    of: dict[str, PersonStreams] = field(default_factory=dict)
    fits: list[StrapFit] = field(default_factory=list)
    n_undecodable: int = 0
    n_disputed: int = 0
    n_damaged: int = 0


def join_streams(
    records: Mapping[StrapKey, Sequence[NotificationRecord]],
    clocks: Mapping[str, Mapping[BootId, GatewayClock]],
    worn: Sequence[Worn],
    gaps: Mapping[StrapKey, Sequence[DeclaredGap]],
) -> SessionStreams:
    """Time all records and give each value, and each gap, to who wore its strap at that moment."""
    joined = SessionStreams({one.participant: PersonStreams() for one in worn})
    for (gateway, strap), own in sorted(records.items()):
        losses = [one.gap.to_ns for one in gaps.get((gateway, strap), ()) if one.is_of_heart]
        hearts, n_refused = read_strap_heart(own, clocks[gateway], losses)
        joined.n_undecodable += n_refused
        for heart in hearts:
            _join_heart(joined, strap, heart, worn)
        timed = time_acceleration(own, clocks[gateway])
        joined.fits += list_fits(gateway, strap, timed)
        _join_movement(joined, strap, timed, worn)
        for at_ns, percent in read_battery(own, clocks[gateway]):
            for one in worn:
                if one.strap == strap and _lies_in(one, at_ns):
                    joined.of[one.participant].battery.append((at_ns, percent))
    for one in worn:
        joined.of[one.participant].worn.append(one)
        of_strap = [gap for (_, strap), own in gaps.items() if strap == one.strap for gap in own]
        joined.of[one.participant].declared += [gap for gap in of_strap if _overlaps(one, gap.gap)]
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


def _join_heart(
    joined: SessionStreams, strap: str, heart: StrapHeart, worn: Sequence[Worn]
) -> None:
    beats_of = attribute(worn, strap, heart.beats_utc_ns).of
    for code, mask in _attribute(joined, worn, strap, heart.utc_ns).of.items():
        if mask.any():
            joined.of[code].hearts.append(heart.keep(mask, beats_of[code]))


def _join_movement(
    joined: SessionStreams, strap: str, timed: TimedAcceleration, worn: Sequence[Worn]
) -> None:
    joined.n_undecodable += timed.tally.n_refused
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
            if mask.any():
                rates = (segment.nominal_hz, segment.rate_hz)
                piece = MovementPiece(strap, *rates, utc_ns[mask], samples_mg[mask])
                joined.of[code].movement.append(piece)


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
