"""Jobs of a page: one at a time, in a thread; what is known of them is in memory."""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar

from server.errors import ConflictError, NotFoundError

log = logging.getLogger(__name__)

Work = Callable[[], None]
MAX_JOBS: Final = 40  # remembered; the oldest is forgotten with its files


class Job(Protocol):
    """One of them, as it stands: a frozen value; every step gives a new one."""

    @property
    def id(self) -> str:
        """Nobody guesses it."""

    @property
    def is_running(self) -> bool:
        """While it is, no other one may."""

    def is_over(self, wall_ns: int) -> bool:
        """Whether it is to be forgotten; never while it runs."""


J = TypeVar("J", bound=Job)


@dataclass(frozen=True, slots=True)
class Rules(Generic[J]):
    """`fail` makes the failed job of one and what was raised; `remove` takes a job's files away."""

    what: str
    fail: Callable[[J, BaseException], J]
    remove: Callable[[str], None]
    max_jobs: int = MAX_JOBS


def start_thread(work: Work) -> threading.Thread:
    """One that no server waits for when it stops: what it leaves is removed at the next start."""
    thread = threading.Thread(target=work, name="job", daemon=True)
    thread.start()
    return thread


class Bench(Generic[J]):
    """Thread-safe."""

    def __init__(
        self,
        rules: Rules[J],
        wall_ns: Callable[[], int] = time.time_ns,
        start: Callable[[Work], threading.Thread] = start_thread,
    ) -> None:
        self._rules = rules
        self._wall_ns = wall_ns
        self._start = start
        self._lock = threading.Lock()
        self._jobs: dict[str, J] = {}
        self._thread: threading.Thread | None = None

    def begin(self, job: J, work: Work, after: J | None = None) -> None:
        """Begin `work`; `after` is what the job was, where it is none that is new.

        Raises ConflictError while another one runs, and where `after` went on meanwhile.
        """
        with self._lock:
            if any(one.is_running for one in self._jobs.values()):
                what = self._rules.what
                raise ConflictError(f"another {what} is being made; wait until it is done")
            if after is not None and self._jobs.get(job.id) is not after:
                raise ConflictError(f"this {self._rules.what} was begun already")
            while len(self._jobs) >= self._rules.max_jobs and job.id not in self._jobs:
                self._forget(next(iter(self._jobs)))
            self._jobs[job.id] = job
        self._thread = self._start(lambda: self._run(job.id, work))

    def find(self, job_id: str, wait_s: float = 0.0) -> J:
        """As it stands after a moment's waiting while it runs. Raises NotFoundError."""
        self.forget_old()
        thread = self._thread
        if wait_s and self._read(job_id).is_running and thread and thread.is_alive():
            thread.join(wait_s)
        return self._read(job_id)

    def list_all(self) -> list[J]:
        """The newest first."""
        self.forget_old()
        with self._lock:
            return list(reversed(self._jobs.values()))

    def move(self, job_id: str, step: Callable[[J], J]) -> J:
        """Take a step of it; returns what it is now. Raises NotFoundError."""
        with self._lock:
            if job_id not in self._jobs:
                raise NotFoundError(self._tell_unknown())
            self._jobs[job_id] = step(self._jobs[job_id])
            return self._jobs[job_id]

    def forget_old(self) -> None:
        """With their files."""
        now = self._wall_ns()
        with self._lock:
            over = [one.id for one in self._jobs.values() if one.is_over(now)]
            for job_id in over:
                self._forget(job_id)

    def _run(self, job_id: str, work: Work) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - whatever it was, she is told and nothing is kept
            # Not what was said: it may hold somebody's value.
            log.warning("one %s failed: %s", self._rules.what, type(error).__name__)
            with suppress(OSError):
                self._rules.remove(job_id)
            caught = error  # the name of an except clause ends with it
            self.move(job_id, lambda job: self._rules.fail(job, caught))

    def _read(self, job_id: str) -> J:
        with self._lock:
            job = self._jobs.get(job_id)
        if job is None:
            raise NotFoundError(self._tell_unknown())
        return job

    def _forget(self, job_id: str) -> None:
        del self._jobs[job_id]
        self._rules.remove(job_id)

    def _tell_unknown(self) -> str:
        return f"there is no such {self._rules.what}, or not any more"
