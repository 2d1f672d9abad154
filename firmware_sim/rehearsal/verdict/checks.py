"""The checks of a verdict: each one promise, kept or not, and the figures that say so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from firmware_sim.rehearsal.verdict.comparison import Findings
from firmware_sim.rehearsal.verdict.course import find_missed_faults, find_unprovoked_overflows
from firmware_sim.rehearsal.verdict.evidence import Archive, Truth
from firmware_sim.rehearsal.verdict.latency import Latency
from firmware_sim.rehearsal.verdict.stamps import find_misstamped, list_boots
from firmware_sim.rehearsal.verdict.streams import STREAM_CHARACTERISTICS, expected_streams
from protocol.ble.uuids import PMD_DATA

LATENCY_LIMIT_MS = 2000.0  # p99 from strap stamp to live frame; frames go out once a second
EXAMPLES_SHOWN = 3
# First byte of a PMD frame (ble-wire 5.4); one characteristic carries every measurement.
PMD_MEASUREMENT_MASK = 0x3F
PMD_ACCELERATION = 2


@dataclass(frozen=True, slots=True)
class Check:
    """One promise, kept or not, and the figures that say so."""

    name: str
    passed: bool
    detail: str


def _none_of(name: str, wrong: Sequence[Any], show: Callable[[Any], str], good: str) -> Check:
    if not wrong:
        return Check(name, passed=True, detail=good)
    examples = "; ".join(show(each) for each in wrong[:EXAMPLES_SHOWN])
    more = ", …" if len(wrong) > EXAMPLES_SHOWN else ""
    return Check(name, passed=False, detail=f"{len(wrong)}: {examples}{more}")


def _show_sent(value: Any) -> str:
    return f"{value.strap} {value.characteristic} sent at {value.monotonic_ns} ns"


def _show_kept(value: Any) -> str:
    return f"{value.strap} {value.characteristic} number {value.seq} of epoch {value.epoch}"


def _show_gap(gap: Any) -> str:
    length_s = (gap.to_monotonic_ns - gap.from_monotonic_ns) / 1e9
    return f"{gap.strap} {gap.reason} from {gap.from_monotonic_ns} ns for {length_s:.1f} s"


def check_values(found: Findings) -> list[Check]:
    """Every value once, byte for byte, in order, and nothing else."""
    n = f"{found.n_sent - found.n_covered} values sent outside gaps"
    return [
        Check(
            "something was sent and kept",
            passed=found.n_sent > 0 and found.n_archived > 0,
            detail=f"{found.n_sent} sent, {found.n_archived} archived",
        ),
        _none_of("nothing lost", found.lost, _show_sent, f"all of {n} are archived"),
        _none_of("nothing duplicated", found.duplicated, _show_kept, "each is archived once"),
        _none_of(
            "nothing altered", found.altered, lambda pair: _show_kept(pair[1]), "byte for byte"
        ),
        _none_of("nothing out of order", found.out_of_order, _show_kept, "in the order of sending"),
        _none_of(
            "nothing invented",
            found.invented,
            _show_kept,
            "nothing is archived that was not sent, or before it was sent",
        ),
    ]


def check_stamps(truth: Truth, archive: Archive) -> list[Check]:
    """Stamps of one boot, whose wall and monotonic parts belong together."""
    boots = list_boots(archive.values)
    misstamped = find_misstamped(truth.sent, archive.values)
    return [
        _none_of("stamps of one boot", boots[1:], str, "one boot id"),
        _none_of("wall stamps fit", misstamped, _show_kept, "wall and monotonic within 1 s"),
    ]


def check_gaps(found: Findings) -> list[Check]:
    """Gaps are declared where something is missing, and nowhere else (promise A12)."""
    holes = [(s, c, hole) for s, c, coverage in found.coverage for hole in coverage.unaccounted]
    sums = [coverage for _, _, coverage in found.coverage]
    minutes = sum(each.n_minutes for each in sums)
    accounted = (
        f"{minutes} stream-minutes: {sum(each.expected_ns for each in sums) / 1e9:.1f} s expected"
        f" = {sum(each.stored_ns for each in sums) / 1e9:.1f} s with values"
        f" + {sum(each.declared_ns for each in sums) / 1e9:.1f} s declared"
    )
    return [
        _none_of("every gap explained by a fault", found.unexplained, _show_gap, "± 3 s"),
        _none_of("no values inside a gap", found.contradicted, _show_gap, "gaps are empty"),
        _none_of(
            "every silence declared",
            holes,
            lambda h: f"{h[0]} {h[1]} silent {(h[2][1] - h[2][0]) / 1e9:.1f} s from {h[2][0]} ns",
            accounted,
        ),
    ]


def check_course(truth: Truth, found: Findings) -> list[Check]:
    """All ordered trouble came, all straps came back from it, and none was overwhelmed."""
    missed = find_missed_faults(truth.ordered, truth.faults)
    overflowed = find_unprovoked_overflows(truth.overflowed, truth.faults)
    return [
        _none_of(
            "every ordered fault happened",
            missed,
            lambda fault: f"{fault.fault} of {fault.strap or 'the chain'}",
            f"{len(truth.ordered)} ordered",
        ),
        _none_of(
            "every strap returned",
            found.unreturned,
            lambda fault: f"strap {fault.strap} did not return after {fault.fault}",
            "each sent again after its faults",
        ),
        _none_of(
            "every stream alive at the end",
            found.dead,
            " ".join,
            "each was kept in the last 5 s, or a fault lasted",
        ),
        _none_of(
            "no strap overflowed by itself",
            overflowed,
            _show_sent,
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
        _none_of("no strap off the roster", strangers, str, f"{len(allowed)} straps on it"),
        _none_of("every strap streamed", silent, str, "heart rate, and movement where it can"),
        _none_of("only agreed streams", unasked + unasked_movement, str, "what each agreed to"),
    ]


def _is_acceleration(payload: bytes) -> bool:
    return bool(payload) and payload[0] & PMD_MEASUREMENT_MASK == PMD_ACCELERATION


def check_live(latency: Latency, calm: Latency) -> list[Check]:
    """The live page showed everything, and soon enough: judged by `calm`, the heart rates that no
    ordered trouble held back."""
    name, shown = "live within 2 s", f"{len(latency.delays_ms)} heart rates reached a live frame"
    seen = _none_of("every heart rate reached the live page", latency.unseen, _show_sent, shown)
    p99_ms = calm.percentile_ms(99)
    if not latency.delays_ms:
        return [seen, Check(name, passed=False, detail="no heart rate was shown")]
    if p99_ms is None:
        return [seen, Check(name, passed=True, detail="not judged: trouble all the time")]
    figures = f"p99 {p99_ms:.0f} ms from strap to live frame ({len(calm.delays_ms)} amid no fault)"
    return [seen, Check(name, p99_ms <= LATENCY_LIMIT_MS, figures)]
