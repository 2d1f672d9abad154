"""What every answer of the server makes the gateway do."""

import pytest

from gateway.errors import (
    ArchiveForkError,
    BatchTooLargeError,
    CredentialRefusedError,
    ServerUnreachableError,
    UplinkError,
)
from gateway.uplink.delivery import (
    CREDENTIAL_RETRY_S,
    LONGEST_RETRY_AFTER_S,
    skip_hole,
    step,
)
from gateway.uplink.delivery_state import (
    RETRY_BASE_S,
    RETRY_CAP_S,
    Acknowledge,
    Delivery,
    OpenEpoch,
    Sent,
    Wait,
    retry_s,
)
from protocol.messages.uplink import BatchReceipt

TEN = Sent(first_seq=11, last_seq=20, next_seq=31)  # ten entries; ten more are waiting
EMPTY = Sent(first_seq=31, last_seq=30, next_seq=31)
AT_10 = Delivery(acknowledged=10)


def receipt(watermark: int) -> BatchReceipt:
    return BatchReceipt(watermark, "2026-11-22T12:00:00Z")


def test_a_receipt_moves_the_watermark() -> None:
    state, actions = step(AT_10, TEN, receipt(20), 0.5)
    assert state == Delivery(acknowledged=20)
    assert actions == (Acknowledge(20),)


def test_a1_a_watermark_beyond_this_batch_acknowledges_this_batch_only() -> None:
    """The numbers above may be another journal's with the same epoch, restored from an image."""
    state, actions = step(AT_10, TEN, receipt(25), 0.5)
    assert (state.acknowledged, actions) == (20, (Acknowledge(20),))


def test_a_receipt_for_half_the_batch_acknowledges_half() -> None:
    state, actions = step(AT_10, TEN, receipt(14), 0.5)
    assert (state.acknowledged, actions) == (14, (Acknowledge(14),))


def test_a_receipt_that_moves_nothing_is_no_reason_to_spin() -> None:
    state, actions = step(AT_10, TEN, receipt(10), 0.5)
    assert state.acknowledged == 10
    assert actions == (Wait(RETRY_BASE_S * 0.5, for_server=True),)


def test_an_empty_batch_asks_for_nothing() -> None:
    state, actions = step(Delivery(30), EMPTY, receipt(30), 0.5)
    assert (state, actions) == (Delivery(30), ())


@pytest.mark.parametrize("answer", [ServerUnreachableError("away"), UplinkError("strange")])
def test_a_server_that_is_away_is_tried_again_with_more_and_more_patience(
    answer: UplinkError,
) -> None:
    state, waits = AT_10, []
    for _ in range(10):
        state, actions = step(state, TEN, answer, 0.999)
        [wait] = actions
        assert isinstance(wait, Wait)
        waits.append(wait.seconds)
    assert waits == sorted(waits)
    assert waits[0] < RETRY_BASE_S
    assert waits[-1] == pytest.approx(RETRY_CAP_S * 0.999)
    assert state.acknowledged == 10


def test_full_jitter_comes_after_the_cap() -> None:
    """Jitter before the cap would let fifty gateways return in the same moment."""
    assert [retry_s(16, chance) for chance in (0.0, 0.25, 0.5)] == [0.0, 7.5, 15.0]


def test_success_ends_the_patience() -> None:
    state, _ = step(AT_10, TEN, ServerUnreachableError("away"), 0.5)
    state, _ = step(state, TEN, receipt(20), 0.5)
    assert state.failures == 0


def test_retry_after_is_obeyed() -> None:
    _, actions = step(AT_10, TEN, ServerUnreachableError("busy", retry_after_s=42.0), 0.0)
    assert actions == (Wait(42.0),)
    _, actions = step(AT_10, TEN, ServerUnreachableError("busy", retry_after_s=1e9), 0.0)
    assert actions == (Wait(LONGEST_RETRY_AFTER_S),)


def test_a_batch_too_large_is_halved_until_it_has_passed() -> None:
    state, actions = step(AT_10, TEN, BatchTooLargeError("413"), 0.5)
    assert (state.max_entries, state.acknowledged, actions) == (5, 10, ())
    state, _ = step(state, Sent(11, 15, 31), receipt(15), 0.5)
    assert state.max_entries == 5
    state, _ = step(state, Sent(16, 20, 31), receipt(20), 0.5)
    assert state == Delivery(acknowledged=20)


def test_a_refused_token_holds_everything_and_asks_again_slowly() -> None:
    state, actions = step(AT_10, TEN, CredentialRefusedError("401"), 0.5)
    assert (state.acknowledged, state.credential_refused) == (10, True)
    assert actions == (Wait(CREDENTIAL_RETRY_S * 0.75),)
    state, _ = step(state, TEN, receipt(20), 0.5)
    assert not state.credential_refused


def test_a_fork_is_surveyed_to_the_end_before_anything_moves() -> None:
    """What arrived, but whose receipt was lost, must not be stored again under a new number."""
    state, actions = step(AT_10, TEN, ArchiveForkError("409", known=((11, 13),)), 0.5)
    assert (state.acknowledged, state.cursor, actions) == (10, 20, ())
    rest = Sent(first_seq=21, last_seq=30, next_seq=31)
    state, actions = step(state, rest, receipt(10), 0.5)
    opened = actions[0]
    assert isinstance(opened, OpenEpoch)
    assert (opened.after, opened.known) == (10, ((11, 13), (21, 30)))
    assert state == Delivery(acknowledged=0)


def test_a_survey_waits_for_a_server_that_is_away() -> None:
    state, _ = step(AT_10, TEN, ArchiveForkError("409", known=()), 0.5)
    rest = Sent(first_seq=21, last_seq=30, next_seq=31)
    state, actions = step(state, rest, ServerUnreachableError("away"), 0.5)
    assert (state.cursor, [type(action) for action in actions]) == (20, [Wait])


def test_numbers_that_were_never_given_show_a_journal_rolled_back() -> None:
    last = Sent(first_seq=21, last_seq=30, next_seq=31)
    _, actions = step(Delivery(20), last, receipt(31), 0.5)
    opened = actions[0]
    assert isinstance(opened, OpenEpoch)
    assert (opened.after, opened.known) == (20, ((21, 30),))
    _, actions = step(Delivery(30), EMPTY, receipt(99), 0.5)
    opened = actions[0]
    assert isinstance(opened, OpenEpoch)
    assert (opened.after, opened.known) == (30, ())


def test_a_server_restored_from_a_backup_gets_it_all_again() -> None:
    state, actions = step(AT_10, TEN, receipt(4), 0.5)
    assert (state.acknowledged, actions) == (4, ())


def test_what_is_no_longer_kept_can_t_block_the_line() -> None:
    state = skip_hole(Delivery(4), next_kept=9)
    assert (state.acknowledged, state.cursor) == (4, 8)
    state, actions = step(state, Sent(9, 30, 31), receipt(4), 0.5)
    opened = actions[0]
    assert isinstance(opened, OpenEpoch)
    assert (opened.after, opened.known, state) == (4, ((9, 30),), Delivery(0))
