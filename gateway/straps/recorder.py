"""The seam between what touches the radio and what keeps: everything seen goes through here."""

from typing import Protocol

from protocol.ble import uuids
from protocol.identifiers import StrapId
from protocol.messages.roster import ConsentedStream
from protocol.messages.uplink import GapReason
from protocol.moments import ReceivedAt

STREAM_OF = {
    ConsentedStream.HEART_RATE: uuids.HEART_RATE_MEASUREMENT,
    ConsentedStream.MOVEMENT: uuids.PMD_DATA,
}
OFF_ROSTER = "off the roster"  # detail of the last row about a strap's link
NOT_AGREED = "no longer agreed to: "  # detail of a link's row, with the name of a stream


class Recorder(Protocol):
    """Where a strap's supervisor puts what it sees. Never blocks, never raises, but for `sync`."""

    def record(
        self, strap: StrapId, characteristic: str, received: ReceivedAt, payload: bytes
    ) -> None:
        """Keep one value exactly as received; `received` was stamped before anything else."""

    def declare_gap(
        self,
        strap: StrapId,
        reason: GapReason,
        since: ReceivedAt,
        until: ReceivedAt,
        characteristic: str | None = None,
    ) -> None:
        """Say that nothing came from a strap (or one stream of it) between two moments."""

    async def sync(self) -> None:
        """Until all of it so far is where a kill can't reach it, but for what a full disk gives up.

        Gaps and rows about links never are: while the disk takes nothing, this waits. May be
        cancelled.

        Raises JournalError if that can't be had any more.
        """
