"""Checks the ledger's chain, and the other chains of a study, while the server runs: at its start
and every night (promise 5.6).

What the last check said is kept here, for the health page and the counters. Each check also asks
for the head that the one before found: what was cut off or written anew since then shows.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import SQLAlchemyError

from server.daemon_thread import run_in_background

if TYPE_CHECKING:
    from server.db.database import Database
    from server.sessions.audit import AuditedRow, AuditReport
    from server.sessions.chain import Head
    from server.study.chains import StudyChain

    Reports = tuple[AuditReport, list[tuple[StudyChain, AuditReport]]]  # of the ledger, of others

log = logging.getLogger(__name__)

EVERY_S: Final = 24 * 3600.0
AGAIN_AFTER_S: Final = 300.0  # the database gave no answer
STOP_WITHIN_S: Final = 3.0  # a page that is being read is read to its end
MAX_FINDINGS_TOLD: Final = 5


class AuditWatch:
    """What is known of all chains. One writer, many readers."""

    def __init__(self, wall_ns: Callable[[], int] = time.time_ns) -> None:
        self._wall_ns = wall_ns
        self.checked_wall_ns: int | None = None
        self.n_findings: int | None = None  # of all; None: not checked yet
        self.head: Head | None = None  # of the last check that found nothing
        self.heads: dict[str, Head] = {}  # the same of the other chains, by their words

    @property
    def word(self) -> str:
        """`whole`, `changed` or `not checked yet`."""
        if self.n_findings is None:
            return "not checked yet"
        return "changed" if self.n_findings else "whole"

    def note(self, report: "AuditReport") -> None:
        """A check has ended."""
        self.checked_wall_ns = self._wall_ns()
        self.n_findings = len(report.findings)
        if not report.findings:
            self.head = report.head if report.n_rows else None
            log.info("the ledger's %d entries: the chain is whole", report.n_rows)
            return
        for finding in report.findings[:MAX_FINDINGS_TOLD]:
            log.critical("the ledger: %s (%s)", finding.sentence, finding.code)
        log.critical(
            "the ledger was changed from outside in %d places; keep it, run 'doseline-server"
            " verify-audit', and restore a backup",
            len(report.findings),
        )

    def note_other(self, chain: "StudyChain", report: "AuditReport") -> None:
        """One of the other chains was checked, after the ledger's."""
        if not report.findings:
            if report.n_rows:
                self.heads[chain.word] = report.head
            return
        self.n_findings = (self.n_findings or 0) + len(report.findings)
        for finding in report.findings[:MAX_FINDINGS_TOLD]:
            log.critical("%s: %s (%s)", chain.label, finding.sentence, finding.code)
        log.critical("%s were changed from outside; restore a backup", chain.label)


async def verify_regularly(
    database: "Database", watch: AuditWatch, every_s: float = EVERY_S
) -> None:
    """Until cancelled."""
    while True:
        try:
            ledger, others = await _check_until_cancelled(database, watch)
        except SQLAlchemyError:  # who asks the database for work tells of it
            await asyncio.sleep(AGAIN_AFTER_S)
            continue
        watch.note(ledger)
        for chain, report in others:
            watch.note_other(chain, report)
        await asyncio.sleep(every_s)


async def _check_until_cancelled(database: "Database", watch: AuditWatch) -> "Reports":
    """Nobody closes the database under a check: cancelled, it leaves after its page."""
    stop = threading.Event()
    work = partial(_check_all, database, watch.head, dict(watch.heads), stop)
    checking = run_in_background(work, "ledger check")
    try:
        return await asyncio.shield(checking)
    except asyncio.CancelledError:
        stop.set()
        await asyncio.wait([checking], timeout=STOP_WITHIN_S)
        raise


def _check_all(
    database: "Database", noted: "Head | None", others: "dict[str, Head]", stop: threading.Event
) -> "Reports":
    return check_ledger(database, noted, stop), check_others(database, others)


def check_others(
    database: "Database", noted: "dict[str, Head]"
) -> "list[tuple[StudyChain, AuditReport]]":
    """The chains of what was measured and decided: some hundred rows."""
    from server.study.chains import STUDY_CHAINS

    with database.reading() as connection:
        return [
            (one, one.check(connection, [noted[one.word]] if one.word in noted else []))
            for one in STUDY_CHAINS
        ]


def check_ledger(
    database: "Database", noted: "Head | None", stop: threading.Event
) -> "AuditReport":
    """The whole chain, and that the head which was noted is still in it; less once stopped."""
    from server.sessions.audit import check_chain

    return check_chain(_read_rows(database, stop), [] if noted is None else [noted])


def _read_rows(database: "Database", stop: threading.Event) -> "Iterator[AuditedRow]":
    """A page in a snapshot: rows are only added, and an open reader may lock the writer out."""
    after: int | None = None
    while not stop.is_set() and (page := _read_page(database, after)):
        yield from page
        after = page[-1].n


def _read_page(database: "Database", after: int | None) -> "list[AuditedRow]":
    from server.sessions.audited_rows import read_audited_page

    with database.reading() as connection:
        return read_audited_page(connection, after)
