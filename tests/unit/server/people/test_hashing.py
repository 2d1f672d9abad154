"""Promise F6: argon2id as RFC 9106 has it, two at once, and nobody waits in a long line."""

import threading

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type

from server.errors import SignInBusyError
from server.people import hashing
from server.people.hashing import MAX_AT_ONCE, MAX_WAITING, HashingDesk

DESK = HashingDesk()
STORED = DESK.hash("right")


def test_f6_hashes_are_argon2id_with_the_costs_of_rfc_9106() -> None:
    found = extract_parameters(STORED)
    assert (found.type, found.memory_cost, found.time_cost, found.parallelism) == (
        Type.ID,
        64 * 1024,
        3,
        4,
    )
    assert extract_parameters(hashing._NOBODYS) == found


def test_right_wrong_and_nobody() -> None:
    assert DESK.matches(STORED, "right")
    assert not DESK.matches(STORED, "wrong")
    assert not DESK.matches(None, "right")
    assert DESK.hash("right") != STORED


def test_a_damaged_hash_is_no_wrong_password() -> None:
    with pytest.raises(ValueError, match="damaged"):
        DESK.matches("$argon2id$nonsense", "right")


def test_f6_nobody_costs_as_much_work_as_somebody() -> None:
    """The same hash with the same costs is computed for a name that isn't there."""
    desk, judged = HashingDesk(), []
    verify = desk._open_hasher().verify

    class Watching:
        def verify(self, stored: str, secret: str) -> bool:
            judged.append(extract_parameters(stored))
            return verify(stored, secret)

    desk._open_hasher = Watching  # type: ignore[assignment]
    for stored in (STORED, None):
        assert not desk.matches(stored, "wrong")
    assert judged[0] == judged[1]


def test_f6_a_flood_is_turned_away_at_once_and_two_at_most_are_hashed() -> None:
    """A hundred at once: as many as have a place are judged, the others know within a moment."""
    desk, gate = HashingDesk(), threading.Barrier(100)
    answers: list[str] = []
    at_once, most = 0, 0
    lock = threading.Lock()
    verify = desk._open_hasher().verify

    class Counting:
        def verify(self, stored: str, secret: str) -> bool:
            nonlocal at_once, most
            with lock:
                at_once += 1
                most = max(most, at_once)
            try:
                return verify(stored, secret)
            finally:
                with lock:
                    at_once -= 1

    desk._open_hasher = Counting  # type: ignore[assignment]

    def sign_in() -> None:
        gate.wait()
        try:
            answers.append(str(desk.matches(STORED, "right")))
        except SignInBusyError:
            answers.append("busy")

    threads = [threading.Thread(target=sign_in) for _ in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == MAX_AT_ONCE
    assert MAX_AT_ONCE + MAX_WAITING <= answers.count("True") < 40
    assert answers.count("busy") == 100 - answers.count("True")
