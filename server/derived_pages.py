"""The composition root's part of the pages on derived numbers."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from fastapi import FastAPI

from server.first_use import FirstUse
from server.paper_pages import add_paper_pages
from server.web.coverage_page import build_coverage_router
from server.web.dose_course_page import build_dose_course_router
from server.web.dose_page import build_dose_router
from server.web.quality_page import build_quality_router
from server.web.repetitions_page import build_repetitions_router
from server.web.reporting_page import build_reporting_router
from server.web.review_page import build_review_router

if TYPE_CHECKING:
    from server.projection.derived_study import DerivedStudy
    from server.sessions.service import SessionService
    from server.storage import Storage
    from server.web.coverage_desk import CoverageDesk
    from server.web.dose_course_desk import DoseCourseDesk
    from server.web.dose_desk import DoseDesk
    from server.web.quality_desk import QualityDesk
    from server.web.repetitions_desk import RepetitionsDesk
    from server.web.reporting_desk import ReportingDesk
    from server.web.review_desk import ReviewDesk


def add_derived_pages(
    app: FastAPI,
    storage: "Storage",
    open_derived: "Callable[[], DerivedStudy]",
    open_sessions: "Callable[[], SessionService]",
    wall_ns: Callable[[], int],
) -> None:
    """Pages that show what is derived; each desk is opened with the first request."""

    def open_dose() -> "DoseDesk":
        from server.web.dose_desk import DoseDesk

        return DoseDesk(storage.database, open_derived(), wall_ns)

    def open_dose_course() -> "DoseCourseDesk":
        from server.web.dose_course_desk import DoseCourseDesk

        return DoseCourseDesk(storage.database, open_derived(), wall_ns)

    def open_quality() -> "QualityDesk":
        from server.web.quality_desk import QualityDesk

        return QualityDesk(storage.database, open_derived(), wall_ns)

    def open_coverage() -> "CoverageDesk":
        from server.web.coverage_desk import CoverageDesk

        return CoverageDesk(storage.database, open_derived(), wall_ns)

    def open_repetitions() -> "RepetitionsDesk":
        from server.web.repetitions_desk import RepetitionsDesk

        return RepetitionsDesk(storage.database, open_derived())

    def open_reporting() -> "ReportingDesk":
        from server.web.reporting_desk import ReportingDesk

        return ReportingDesk(storage.database, open_derived(), wall_ns)

    open_review = FirstUse(lambda: _open_review(storage, open_derived(), open_sessions(), wall_ns))
    app.include_router(build_dose_router(FirstUse(open_dose)))
    app.include_router(build_dose_course_router(FirstUse(open_dose_course)))
    app.include_router(build_review_router(open_review))
    add_paper_pages(app, storage, open_sessions, wall_ns)
    app.include_router(build_quality_router(FirstUse(open_quality)))
    app.include_router(build_coverage_router(FirstUse(open_coverage)))
    app.include_router(build_repetitions_router(FirstUse(open_repetitions)))
    app.include_router(build_reporting_router(FirstUse(open_reporting)))


def _open_review(
    storage: "Storage",
    derived: "DerivedStudy",
    service: "SessionService",
    wall_ns: Callable[[], int],
) -> "ReviewDesk":
    from server.web.review_desk import ReviewDesk

    return ReviewDesk(storage.database, derived, service, wall_ns)
