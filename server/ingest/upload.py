"""What comes to the archive, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from protocol.messages.uplink import UplinkBatch
from server.ingest.domain.entries import Entry


@dataclass(frozen=True, slots=True)
class Upload:
    """A batch that was found valid, its entries, and the body it came in.

    The batch need not list what is in the entries: nobody looks there.
    """

    batch: UplinkBatch
    entries: Sequence[Entry]
    body: bytes


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one upload, once its transaction is committed."""

    watermark: int
    n_new: int
    n_known: int
