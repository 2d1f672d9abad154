"""Up to when a stream, or a whole strap, is accounted for, and the gap that this leaves."""

from dataclasses import dataclass

from gateway.clock import NS_PER_S
from protocol.messages.uplink import GapReason
from protocol.moments import ReceivedAt

SHORTEST_SILENCE_NS = 2 * NS_PER_S  # promise A12: gaps from 2 s on are explicit rows
SLICE_NS = 60 * NS_PER_S  # an open gap is declared piece by piece, so that a crash hides little


@dataclass(frozen=True, slots=True)
class Gap:
    """Nothing came between two moments; of one stream, or (None) of the whole strap."""

    reason: GapReason
    since: ReceivedAt
    until: ReceivedAt
    characteristic: str | None = None


@dataclass(slots=True)
class Account:
    """Up to `kept` everything is stored or declared; `kept_ns` is that in this boot's clock.

    `broken` names a break of the link since then. Values may have been lost in it however short it
    was, so it is always declared; a mere silence is from 2 s on.
    """

    kept: ReceivedAt
    kept_ns: int
    broken: GapReason | None = None

    def silent_for(self, limit_ns: int, now_ns: int) -> bool:
        return now_ns - self.kept_ns >= limit_ns

    def settle(self, now: ReceivedAt, broken: GapReason | None = None) -> None:
        self.kept, self.kept_ns, self.broken = now, now.monotonic_ns, broken


def open_account(kept: ReceivedAt) -> Account:
    return Account(kept, kept.monotonic_ns)


def reason_before(broken: Account, account: Account) -> GapReason:
    """Why a stream was silent before its strap's break: with the gateway dead, or by itself."""
    was_down = account.broken is GapReason.GATEWAY_DOWN is not broken.broken
    return GapReason.GATEWAY_DOWN if was_down else GapReason.STREAM_STALLED


def gap_of(account: Account, until: ReceivedAt, characteristic: str | None) -> Gap:
    reason = account.broken or GapReason.STREAM_STALLED
    return Gap(reason, account.kept, until, characteristic)
