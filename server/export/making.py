"""Makes one dataset for the console: what it would hold, and the file that can be taken."""

import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from server.db.data_directory import sync_directory
from server.db.database import Database
from server.export.dataset.building import Survey, TellProgress, build_dataset, survey_dataset
from server.export.dataset.ordering import Choice, open_view
from server.export.job import Made
from server.export.zip_file import TOP, write_zip
from server.jobs.shelf import make_shelf
from server.projection.derived_study import HELD, DerivedStudy
from server.study.recipients import KEY_BYTES, note_handed_out


@dataclass(frozen=True, slots=True)
class Making:
    """On one study; whatever is half made lies in a folder of `shelf` that goes with the work."""

    study: Database
    derived: DerivedStudy
    shelf: Path
    wall_ns: Callable[[], int]

    def count(self, choice: Choice, tell: TellProgress) -> Survey:
        """What a dataset would hold, of as late as now. Raises as `build`."""
        self.derived.bring_up_to_date(HELD)
        key = secrets.token_bytes(KEY_BYTES)  # no row is kept, so one of nobody's does
        derived, at = self.derived.derived, self.wall_ns()
        with self._scratch() as scratch, open_view(self.study, derived, scratch, key, at) as view:
            return survey_dataset(view, choice.make_order(view.study, self.study, key), tell)

    def build(
        self, choice: Choice, key: bytes, person: str, path: Path, tell: TellProgress
    ) -> Made:
        """Build it, note that `person` hands it out, and only then put it to `path` as a ZIP.

        Raises ApprovalNeededError, RuleError, TableFailedError, OSError, SettingsError and what a
        database raises.
        """
        with self.study.reading() as connection:
            approval = choice.require_approval(connection, person)
        self.derived.bring_up_to_date(HELD)
        derived, at = self.derived.derived, self.wall_ns()
        with self._scratch() as scratch:
            out, packed = scratch / TOP, scratch / "packed.zip"
            out.mkdir(mode=0o700)
            with open_view(self.study, derived, out, key, at) as view:
                order = choice.make_order(view.study, self.study, key, approval)
                built = build_dataset(view, out, order, tell)
            write_zip(out, packed)
            noted = choice.tell_handed_out(built, approval)
            number = note_handed_out(self.study, noted, person)
            packed.replace(path)
            sync_directory(self.shelf)
        return Made(built.survey, built.manifest_sha256, number)

    @contextmanager
    def _scratch(self) -> Iterator[Path]:
        folder = make_shelf(self.shelf)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".making-") as scratch:
            yield Path(scratch)
