"""What would be locked, column by column. Pure."""

from collections import Counter
from collections.abc import Mapping

from server.analysis.locking import Lockable
from server.web.analysis_context import AnalysisLockContext, LockedColumn
from server.web.analysis_plan_facts import DASH
from server.web.analysis_view import Sitter
from server.web.catalogue.spoken import current_language, t


def view_lock(
    sitter: Sitter,
    found: Lockable | None,
    said: Mapping[str, str],
    *,
    is_blinded: bool = False,
    reason: str = "",
    seen: str = "",
) -> AnalysisLockContext:
    """`said` has what is refused, why it is closed, and what is still to come, where it is.

    Of doses and sessions a blinded person sees nothing: only who trains has any.
    """
    hidden = found.plan.of_training_alone if is_blinded and found is not None else ()
    return AnalysisLockContext(
        language=current_language(),
        name=sitter.name,
        is_simulated=sitter.is_simulated,
        refusal=said.get("refusal", ""),
        closed=said.get("closed", ""),
        to_come=said.get("to_come", ""),
        n_rows=0 if found is None else found.told.frame.n,
        plan_sha256="" if found is None else found.plan.sha256,
        columns=[] if found is None else _list_columns(found, hidden),
        remarks=[] if found is None else _list_remarks(found, with_doses=not is_blinded),
        left_out=_tell_left_out() if hidden else "",
        may_lock=sitter.may_lock and found is not None,
        reason=reason,
        seen=seen,
    )


def _list_columns(found: Lockable, hidden: tuple[str, ...]) -> list[LockedColumn]:
    frame, why = found.told.frame, found.told.why
    told = []
    for name in (*frame.columns, *frame.categories):
        if name not in hidden:
            reasons = Counter(why[name].values())
            absent = ", ".join(f"{one.replace('_', ' ')} {n}" for one, n in sorted(reasons.items()))
            told.append(LockedColumn(name, frame.n - reasons.total(), absent or DASH))
    return told


def _list_remarks(found: Lockable, *, with_doses: bool) -> list[str]:
    return [*found.told.remarks, *(found.told.dose_remarks if with_doses else ())]


def _tell_left_out() -> str:
    return t(
        "Doses and sessions are locked as well. They aren't shown to who must not know who trains."
    )
