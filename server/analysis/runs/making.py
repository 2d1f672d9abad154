"""Runs the plan in force and writes its report into a folder, whole or not at all."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from server.analysis.analysing import analyse_study
from server.analysis.methods.design import CONTROL, TRAINING
from server.analysis.methods.dose_response.result import DoseResponse
from server.analysis.report.content import Content
from server.analysis.report.files import write_files
from server.analysis.report.own_summary import read_own_summary
from server.analysis.running import TellStep, count_steps
from server.analysis.runs.dose_power import tell_dose_power
from server.analysis.runs.run import READING, WRITING, Made
from server.analysis.study_data import StudyData, read_study_data
from server.analysis.summary_check.check import check_summary
from server.db.data_directory import sync_directory
from server.db.database import Database
from server.jobs.shelf import make_shelf
from server.projection.derived_study import HELD, DerivedStudy
from server.projection.up_to_date import UpToDate, work_out

_OF_OUR_OWN = 2  # reading and writing


@dataclass(frozen=True, slots=True)
class Making:
    """On one study; whatever is half made lies in a folder of `shelf` that goes with the work."""

    study: Database
    derived: DerivedStudy
    shelf: Path

    def run(
        self, path: Path, tell: TellStep, expect: Callable[[int], None], *, is_blinded: bool
    ) -> Made:
        """Its report lies in the folder `path` only once all of it is there.

        Raises RuleError, MethodError, SessionsFailedError, OSError and what a database raises.
        """
        tell(READING, None)
        data = read_study_data(
            self.study, self._open_derived, lambda planned: planned, is_blinded=is_blinded
        )
        expect(count_steps(data.plan) + _OF_OUR_OWN)
        content = analyse_study(data, tell)
        tell(WRITING, None)
        with tempfile.TemporaryDirectory(dir=make_shelf(self.shelf), prefix=".making-") as scratch:
            written = Path(scratch) / "report"
            written.mkdir(mode=0o700)
            write_files(written, content)
            written.rename(path)
            sync_directory(self.shelf)
        return _tell_made(data, content)

    @contextmanager
    def _open_derived(self) -> Iterator[UpToDate]:
        yield work_out(self.derived.derived, lambda: self.derived.bring_up_to_date(HELD))


def _tell_made(data: StudyData, content: Content) -> Made:
    frame, plan, analysis = content.frame, content.plan, content.analysis
    doses = tuple(one for one in analysis.results if isinstance(one, DoseResponse))
    n_training = frame.group.count(TRAINING)
    sizes = [one.n for one in doses] or [n_training]
    return Made(
        basis=data.basis,
        data_sha256=frame.sha256,
        lock_sha256=data.lock_sha256,
        plan_sha256=plan.sha256,
        n_control=frame.group.count(CONTROL),
        n_training=n_training,
        seed=plan.seed,
        alpha=plan.alpha,
        dose=plan.dose,
        versions=content.versions,
        n_results=len(analysis.results),
        refusals=analysis.refusals,
        findings=check_summary(read_own_summary(content)),
        doses=doses,
        dose_power=tell_dose_power(sizes, plan.alpha),
    )
