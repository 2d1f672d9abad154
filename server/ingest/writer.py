"""The one thread that writes while the server runs: groups what waits, commits once, then answers.

Nothing is answered before its transaction is committed and synced. The first failed sync ends
the process: after it the kernel may have dropped pages that a second sync would claim to hold.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, update
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from protocol.errors import ProtocolError
from server.db.database import Database, committing
from server.db.failures import Failure, classify_failure
from server.errors import (
    ArchiveConflictError,
    ArchiveInconsistentError,
    ServerError,
    SettingsError,
    StorageUnavailableError,
)
from server.ingest.archive import Archive, Stored, Upload
from server.ingest.metrics import IngestMetrics
from server.ingest.tables import WRITE_PROBE

log = logging.getLogger(__name__)

MAX_GROUP: Final = 64  # uploads a commit: at 1 MiB each a transaction stays below 64 MiB
CHECKPOINT_EVERY_BYTES: Final = 4 * 1024 * 1024  # keeps the WAL small and each checkpoint short
WORK_BYTES: Final = 64 * 1024  # what other work counts for: a dozen pages of the WAL, and room

_T = TypeVar("_T")

Outcome = Stored | ArchiveConflictError
Work = Callable[[Connection], Any]


@dataclass(slots=True)
class _Job:
    """An upload to store, or work of another slice; with neither, a probe of the health page."""

    upload: Upload | None = None
    work: Work | None = None
    answer: Future[Any] = field(default_factory=Future)


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
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._connection: Connection | None = None
        self._failing_since_s: float | None = None
        self._bytes_since_checkpoint = 0
        self.last_commit_s: float | None = None  # monotonic; None before the first
        self._thread = threading.Thread(target=self._run, name="archive-writer", daemon=True)

    def start(self) -> None:
        """Take the database for this process. Raises SettingsError when another one has it."""
        self._connection = self._database.open_writer()
        self._thread.start()

    def stop(self) -> None:
        """Finish what was submitted, then end."""
        self._jobs.put(None)
        self._thread.join()

    def submit(self, upload: Upload) -> Future[Outcome]:
        """The outcome, once it is durable. The future raises StorageUnavailableError."""
        return self._put(_Job(upload))

    def write(self, work: Callable[[Connection], _T]) -> Future[_T]:
        """What `work` returns, once what it wrote is durable; it shares a commit with uploads.

        The future raises StorageUnavailableError, or what `work` raised of ours: then nothing of
        that work is stored. Work may be called twice when a commit fails, and must not wait.
        """
        return self._put(_Job(work=work))

    def probe(self) -> Future[None]:
        """Write and sync one row, to know that writing works."""
        return self._put(_Job())

    def _put(self, job: _Job) -> Future[Any]:
        job.answer.set_running_or_notify_cancel()  # from now on nobody can take the question back
        self._jobs.put(job)
        return job.answer

    def _run(self) -> None:
        while True:
            group, is_last = self._take_group()
            if group:
                self._supervise(group)
            if is_last:
                break
        self._drop_connection()

    def _take_group(self) -> tuple[list[_Job], bool]:
        """Wait for a job, then take all that have gathered meanwhile."""
        group: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            group.append(job)
            if len(group) == MAX_GROUP:
                return group, False
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return group, False
        return group, True

    def _supervise(self, group: Sequence[_Job]) -> None:
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

    def _commit(self, group: Sequence[_Job]) -> None:
        begun_s = time.perf_counter()
        if self._connection is None:
            self._connection = self._database.open_writer()
        uploads = [job.upload for job in group if job.upload is not None]
        with committing(self._connection):
            stored = iter(self._archive.store(self._connection, uploads))
            outcomes = [
                next(stored) if job.upload is not None else _do_work(self._connection, job.work)
                for job in group
            ]
        self._note_success(group, uploads, time.perf_counter() - begun_s)
        for job, outcome in zip(group, outcomes, strict=True):
            if isinstance(outcome, _Refusal):
                job.answer.set_exception(outcome.error)
            else:
                job.answer.set_result(outcome)
        self._checkpoint_when_due()

    def _note_success(
        self, group: Sequence[_Job], uploads: Sequence[Upload], took_s: float
    ) -> None:
        now_s = time.monotonic()
        self.last_commit_s = now_s
        self._metrics.note_commit(len(uploads), took_s)
        self._bytes_since_checkpoint += sum(len(upload.body) for upload in uploads)
        self._bytes_since_checkpoint += (len(group) - len(uploads)) * WORK_BYTES
        if self._failing_since_s is not None:
            log.info("archive: writing again after %.1f s", now_s - self._failing_since_s)
            self._failing_since_s = None

    def _checkpoint_when_due(self) -> None:
        """After the answers, so that no gateway waits for it; its failed sync still ends us."""
        if self._connection is None or self._bytes_since_checkpoint < CHECKPOINT_EVERY_BYTES:
            return
        self._bytes_since_checkpoint = 0
        try:
            self._database.checkpoint(self._connection)
        except DBAPIError as error:
            if classify_failure(error) is Failure.STOP:
                raise
            # What was answered is safe in the WAL; the next checkpoint takes it along.
            log.warning("archive: a checkpoint has to wait: %s", error.orig)

    def _recover(self, group: Sequence[_Job], error: DBAPIError) -> None:
        failure = classify_failure(error)
        if failure is Failure.STOP:
            reason = error.orig
            log.critical("archive: the store failed (%s); ending, a restart recovers", reason)
            self._end_process()
        if failure is Failure.CLASH and len(group) > 1:
            self._supervise_each(group)
            return
        self._refuse(group, error)

    def _supervise_each(self, group: Sequence[_Job]) -> None:
        """One job at a time, so that the one at fault fails alone."""
        self._drop_connection()
        for job in group:
            self._supervise([job])

    def _refuse(self, group: Sequence[_Job], error: Exception | None) -> None:
        """Acknowledge nothing of this group, and start afresh with the next."""
        self._drop_connection()
        self._metrics.note_failure()
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


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Work that raised an error of ours: its own affair, the rest of the group is committed."""

    error: Exception


def _do_work(connection: Connection, work: Work | None) -> Any:
    if work is None:
        return _write_probe(connection)
    try:
        with connection.begin_nested():
            return work(connection)
    except (ServerError, ProtocolError) as error:
        return _Refusal(error)


def _write_probe(connection: Connection) -> None:
    connection.execute(update(WRITE_PROBE).values(written_wall_ns=time.time_ns()))
