"""Numbers that can't be read become holes between the records around them."""

from gateway.journal.entries import Entry, Observation, Silence, number_entry
from gateway.journal.holes import Hole, HoleFinder
from protocol.identifiers import BootId, StrapId
from protocol.messages.uplink import GapReason
from protocol.moments import ReceivedAt

A, B = StrapId("51ADA001"), StrapId("51ADA002")


def at(number: int) -> ReceivedAt:
    return ReceivedAt(BootId("boot"), number, number)


def record(number: int, strap: StrapId = A) -> Entry:
    return number_entry(Observation(strap, "2a37", at(number), b""), number)


def gap(number: int) -> Entry:
    return number_entry(Silence(A, GapReason.LINK_LOST, at(0), at(1)), number)


def test_a_hole_lies_between_its_neighbours() -> None:
    finder = HoleFinder(10, [record(9), record(10)])
    assert finder.follow([record(11), record(14), record(15)]) == [Hole(at(11), at(14))]
    assert finder.straps == {A}


def test_a_hole_may_begin_in_one_run_of_entries_and_end_in_the_next() -> None:
    finder = HoleFinder(0, ())
    assert finder.follow([record(1), record(2)]) == []
    assert finder.is_whole(2)
    assert not finder.is_whole(4)
    assert finder.follow([]) == []
    assert finder.follow([record(5, B)]) == [Hole(at(2), at(5))]
    assert finder.straps == {A, B}


def test_a_gap_fills_its_number_but_its_moments_tell_nothing() -> None:
    finder = HoleFinder(0, ())
    assert finder.follow([record(1), gap(2), gap(3), record(4)]) == []
    assert finder.follow([gap(5), gap(7), record(8)]) == [Hole(at(4), at(8))]
    assert finder.follow([gap(9)]) == []
    assert finder.is_whole(9)
    assert not finder.is_whole(10)
    assert finder.newest == at(8)


def test_what_was_known_before_is_no_hole_even_if_it_is_gone() -> None:
    assert HoleFinder(10, [record(4)]).follow([record(11)]) == []
    assert HoleFinder(10, [record(4)]).follow([record(12)]) == [Hole(at(4), at(12))]


def test_a_loss_with_nothing_before_it_is_told_where_it_ends() -> None:
    assert HoleFinder(10, ()).follow([record(13)]) == [Hole(at(13), at(13))]


def test_where_nothing_is_known_the_first_record_is_the_beginning() -> None:
    finder = HoleFinder(None, ())
    assert finder.is_whole(100)
    assert finder.follow([record(500), record(502)]) == [Hole(at(500), at(502))]
