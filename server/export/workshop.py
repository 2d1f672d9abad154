"""Counts and builds datasets for the console: one at a time, in a thread, in its own folder."""

import logging
import secrets
import threading
import time
from collections.abc import Callable
from pathlib import Path

from server.db.database import Database
from server.errors import ConflictError, NotFoundError
from server.export.dataset.building import TellProgress
from server.export.dataset.ordering import Choice
from server.export.failing import tell_failure
from server.export.job import Job, Stage
from server.export.making import Making
from server.jobs.bench import Bench, Rules, Work, start_thread
from server.projection.derived_study import DerivedStudy
from server.study.recipients import list_recipients, note_taken, require_recipient

log = logging.getLogger(__name__)


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
        rules = Rules(
            "export", self._fail, lambda job_id: self._name_file(job_id).unlink(missing_ok=True)
        )
        self._bench: Bench[Job] = Bench(rules, wall_ns, start)

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
        self._bench.begin(job, lambda: self._count(job))
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
        self._bench.begin(begun, lambda: self._build(begun, key), after=job)
        return begun

    def find(self, person: str, job_id: str, wait_s: float = 0.0) -> Job:
        """One of hers, after a moment's waiting while it runs. Raises NotFoundError."""
        self._require_hers(person, self._bench.find(job_id))
        return self._bench.find(job_id, wait_s)

    def take(self, person: str, job_id: str) -> Path:
        """The file of one of hers, once it is noted that she takes it. Raises NotFoundError."""
        path, made = self._name_file(job_id), self.find(person, job_id).made
        if made is None or not path.is_file():
            raise NotFoundError("there is no such file, or not any more")
        note_taken(self._study, made.handed_out, person)
        return path

    def list_of(self, person: str) -> list[Job]:
        """Hers, the newest first."""
        return [one for one in self._bench.list_all() if one.person == person]

    def forget_old(self) -> None:
        """With their files."""
        self._bench.forget_old()

    def _fail(self, job: Job, error: BaseException) -> Job:
        failure = tell_failure(error)
        if failure.table:
            log.warning("it was table %s", failure.table)
        return job.fail(failure, self._wall_ns())

    def _remove(self, job_id: str) -> None:
        self._name_file(job_id).unlink(missing_ok=True)

    def _count(self, job: Job) -> None:
        survey = self._making.count(job.choice, self._hear(job.id))
        self._bench.move(job.id, lambda one: one.end_counting(survey, self._wall_ns()))

    def _build(self, job: Job, key: bytes) -> None:
        path = self._name_file(job.id)
        made = self._making.build(job.choice, key, job.person, path, self._hear(job.id))
        self._bench.move(job.id, lambda one: one.end_building(made, self._wall_ns()))

    def _hear(self, job_id: str) -> TellProgress:
        def tell(name: str, n_rows: int) -> None:
            self._bench.move(job_id, lambda one: one.tell_table(name, n_rows))

        return tell

    def _name_file(self, job_id: str) -> Path:
        return self._folder / f"{job_id}.zip"

    def _require_hers(self, person: str, job: Job) -> None:
        if job.person != person:
            raise NotFoundError("there is no such export, or not any more")
