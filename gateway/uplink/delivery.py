"""What each answer of the server means: one batch in flight, a watermark, retry, quarantine. Pure.

`step` takes the state, what was sent and what came back, and gives the next state and what the
shell must do. Nothing here can lose an entry: only a watermark moves `acknowledged` up.

When the server's numbers and ours part (a fork, a journal rolled back, numbers pruned that a
restored server wants), what waits is surveyed first: batch after batch is offered, and only what
the server doesn't hold under its old number moves to a new epoch. Moving without asking would
store twice whatever arrived but whose receipt was lost.
"""

from dataclasses import dataclass, replace

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
from protocol.messages.uplink import BatchReceipt

RETRY_BASE_S = 0.5  # as often as batches go out anyway
RETRY_CAP_S = 30.0  # a server that is back after ten minutes hears from us within half a minute
CREDENTIAL_RETRY_S = 10.0  # how soon a token file that was put right is picked up
LONGEST_RETRY_AFTER_S = 3600.0  # obeyed up to here; more is taken for a mistake
REFUSALS_BEFORE_QUARANTINE = 3


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where the delivery of one epoch stands."""

    acknowledged: int  # the server keeps every number up to and including this one
    max_entries: int = MAX_ENTRIES
    suspect_until: int = 0  # up to here batches stay small: one entry in it isn't taken
    refusals: int = 0  # of the single entry after `acknowledged`
    accused: int | None = None  # set aside; the server surely doesn't hold the gap in its place
    held: int = 0  # refusals of a gap, in a row: then no entry is at fault
    failures: int = 0  # in a row
    credential_refused: bool = False
    survey: "Survey | None" = None

    @property
    def cursor(self) -> int:
        """The number after which the next batch begins."""
        return self.acknowledged if self.survey is None else self.survey.cursor


@dataclass(frozen=True, slots=True)
class Survey:
    """Which of the numbers above `acknowledged` the server holds as they are here."""

    cursor: int  # asked up to here
    known: Runs
    reason: str


@dataclass(frozen=True, slots=True)
class Sent:
    """One batch: its numbers (`last_seq` < `first_seq` if empty) and the journal's next number."""

    first_seq: int
    last_seq: int
    next_seq: int
    carries_gap: bool = False  # its first entry is a gap: never at fault, never set aside

    @property
    def n_entries(self) -> int:
        """How many numbers the batch carries."""
        return self.last_seq - self.first_seq + 1


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """The journal may count everything up to here as safe."""

    watermark: int


@dataclass(frozen=True, slots=True)
class Quarantine:
    """The server takes everything but this entry: declare it as a gap, keep its bytes."""

    seq: int


@dataclass(frozen=True, slots=True)
class PutBack:
    """The entry set aside under this number takes the place of its gap again."""

    seq: int


@dataclass(frozen=True, slots=True)
class Hold:
    """The server refuses even a gap: keep everything, tell a human."""

    seq: int


@dataclass(frozen=True, slots=True)
class OpenEpoch:
    """These numbers belong to somebody else on the server: go on under a new numbering."""

    after: int
    known: Runs
    reason: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Send nothing for this long, or until the server is heard of if `for_server`."""

    seconds: float
    for_server: bool = False


Action = Acknowledge | Quarantine | PutBack | Hold | OpenEpoch | Wait
Outcome = tuple[Delivery, tuple[Action, ...]]


def step(state: Delivery, sent: Sent, answer: BatchReceipt | UplinkError, chance: float) -> Outcome:
    """Next state and what to do; `chance` is drawn from [0, 1)."""
    match answer:
        case BatchReceipt():
            state = replace(state, credential_refused=False, failures=0)
            return _accepted(state, sent, answer, chance)
        case ArchiveForkError():
            reason = "the server holds other bytes under these numbers and kept both"
            return _survey(_begin_survey(state, reason), sent, answer.known, chance)
        case CredentialRefusedError():
            held = replace(state, credential_refused=True, failures=state.failures + 1)
            return held, (Wait(CREDENTIAL_RETRY_S * (0.5 + 0.5 * chance)),)
        case BatchTooLargeError() | BatchRefusedError() if sent.n_entries > 0:
            return _refused(state, sent, chance)
        case ServerUnreachableError():
            return _away(state, chance, answer.retry_after_s)
    return _away(state, chance, None)


def retry_s(failures: int, chance: float) -> float:
    """Capped exponential; the jitter comes after the cap, so that many gateways stay apart."""
    return chance * min(RETRY_CAP_S, RETRY_BASE_S * 2.0 ** min(failures, 16))


def skip_hole(state: Delivery, next_kept: int) -> Delivery:
    """The server wants numbers that are pruned by now: go on with what is still kept."""
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
    state = replace(state, refusals=0, accused=None, held=0)
    if number < state.suspect_until:
        return state
    return replace(state, max_entries=MAX_ENTRIES, suspect_until=0)


def _refused(state: Delivery, sent: Sent, chance: float) -> Outcome:
    """Halve until one entry is left; that one is tried three times, then set aside.

    A gap never is: a server that refuses even that refuses everything, and is waited for.
    """
    if sent.n_entries > 1:
        suspect_until = max(state.suspect_until, sent.last_seq)
        half = replace(state, max_entries=sent.n_entries // 2, suspect_until=suspect_until)
        return replace(half, refusals=0), ()
    if sent.carries_gap:
        return _held(state, sent, chance)
    refusals = state.refusals + 1
    wait = Wait(retry_s(refusals + state.held, chance))
    if refusals < REFUSALS_BEFORE_QUARANTINE or state.held > 0:  # acquitted: it only waits
        return replace(state, refusals=refusals), (wait,)
    accused = replace(state, refusals=0, accused=sent.first_seq)
    return accused, (Quarantine(sent.first_seq), wait)


def _held(state: Delivery, sent: Sent, chance: float) -> Outcome:
    """If the gap in the place of an entry is refused as well, that entry wasn't at fault."""
    held = replace(state, held=state.held + 1, refusals=0, accused=None)
    wait = Wait(retry_s(REFUSALS_BEFORE_QUARANTINE + held.held, chance))
    told = (Hold(sent.first_seq),) if held.held == 1 else ()
    acquitted = (PutBack(sent.first_seq),) if state.accused == sent.first_seq else ()
    return held, (*acquitted, *told, wait)


def _away(state: Delivery, chance: float, retry_after_s: float | None) -> Outcome:
    named_s = min(retry_after_s or 0.0, LONGEST_RETRY_AFTER_S)
    wait = Wait(max(named_s, retry_s(state.failures, chance)), for_server=named_s == 0)
    # Who knows whether this batch arrived: a gap in it may be stored, so its entry stays aside.
    return replace(state, failures=state.failures + 1, accused=None), (wait,)
