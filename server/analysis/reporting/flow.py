"""The flow of participants: what this system knows of each box, and what it doesn't. Pure."""

from dataclasses import dataclass
from typing import Final

from server.analysis.methods.design import CONTROL
from server.analysis.reporting.answers import Histories
from server.analysis.reporting.facts import ArmFacts, Presence, StudyFacts
from server.analysis.reporting.fillers.delivery import tell_reasons

NOT_HERE: Final = "not recorded here"
LEFT_OUT: Final = "left out until the data are locked"


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the diagram: its heading, and lines below it."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArmFlow:
    """One column: allocation, follow-up, analysis."""

    arm: str
    allocated: Box
    followed: Box
    analysed: Box


@dataclass(frozen=True, slots=True)
class Flow:
    """`arms` None: left out. `lost` is the study's own sentence, or that there is none."""

    screened: Box
    excluded: Box
    entered: Box
    arms: tuple[ArmFlow, ...] | None
    lost: str


def make_flow(facts: StudyFacts, histories: Histories, *, with_own: bool = True) -> Flow:
    """Own sentences where the study gave some; never a 0 for what nobody wrote down."""
    return Flow(
        screened=Box("Assessed for eligibility", (_find_own("screened", histories, with_own),)),
        excluded=Box("Excluded", (_find_own("excluded", histories, with_own),)),
        entered=Box("Entered with an arm", (f"n = {facts.n_entered}",)),
        arms=None
        if facts.arms is None
        else tuple(_make_arm(one, facts.outcomes_refused) for one in facts.arms),
        lost=_find_own("lost", histories, with_own),
    )


def list_rows(flow: Flow) -> list[tuple[str, str, str]]:
    """(box, arm, what is known), for whoever doesn't see the picture."""
    rows = [
        (box.title, "all", "; ".join(box.lines))
        for box in (flow.screened, flow.excluded, flow.entered)
    ]
    if flow.arms is None:
        rows.append(("Allocation, follow-up, analysis", "each", LEFT_OUT))
    for column in flow.arms or ():
        rows += [
            (box.title, column.arm, "; ".join(box.lines))
            for box in (column.allocated, column.followed, column.analysed)
        ]
    return [*rows, ("Other losses and exclusions", "each", flow.lost)]


def tell_flow_words(flow: Flow) -> str:
    """All of it as one text."""
    return ". ".join(f"{box}, {arm}: {what}" for box, arm, what in list_rows(flow)) + "."


def _find_own(number: str, histories: Histories, with_own: bool) -> str:
    history = histories.get(f"flow/{number}", ())
    if not history:
        return NOT_HERE
    return history[-1].text if with_own else LEFT_OUT


def _make_arm(arm: ArmFacts, refused: str) -> ArmFlow:
    measured = arm.outcomes.items()
    missing = [
        f"{name.upper()}: {one.n - one.n_pre} without a value before, {one.n - one.n_post} without"
        " one after" + (f" ({tell_reasons(one.why_no_post)})" if one.why_no_post else "")
        for name, one in measured
    ]
    analysed = [f"{name.upper()}: n = {one.n_pairs} (before and after)" for name, one in measured]
    nothing = refused or "no plan of the analysis names an outcome yet"
    return ArmFlow(
        arm=arm.arm,
        allocated=Box(
            f"Allocated to {arm.arm}",
            (f"n = {arm.n}", *_tell_presence(arm)),
        ),
        followed=Box("Follow-up", tuple(missing) or (nothing,)),
        analysed=Box("Analysed", tuple(analysed) or (nothing,)),
    )


def _tell_presence(arm: ArmFacts) -> tuple[str, ...]:
    """Nobody of control stayed away from a session that there never was for her."""
    if arm.arm == CONTROL and not arm.n_trained and arm.presence == Presence():
        return ("no sessions planned for this arm",)
    return (
        f"came to a session: {arm.n_trained}",
        f"came to none: {arm.n - arm.n_trained}",
    )
