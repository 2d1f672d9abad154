"""The composition root's part of what pages begin and wait for: exports and analyses."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from fastapi import FastAPI

from server.background import Work, repeat_in_thread
from server.first_use import FirstUse
from server.jobs.shelf import ANALYSES, EXPORTS, find_shelf
from server.web.analysis_page import build_analysis_router
from server.web.export_page import build_export_router

if TYPE_CHECKING:
    from server.analysis.runs.workshop import AnalysisWorkshop
    from server.export.workshop import Workshop
    from server.projection.derived_study import DerivedStudy
    from server.storage import Storage

FORGET_EVERY_S: Final = 600.0


class Workshops:
    """Each is opened with the first request that needs it."""

    def __init__(
        self,
        storage: "Storage",
        open_derived: "Callable[[], DerivedStudy]",
        wall_ns: Callable[[], int],
    ) -> None:
        self._storage = storage
        self._open_derived = open_derived
        self._wall_ns = wall_ns
        self.open_export = FirstUse(self._open_export)
        self.open_analysis = FirstUse(self._open_analysis)

    def add_pages(self, app: FastAPI) -> None:
        """Where they are begun, looked at and taken."""
        study = self._storage.database
        app.include_router(build_export_router(study, self.open_export))
        app.include_router(build_analysis_router(study, self.open_analysis))

    def list_work(self) -> dict[str, Work]:
        """What goes on in the background, by what the log calls it."""
        return {
            "removing old exports": partial(
                repeat_in_thread, "exports", self._forget_old, FORGET_EVERY_S
            )
        }

    def _forget_old(self) -> None:
        """Those of yesterday, also when nobody looks."""
        for workshop in (self.open_export.peek(), self.open_analysis.peek()):
            if workshop is not None:
                workshop.forget_old()

    def _open_export(self) -> "Workshop":
        from server.export.workshop import Workshop

        folder = find_shelf(self._storage.directory.path, EXPORTS)
        return Workshop(self._storage.database, self._open_derived(), folder, self._wall_ns)

    def _open_analysis(self) -> "AnalysisWorkshop":
        from server.analysis.runs.workshop import AnalysisWorkshop

        folder = find_shelf(self._storage.directory.path, ANALYSES)
        return AnalysisWorkshop(self._storage.database, self._open_derived(), folder, self._wall_ns)
