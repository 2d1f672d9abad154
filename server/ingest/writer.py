"""The one thread that writes while the server runs: groups what waits, commits once, then answers.

Nothing is answered before its transaction is committed and synced. The first failed sync ends
the process: after it the kernel may have dropped pages that a second sync would claim to hold.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from server.db.database import Database, committing
from server.db.failures import Failure, classify_failure
from server.errors import (
    ArchiveInconsistentError,
    SettingsError,
    StorageUnavailableError,
)
from server.ingest.archive import Archive, Outcome
from server.ingest.checkpoints import Checkpoints
from server.ingest.jobs import Job, JobQueue, Refusal, do_work
from server.ingest.metrics import IngestMetrics
from server.ingest.upload import Upload

log = logging.getLogger(__name__)

_T = TypeVar("_T")


class ArchiveWriter:
    """Start it once, submit from any thread, stop it once."""

    def __init__(
        self,
        database: Database,
        metrics: IngestMetrics,
        end_process: Callable[[], None],
    ) -> None:
        self._database = database
        self._metrics = metrics
        self._end_process = end_process
        self._archive = Archive()
        self._jobs = JobQueue()
        self._connection: Connection | None = None
        self._failing_since_s: float | None = None
        self._checkpoints = Checkpoints(database)
        self.last_commit_s: float | None = None  # monotonic; None before the first
        self.refused_upload_s: float | None = None  # the newest, monotonic; None once one is stored
        self._thread = threading.Thread(target=self._run, name="archive-writer", daemon=True)

    def start(self) -> None:
        """Take the database for this process. Raises SettingsError when another one has it."""
        self._connection = self._database.open_writer()
        self._thread.start()

    def stop(self) -> None:
        """Finish what was submitted, then end."""
        self._jobs.close()
        self._thread.join()

    def submit(self, upload: Upload) -> Future[Outcome]:
        """The outcome, once it is durable. The future raises StorageUnavailableError."""
        return self._jobs.put(Job(upload))

    def write(self, work: Callable[[Connection], _T]) -> Future[_T]:
        """What `work` returns, once what it wrote is durable; it shares a commit with uploads.

        The future raises StorageUnavailableError, or what `work` raised of ours: then nothing of
        that work is stored. Work may be called twice when a commit fails, and must not wait.
        """
        return self._jobs.put(Job(work=work))

    def probe(self) -> Future[None]:
        """Write and sync one row, to know that writing works."""
        return self._jobs.put(Job())

    def _run(self) -> None:
        while True:
            group, is_last = self._jobs.take_group()
            if group:
                self._supervise(group)
            if is_last:
                break
        self._drop_connection()

    def _supervise(self, group: Sequence[Job]) -> None:
        """Commit a group; on failure answer all of it, and decide whether to go on."""
        try:
            self._commit(group)
        except DBAPIError as error:
            self._recover(group, error)
        except (SQLAlchemyError, SettingsError) as error:
            self._refuse(group, error)
        except Exception:
            log.exception("archive: a group failed; nothing of it was acknowledged")
            self._refuse(group, None) if len(group) == 1 else self._supervise_each(group)

    def _commit(self, group: Sequence[Job]) -> None:
        begun_s = time.perf_counter()
        if self._connection is None:
            self._connection = self._database.open_writer()
        uploads = [job.upload for job in group if job.upload is not None]
        with committing(self._connection):
            stored = iter(self._archive.store(self._connection, uploads))
            outcomes = [
                next(stored) if job.upload is not None else do_work(self._connection, job.work)
                for job in group
            ]
        self._note_success(group, len(uploads), time.perf_counter() - begun_s)
        for job, outcome in zip(group, outcomes, strict=True):
            if isinstance(outcome, Refusal):
                job.answer.set_exception(outcome.error)
            else:
                job.answer.set_result(outcome)
        # After the answers, so that no gateway waits for it; its failed sync still ends us.
        self._checkpoints.run_when_due(self._connection)

    def _note_success(self, group: Sequence[Job], n_uploads: int, took_s: float) -> None:
        now_s = time.monotonic()
        self.last_commit_s = now_s
        if n_uploads:
            self.refused_upload_s = None
        self._metrics.note_commit(n_uploads, took_s)
        self._checkpoints.note(sum(job.n_bytes for job in group))
        if self._failing_since_s is not None:
            log.info("archive: writing again after %.1f s", now_s - self._failing_since_s)
            self._failing_since_s = None

    def _recover(self, group: Sequence[Job], error: DBAPIError) -> None:
        failure = classify_failure(error)
        if failure is Failure.STOP:
            reason = error.orig
            log.critical("archive: the store failed (%s); ending, a restart recovers", reason)
            self._end_process()
        if failure is Failure.CLASH and len(group) > 1:
            self._supervise_each(group)
            return
        self._refuse(group, error)

    def _supervise_each(self, group: Sequence[Job]) -> None:
        """One job at a time, so that the one at fault fails alone."""
        self._drop_connection()
        for job in group:
            self._supervise([job])

    def _refuse(self, group: Sequence[Job], error: Exception | None) -> None:
        """Acknowledge nothing of this group, and start afresh with the next."""
        self._drop_connection()
        self._metrics.note_failure()
        if any(job.upload is not None for job in group):
            self.refused_upload_s = time.monotonic()
        reason = error.orig if isinstance(error, DBAPIError) else error
        if self._failing_since_s is None:
            self._failing_since_s = time.monotonic()
            log.warning("archive: can't write, nothing is acknowledged: %s", reason)
        else:
            log.debug("archive: still can't write: %s", reason)
        for job in group:
            if not job.answer.done():
                job.answer.set_exception(_name_failure(error))

    def _drop_connection(self) -> None:
        connection, self._connection = self._connection, None
        self._archive.forget()
        if connection is not None:
            self._database.discard(connection)


def _name_failure(error: Exception | None) -> StorageUnavailableError:
    """What a gateway is told: a clash won't pass by waiting, the rest will."""
    if isinstance(error, DBAPIError) and classify_failure(error) is Failure.CLASH:
        return ArchiveInconsistentError(
            "the archive's tables contradict each other; nothing of this upload was stored"
        )
    return StorageUnavailableError("nothing can be stored now (disk full, or the database is away)")
