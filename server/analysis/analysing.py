"""Runs a plan on a study's data: everything that its report is written from."""

from typing import Final

from server.analysis.plan import list_departures
from server.analysis.report.content import Content
from server.analysis.running import TellStep, run_analysis, tell_nobody
from server.analysis.study_data import StudyData
from server.analysis.versions import list_versions

STUDY_UNIT: Final = "pg/mL"  # concentrations of a study are converted to it


def analyse_study(data: StudyData, tell: TellStep = tell_nobody) -> Content:
    """`tell` hears of each step as it begins. Raises MethodError for a column that isn't there."""
    plan, frame = data.plan, data.told.frame
    return Content(
        frame=frame,
        plan=plan,
        analysis=run_analysis(frame, plan, tell),
        notice=data.notice,
        departures=list_departures(data.planned, plan),
        planned=data.planned,
        versions=list_versions(),
        units=dict.fromkeys(plan.outcomes, STUDY_UNIT),
        remarks=(*data.remarks, *data.told.remarks, *data.told.dose_remarks),
        why=data.told.why,
        sessions=data.told.sessions,
        reporting=data.reporting,
    )
