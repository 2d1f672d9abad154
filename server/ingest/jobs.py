"""What waits for the writer: handed in from any thread, taken in groups by one."""

import queue
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, update

from protocol.errors import ProtocolError
from server.errors import ServerError
from server.ingest.tables import WRITE_PROBE
from server.ingest.upload import Upload

MAX_GROUP: Final = 64  # uploads a commit: at 1 MiB each a transaction stays below 64 MiB
WORK_BYTES: Final = 64 * 1024  # what other work counts for: a dozen pages of the WAL, and room

Work = Callable[[Connection], Any]


@dataclass(slots=True)
class Job:
    """An upload to store, or work of another slice; with neither, a probe of the health page."""

    upload: Upload | None = None
    work: Work | None = None
    answer: Future[Any] = field(default_factory=Future)

    @property
    def n_bytes(self) -> int:
        """About what it adds to the WAL."""
        return WORK_BYTES if self.upload is None else len(self.upload.body)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Work that raised an error of ours: its own affair, the rest of the group is committed."""

    error: Exception


class JobQueue:
    """Jobs in the order they came. One thread takes them, until the queue is closed."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()

    def put(self, job: Job) -> Future[Any]:
        """Where its answer will be; from now on nobody can take the question back."""
        job.answer.set_running_or_notify_cancel()
        self._jobs.put(job)
        return job.answer

    def close(self) -> None:
        """What was put before is still taken."""
        self._jobs.put(None)

    def take_group(self) -> tuple[list[Job], bool]:
        """Wait for a job, then take all that have gathered meanwhile; True when no more come."""
        group: list[Job] = []
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


def do_work(connection: Connection, work: Work | None) -> Any:
    """What work returns, or its Refusal, with nothing of it written; without work, a probe."""
    if work is None:
        return _write_probe(connection)
    try:
        with connection.begin_nested():
            return work(connection)
    except (ServerError, ProtocolError) as error:
        return Refusal(error)


def _write_probe(connection: Connection) -> None:
    connection.execute(update(WRITE_PROBE).values(written_wall_ns=time.time_ns()))
