"""From one person's streams to metrics and traces: arrays cut to the evening's parts. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from server.decoding.beats import HR_TIME_ERROR_S
from server.decoding.clocks.frames import NS_PER_MS, NS_PER_S
from server.dose.heart.nn_cleaning import clean_intervals
from server.dose.heart.quality import judge_trace
from server.dose.movement.clipping import find_plateau_mg
from server.dose.movement.epoch_grid import EpochGrid
from server.dose.movement.epoch_stream import EpochStream
from server.dose.movement.epochs import EPOCHS_VERSION, Epochs
from server.dose.quantity import Missing
from server.dose.sensed.evening_times import Interval
from server.dose.sensed.heart_metrics import STRAP_RULES, HeartTrace, list_heart_metrics
from server.dose.sensed.heart_profile import HeartProfile
from server.dose.sensed.movement_metrics import list_movement_metrics
from server.dose.sensed.rest_metrics import RestIntervals, list_rest_metrics
from server.dose.sensed.station_sensed import HerMovement, StationSensed, sense_stations
from server.dose.vector import Metric
from server.projection.person_dose import Trace
from server.projection.person_gaps import trace_gaps
from server.projection.person_origins import trace_origins
from server.projection.person_postures import find_postures
from server.projection.person_streams import MovementPiece, PersonStreams
from server.projection.strap_heart import StrapHeart, join_hearts

EPOCH_S: Final = 5.0  # dose-metrics 8
HEART_TRACE_VERSION: Final = 3


@dataclass(frozen=True, slots=True)
class HerEvening:
    """`main` are the stretches of the main phase in which she was there; `sets` hers by category.

    `rest` is when she sat for her seated heart rate, None where none was taken; `warmup` likewise.
    `stations` are her sets by name. `origin_ms` is the UTC that seconds count from; `silence` why
    her strap sent nothing, if so.
    """

    rest: Interval | None
    warmup: Interval | None
    main: Sequence[Interval]
    sets: Mapping[str, Sequence[Interval]]
    stations: Mapping[str, Interval]
    origin_ms: int
    silence: Missing
    profile: HeartProfile
    inputs_sha256: str


@dataclass(frozen=True, slots=True)
class Sensed:
    """All metrics that need a sensor, what a chart draws, and her heart in the main phase.

    `stations` are by the set's name.
    """

    metrics: list[Metric]
    traces: list[Trace]
    stations: Mapping[str, StationSensed]
    heart: HeartTrace | Missing


def derive_sensed(streams: PersonStreams, evening: HerEvening) -> Sensed:
    """Of one person's evening."""
    whole = join_hearts(streams.hearts) if streams.hearts else None
    heart = evening.silence if whole is None else _cut_heart(whole, evening)
    moved = _measure_movement(streams.movement, evening)
    epochs = moved.epochs
    parts: dict[str | None, Sequence[Interval]] = {None: evening.main}
    parts.update(evening.sets)
    metrics = [
        *list_heart_metrics(heart, evening.profile, evening.inputs_sha256),
        *list_rest_metrics(_cut_rest(whole, evening), evening.inputs_sha256),
        *list_movement_metrics(epochs, parts, evening.origin_ms, evening.inputs_sha256),
    ]
    traces = [] if whole is None else [_trace_heart(whole, evening)]
    if isinstance(epochs, Epochs):
        traces.append(_trace_epochs(epochs))
    if streams.hearts or streams.movement or streams.declared:
        traces.append(trace_gaps(streams, whole, evening.origin_ms * NS_PER_MS))
    if streams.hearts or streams.movement:
        traces.append(trace_origins(streams, evening.origin_ms * NS_PER_MS))
    origin_ms, stations = evening.origin_ms, evening.stations
    sensed = sense_stations(moved, heart, evening.profile, stations, origin_ms)
    return Sensed(metrics, traces, sensed, heart)


def _cut_heart(whole: StrapHeart, evening: HerEvening) -> HeartTrace | Missing:
    """Her heart rates in the main phase; one a moment, should two gateways have heard one."""
    expected_s = sum(one.seconds for one in evening.main)
    if not expected_s:
        return Missing.NOT_APPLICABLE
    values = _lies_in(whole.utc_ns, evening.main)
    values[1:] &= np.diff(whole.utc_ns) > 0
    kept = whole.keep(values, _lies_in(whole.beats_utc_ns, evening.main))
    return HeartTrace(
        times_s=_count_s(kept.utc_ns, evening),
        hr_bpm=kept.hr_bpm.astype(np.float64),
        contact=kept.has_contact,
        expected_s=expected_s,
        artefact_share=clean_intervals(kept.rr_ticks, kept.begins_run).artefact_share,
    )


def _cut_rest(whole: StrapHeart | None, evening: HerEvening) -> RestIntervals | Missing:
    """Her intervals while she sat."""
    if whole is None:
        return evening.silence
    if evening.rest is None:
        return Missing.NOT_MEASURED
    inside = _lies_in(whole.beats_utc_ns, [evening.rest])
    kept = whole.keep(np.zeros(len(whole.utc_ns), dtype=np.bool_), inside)
    return RestIntervals(clean_intervals(kept.rr_ticks, kept.begins_run), evening.rest.seconds)


def _lies_in(utc_ns: NDArray[np.int64], intervals: Sequence[Interval]) -> NDArray[np.bool_]:
    inside = np.zeros(len(utc_ns), dtype=np.bool_)
    for one in intervals:
        inside |= (utc_ns >= one.from_ms * NS_PER_MS) & (utc_ns < one.until_ms * NS_PER_MS)
    return inside


def _count_s(utc_ns: NDArray[np.int64], evening: HerEvening) -> NDArray[np.float64]:
    """Seconds since the evening's origin: small numbers, which a float holds to the nanosecond."""
    return (utc_ns - evening.origin_ms * NS_PER_MS) / NS_PER_S


def _measure_movement(pieces: Sequence[MovementPiece], evening: HerEvening) -> HerMovement:
    """At the rate that most of her samples have; what came at another one wasn't heard."""
    if not pieces:
        return HerMovement(evening.silence)
    n_samples: dict[int, int] = {}
    for piece in pieces:
        n_samples[piece.rate_hz] = n_samples.get(piece.rate_hz, 0) + len(piece.utc_ns)
    rate_hz = max(n_samples, key=lambda rate: (n_samples[rate], rate))
    stream = EpochStream(EpochGrid(rate_hz, EPOCH_S))
    taken = [piece for piece in pieces if piece.rate_hz == rate_hz]
    ranges_mg = _guess_ranges_mg(taken)
    for piece in taken:
        stream.change_range(ranges_mg.get(piece.strap))
        stream.add_stamped(piece.samples_mg, _count_s(piece.utc_ns, evening))
    epochs = stream.finish()
    postures = find_postures(taken, epochs, evening.origin_ms, evening.warmup)
    return HerMovement(epochs, postures.of, postures.upright)


def _guess_ranges_mg(pieces: Sequence[MovementPiece]) -> dict[str, float]:
    """By strap, where its samples seem to be cut off: no strap's answers say its range."""
    found: dict[str, float] = {}
    for piece in pieces:
        plateau_mg = find_plateau_mg(piece.samples_mg)
        if plateau_mg is not None:
            found[piece.strap] = min(plateau_mg, found.get(piece.strap, plateau_mg))
    return found


def _trace_heart(whole: StrapHeart, evening: HerEvening) -> Trace:
    times_s = _count_s(whole.utc_ns, evening)
    columns: dict[str, NDArray[np.generic]] = {
        "t_s": times_s,
        "hr_bpm": whole.hr_bpm.astype(np.float32),
        "contact": whole.has_contact,
        "verdict": _judge(times_s, whole),
        "t_error_s": np.full(len(whole.utc_ns), HR_TIME_ERROR_S, dtype=np.float32),
    }
    return Trace("heart_rate", HEART_TRACE_VERSION, columns)


def _judge(times_s: NDArray[np.float64], whole: StrapHeart) -> NDArray[np.uint8]:
    """(n,) of Verdict; should two gateways have heard one moment, both rows have the first's."""
    is_new = np.concatenate([[True], np.diff(times_s) > 0])[: len(times_s)]
    bpm, contact = whole.hr_bpm[is_new].astype(np.float64), whole.has_contact[is_new]
    verdicts = judge_trace(times_s[is_new], bpm, contact, STRAP_RULES).verdicts
    places: NDArray[np.intp] = np.cumsum(is_new) - 1
    return np.take(verdicts, places)


def _trace_epochs(epochs: Epochs) -> Trace:
    columns: dict[str, NDArray[np.generic]] = {
        "t_s": epochs.start_s + epochs.epoch_s * np.arange(len(epochs)),
        "enmo_mg": epochs.enmo_mg.astype(np.float32),
        "mad_mg": epochs.mad_mg.astype(np.float32),
        "coverage": epochs.coverage.astype(np.float32),
    }
    return Trace("movement", EPOCHS_VERSION, columns)
