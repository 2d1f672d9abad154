"""One entry is found at fault only by a server that takes others."""

import pytest

from gateway.errors import (
    ArchiveForkError,
    BatchRefusedError,
    CredentialRefusedError,
    ServerUnreachableError,
    UplinkError,
)
from gateway.journal.entries import Entry, Observation, Silence, number_entry
from gateway.uplink.delivery import step
from gateway.uplink.delivery_state import (
    RETRY_CAP_S,
    Action,
    Delivery,
    Hold,
    PutBack,
    Quarantine,
    Sent,
    Wait,
)
from gateway.uplink.refusal import REFUSALS_BEFORE_QUARANTINE, choose_control
from protocol.identifiers import BootId, StrapId
from protocol.messages.uplink import BatchReceipt, GapReason
from protocol.moments import ReceivedAt

ONE = Sent(11, 11, 31)
GAP = Sent(11, 11, 31, carries_gap=True)
CONTROL = Sent(9, 9, 31, is_control=True)
EMPTY_CONTROL = Sent(11, 10, 31, is_control=True)
REFUSED = BatchRefusedError("422")
TAKEN = BatchReceipt(10, "2026-11-22T12:00:00Z")
Turn = tuple[Sent, BatchReceipt | UplinkError]
REFUSED_ALONE: list[Turn] = [(ONE, REFUSED), (CONTROL, TAKEN)]


def play(state: Delivery, *turns: Turn) -> tuple[Delivery, list[Action]]:
    """What is to be done after all turns, waits left out."""
    done: list[Action] = []
    for sent, answer in turns:
        assert state.needs_control == sent.is_control, "a control goes up after each refusal"
        state, actions = step(state, sent, answer, 0.5)
        done += [action for action in actions if not isinstance(action, Wait)]
    return state, done


def test_an_entry_that_is_refused_three_times_is_set_aside() -> None:
    state, done = play(Delivery(10), *REFUSED_ALONE * 2)
    assert done == []
    state, done = play(state, (ONE, REFUSED), (CONTROL, TAKEN))
    assert done == [Quarantine(11)]
    assert (state.accused, state.acknowledged) == (11, 10), "only a receipt moves the watermark"


def test_halving_comes_first() -> None:
    state, n_batches = Delivery(10), 0
    while not state.needs_control:
        last = min(20, 10 + state.max_entries)
        state, actions = step(state, Sent(11, last, 31), REFUSED, 0.5)
        assert actions == ()
        n_batches += 1
    assert n_batches == 4  # ten entries, five, two, one


@pytest.mark.parametrize("control", [CONTROL, EMPTY_CONTROL])
def test_a_server_that_refuses_the_control_too_has_refused_nothing_in_particular(
    control: Sent,
) -> None:
    """Goes red if a refusal from before the hold counts, or if the hold is told twice."""
    turns: list[Turn] = [(ONE, REFUSED), (control, TAKEN)] * 2
    turns += [(ONE, REFUSED), *[(control, REFUSED)] * 9, (control, TAKEN)]
    state, done = play(Delivery(10), *turns)
    assert done == [Hold()]
    assert (state.refusals, state.held, state.controls_refused) == (0, 0, 9)
    _, done = play(state, *REFUSED_ALONE * REFUSALS_BEFORE_QUARANTINE)
    assert done == [Quarantine(11)], "and after it, three refusals are three refusals"


def test_the_longer_a_server_refuses_everything_the_seldomer_it_is_asked() -> None:
    state, waits = play(Delivery(10), (ONE, REFUSED))[0], []
    for _ in range(9):
        state, actions = step(state, CONTROL, REFUSED, 0.5)
        waits += [action.seconds for action in actions if isinstance(action, Wait)]
    assert waits == sorted(waits)
    assert waits[-1] == RETRY_CAP_S * 0.5


@pytest.mark.parametrize("answer", [ServerUnreachableError("cut"), CredentialRefusedError("401")])
def test_a_control_without_an_answer_is_sent_again(answer: UplinkError) -> None:
    state, done = play(Delivery(10), (ONE, REFUSED), (CONTROL, answer), (CONTROL, answer))
    assert (state.needs_control, state.refusals, done) == (True, 1, [])


def test_a_server_that_calls_the_control_a_fork_has_read_it() -> None:
    turns: list[Turn] = [(ONE, REFUSED), (CONTROL, ArchiveForkError("409", ()))]
    state, done = play(Delivery(10), *turns * REFUSALS_BEFORE_QUARANTINE)
    assert (done, state.survey) == ([Quarantine(11)], None)


def test_an_entry_that_is_taken_after_all_clears_its_record() -> None:
    turns: list[Turn] = [(ONE, REFUSED), (CONTROL, REFUSED), (CONTROL, TAKEN)]
    state, _ = play(Delivery(10), *turns, (ONE, REFUSED), (CONTROL, TAKEN))
    state, _ = step(state, ONE, BatchReceipt(11, ""), 0.5)
    assert state == Delivery(11)


def test_a_gap_that_is_refused_acquits_the_entry_in_whose_place_it_is() -> None:
    turns: list[Turn] = [(GAP, REFUSED)] * 9
    state, done = play(Delivery(10, accused=11), *turns)
    assert done == [PutBack(11), Hold()]
    _, actions = step(state, GAP, REFUSED, 0.5)
    assert actions == (Wait(RETRY_CAP_S * 0.5),)


def test_a_gap_that_may_have_arrived_keeps_its_place() -> None:
    """Goes red if the record is put back: the server would hold another thing of that number."""
    state, _ = play(Delivery(10, accused=11), (GAP, ServerUnreachableError("cut")))
    _, done = play(state, (GAP, REFUSED))
    assert done == [Hold()]


def record(number: int) -> Entry:
    at = ReceivedAt(BootId("boot"), number, number)
    return number_entry(Observation(StrapId("51ADA001"), "2a37", at, b""), number)


def gap(number: int) -> Entry:
    at = ReceivedAt(BootId("boot"), number, number)
    return number_entry(Silence(StrapId("51ADA001"), GapReason.LINK_LOST, at, at), number)


def test_the_best_control_is_the_newest_record_that_was_taken_before() -> None:
    assert choose_control([record(7), record(8), gap(9)], [record(11)], 0) == record(8)


def test_after_a_refused_control_another_one_is_tried_for_it_may_be_at_fault_too() -> None:
    before, after = [record(7), record(8), gap(9)], [gap(12), record(13), record(14)]
    chosen = [choose_control(before, after, n_refused) for n_refused in range(5)]
    assert chosen == [record(n) for n in (8, 7, 13, 14, 8)]


def test_where_there_is_no_other_record_the_control_is_empty() -> None:
    assert choose_control([], [gap(12)], 5) is None
