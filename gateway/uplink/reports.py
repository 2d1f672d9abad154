"""What a person is told about the upload: counts for the status page, each sentence once."""

import logging
from dataclasses import dataclass

from gateway.clock import NS_PER_S
from gateway.errors import UplinkError

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class UplinkCounts:
    """For status page and metrics."""

    n_batches: int = 0
    n_entries: int = 0
    n_bytes: int = 0
    n_failures: int = 0
    n_quarantined: int = 0  # set aside; one that was put back counts as well
    n_epochs: int = 0
    n_lost: int = 0  # gaps declared for what the server lost and isn't kept here any more
    last_success_ns: int | None = None
    trouble: str | None = None  # one sentence while the server doesn't take what we send
    report: str | None = None  # one sentence about what a person should look at afterwards


class UplinkReports:
    """One uploader's; `about` begins each line of the log."""

    def __init__(self, about: str = "upload") -> None:
        self.counts = UplinkCounts()
        self._about = about
        self._reported: set[str] = set()  # each sentence is a warning once
        self._trouble_since_ns: int | None = None

    def taken(self, n_entries: int, n_bytes: int, now_ns: int) -> None:
        """The server took a batch."""
        self.counts.n_batches += 1
        self.counts.n_entries += n_entries
        self.counts.n_bytes += n_bytes
        self.counts.last_success_ns = now_ns
        if self._trouble_since_ns is not None:
            lasted_s = (now_ns - self._trouble_since_ns) / NS_PER_S
            logger.info("%s: the server takes batches again after %.1f s", self._about, lasted_s)
        self._trouble_since_ns = self.counts.trouble = None

    def failed(self, error: UplinkError, now_ns: int) -> None:
        """It didn't: the first failure is a warning, its repeats are for whoever debugs."""
        self.counts.n_failures += 1
        level = logging.DEBUG if self.counts.trouble == str(error) else logging.WARNING
        logger.log(level, "%s: %s", self._about, error)
        self.counts.trouble = str(error)
        if self._trouble_since_ns is None:
            self._trouble_since_ns = now_ns

    def set_aside(self, seq: int) -> None:
        """An entry is in quarantine now."""
        self.counts.n_quarantined += 1
        self._report(f"the server refused number {seq} for good; its bytes stay here")

    def lost(self, n_gaps: int) -> None:
        """The server lost what isn't kept here any more; so many gaps say so."""
        self.counts.n_lost += n_gaps

    def held(self) -> None:
        """The server takes nothing at all."""
        self._report(
            "the server refuses everything, even what it took before: all is kept here until it "
            "is put right, or gateway and server are of versions that understand each other"
        )

    def moved(self, n_entries: int, reason: str) -> None:
        """So many entries go on under a new numbering."""
        del n_entries
        self.counts.n_epochs += 1
        self._report(f"a new epoch of the journal was begun: {reason}")

    def _report(self, sentence: str) -> None:
        level = logging.DEBUG if sentence in self._reported else logging.WARNING
        logger.log(level, "%s: %s", self._about, sentence)
        self._reported.add(sentence)
        self.counts.report = sentence
