"""What waits to be written: bounded, in order, and honest about what it loses."""

from gateway.journal.backlog import Backlog, Batch
from gateway.journal.entries import Observation, Silence
from protocol.identifiers import BootId, StrapId
from protocol.messages.uplink import GapReason
from protocol.moments import ReceivedAt

STRAP = StrapId("51ADA001")


def at(ms: int) -> ReceivedAt:
    return ReceivedAt(BootId("boot"), ms, ms)


def heart(ms: int) -> Observation:
    return Observation(STRAP, "2a37", at(ms), b"")


def test_the_bound_counts_what_is_being_written_too() -> None:
    backlog = Backlog(limit=3)
    for n in range(2):
        backlog.offer(heart(n))
    backlog.take()
    for n in range(2, 5):
        backlog.offer(heart(n))
    assert backlog.n_entries == 3


def test_a_batch_comes_again_until_it_is_written() -> None:
    backlog = Backlog(limit=10)
    backlog.offer(heart(1))
    first = backlog.take()
    backlog.offer(heart(2))
    assert backlog.take() is first
    backlog.written()
    assert backlog.take() == Batch((heart(2),))


def test_after_a_loss_nothing_overtakes_it() -> None:
    """Goes red if room that appears takes in a value newer than a loss not yet written."""
    backlog = Backlog(limit=2)
    backlog.offer(heart(1))
    backlog.take()
    for n in range(2, 6):
        backlog.offer(heart(n))
    backlog.written()
    backlog.offer(heart(6))
    assert backlog.take() == Batch((heart(2),), lost=(heart(3), heart(6)))
    backlog.offer(heart(7))
    backlog.written()
    assert backlog.take() == Batch((heart(7),))


def test_a_gap_of_a_strap_always_fits() -> None:
    backlog = Backlog(limit=0)
    silence = Silence(STRAP, GapReason.LINK_LOST, at(1), at(2))
    backlog.offer(silence)
    assert backlog.take().entries == (silence,)
