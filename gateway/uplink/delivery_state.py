"""Where a delivery stands, what was sent, and what is to be done: the words of delivery.py."""

from dataclasses import dataclass

from gateway.journal.entries import Runs
from gateway.uplink.batching import MAX_ENTRIES

RETRY_BASE_S = 0.5  # as often as batches go out anyway
RETRY_CAP_S = 30.0  # a server that is back after ten minutes hears from us within half a minute


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where the delivery of one epoch stands."""

    acknowledged: int  # the server keeps every number up to and including this one
    max_entries: int = MAX_ENTRIES
    suspect_until: int = 0  # up to here batches stay small: one entry in it isn't taken
    refusals: int = 0  # of the single entry after `cursor`
    needs_control: bool = False  # it was refused just now: is it the entry, or the server?
    controls_refused: int = 0  # since an entry was taken; the next control is another one
    accused: int | None = None  # set aside; the server surely doesn't hold the gap in its place
    held: int = 0  # refusals, in a row, of what can't be at fault
    failures: int = 0  # in a row
    credential_refused: bool = False
    survey: "Survey | None" = None

    @property
    def cursor(self) -> int:
        """The number after which the next batch begins."""
        return self.acknowledged if self.survey is None else self.survey.cursor

    @property
    def is_in_doubt(self) -> bool:
        """The newest batches weren't taken: whatever is no entry could be why, so it stays out."""
        return self.failures > 0 or self.refusals > 0 or self.suspect_until > self.cursor


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
    is_control: bool = False  # sent to see whether the server takes anything at all

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
    """The server refuses even what can't be at fault: keep everything, tell a human."""


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


def retry_s(failures: int, chance: float) -> float:
    """Capped exponential; the jitter comes after the cap, so that many gateways stay apart."""
    return chance * min(RETRY_CAP_S, RETRY_BASE_S * 2.0 ** min(failures, 16))
