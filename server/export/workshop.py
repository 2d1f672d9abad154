"""Counts and builds datasets for the console: one at a time, in a thread, in its own folder."""

import logging
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from server.db.database import Database
from server.errors import ConflictError, NotFoundError
from server.export.dataset.building import TellProgress
from server.export.dataset.ordering import Choice
from server.export.failing import tell_failure
from server.export.job import Job, Stage
from server.export.making import Making
from server.projection.derived_study import DerivedStudy
from server.study.recipients import list_recipients, note_taken, require_recipient

log = logging.getLogger(__name__)

Work = Callable[[], None]
MAX_JOBS: Final = 40  # remembered; the oldest is forgotten with its file


def start_thread(work: Work) -> threading.Thread:
    """One that no server waits for when it stops: what it leaves is removed at the next start."""
    thread = threading.Thread(target=work, name="export", daemon=True)
    thread.start()
    return thread


class Workshop:
    """Thread-safe. What it knows of exports is in memory; their files lie in `folder`."""

    def __init__(
        self,
        study: Database,
        derived: DerivedStudy,
        folder: Path,
        wall_ns: Callable[[], int] = time.time_ns,
        start: Callable[[Work], threading.Thread] = start_thread,
    ) -> None:
        self._study = study
        self._making = Making(study, derived, folder, wall_ns)
        self._folder = folder
        self._wall_ns = wall_ns
        self._start = start
        self._lock = threading.Lock()
        self._jobs: dict[str, Job] = {}
        self._thread: threading.Thread | None = None

    def count(self, person: str, choice: Choice) -> Job:
        """Begin to count what a dataset would hold.

        Raises RuleError, NotFoundError for a recipient who is none, ConflictError while another
        export runs.
        """
        choice.check()
        with self._study.reading() as connection:
            if choice.recipient not in list_recipients(connection):
                raise NotFoundError(f"{choice.recipient!r} is no recipient of this study")
        job = Job(secrets.token_urlsafe(16), person, choice, self._wall_ns())
        self._begin(job, lambda: self._count(job))
        return job

    def build(self, person: str, job_id: str, key: bytes) -> Job:
        """Begin to build what was counted.

        Raises as `count`, RuleError for a foreign key, ApprovalNeededError for what no second
        person approved.
        """
        job = self.find(person, job_id)
        with self._study.reading() as connection:
            require_recipient(connection, job.choice.recipient, key)
            job.choice.require_approval(connection, person)
        if job.stage is not Stage.COUNTED:
            raise ConflictError("this export was begun already")
        begun = job.begin_building(self._wall_ns())
        self._begin(begun, lambda: self._build(begun, key))
        return begun

    def find(self, person: str, job_id: str, wait_s: float = 0.0) -> Job:
        """One of hers, after a moment's waiting while it runs. Raises NotFoundError."""
        self.forget_old()
        thread = self._thread
        if wait_s and self._read(person, job_id).is_running and thread and thread.is_alive():
            thread.join(wait_s)
        return self._read(person, job_id)

    def take(self, person: str, job_id: str) -> Path:
        """The file of one of hers, once it is noted that she takes it. Raises NotFoundError."""
        path, made = self._name_file(job_id), self.find(person, job_id).made
        if made is None or not path.is_file():
            raise NotFoundError("there is no such file, or not any more")
        note_taken(self._study, made.handed_out, person)
        return path

    def list_of(self, person: str) -> list[Job]:
        """Hers, the newest first."""
        self.forget_old()
        with self._lock:
            return [one for one in reversed(self._jobs.values()) if one.person == person]

    def forget_old(self) -> None:
        """With their files."""
        now = self._wall_ns()
        with self._lock:
            over = [one.id for one in self._jobs.values() if one.is_over(now)]
            for job_id in over:
                self._forget(job_id)

    def _begin(self, job: Job, work: Work) -> None:
        with self._lock:
            if any(one.is_running for one in self._jobs.values()):
                raise ConflictError("another export is being made; wait until it is done")
            if job.stage is Stage.BUILDING and self._jobs[job.id].stage is not Stage.COUNTED:
                raise ConflictError("this export was begun already")
            while len(self._jobs) >= MAX_JOBS:
                self._forget(next(iter(self._jobs)))
            self._jobs[job.id] = job
        self._thread = self._start(lambda: self._run(job.id, work))

    def _run(self, job_id: str, work: Work) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - whatever it was, she is told and nothing is kept
            failure = tell_failure(error)
            # Not what was said: it may hold somebody's value.
            log.warning("an export failed: %s %s", type(error).__name__, failure.table)
            with suppress(OSError):
                self._name_file(job_id).unlink(missing_ok=True)
            self._move(job_id, lambda job: job.fail(failure, self._wall_ns()))

    def _count(self, job: Job) -> None:
        survey = self._making.count(job.choice, self._hear(job.id))
        self._move(job.id, lambda one: one.end_counting(survey, self._wall_ns()))

    def _build(self, job: Job, key: bytes) -> None:
        path = self._name_file(job.id)
        made = self._making.build(job.choice, key, job.person, path, self._hear(job.id))
        self._move(job.id, lambda one: one.end_building(made, self._wall_ns()))

    def _hear(self, job_id: str) -> TellProgress:
        return lambda name, n_rows: self._move(job_id, lambda one: one.tell_table(name, n_rows))

    def _name_file(self, job_id: str) -> Path:
        return self._folder / f"{job_id}.zip"

    def _read(self, person: str, job_id: str) -> Job:
        with self._lock:
            job = self._jobs.get(job_id)
        if job is None or job.person != person:
            raise NotFoundError("there is no such export, or not any more")
        return job

    def _move(self, job_id: str, step: Callable[[Job], Job]) -> None:
        with self._lock:
            self._jobs[job_id] = step(self._jobs[job_id])

    def _forget(self, job_id: str) -> None:
        del self._jobs[job_id]
        self._name_file(job_id).unlink(missing_ok=True)
