"""Harms: how they were looked for, how many there were, and how sure that is."""

from server.analysis.methods.exact_rate import compute_exact_rate
from server.analysis.report.number_words import write_number
from server.analysis.reporting.facts import ArmFacts, StudyFacts
from server.analysis.reporting.told import NOT_BY_ARM, NotApplicable, Said, Told, count

_KINDS = {
    "fall": "fall",
    "near_fall": "near-fall",
    "dizzy": "dizzy or faint",
    "heat_vision": "heat or vision",
    "new_numbness": "new numbness or weakness",
    "pain": "pain",
    "spasm": "spasm",
    "chest_breath": "chest or breath",
    "other": "other",
}
_EVENTS = "ledger: adverse_event, adverse_event_followup"


def tell_harms_collected(facts: StudyFacts) -> Said:
    """Prospectively, in sessions; asked for and volunteered."""
    kinds = ", ".join(_KINDS.values())
    asked = count(facts.sessions.n_readiness, "time", "times")
    return Told(
        "In sessions, prospectively: trainers enter an event on the tablet at any moment, as one"
        f" of nine kinds ({kinds}), with the round, exercise and heart rate of that moment where"
        " they are known; outcome, time to settle and whether it was serious are added later, and"
        " nothing can be deleted."
        f" Before sessions new symptoms and falls were asked about ({asked} answered). Nothing"
        " here asks those who don't train, or anybody between sessions.",
        (_EVENTS, "ledger: readiness"),
    )


def tell_harms_unnamed(_facts: StudyFacts) -> Said:
    """As `other`, with a text."""
    return Told(
        "What fits none of the eight named kinds is entered as 'other', and described in a text.",
        (f"{_EVENTS}.text",),
    )


def tell_harms(facts: StudyFacts) -> Said:
    """By arm: events, people, how serious, per person-session with an exact interval."""
    if facts.arms is None:
        return NOT_BY_ARM
    told = [
        _tell_arm(one)
        for one in facts.arms
        if one.presence.n_attended or one.harms.n or one.harms.n_open
    ]
    if not told:
        return None
    return Told(" ".join(told), (_EVENTS, "ledger: attendance (person-sessions)"))


def _tell_arm(arm: ArmFacts) -> str:
    harms = arm.harms
    what = "; ".join(f"{_KINDS.get(kind, kind)} {n}" for kind, n in sorted(harms.by_kind.items()))
    events = f"{count(harms.n, 'event')} ({what})" if harms.n else "no event"
    serious = (
        f", of {count(harms.n_people, 'person', 'people')}; {harms.n_serious} serious,"
        f" {harms.n_unrated} not rated"
        if harms.n
        else ""
    )
    more = f"; {harms.n_open} more in sessions not closed yet" if harms.n_open else ""
    n = arm.presence.n_unknown
    unknown = f"; of {count(n, 'more person-session')} nobody knows the attendance" if n else ""
    return f"{arm.arm.capitalize()}: {events} in {_tell_rate(arm)}{serious}{more}{unknown}."


def _tell_rate(arm: ArmFacts) -> str:
    n = arm.presence.n_attended
    if not n:
        return "no person-session that is known"
    found = compute_exact_rate(arm.harms.n, n / 100)
    rate, low, high = (write_number(one) if one else "0" for one in (found.rate, *found.ci95))
    return f"{count(n, 'person-session')} ({rate} per 100, exact 95 % interval {low} to {high})"


def tell_harms_interval(facts: StudyFacts) -> Said:
    """Of each arm by itself."""
    del facts
    return Told(
        "Events per 100 person-sessions of each arm with the exact 95 % interval of a Poisson count"
        " (Garwood 1936), which takes events as independent, those of one person too.",
        ("method: exact rate",),
    )


def tell_harms_exposure(facts: StudyFacts) -> Said:
    """Whoever was there, and how often."""
    if facts.arms is None:
        return NOT_BY_ARM
    told = "; ".join(
        f"{one.arm} {one.n_trained} of {one.n}, in"
        f" {count(one.presence.n_attended, 'person-session')}"
        for one in facts.arms
    )
    if not told:
        return None
    return Told(f"Participants who came to a session, and so could have an event there: {told}.",
                ("ledger: attendance",))  # fmt: skip


def tell_no_harms(facts: StudyFacts) -> Said:
    """Zero is said where it is zero."""
    if facts.arms is None:
        return NOT_BY_ARM
    n_events = sum(one.harms.n + one.harms.n_open for one in facts.arms)
    n_sessions = sum(one.presence.n_attended for one in facts.arms)
    if n_events:
        return NotApplicable(f"{count(n_events, 'event')} were entered.", (_EVENTS,))
    if not n_sessions:
        return None
    return Told(f"No event was entered in {count(n_sessions, 'person-session')}.",
                (_EVENTS, "ledger: attendance"))  # fmt: skip


def tell_harms_seen_by(_facts: StudyFacts) -> Said:
    """Those who train see them."""
    return Told(
        "Events were entered by those who ran the session, who know who trains.",
        ("roles: trainer, assistant",),
    )


def tell_limits(facts: StudyFacts) -> Said:
    """Limits that a clinician signed stop a person, not the trial."""
    n = facts.n_limits_signed
    if not n:
        return Told("No limit of heart rate or effort was ever in force.", ("safety register",))
    return Told(
        f"Limits of heart rate and effort for single participants were signed by a clinician"
        f" {count(n, 'time')}; they ask a trainer to look at or hold a person.",
        ("safety register",),
    )
