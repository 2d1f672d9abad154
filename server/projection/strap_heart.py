"""One strap's heart rates and beats in one boot of its gateway, in UTC. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from protocol.ble import uuids
from protocol.ble.heart_rate import decode_heart_rate_measurement
from protocol.errors import ProtocolError
from protocol.identifiers import BootId
from protocol.messages.uplink import NotificationRecord
from server.decoding.beats import lay_out_beats
from server.decoding.clocks.frames import NS_PER_S
from server.decoding.clocks.gateway_clock import GatewayClock
from server.decoding.contact import HeardHeartRate, infer_contact
from server.dose.heart.quality import RULES

Mask = NDArray[np.bool_]

_SILENCE_NS: Final = round(RULES.gap_limit_s * NS_PER_S)
# What another source has sooner after the last value is the same beat: no heart's are closer.
_SAME_NS: Final = round(60 / RULES.max_bpm * NS_PER_S)


@dataclass(frozen=True, slots=True)
class StrapHeart:
    """N values and B beats of one strap. `has_contact` (N,) is False where no heart was heard.

    `utc_ns` (N,) is when each was heard: the only time that it has, to within HR_TIME_ERROR_S
    either way. `rr_ticks` (B,) are raw; `begins_run` (B,) where the beat before isn't known.
    """

    strap: str
    utc_ns: NDArray[np.int64]
    hr_bpm: NDArray[np.int64]
    has_contact: Mask
    beats_utc_ns: NDArray[np.int64]
    rr_ticks: NDArray[np.int64]
    begins_run: Mask

    def keep(self, values: Mask, beats: Mask) -> "StrapHeart":
        """Some of both. A beat whose neighbour before is left out begins a run."""
        begins_run = self.begins_run | ~np.concatenate([[False], beats[:-1]])[: len(beats)]
        return StrapHeart(
            self.strap,
            self.utc_ns[values],
            self.hr_bpm[values],
            self.has_contact[values],
            self.beats_utc_ns[beats],
            self.rr_ticks[beats],
            begins_run[beats],
        )


def read_strap_heart(
    records: Sequence[NotificationRecord],
    clocks: Mapping[BootId, GatewayClock],
    losses_utc_ns: Sequence[int] = (),
) -> tuple[list[StrapHeart], int]:
    """One strap's, boot after boot, those with a value; and how many couldn't be decoded.

    `losses_utc_ns`: the ends of declared gaps, after which no beat follows one before. Records of
    other characteristics are passed over. Raises KeyError for a boot without a clock.
    """
    by_boot: dict[BootId, list[HeardHeartRate]] = {}
    n_refused = 0
    strap = records[0].strap if records else ""
    for record in records:
        if record.characteristic != uuids.HEART_RATE_MEASUREMENT:
            continue
        try:
            measurement = decode_heart_rate_measurement(record.payload)
        except ProtocolError:
            n_refused += 1
            continue
        heard = HeardHeartRate(record.monotonic_ns, measurement)
        by_boot.setdefault(BootId(record.boot_id), []).append(heard)
    laid = [_lay_out(strap, heard, clocks[boot], losses_utc_ns) for boot, heard in by_boot.items()]
    return laid, n_refused


def _lay_out(
    strap: str, heard: list[HeardHeartRate], clock: GatewayClock, losses_utc_ns: Sequence[int]
) -> StrapHeart:
    heard.sort(key=lambda one: one.arrival_ns)
    beats = lay_out_beats(heard, [at_ns - clock.offset_ns for at_ns in losses_utc_ns])
    return StrapHeart(
        strap,
        np.array([one.arrival_ns for one in heard], dtype=np.int64) + clock.offset_ns,
        np.array([one.measurement.bpm for one in heard], dtype=np.int64),
        np.array([doubt is None for doubt in infer_contact(heard)], dtype=np.bool_),
        beats.instants_ns + clock.offset_ns,
        beats.rr_ticks,
        beats.begins_run,
    )


def join_hearts(hearts: Sequence[StrapHeart]) -> StrapHeart:
    """All pieces, at least one, as one by time; of no strap where they are of several.

    One source at a time: where two gateways heard one strap, or she wore two, the second is taken
    where the first is silent. Beats of two sources in turn would each be followed by themselves.
    """
    straps = {one.strap for one in hearts}
    kept = _follow_on([part for one in hearts for part in _split_at_silences(one)])
    return StrapHeart(
        straps.pop() if len(straps) == 1 else "",
        np.concatenate([one.utc_ns for one in kept]),
        np.concatenate([one.hr_bpm for one in kept]),
        np.concatenate([one.has_contact for one in kept]),
        np.concatenate([one.beats_utc_ns for one in kept]),
        np.concatenate([one.rr_ticks for one in kept]),
        np.concatenate([_mark_first(one.begins_run) for one in kept]),
    )


def _split_at_silences(heart: StrapHeart) -> list[StrapHeart]:
    """Where so long nothing came that its last value doesn't count any more."""
    before = np.flatnonzero(np.diff(heart.utc_ns) > _SILENCE_NS)
    if not before.size:
        return [heart]
    lasts_ns = heart.utc_ns[before]  # no beat is later than the value that it came with
    values = np.searchsorted(lasts_ns, heart.utc_ns)
    beats = np.searchsorted(lasts_ns, heart.beats_utc_ns)
    return [heart.keep(values == part, beats == part) for part in range(len(lasts_ns) + 1)]


def _follow_on(parts: Sequence[StrapHeart]) -> list[StrapHeart]:
    """By time, each without what lies before the end of the one before, or is the same."""
    first, *others = sorted(parts, key=lambda one: int(one.utc_ns[0]))
    kept = [first]
    for part in others:
        after_ns = int(kept[-1].utc_ns[-1]) + _SAME_NS
        if part.utc_ns[-1] > after_ns:
            kept.append(part.keep(part.utc_ns > after_ns, part.beats_utc_ns > after_ns))
    return kept


def _mark_first(begins_run: NDArray[np.bool_]) -> NDArray[np.bool_]:
    marked = begins_run.copy()
    marked[:1] = True
    return marked
