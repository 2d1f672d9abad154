"""Parts of a plan as a paper says them; for the methods and for the checklists."""

from server.analysis.methods.adherence.attendance import ENOUGH
from server.analysis.plan import AnalysisPlan

_SESSIONS = {
    "complete": "only of courses in which every session has a number",
    "prorated": "a session without a number counted like the others of its week",
}


def tell_dose_sessions(plan: AnalysisPlan) -> str:
    """What a session without a number counts."""
    return _SESSIONS[plan.dose_sessions]


def tell_enough(plan: AnalysisPlan) -> str:
    """How many sessions are enough."""
    enough, of = ENOUGH
    return f"at least {100 * enough // of} % of {plan.sessions_planned} sessions"
