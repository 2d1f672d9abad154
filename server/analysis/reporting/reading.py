"""Reads a study's facts once, from the study and from what is derived of it; the thin shell."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from importlib.metadata import version
from typing import Any, Final

from sqlalchemy import Connection, func, select

from server.analysis.reporting.facts import StudyFacts, UsedPlan
from server.analysis.reporting.reading_arms import Entered, read_arms
from server.analysis.reporting.reading_delivery import read_delivery
from server.analysis.reporting.reading_plan import read_counted, read_registered
from server.analysis.reporting.reading_sessions import read_sessions
from server.analysis.reporting.reporting import Reporting
from server.safety.register import read_history
from server.sessions.ledger import read_head
from server.sessions.service import list_all_sessions
from server.sessions.study_plans import read_plan_of
from server.study.recorded import Sample, read_samples
from server.study.reporting_sentences import read_histories
from server.study.tables import HANDED_OUT, PARTICIPANT_ENTRIES

Line = Mapping[str, Any]
NS_PER_S: Final = 1_000_000_000


def read_reporting(study: Connection, derived: Connection, *, is_simulated: bool) -> Reporting:
    """Facts with the study's own sentences, all of one moment."""
    facts = read_facts(study, derived, is_simulated=is_simulated)
    return Reporting(facts, read_histories(study))


def read_facts(study: Connection, derived: Connection, *, is_simulated: bool) -> StudyFacts:
    """All of one moment: each connection within one transaction."""
    lines = list_all_sessions(study)
    entered = read_entered(study)
    samples = read_samples(study)
    registered = read_registered(study)
    counted = read_counted(study, derived, registered)
    head = read_head(study)
    days = [one.day for one in entered.values()]
    return StudyFacts(
        is_simulated=is_simulated,
        n_entered=len(entered),
        entered=(min(days), max(days)) if days else None,
        n_arm_changes=sum(one.n_changes for one in entered.values()),
        arms=read_arms(study, derived, lines, entered, counted),
        sessions=read_sessions(study, lines),
        delivery=read_delivery(study, derived, lines),
        plans=tuple(_list_plans(study, lines)),
        registered=registered,
        drawn=_find_drawn(samples),
        matrices=_list_matrices(samples),
        n_limits_signed=sum(one.is_signed for one in read_history(study)),
        n_datasets=study.execute(select(func.count()).select_from(HANDED_OUT)).scalar() or 0,
        outcomes_refused=counted.refused,
        ledger=(head.n, head.hash.hex() if head.n else ""),
        version=version("doseline"),
    )


def read_entered(study: Connection) -> dict[str, Entered]:
    """Everybody by code, in the order of codes, as her entries are now."""
    rows = study.execute(select(PARTICIPANT_ENTRIES).order_by(PARTICIPANT_ENTRIES.c.number))
    found: dict[str, Entered] = {}
    for row in rows:
        before = found.get(row.code)
        n_changes = 0 if before is None else before.n_changes + (before.arm != row.arm)
        day = _read_day_ns(row.recorded_wall_ns) if before is None else before.day
        found[row.code] = Entered(row.arm, day, n_changes)
    return dict(sorted(found.items(), key=lambda pair: int(pair[0][1:])))


def _list_plans(study: Connection, lines: Sequence[Line]) -> list[UsedPlan]:
    """The one of most sessions first."""
    keys = [(line["plan"], line["plan_sha256"]) for line in lines if line["plan"] is not None]
    used = [
        UsedPlan(name, sha256, keys.count((name, sha256)), read_plan_of(study, name, sha256))
        for name, sha256 in dict.fromkeys(keys)
    ]
    return sorted(used, key=lambda one: (-one.n_sessions, one.name, one.sha256))


def _find_drawn(samples: Sequence[Sample]) -> tuple[date, date] | None:
    told = {one.draw.answers["drawn_at"].value for one in samples}
    days = [date.fromisoformat(one[:10]) for one in told if isinstance(one, str)]
    return (min(days), max(days)) if days else None


def _list_matrices(samples: Sequence[Sample]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for one in samples:
        found.setdefault(one.key.analyte, set()).add(one.key.matrix)
    return {analyte: tuple(sorted(matrices)) for analyte, matrices in sorted(found.items())}


def _read_day_ns(wall_ns: int) -> date:
    return datetime.fromtimestamp(wall_ns // NS_PER_S, UTC).date()
