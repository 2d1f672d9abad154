"""Puts a plan in force, for the command and the page alike."""

from server.analysis.plan import AnalysisPlan
from server.analysis.study_columns import list_unknown
from server.db.database import Database
from server.errors import MethodError
from server.study.analysis_records import add_plan


def put_in_force(
    study: Database, text: str, reason: str | None, by: str
) -> tuple[AnalysisPlan, bool]:
    """The plan of this TOML, and whether it wasn't in force already.

    Raises MethodError for what is no plan or names what no study has; RuleError for another plan
    without a reason; ConflictError after the lock.
    """
    plan = AnalysisPlan.from_toml(text)
    unknown = list_unknown(plan)
    if unknown:
        raise MethodError("; ".join(unknown))
    return plan, add_plan(study, text, plan.sha256, reason, by)
