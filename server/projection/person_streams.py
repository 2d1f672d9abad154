"""What each person's straps sent in a session: timed, and hers by what was worn. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from protocol.identifiers import BootId
from protocol.messages.uplink import NotificationRecord
from server.decoding.clocks.acceleration_times import time_acceleration
from server.decoding.clocks.gateway_clock import GatewayClock
from server.decoding.clocks.timed import TimedAcceleration
from server.projection.attribution import Attribution, attribute
from server.projection.strap_heart import StrapHeart, read_strap_heart
from server.sessions.domain.coverage import Worn

StrapKey = tuple[str, str]  # gateway, strap


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


@dataclass(slots=True)
class PersonStreams:
    """Pieces in the order of their first moments; each of one strap."""

    hearts: list[StrapHeart] = field(default_factory=list)
    movement: list[MovementPiece] = field(default_factory=list)


@dataclass(slots=True)
class SessionStreams:
    """By participant; what nobody or two people are said to have worn is counted, and nobody's."""

    of: dict[str, PersonStreams] = field(default_factory=dict)
    n_undecodable: int = 0
    n_disputed: int = 0


def join_streams(
    records: Mapping[StrapKey, Sequence[NotificationRecord]],
    clocks: Mapping[str, Mapping[BootId, GatewayClock]],
    worn: Sequence[Worn],
) -> SessionStreams:
    """Time all records and give each value to who wore its strap at that moment."""
    joined = SessionStreams({one.participant: PersonStreams() for one in worn})
    for (gateway, strap), own in sorted(records.items()):
        hearts, n_refused = read_strap_heart(own, clocks[gateway])
        joined.n_undecodable += n_refused
        for heart in hearts:
            _join_heart(joined, strap, heart, worn)
        _join_movement(joined, strap, time_acceleration(own, clocks[gateway]), worn)
    for streams in joined.of.values():
        streams.hearts.sort(key=lambda one: int(one.utc_ns[0]))
        streams.movement.sort(key=lambda one: int(one.utc_ns[0]))
    return joined


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


def _attribute(
    joined: SessionStreams, worn: Sequence[Worn], strap: str, utc_ns: NDArray[np.int64]
) -> Attribution:
    whose = attribute(worn, strap, utc_ns)
    joined.n_disputed += int(whose.disputed.sum())
    return whose
