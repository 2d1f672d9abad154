"""Runs analyses for the console: one at a time, in a thread, each report in a folder of its own."""

import secrets
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from server.analysis.plan_in_force import read_in_force
from server.analysis.report.files import HTML, PDF, RESULTS
from server.analysis.running import TellStep
from server.analysis.runs.failing import tell_failure
from server.analysis.runs.making import Making
from server.analysis.runs.run import Run, Step
from server.analysis.study_data import find_basis
from server.db.database import Database
from server.errors import MethodError, NotFoundError, RuleError
from server.jobs.bench import Bench, Rules, Work, start_thread
from server.projection.derived_study import DerivedStudy
from server.study.analysis_records import NO_PLAN, RecordKind, find_record

MAX_RUNS: Final = 12  # remembered; a report takes about a megabyte of the disk
# A million take 2.5 GB of memory and three minutes, beside gateways that must be answered.
MAX_REPLICATES: Final = 100_000
FILES: Final = (HTML, PDF, RESULTS)


class AnalysisWorkshop:
    """Thread-safe. What it knows of runs is in memory; their reports lie in `folder`.

    A run that a person isn't shown doesn't exist for her: `is_blinded` and the study's lock say.
    """

    def __init__(
        self,
        study: Database,
        derived: DerivedStudy,
        folder: Path,
        wall_ns: Callable[[], int] = time.time_ns,
        start: Callable[[Work], threading.Thread] = start_thread,
    ) -> None:
        self.derived = derived
        self._study = study
        self._making = Making(study, derived, folder)
        self._folder = folder
        self._wall_ns = wall_ns
        rules: Rules[Run] = Rules("analysis", self._fail, self._remove, MAX_RUNS)
        self._bench: Bench[Run] = Bench(rules, wall_ns, start)

    def begin(self, person: str, *, is_blinded: bool) -> Run:
        """Run the plan in force.

        Raises RuleError without one, MethodError for one that is too long for a server, and
        ConflictError while another one runs.
        """
        with self._study.reading() as connection:
            plan = read_in_force(connection).plan
        if plan is None:
            raise RuleError(NO_PLAN)
        if max(plan.permutations, plan.bootstrap) > MAX_REPLICATES:
            raise MethodError(f"more than {MAX_REPLICATES} permutations or bootstrap replicates")
        basis = find_basis(self._study, is_blinded=is_blinded)
        now = self._wall_ns()
        run = Run(secrets.token_urlsafe(16), person, basis, now, now)
        self._bench.begin(run, lambda: self._work(run.id, is_blinded))
        return run

    def find(self, run_id: str, *, is_blinded: bool, wait_s: float = 0.0) -> Run:
        """One that she is shown, after a moment's waiting while it runs. Raises NotFoundError."""
        self._require_shown(self._bench.find(run_id), is_blinded)
        return self._require_shown(self._bench.find(run_id, wait_s), is_blinded)

    def list_shown(self, *, is_blinded: bool) -> list[Run]:
        """The newest first."""
        is_locked = self._is_locked()
        return [
            one
            for one in self._bench.list_all()
            if one.is_shown_to(is_blinded=is_blinded, is_locked=is_locked)
        ]

    def read(self, person: str, run_id: str, *, is_blinded: bool) -> Run:
        """She says that she has read the check. Raises NotFoundError, RuleError where none is."""
        if self.find(run_id, is_blinded=is_blinded).made is None:
            raise RuleError("there is no summary check of this run yet")
        return self._bench.move(run_id, lambda run: run.read(person))

    def take(self, person: str, run_id: str, name: str, *, is_blinded: bool) -> Path:
        """A file of its report. Raises NotFoundError, RuleError for who hasn't read the check."""
        run = self.find(run_id, is_blinded=is_blinded)
        path = self._name_folder(run_id) / name
        if run.made is None or name not in FILES or not path.is_file():
            raise NotFoundError("there is no such file, or not any more")
        if person not in run.read_by:
            raise RuleError("read the summary check of this run first")
        return path

    def forget_old(self) -> None:
        """With their reports."""
        self._bench.forget_old()

    def _work(self, run_id: str, is_blinded: bool) -> None:
        def expect(n_steps: int) -> None:
            self._bench.move(run_id, lambda run: run.expect(n_steps))

        path, tell = self._name_folder(run_id), self._hear(run_id)
        made = self._making.run(path, tell, expect, is_blinded=is_blinded)
        self._bench.move(run_id, lambda run: run.end(made, self._wall_ns()))

    def _hear(self, run_id: str) -> TellStep:
        def tell(analysis: str, outcome: str | None) -> None:
            step = Step(analysis, outcome, self._wall_ns())
            self._bench.move(run_id, lambda run: run.begin_step(step))

        return tell

    def _fail(self, run: Run, error: BaseException) -> Run:
        return run.fail(tell_failure(error), self._wall_ns())

    def _remove(self, run_id: str) -> None:
        shutil.rmtree(self._name_folder(run_id), ignore_errors=True)

    def _name_folder(self, run_id: str) -> Path:
        return self._folder / run_id

    def _is_locked(self) -> bool:
        with self._study.reading() as connection:
            return find_record(connection, RecordKind.LOCK) is not None

    def _require_shown(self, run: Run, is_blinded: bool) -> Run:
        if not run.is_shown_to(is_blinded=is_blinded, is_locked=self._is_locked()):
            raise NotFoundError("there is no such analysis, or not any more")
        return run
