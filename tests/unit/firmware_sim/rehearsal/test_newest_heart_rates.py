"""What a live page that keeps up must show."""

from dataclasses import replace
from typing import Any

from firmware_sim.rehearsal.newest_heart_rates import NewestHeartRates
from firmware_sim.rehearsal.verdict.evidence import SentValue
from tests.unit.firmware_sim.rehearsal.evidence_by_hand import (
    PMD_DATA,
    SECOND_NS,
    START_NS,
    STRAP,
    sent_value,
)

OTHER = "51ADA002"
BEAT = b"\x00\x48"


def find(newest: NewestHeartRates, sent: list[SentValue], until_s: int) -> dict[str, int]:
    found = newest.find(sent, START_NS + until_s * SECOND_NS)
    return {strap: (at_ns - START_NS) // SECOND_NS for strap, at_ns in found.items()}


def test_each_strap_s_newest_heart_rate_of_up_to_a_moment_counts() -> None:
    sent = [
        sent_value(1, BEAT),
        replace(sent_value(2, BEAT), strap=OTHER),
        sent_value(3, BEAT),
        sent_value(4, b"acc", PMD_DATA),
        sent_value(5, BEAT),
    ]
    newest = NewestHeartRates()
    assert find(newest, sent, 0) == {}
    assert find(newest, sent, 1) == {STRAP: 1}
    assert find(newest, sent, 4) == {STRAP: 3, OTHER: 2}
    sent += [sent_value(8, BEAT), sent_value(7, BEAT)]
    assert find(newest, sent, 9) == {STRAP: 8, OTHER: 2}


def test_a_rate_of_zero_isn_t_waited_for() -> None:
    """Goes red if a strap without a pulse costs a rehearsal all its patience."""
    sent = [sent_value(1, BEAT), sent_value(2, b"\x00\x00"), sent_value(3, b"\x01\x00\x00")]
    assert find(NewestHeartRates(), sent, 9) == {STRAP: 1}


def test_no_value_is_looked_at_twice() -> None:
    """Goes red if a poll takes longer the longer the rehearsal was: frames are stamped beside."""

    class Counted(list[SentValue]):
        n_read = 0

        def __getitem__(self, part: Any) -> Any:
            found = super().__getitem__(part)
            self.n_read += len(found)
            return found

    sent = Counted([sent_value(1, BEAT), sent_value(2, BEAT)])
    newest = NewestHeartRates()
    for until_s in (1, 2, 3):
        find(newest, sent, until_s)
    assert sent.n_read == 2
