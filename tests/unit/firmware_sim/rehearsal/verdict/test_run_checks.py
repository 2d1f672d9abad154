"""Checks of the run turn red at what the counts of values alone do not show."""

from dataclasses import replace

import pytest

from firmware_sim.rehearsal.verdict.evidence import (
    Archive,
    ArchivedValue,
    InjectedFault,
    LiveFrame,
    OrderedFault,
    RehearsedStrap,
    SentValue,
    Truth,
)
from firmware_sim.rehearsal.verdict.verdict import Verdict, judge
from tests.unit.firmware_sim.rehearsal.evidence_by_hand import (
    PMD_DATA,
    SECOND_NS,
    START_NS,
    STRAP,
    healthy_run,
)

Evidence = tuple[Truth, Archive, list[LiveFrame]]


def _judge(evidence: Evidence) -> Verdict:
    return judge(*evidence, seconds=20.0)


def _failed(verdict: Verdict) -> set[str]:
    return {check.name for check in verdict.checks if not check.passed}


def _with_a_slow_page() -> Evidence:
    truth, archive, frames = healthy_run()
    slow = [
        LiveFrame(
            frame.arrived_monotonic_ns + 2 * SECOND_NS, frame.newest_monotonic_ns, {STRAP: 2.5}
        )
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


@pytest.mark.parametrize(
    ("ages_s", "red"),
    [
        ([0.5] * 20, set()),
        ([0.0] * 20, {"ages are close"}),  # clamped at nought: two clocks were mixed up
        ([0.5] * 19 + [3.0], {"no age far off"}),
        ([0.5] * 19 + [-0.1], {"no age far off"}),
        ([-3600.0] * 20, {"ages are close", "no age far off"}),
    ],
)
def test_b1_an_age_that_is_not_a_heart_rate_s_own_turns_the_verdict_red(
    ages_s: list[float], red: set[str]
) -> None:
    truth, archive, frames = healthy_run()
    told = [replace(f, ages_s={STRAP: age_s}) for f, age_s in zip(frames, ages_s, strict=True)]
    assert _failed(_judge((truth, archive, told))) == red


@pytest.mark.parametrize(("fault", "is_excused"), [("kill_server", True), ("kill_strap", False)])
def test_ages_are_excused_amid_trouble_of_the_chain_alone(fault: str, is_excused: bool) -> None:
    truth, archive, frames = healthy_run()
    strap = None if is_excused else STRAP
    truth = replace(truth, faults=[_fault(fault, 0, 20, strap)])
    told = [replace(frame, ages_s={STRAP: 30.0}) for frame in frames]
    is_red = "no age far off" in _failed(_judge((truth, archive, told)))
    assert is_red is not is_excused


@pytest.mark.parametrize("first", [0x00, 0x01, 0x42, None])
def test_only_acceleration_was_agreed_to(first: int | None) -> None:
    """Bits 0 to 5 name the measurement: 0 is ECG, 1 is PPG, 2 is acceleration."""
    truth, archive, frames = healthy_run()
    payload = b"" if first is None else bytes([first, 1])
    sent = [truth.sent[0], replace(truth.sent[1], payload=payload), *truth.sent[2:]]
    kept = [archive.values[0], replace(archive.values[1], payload=payload), *archive.values[2:]]
    verdict = _judge((replace(truth, sent=sent), Archive(kept), frames))
    assert _failed(verdict) == (set() if first == 0x42 else {"only agreed streams"})


WINDOW_NS = (START_NS, START_NS + 20 * SECOND_NS)


def _with_window() -> Evidence:
    truth, archive, frames = healthy_run()
    return replace(truth, window_ns=WINDOW_NS), archive, frames


def test_a_healthy_window_passes() -> None:
    assert _failed(_judge(_with_window())) == set()


def test_a_page_that_freezes_turns_the_verdict_red_however_much_trouble_there_is() -> None:
    """Trouble after trouble, one beginning amid the one before: no single one hides it all."""
    truth, archive, frames = _with_window()
    kinds = ("kill_server", "delay", "kill_gateway", "server_away", "duplicate_batch")
    faults = [_fault(kinds[n % 5], n, n + 0.5, STRAP if n % 5 == 1 else None) for n in range(20)]
    truth = replace(truth, faults=faults)
    assert _failed(_judge((truth, archive, frames))) == set()
    newest = frames[5].newest_monotonic_ns
    frozen = [*frames[:6], *(replace(f, newest_monotonic_ns=newest, ages_s={}) for f in frames[6:])]
    verdict = _judge((truth, archive, frozen))
    assert _failed(verdict) == {"every heart rate reached the live page"}
    assert len(verdict.latency.unseen) == 9  # of seconds 6 to 14


def test_a_page_whose_frames_end_turns_the_verdict_red() -> None:
    truth, archive, frames = _with_window()
    failed = _failed(_judge((truth, archive, frames[:7])))
    assert failed == {"every heart rate reached the live page"}


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
