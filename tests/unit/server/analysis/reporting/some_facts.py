"""A small study's facts, worked out by nobody: two arms of four, two sessions."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from protocol.training.plan import compute_digest
from protocol.training.shipped import read_shipped_plan
from server.analysis.plan import AnalysisPlan
from server.analysis.reporting.facts import (
    ArmFacts,
    Delivery,
    Harms,
    Measured,
    Presence,
    Registered,
    SessionFacts,
    StudyFacts,
    UsedPlan,
)
from server.study.reporting_sentences import OwnSentence

PLAN: Final = read_shipped_plan("as_printed")
TAILORED: Final = read_shipped_plan("tailored")
USED: Final = UsedPlan("as_printed", compute_digest(PLAN), 2, PLAN)
REGISTERED: Final = Registered(AnalysisPlan(outcomes=("bdnf",), seed=7), date(2026, 1, 5))
LOCKED: Final = replace(REGISTERED, locked_on=date(2026, 6, 1))
TRAINING: Final = ArmFacts(
    arm="training",
    n=4,
    n_trained=3,
    presence=Presence(n_attended=6, n_missed=1, n_unknown=1),
    harms=Harms({"fall": 1, "pain": 2}, n_people=2, n_serious=1, n_unrated=2),
    outcomes={"bdnf": Measured(n=4, n_pairs=2, n_pre=4, n_post=2, why_no_post={"withdrawn": 2})},
    first_after_d=(3, 5, 5),
)
CONTROL: Final = ArmFacts(
    arm="control",
    n=4,
    n_trained=0,
    presence=Presence(),
    harms=Harms(),
    outcomes={"bdnf": Measured(n=4, n_pairs=4, n_pre=4, n_post=4, why_no_post={})},
)
SESSIONS: Final = SessionFacts(
    n_planned=24, n_closed=2, n_open=0, first=date(2026, 1, 12), last=date(2026, 1, 14),
    people=(4, 4), room_c=(20.5, 22.0), n_room=6, n_readiness=5, n_supervisors=1, n_assistants=1,
    qualifications={"physiotherapist, MSc": 1, "not recorded": 1},
)  # fmt: skip
DELIVERY: Final = Delivery(
    n_people=4, n_sessions=96, n_attended=6, n_made_up=1, n_missed=1, n_sets=48, n_sets_done=40,
    n_sets_observed=30, n_sets_unknown=2, n_records=6, n_rated=5, n_rated_inside=4,
    modified={"fewer": 2}, ended_early={"fall": 1}, missed_why={"ill": 1},
)  # fmt: skip


def make_facts(**changes: Any) -> StudyFacts:
    """Those of the study, some of them otherwise."""
    facts = StudyFacts(
        is_simulated=False,
        n_entered=8,
        entered=(date(2026, 1, 6), date(2026, 1, 9)),
        n_arm_changes=0,
        arms=(TRAINING, CONTROL),
        sessions=SESSIONS,
        delivery=DELIVERY,
        plans=(USED,),
        registered=REGISTERED,
        drawn=None,
        matrices={"bdnf": ("plasma",)},
        n_limits_signed=0,
        n_datasets=0,
        outcomes_refused="",
        ledger=(120, "ab" * 32),
        version="0.1.0",
    )
    return replace(facts, **changes)


def say(item: str, text: str, *, applies: bool = True) -> dict[str, list[OwnSentence]]:
    """A history with one sentence."""
    return {item: [OwnSentence(item, 1, applies, text, None, "rana", 0)]}
