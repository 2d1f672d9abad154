"""What each answer of the server means: one batch in flight, a watermark, retry, quarantine. Pure.

`step` takes the state, what was sent and what came back, and gives the next state and what the
shell must do. Nothing here can lose an entry: only a watermark moves `acknowledged` up.

When the server's numbers and ours part (a fork, a journal rolled back, numbers pruned that a
restored server wants), what waits is surveyed first: batch after batch is offered, and only what
the server doesn't hold under its old number moves to a new epoch. Moving without asking would
store twice whatever arrived but whose receipt was lost.
"""

from dataclasses import replace

from gateway.errors import (
    ArchiveForkError,
    BatchRefusedError,
    BatchTooLargeError,
    CredentialRefusedError,
    ServerUnreachableError,
    UplinkError,
)
from gateway.journal.entries import Runs
from gateway.uplink.batching import MAX_ENTRIES
from gateway.uplink.delivery_state import (
    Acknowledge,
    Delivery,
    OpenEpoch,
    Outcome,
    Sent,
    Survey,
    Wait,
    retry_s,
)
from gateway.uplink.refusal import judge, refuse
from protocol.messages.uplink import BatchReceipt

CREDENTIAL_RETRY_S = 10.0  # how soon a token file that was put right is picked up
LONGEST_RETRY_AFTER_S = 3600.0  # obeyed up to here; more is taken for a mistake


def step(state: Delivery, sent: Sent, answer: BatchReceipt | UplinkError, chance: float) -> Outcome:
    """Next state and what to do; `chance` is drawn from [0, 1)."""
    match answer:
        case BatchReceipt() | ArchiveForkError() if sent.is_control:
            return judge(replace(state, credential_refused=False, failures=0), chance)
        case BatchReceipt():
            state = replace(state, credential_refused=False, failures=0)
            return _accepted(state, sent, answer, chance)
        case ArchiveForkError():
            reason = "the server holds other bytes under these numbers and kept both"
            return _survey(_begin_survey(state, reason), sent, answer.known, chance)
        case CredentialRefusedError():
            held = replace(state, credential_refused=True, failures=state.failures + 1)
            return held, (Wait(CREDENTIAL_RETRY_S * (0.5 + 0.5 * chance)),)
        case BatchTooLargeError() | BatchRefusedError() if sent.n_entries > 0 or sent.is_control:
            return refuse(state, sent, chance)
        case ServerUnreachableError():
            return _away(state, chance, answer.retry_after_s)
    return _away(state, chance, None)


def skip_hole(state: Delivery, next_kept: int) -> Delivery:
    """The server wants numbers that are pruned by now: go on with what is still kept.

    Whoever calls this has declared what was pruned.
    """
    reason = f"the server lost numbers before {next_kept} that are no longer kept here"
    survey = _begin_survey(state, reason).survey or Survey(0, (), reason)
    return replace(state, survey=replace(survey, cursor=next_kept - 1))


def _accepted(state: Delivery, sent: Sent, receipt: BatchReceipt, chance: float) -> Outcome:
    watermark = receipt.watermark
    carried = ((sent.first_seq, sent.last_seq),) if sent.n_entries > 0 else ()
    if watermark >= sent.next_seq:
        reason = f"the server has number {watermark}, this journal only gave {sent.next_seq - 1}"
        return _survey(_begin_survey(state, reason), sent, carried, chance)
    if state.survey is not None:
        return _survey(state, sent, carried, chance)
    if watermark < state.acknowledged:  # the server was restored from a backup
        return replace(state, acknowledged=watermark), ()
    if watermark == state.acknowledged and sent.n_entries > 0:  # taken, but nothing has moved
        return _away(state, chance, None)
    # Never past what this very batch carried: the server's other numbers may be a twin's.
    watermark = min(watermark, max(sent.last_seq, state.acknowledged))
    state = replace(_past_suspects(state, watermark), acknowledged=watermark)
    return state, (Acknowledge(watermark),) if sent.n_entries > 0 else ()


def _begin_survey(state: Delivery, reason: str) -> Delivery:
    survey = state.survey or Survey(state.acknowledged, (), reason)
    return replace(state, survey=survey, failures=0)


def _survey(state: Delivery, sent: Sent, known: Runs, chance: float) -> Outcome:
    """One batch surveyed; after the last one, what the server doesn't hold moves."""
    if state.survey is None:
        return state, ()
    survey = replace(state.survey, cursor=sent.last_seq, known=state.survey.known + known)
    if sent.last_seq < sent.next_seq - 1:
        return replace(_past_suspects(state, sent.last_seq), survey=survey), ()
    wait = Wait(retry_s(1, chance))  # two gateways that fight over one token must not spin
    move = OpenEpoch(state.acknowledged, survey.known, survey.reason)
    return Delivery(acknowledged=0), (move, wait)


def _past_suspects(state: Delivery, number: int) -> Delivery:
    """Back to full batches once the numbers among which one wasn't taken are through."""
    state = replace(
        state, refusals=0, needs_control=False, controls_refused=0, accused=None, held=0
    )
    if number < state.suspect_until:
        return state
    return replace(state, max_entries=MAX_ENTRIES, suspect_until=0)


def _away(state: Delivery, chance: float, retry_after_s: float | None) -> Outcome:
    named_s = min(retry_after_s or 0.0, LONGEST_RETRY_AFTER_S)
    wait = Wait(max(named_s, retry_s(state.failures, chance)), for_server=named_s == 0)
    # Who knows whether this batch arrived: a gap in it may be stored, so its entry stays aside.
    return replace(state, failures=state.failures + 1, accused=None), (wait,)
