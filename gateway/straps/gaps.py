"""Which stretches of a strap have no bytes. Pure; counts on the monotonic clock alone (B1).

Notifications of one link arrive in order, so a break between two links is one gap of the whole
strap (`characteristic` None), from the last notification of any stream to the first one after. A
stream that falls silent while the link holds, or that comes back later than the others, has a gap
of its own. Rows of one stream touch and never overlap.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from gateway.straps.accounts import (
    SHORTEST_SILENCE_NS,
    SLICE_NS,
    Account,
    Gap,
    gap_of,
    open_account,
    reason_before,
)
from gateway.straps.boots import BETWEEN_BOOTS_NS, place_in_clock
from protocol.messages.uplink import LINK_CHARACTERISTIC, GapReason
from protocol.moments import ReceivedAt


class StrapGaps:
    """The gaps of one strap. Feed it stamps in order; it answers with what to declare."""

    def __init__(self, streams: Iterable[str]) -> None:
        self._streams = frozenset(streams)  # characteristics with a cadence; others have no gaps
        self._accounts: dict[str, Account] = {}
        self._break: Account | None = None  # the whole strap's, while its link is broken
        self._ended: list[Account] = []  # all there was as a stream ended
        self._first: dict[str, ReceivedAt] = {}  # of each stream, since the start of the program

    def resume(self, last: Mapping[str, ReceivedAt], now: ReceivedAt) -> list[Gap]:
        """Take over from a run that ended uncleanly; `last` is what it kept of each stream.

        Of a stream that was heard since, the gap is over: these are returned. Where nothing was
        kept of the streams that are wanted now, the whole strap's gap begins when its link could
        first send, or with what came over it since.
        """
        kept = {name: last[name] for name in sorted(self._streams & last.keys())}
        if not kept and LINK_CHARACTERISTIC in last and self._streams:
            return self._resume_link(_newest_of_link(last), now)
        over = {name: first for name, first in self._first.items() if name in kept}
        if kept and not self._accounts:
            self._break = None  # of a link that never sent: what died before it says more
        self._accounts |= self._place({n: at for n, at in kept.items() if n not in over}, now)
        if not self._first:
            self._open_break(GapReason.GATEWAY_DOWN)
        return [Gap(GapReason.GATEWAY_DOWN, kept[name], over[name], name) for name in sorted(over)]

    def _place(self, kept: Mapping[str, ReceivedAt], now: ReceivedAt) -> dict[str, Account]:
        """What a run before kept came before all that is known already."""
        known_ns = [account.kept_ns - BETWEEN_BOOTS_NS for account in self._accounts.values()]
        placed = place_in_clock(kept, now, min(known_ns, default=now.monotonic_ns))
        down = GapReason.GATEWAY_DOWN
        return {name: Account(kept[name], ns, down) for name, ns in sorted(placed.items())}

    def _resume_link(self, opened: ReceivedAt, now: ReceivedAt) -> list[Gap]:
        if self._first:
            first = min(self._first.values(), key=lambda received: received.monotonic_ns)
            return [Gap(GapReason.GATEWAY_DOWN, opened, first)]
        (self._break,) = self._place({LINK_CHARACTERISTIC: opened}, now).values()
        return []

    def follow(self, streams: Iterable[str], now: ReceivedAt) -> list[Gap]:
        """From now on these streams are wanted: as one ends, all open gaps are told up to now."""
        wanted = frozenset(streams)
        gaps = self._settle_all(now) if self._accounts and self._streams - wanted else []
        self._streams = wanted
        kept = self._accounts.keys() & wanted
        if not self._streams or (self._accounts and not kept):
            self._break = None
        self._accounts = {name: self._accounts[name] for name in kept}
        return gaps

    def lost(self) -> None:
        """The link ended: what the strap sent since its last notification is gone."""
        for account in self._accounts.values():
            account.broken = account.broken or GapReason.LINK_LOST
        self._open_break(GapReason.LINK_LOST)

    def heard(self, characteristic: str, received: ReceivedAt) -> list[Gap]:
        """A notification was kept: the gaps that it ends."""
        if characteristic not in self._streams:
            return []
        self._first.setdefault(characteristic, received)
        gaps = self._settle_break(received)
        self._break = None
        account = self._accounts.setdefault(characteristic, open_account(received))
        if account.silent_for(SHORTEST_SILENCE_NS, received.monotonic_ns):
            gaps.append(gap_of(account, received, characteristic))
        account.settle(received)
        return gaps

    def tick(self, now: ReceivedAt) -> list[Gap]:
        """Time has passed: the slices of open gaps that are due."""
        is_due = (due_ns := self.next_ns()) is not None and due_ns <= now.monotonic_ns
        gaps = self._settle_break(now) if is_due else []
        return gaps + self._settle_silent(self._accounts, SLICE_NS, now)

    def stop(self, now: ReceivedAt) -> list[Gap]:
        """The gateway ends cleanly: every open gap, up to now. Starts afresh afterwards."""
        gaps = self._settle_all(now)
        self._accounts, self._break, self._ended = {}, None, []
        return gaps

    def next_ns(self) -> int | None:
        """When `tick` is due if nothing is heard before."""
        accounts = [*self._accounts.values(), *([self._break] if self._break else [])]
        return min((account.kept_ns + SLICE_NS for account in accounts), default=None)

    def _settle_silent(self, names: Iterable[str], limit_ns: int, now: ReceivedAt) -> list[Gap]:
        """Open gaps of single streams that have lasted for so long, up to now."""
        gaps = []
        for name in names:
            account = self._accounts[name]
            if account.silent_for(limit_ns, now.monotonic_ns):
                gaps.append(gap_of(account, now, name))
                account.settle(now, account.broken)
        return gaps

    def _settle_all(self, now: ReceivedAt) -> list[Gap]:
        """A break after this begins with what came last, also of a stream that ends now."""
        gaps = self._settle_break(now)
        self._ended = [replace(account) for account in self._accounts.values()]
        return gaps + self._settle_silent(sorted(self._accounts), SHORTEST_SILENCE_NS, now)

    def _open_break(self, reason: GapReason) -> None:
        """The whole strap's gap begins with its newest notification, of whichever stream."""
        if self._break is None and self._accounts:
            known = [*self._accounts.values(), *self._ended]
            newest = max(known, key=lambda account: account.kept_ns)
            self._break = Account(newest.kept, newest.kept_ns, reason)

    def _settle_break(self, until: ReceivedAt) -> list[Gap]:
        """Declare a broken link up to a moment, after the streams that fell silent before it."""
        broken = self._break
        if broken is None:
            return []
        gaps = [
            Gap(reason_before(broken, account), account.kept, broken.kept, name)
            for name, account in self._accounts.items()
            if account.silent_for(SHORTEST_SILENCE_NS, broken.kept_ns)
        ]
        gaps.append(gap_of(broken, until, None))
        for account in (*self._accounts.values(), broken):
            account.settle(until, GapReason.LINK_LOST)
        return gaps


def _newest_of_link(last: Mapping[str, ReceivedAt]) -> ReceivedAt:
    """Stamps of another boot than the link's are older."""
    boot_id = last[LINK_CHARACTERISTIC].boot_id
    of_link = [at for at in last.values() if at.boot_id == boot_id]
    return max(of_link, key=lambda at: at.monotonic_ns)
