from server.sessions.domain.holding import hold_events
from tests.ledger_entries import TABLET_B, Tablet, attending, logged, minute


def test_what_holds_is_found_by_kind_and_by_what_it_is_about() -> None:
    tablet = Tablet()
    first = tablet.write("attendance", "P01", attending(), minute(1))
    second = tablet.write("attendance", "P01", attending("left"), minute(2))
    other = tablet.write("attendance", "P02", attending(), minute(3))
    voided = tablet.write("note", "P01", {"text": "x"}, minute(4))
    holdings = hold_events([second, other, first, voided, tablet.correct(voided, None)])
    assert [held.event for held in holdings.of_kind("attendance")] == [first, second, other]
    assert [held.event for held in holdings.of("attendance", "P01")] == [first, second]
    assert holdings.of_kind("note") == []
    assert [held.event for held in holdings] == [first, second, other]


def test_a_fact_in_conflict_holds_with_its_first_version_and_says_so() -> None:
    about = "P01/sit-to-stand/1"
    first = Tablet().write("set", about, logged("sit-to-stand", 8), minute(1))
    second = Tablet(TABLET_B).write("set", about, logged("sit-to-stand", 9), minute(2))
    held = hold_events([second, first]).fact("set", about)
    assert held is not None
    assert (held.event, held.is_disputed) == (first, True)
    assert hold_events([first]).fact("set", "P01/other/1") is None
