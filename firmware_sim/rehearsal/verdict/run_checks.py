"""Checks of the run: all trouble came, every strap streamed what was agreed, the page showed it."""

from collections.abc import Sequence

from firmware_sim.rehearsal.verdict.ages import MEDIAN_LIMIT_NS, ToldAge, find_median_ns
from firmware_sim.rehearsal.verdict.check import Check, none_of, show_sent
from firmware_sim.rehearsal.verdict.comparison import Findings
from firmware_sim.rehearsal.verdict.course import find_missed_faults, find_unprovoked_overflows
from firmware_sim.rehearsal.verdict.evidence import Archive, Truth
from firmware_sim.rehearsal.verdict.latency import Latency
from firmware_sim.rehearsal.verdict.streams import STREAM_CHARACTERISTICS, expected_streams
from protocol.ble.uuids import PMD_DATA

LATENCY_LIMIT_MS = 2000.0  # p99 from strap stamp to live frame; frames go out once a second
# First byte of a PMD frame (ble-wire 5.4); one characteristic carries every measurement.
PMD_MEASUREMENT_MASK = 0x3F
PMD_ACCELERATION = 2


def check_course(truth: Truth, found: Findings) -> list[Check]:
    """All ordered trouble came, all straps came back from it, and none was overwhelmed."""
    missed = find_missed_faults(truth.ordered, truth.faults)
    overflowed = find_unprovoked_overflows(truth.overflowed, truth.faults)
    return [
        none_of(
            "every ordered fault happened",
            missed,
            lambda fault: f"{fault.fault} of {fault.strap or 'the chain'}",
            f"{len(truth.ordered)} ordered",
        ),
        none_of(
            "every strap returned",
            found.unreturned,
            lambda fault: f"strap {fault.strap} did not return after {fault.fault}",
            "each sent again after its faults",
        ),
        none_of(
            "every stream alive at the end",
            found.dead,
            " ".join,
            "each was kept in the last 5 s, or a fault lasted",
        ),
        none_of(
            "no strap overflowed by itself",
            overflowed,
            show_sent,
            f"{len(truth.overflowed)} values found no room, all at faults",
        ),
    ]


def check_straps(truth: Truth, archive: Archive) -> list[Check]:
    """Straps on the roster with the streams agreed to: all of these, and no others."""
    kept = {(value.strap, value.characteristic) for value in archive.values}
    allowed = {strap.serial: strap.streams for strap in truth.straps if strap.streams is not None}
    strangers = sorted({strap for strap, _ in kept if strap not in allowed})
    silent = [
        f"{strap.serial} {stream}"
        for strap in truth.straps
        for stream in expected_streams(strap)
        if (strap.serial, STREAM_CHARACTERISTICS[stream]) not in kept
    ]
    unasked = [
        f"{serial} {stream}"
        for serial, streams in sorted(allowed.items())
        for stream, characteristic in STREAM_CHARACTERISTICS.items()
        if stream not in streams and (serial, characteristic) in kept
    ]
    unasked_movement = [
        f"{value.strap} PMD measurement {value.payload[:1].hex() or 'without a type'}"
        for value in archive.values
        if value.characteristic == PMD_DATA and not _is_acceleration(value.payload)
    ]
    return [
        none_of("no strap off the roster", strangers, str, f"{len(allowed)} straps on it"),
        none_of("every strap streamed", silent, str, "heart rate, and movement where it can"),
        none_of("only agreed streams", unasked + unasked_movement, str, "what each agreed to"),
    ]


def _is_acceleration(payload: bytes) -> bool:
    return bool(payload) and payload[0] & PMD_MEASUREMENT_MASK == PMD_ACCELERATION


def check_live(latency: Latency, calm: Latency) -> list[Check]:
    """The live page showed everything, and soon enough: judged by `calm`, the heart rates that no
    ordered trouble held back."""
    name, shown = "live within 2 s", f"{len(latency.delays_ms)} heart rates reached a live frame"
    seen = none_of("every heart rate reached the live page", latency.unseen, show_sent, shown)
    p99_ms = calm.percentile_ms(99)
    if not latency.delays_ms:
        return [seen, Check(name, passed=False, detail="no heart rate was shown")]
    if p99_ms is None:
        return [seen, Check(name, passed=True, detail="not judged: trouble all the time")]
    figures = f"p99 {p99_ms:.0f} ms from strap to live frame ({len(calm.delays_ms)} amid no fault)"
    return [seen, Check(name, p99_ms <= LATENCY_LIMIT_MS, figures)]


def check_ages(ages: Sequence[ToldAge]) -> list[Check]:
    """A heart rate on the live page is as old as it is said to be (promises B1 and D3)."""
    median_ns = find_median_ns(ages)
    figures = f"{len(ages)} ages told, half of them within {median_ns / 1e6:.0f} ms"
    return [
        none_of("no age far off", [age for age in ages if age.is_wrong], _show_age, figures),
        Check("ages are close", median_ns <= MEDIAN_LIMIT_NS, figures),
    ]


def _show_age(age: ToldAge) -> str:
    wrong = f"{age.error_ns / 1e9:+.1f} s off at {age.arrived_monotonic_ns} ns"
    return f"{age.strap} said to be {age.told_s} s old, {wrong}"
