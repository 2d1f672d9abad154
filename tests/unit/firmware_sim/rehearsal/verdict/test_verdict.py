"""A verdict passes on a healthy run and turns red, with the right count, at each kind of harm."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from firmware_sim.rehearsal.verdict.evidence import (
    Archive,
    ArchivedValue,
    DeclaredGap,
    InjectedFault,
    LiveFrame,
    OrderedFault,
    RehearsedStrap,
    SentValue,
    Truth,
)
from firmware_sim.rehearsal.verdict.verdict import Verdict, judge
from tests.unit.firmware_sim.rehearsal.evidence_by_hand import (
    FLIGHT_NS,
    PMD_DATA,
    SECOND_NS,
    START_NS,
    STRAP,
    healthy_run,
    kept_value,
    sent_value,
)

Evidence = tuple[Truth, Archive, list[LiveFrame]]
GAP = DeclaredGap(
    STRAP, "link_lost", None, START_NS + 4 * SECOND_NS, START_NS + 9 * SECOND_NS + FLIGHT_NS
)


def _judge(evidence: Evidence) -> Verdict:
    return judge(*evidence, seconds=20.0)


def _failed(verdict: Verdict) -> set[str]:
    return {check.name for check in verdict.checks if not check.passed}


def test_a_healthy_run_passes() -> None:
    verdict = _judge(healthy_run())
    assert _failed(verdict) == set()
    assert verdict.passed
    document = verdict.as_document()
    assert document["passed"] is True
    assert document["straps"] == 1
    assert document["notifications"] == {
        "sent": 60, "archived": 60, "lost": 0, "duplicated": 0, "altered": 0, "out_of_order": 0,
        "invented": 0, "missing_in_declared_gaps": 0, "overflowed": 0, "unconfirmed_reads": 0,
    }  # fmt: skip
    assert document["latency_ms"] == {"p50": 500.0, "p95": 500.0, "p99": 500.0, "max": 500.0}
    assert document["clock_error_ms"] is None


@pytest.mark.parametrize(
    ("harm", "check", "figure"),
    [
        pytest.param(lambda v: v[:7] + v[8:], "nothing lost", "lost", id="lost"),
        pytest.param(lambda v: [*v, v[7]], "nothing duplicated", "duplicated", id="duplicated"),
        pytest.param(
            lambda v: [replace(v[0], payload=b"\x10\xff"), *v[1:]],
            "nothing altered", "altered", id="altered",
        ),
        pytest.param(
            lambda v: [v[0], replace(v[1], seq=v[2].seq), replace(v[2], seq=v[1].seq), *v[3:]],
            "nothing out of order", "out_of_order", id="out of order",
        ),
        pytest.param(
            lambda v: [*v, replace(v[0], seq=999, payload=b"?")],
            "nothing invented", "invented", id="invented",
        ),
    ],
)  # fmt: skip
def test_a1_each_harm_to_a_value_turns_the_verdict_red(
    harm: Callable[[list[ArchivedValue]], list[ArchivedValue]], check: str, figure: str
) -> None:
    truth, archive, frames = healthy_run()
    verdict = _judge((truth, Archive(harm(list(archive.values))), frames))
    assert _failed(verdict) == {check}
    assert verdict.as_document()["notifications"][figure] == 1


def test_a_strap_off_the_roster_turns_the_verdict_red() -> None:
    truth, archive, frames = healthy_run()
    straps = [replace(truth.straps[0], streams=None)]
    verdict = _judge((replace(truth, straps=straps), archive, frames))
    assert _failed(verdict) == {"no strap off the roster"}


def test_a_stream_that_nobody_agreed_to_turns_the_verdict_red() -> None:
    truth, archive, frames = healthy_run()
    straps = [replace(truth.straps[0], streams=("heart_rate",))]
    verdict = _judge((replace(truth, straps=straps), archive, frames))
    assert _failed(verdict) == {"only agreed streams"}


def test_a_strap_that_never_streamed_turns_the_verdict_red() -> None:
    truth, archive, frames = healthy_run()
    silent = RehearsedStrap("51ADA002", "generic", "HRM", ("heart_rate", "movement"))
    verdict = _judge((replace(truth, straps=[*truth.straps, silent]), archive, frames))
    assert _failed(verdict) == {"every strap streamed"}


def test_a_gap_without_a_fault_turns_the_verdict_red() -> None:
    truth, archive, frames = healthy_run()
    outside = replace(GAP, characteristic="2a19")  # where nothing contradicts it
    verdict = _judge((truth, replace(archive, gaps=[outside]), frames))
    assert _failed(verdict) == {"every gap explained by a fault"}
    assert verdict.as_document()["gaps_declared"] == 1


def test_a_gap_amid_values_turns_the_verdict_red() -> None:
    truth, archive, frames = healthy_run()
    fault = InjectedFault("drop", STRAP, GAP.from_monotonic_ns, GAP.to_monotonic_ns)
    verdict = _judge((replace(truth, faults=[fault]), replace(archive, gaps=[GAP]), frames))
    assert _failed(verdict) == {"no values inside a gap"}


def _with_a_hole() -> Evidence:
    """Nothing kept of what was sent from second 5 to 9; a fault was there."""
    truth, archive, frames = healthy_run()
    fault = InjectedFault("drop", STRAP, GAP.from_monotonic_ns, GAP.to_monotonic_ns)
    kept = [
        value
        for value in archive.values
        if not GAP.from_monotonic_ns + 5 * FLIGHT_NS < value.monotonic_ns < GAP.to_monotonic_ns
    ]
    return replace(truth, faults=[fault]), Archive(kept, [GAP]), frames


def test_a_declared_hole_at_a_fault_passes() -> None:
    truth, archive, frames = _with_a_hole()
    last_before = max(
        v.monotonic_ns for v in archive.values if v.monotonic_ns < START_NS + 5 * SECOND_NS
    )
    gap = replace(GAP, from_monotonic_ns=last_before)
    verdict = _judge((truth, replace(archive, gaps=[gap]), frames))
    assert _failed(verdict) == set()
    assert verdict.as_document()["notifications"]["missing_in_declared_gaps"] == 14


def test_a12_an_undeclared_hole_turns_the_verdict_red() -> None:
    truth, archive, frames = _with_a_hole()
    verdict = _judge((truth, replace(archive, gaps=[]), frames))
    assert _failed(verdict) == {"nothing lost", "every silence declared"}


def _with_a_slow_page() -> Evidence:
    truth, archive, frames = healthy_run()
    slow = [
        replace(frame, arrived_monotonic_ns=frame.arrived_monotonic_ns + 2 * SECOND_NS)
        for frame in frames
    ]
    return truth, archive, [LiveFrame(START_NS - SECOND_NS, {}), *slow]


def _fault(name: str, from_s: float, to_s: float, strap: str | None = None) -> InjectedFault:
    since, until = START_NS + round(from_s * SECOND_NS), START_NS + round(to_s * SECOND_NS)
    return InjectedFault(name, strap, since, until)


@pytest.mark.parametrize(
    ("fault", "is_excused"),
    [
        pytest.param(None, False, id="no fault"),
        pytest.param(_fault("server_away", 1, 15), True, id="trouble all the time"),
        pytest.param(_fault("server_away", 1, 2), False, id="over by 12 s"),
        pytest.param(_fault("delay", 0, 20, STRAP), True, id="this strap's trouble"),
        pytest.param(_fault("delay", 0, 20, "51ADA002"), False, id="another strap's trouble"),
        pytest.param(_fault("battery_low", 0, 20), False, id="delays nothing"),
    ],
)
def test_a_slow_page_is_excused_only_where_trouble_was(
    fault: InjectedFault | None, is_excused: bool
) -> None:
    truth, archive, frames = _with_a_slow_page()
    verdict = _judge((replace(truth, faults=[fault] if fault else []), archive, frames))
    assert _failed(verdict) == (set() if is_excused else {"live within 2 s"})
    told = {check.name: check.detail for check in verdict.checks}["live within 2 s"]
    assert told.startswith("not judged") is is_excused


@pytest.mark.parametrize("first", [0x00, 0x01, 0x42, None])
def test_only_acceleration_was_agreed_to(first: int | None) -> None:
    """Bits 0 to 5 name the measurement: 0 is ECG, 1 is PPG, 2 is acceleration."""
    truth, archive, frames = healthy_run()
    payload = b"" if first is None else bytes([first, 1])
    sent = [truth.sent[0], replace(truth.sent[1], payload=payload), *truth.sent[2:]]
    kept = [archive.values[0], replace(archive.values[1], payload=payload), *archive.values[2:]]
    verdict = _judge((replace(truth, sent=sent), Archive(kept), frames))
    assert _failed(verdict) == (set() if first == 0x42 else {"only agreed streams"})


def test_a_page_that_shows_nothing_fails() -> None:
    truth, archive, _ = healthy_run()
    assert _failed(_judge((truth, archive, []))) == {"live within 2 s"}


def test_an_empty_rehearsal_fails() -> None:
    verdict = _judge((Truth([], []), Archive([]), []))
    assert "something was sent and kept" in _failed(verdict)


def test_remarks_of_the_gateway_are_no_part_of_the_comparison() -> None:
    truth, archive, frames = healthy_run()
    remark = replace(archive.values[0], seq=998, characteristic="gateway/link", payload=b"d")
    verdict = _judge((truth, Archive([*archive.values, remark]), frames))
    assert _failed(verdict) == set()
    assert PMD_DATA in {value.characteristic for value in archive.values}


ANSWER = sent_value(0.1, b"d", "read/2a19")
READ = kept_value(ANSWER, 998)


@pytest.mark.parametrize(
    ("reads", "wrong", "n_unconfirmed"),
    [
        pytest.param([READ], set(), 0, id="as it was answered"),
        pytest.param([], set(), 1, id="the link ended before it arrived"),
        pytest.param([replace(READ, payload=b"e")], {"nothing altered"}, 0, id="altered"),
        pytest.param(
            [READ, replace(READ, seq=999, payload=b"e")], {"nothing invented"}, 0, id="invented"
        ),
        pytest.param([READ, READ], {"nothing duplicated"}, 0, id="twice"),
    ],
)
def test_a_read_is_what_the_strap_answered(
    reads: list[ArchivedValue], wrong: set[str], n_unconfirmed: int
) -> None:
    truth, archive, frames = healthy_run()
    evidence = (replace(truth, answers=[ANSWER]), Archive([*archive.values, *reads]), frames)
    verdict = _judge(evidence)
    assert _failed(verdict) == wrong
    assert verdict.as_document()["notifications"]["unconfirmed_reads"] == n_unconfirmed


@pytest.mark.parametrize(
    ("change", "check"),
    [({"boot_id": "another"}, "stamps of one boot"), ({"wall_ns": 0}, "wall stamps fit")],
)
def test_a_stamp_that_cannot_be_turns_the_verdict_red(change: dict[str, Any], check: str) -> None:
    truth, archive, frames = healthy_run()
    kept = [replace(archive.values[0], **change), *archive.values[1:]]
    assert _failed(_judge((truth, Archive(kept), frames))) == {check}


@pytest.mark.parametrize(("delay_ms", "is_lost"), [(0.0, True), (2000.0, False)])
def test_only_ordered_delay_explains_a_long_flight(delay_ms: float, is_lost: bool) -> None:
    """A stamp 3 s after the sending is another value's, unless values were held back."""
    truth, archive, frames = healthy_run()
    last = replace(kept_value(truth.sent[-1], 60, flight_ns=3 * SECOND_NS))
    fault = _fault("delay", 19, 20, STRAP)
    truth = replace(truth, faults=[fault], ordered=[OrderedFault("delay", STRAP, delay_ms)])
    verdict = _judge((truth, Archive([*archive.values[:-1], last]), frames))
    assert ("nothing lost" in _failed(verdict)) is is_lost


WINDOW_NS = (START_NS, START_NS + 20 * SECOND_NS)


def _with_window() -> Evidence:
    truth, archive, frames = healthy_run()
    return replace(truth, window_ns=WINDOW_NS), archive, frames


def test_a_healthy_window_passes() -> None:
    assert _failed(_judge(_with_window())) == set()


def test_a_stream_that_dies_for_ever_turns_the_verdict_red() -> None:
    """Strap and archive agree: nothing was lost, but movement ended at 10 s."""
    truth, archive, frames = _with_window()
    end_ns = START_NS + 10 * SECOND_NS

    def lives(value: SentValue | ArchivedValue) -> bool:
        return value.characteristic != PMD_DATA or value.monotonic_ns < end_ns

    truth = replace(truth, sent=[value for value in truth.sent if lives(value)])
    archive = Archive([value for value in archive.values if lives(value)])
    verdict = _judge((truth, archive, frames))
    assert _failed(verdict) == {"every silence declared", "every stream alive at the end"}


def test_a_strap_that_never_streamed_is_silent_over_the_whole_window() -> None:
    truth, archive, frames = _with_window()
    silent = RehearsedStrap("51ADA002", "generic", "HRM", ("heart_rate", "movement"))
    verdict = _judge((replace(truth, straps=[*truth.straps, silent]), archive, frames))
    assert _failed(verdict) == {
        "every silence declared", "every strap streamed", "every stream alive at the end",
    }  # fmt: skip


def test_an_ordered_fault_that_never_happened_turns_the_verdict_red() -> None:
    truth, archive, frames = healthy_run()
    truth = replace(truth, ordered=[OrderedFault("fade", STRAP)])
    assert _failed(_judge((truth, archive, frames))) == {"every ordered fault happened"}


def test_a_strap_that_overflows_by_itself_turns_the_verdict_red() -> None:
    truth, archive, frames = healthy_run()
    truth = replace(truth, overflowed=[truth.sent[7]])
    verdict = _judge((truth, archive, frames))
    assert _failed(verdict) == {"no strap overflowed by itself"}
    assert verdict.as_document()["notifications"]["overflowed"] == 1
