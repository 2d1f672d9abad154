"""5.5: what comes after the end is kept, and says that it came after the end."""

from server.sessions.domain.lateness import Turn, is_late, list_closed_stretches


def _late(turns: list[Turn], n_entries: int) -> list[int]:
    stretches = list_closed_stretches(turns)
    return [n for n in range(1, n_entries + 1) if is_late(stretches, n)]


def test_nothing_is_late_in_an_open_session() -> None:
    assert _late([], 5) == []


def test_what_follows_a_closing_is_late_until_it_is_opened_again() -> None:
    assert _late([Turn(3, closes=True)], 6) == [4, 5, 6]
    assert _late([Turn(3, closes=True), Turn(5, closes=False)], 8) == [4]
    turns = [Turn(3, closes=True), Turn(5, closes=False), Turn(7, closes=True)]
    assert _late(turns, 9) == [4, 8, 9]


def test_a_second_closing_and_a_reopening_of_what_is_open_change_nothing() -> None:
    assert _late([Turn(2, closes=False), Turn(3, closes=True), Turn(5, closes=True)], 6) == [
        4,
        5,
        6,
    ]
