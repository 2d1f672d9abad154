"""When troubles begin and end."""

from hypothesis import given
from hypothesis import strategies as st

from firmware_sim.radio.faults import BOOT_S, Timetable, lasting_s
from firmware_sim.scenario.faults import CHAIN_FAULTS, INSTANT_FAULTS, Fault, FaultKind

DROP = Fault(FaultKind.DROP, 10.0, strap_index=0)
FADE = Fault(FaultKind.FADE, 5.0, 3.0, strap_index=1)
REBOOT = Fault(FaultKind.REBOOT, 20.0, strap_index=2)
KILL = Fault(FaultKind.KILL_GATEWAY, 1.0, options={"restart_after_s": 1.0})


def _taken(timetable: Timetable, elapsed_s: float) -> list[tuple[float, FaultKind, bool]]:
    return [(s.at_s, s.fault.kind, s.begins) for s in timetable.take_due(elapsed_s)]


def test_each_step_comes_once_and_in_its_time() -> None:
    timetable = Timetable([DROP, FADE])
    assert timetable.next_s == 5.0
    assert _taken(timetable, 4.9) == []
    assert _taken(timetable, 9.0) == [(5.0, FaultKind.FADE, True), (8.0, FaultKind.FADE, False)]
    assert _taken(timetable, 100.0) == [(10.0, FaultKind.DROP, True)]
    assert timetable.next_s is None


def test_a_reboot_lasts_until_the_strap_is_back() -> None:
    assert lasting_s(REBOOT) == BOOT_S
    assert _taken(Timetable([REBOOT]), 30.0) == [
        (20.0, FaultKind.REBOOT, True),
        (20.0 + BOOT_S, FaultKind.REBOOT, False),
    ]


def test_trouble_of_the_chain_is_none_of_ours() -> None:
    assert Timetable([KILL]).next_s is None


def test_one_ends_before_the_next_begins_at_the_same_moment() -> None:
    second = Fault(FaultKind.FADE, 8.0, 1.0, strap_index=1)
    steps = Timetable([second, FADE]).take_due(8.0)
    assert [(s.number, s.begins) for s in steps] == [(1, True), (1, False), (0, True)]


def test_a_program_that_starts_late_repeats_nothing_that_was_over() -> None:
    timetable = Timetable([DROP, FADE, REBOOT])
    timetable.skip_past(12.0)
    assert [kind for _, kind, _ in _taken(timetable, 60.0)] == [FaultKind.REBOOT] * 2


def test_a_program_that_starts_late_takes_up_what_still_lasts() -> None:
    timetable = Timetable([DROP, FADE])
    timetable.skip_past(6.0)
    assert _taken(timetable, 6.0) == [(5.0, FaultKind.FADE, True)]
    assert timetable.next_s == 8.0


KINDS = sorted(set(FaultKind) - CHAIN_FAULTS)


@given(
    st.lists(
        st.builds(
            lambda kind, at_s, for_s: Fault(kind, at_s, 0 if kind in INSTANT_FAULTS else for_s),
            st.sampled_from(KINDS),
            st.floats(0, 100),
            st.floats(0.1, 50),
        ),
        max_size=8,
    ),
    st.floats(0, 160),
)
def test_whatever_ends_has_begun(faults: list[Fault], started_s: float) -> None:
    timetable = Timetable(faults)
    timetable.skip_past(started_s)
    running: set[int] = set()
    for step in timetable.take_due(1000.0):
        if step.begins and lasting_s(step.fault):
            running.add(step.number)
        elif not step.begins:
            running.remove(step.number)
    assert running == set()
