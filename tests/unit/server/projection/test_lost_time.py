"""Where unheard time went, on stretches that can be added up by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.projection.lost_time import Hole, Loss, LostTime, OneStream, find_loss, sum_lost_time

MAIN = [(0.0, 600.0)]
WORN = [(-300.0, 900.0)]


def test_a_stream_that_was_heard_throughout_lost_nothing() -> None:
    told = sum_lost_time(MAIN, WORN, OneStream((-200.0, 800.0)))
    assert (told, told.main_cause) == (LostTime(600.0, {}), None)


def test_before_she_had_it_on_it_was_late_and_after_she_took_it_off_it_was_off() -> None:
    told = sum_lost_time(MAIN, [(120.0, 500.0)], OneStream((120.0, 500.0)))
    assert told.lost_s == {Loss.LATE_STRAP: 120.0, Loss.STRAP_OFF: 100.0}
    assert told.main_cause is Loss.LATE_STRAP


def test_between_two_straps_it_was_off() -> None:
    told = sum_lost_time(MAIN, [(-10.0, 200.0), (260.0, 900.0)], OneStream((-10.0, 900.0)))
    assert told.lost_s == {Loss.STRAP_OFF: 60.0}


def test_holes_count_inside_the_phase_only_and_by_their_cause() -> None:
    holes = [
        Hole((-60.0, 60.0), "no_contact"),
        Hole((100.0, 130.0), "declared", "link_lost"),
        Hole((200.0, 300.0), "flat"),
        Hole((590.0, 700.0), "silence"),
    ]
    told = sum_lost_time(MAIN, WORN, OneStream((-200.0, 800.0), holes))
    assert told.lost_s == {
        Loss.VALUES: 100.0, Loss.CONTACT: 60.0, Loss.RADIO: 30.0, Loss.SILENCE: 10.0
    }  # fmt: skip
    assert list(told.lost_s) == [Loss.VALUES, Loss.CONTACT, Loss.RADIO, Loss.SILENCE]


def test_nothing_at_all_is_silence_or_what_a_gateway_declared() -> None:
    assert sum_lost_time(MAIN, WORN, OneStream(None)).lost_s == {Loss.SILENCE: 600.0}
    declared = [Hole((-300.0, 800.0), "declared", "gateway_down")]
    told = sum_lost_time(MAIN, WORN, OneStream(None, (), declared))
    assert told.lost_s == {Loss.GATEWAY: 600.0}


def test_before_the_first_and_after_the_last_value_the_gap_that_covers_most_tells() -> None:
    declared = [Hole((0.0, 10.0), "declared", "gateway_down"),
                Hole((0.0, 90.0), "declared", "link_lost")]  # fmt: skip
    told = sum_lost_time(MAIN, WORN, OneStream((100.0, 550.0), (), declared))
    assert told.lost_s == {Loss.RADIO: 100.0, Loss.SILENCE: 50.0}


def test_without_a_phase_nothing_is_lost() -> None:
    assert sum_lost_time([], WORN, OneStream(None)) == LostTime(0.0, {})


@pytest.mark.parametrize(
    ("cause", "detail", "loss"),
    [
        ("declared", "link_lost", Loss.RADIO),
        ("declared", "stream_stalled", Loss.RADIO),
        ("declared", "journal_full", Loss.GATEWAY),
        ("declared", "server_lost", Loss.GATEWAY),
        ("declared", "a_newer_reason", Loss.RADIO),
        ("silence", "", Loss.SILENCE),
        ("no_contact", "", Loss.CONTACT),
        ("out_of_range", "", Loss.VALUES),
        ("lost", "", Loss.RADIO),
        ("unreadable", "", Loss.VALUES),
        ("new_boot", "", Loss.GATEWAY),
    ],
)
def test_what_a_gap_was_lost_to(cause: str, detail: str, loss: Loss) -> None:
    assert find_loss(Hole((10.0, 20.0), cause, detail)) is loss


@pytest.mark.parametrize(
    ("levels", "loss"),
    [
        ([(0.0, 10.0)], Loss.BATTERY),
        ([(0.0, 11.0)], Loss.RADIO),
        ([(0.0, 5.0), (9.0, 80.0)], Loss.RADIO),  # a fresh one
        ([(11.0, 5.0)], Loss.RADIO),  # said later
    ],
)
def test_a_strap_that_had_said_it_was_low_was_its_battery(
    levels: list[tuple[float, float]], loss: Loss
) -> None:
    assert find_loss(Hole((10.0, 20.0), "declared", "link_lost"), levels) is loss
    assert find_loss(Hole((10.0, 20.0), "no_contact"), levels) is Loss.CONTACT


SECONDS = st.floats(-100, 700)
SPANS = st.lists(st.tuples(SECONDS, SECONDS).map(lambda ends: (min(ends), max(ends))), max_size=4)


@given(SPANS, SPANS)
def test_no_more_is_lost_to_wearing_than_there_was(
    worn: list[tuple[float, float]], declared: list[tuple[float, float]]
) -> None:
    """Every second is either worn, and silent here, or not worn."""
    holes = [Hole(span, "declared", "link_lost") for span in declared]
    told = sum_lost_time(MAIN, worn, OneStream(None, (), holes))
    assert sum(told.lost_s.values()) == pytest.approx(600.0)
