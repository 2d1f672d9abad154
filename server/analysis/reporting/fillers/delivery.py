"""What was delivered: by whom, in which room, how much of the plan, and how that is known."""

from collections.abc import Mapping

from server.analysis.reporting.facts import Delivery, StudyFacts
from server.analysis.reporting.fillers.training import name_source
from server.analysis.reporting.told import NOT_BY_ARM, Said, Told, count, join

_MODIFIED = {
    "lighter_day": "a lighter day",
    "lighter_level": "a lower level",
    "substitution": "another exercise",
    "fewer": "fewer than prescribed",
    "weaker_band": "a weaker band",
}


def tell_qualification(facts: StudyFacts) -> Said:
    """As the plan asks, and as staff was entered session by session."""
    parts, sources = [], []
    if facts.plan is not None:
        parts.append(f"The plan asks for: {facts.plan.session.supervision}.")
        sources.append(name_source(facts, "session.supervision"))
    known = facts.sessions.qualifications
    if known:
        told = "; ".join(f"{words} ({n})" for words, n in sorted(known.items()))
        parts.append(f"Entered of those who were there, by person: {told}.")
        sources.append("ledger: staff_present.qualification")
    return Told(" ".join(parts), tuple(sources)) if parts else None


def tell_trainers(facts: StudyFacts) -> Said:
    """How many people ran sessions."""
    sessions = facts.sessions
    if not sessions.n_supervisors and not sessions.n_assistants:
        return None
    return Told(
        f"Over {count(sessions.n_closed, 'session')} held,"
        f" {count(sessions.n_supervisors, 'person', 'people')} supervised and"
        f" {sessions.n_assistants} assisted.",
        ("ledger: staff_present",),
    )


def tell_group(facts: StudyFacts) -> Said:
    """Face to face, in a circuit, of so many."""
    plan, people = facts.plan, facts.sessions.people
    if plan is None or people is None:
        return None
    least, most = people
    size = str(most) if least == most else f"{least} to {most}"
    return Told(
        f"Face to face, in a group: a {plan.session.format} with {size} participants planned in"
        " one session.",
        (name_source(facts, "session.format"), "ledger: session_planned.participants"),
    )


def tell_supervision(facts: StudyFacts) -> Said:
    """Whether somebody supervised."""
    if facts.plan is None:
        return None
    parts = [f"Supervised, by the plan, by a {facts.plan.session.supervision}."]
    trainers = tell_trainers(facts)
    sources = [name_source(facts, "session.supervision")]
    if isinstance(trainers, Told):
        parts.append(trainers.sentence)
        sources += trainers.sources
    return Told(" ".join(parts), tuple(sources))


def tell_setting(facts: StudyFacts) -> Said:
    """The room's temperature, and what straps were heard by."""
    sessions = facts.sessions
    if sessions.room_c is None:
        return None
    low, high = sessions.room_c
    return Told(
        f"The room had {low:g} to {high:g} \N{DEGREE SIGN}C in"
        f" {count(sessions.n_room, 'reading')} at the start, in the middle and at the end of"
        " sessions.",
        ("ledger: room_climate.temperature_c",),
    )


def tell_adherence_measured(facts: StudyFacts) -> Said:
    """What the system counts, whoever trains."""
    if facts.plan is None:
        return None
    return Told(
        "Attendance of each session; each planned set as done, less or not done, with how that is"
        " known (seen by a trainer, felt by a strap, said by her, or only assumed); session effort"
        " against what the week accepts. Completion is the share of the sets prescribed in sessions"
        " attended; a session or set that nobody knows of is missing and never counts as done.",
        ("ledger: attendance, set, session_rpe", "derived: adherence, version 1"),
    )


def tell_delivered(facts: StudyFacts) -> Said:
    """Attendance, sets, and how many were seen."""
    if facts.arms is None:
        return NOT_BY_ARM
    done = facts.delivery
    if done is None or not facts.sessions.n_closed:
        return None
    parts = [_tell_attendance(facts, done)]
    if done.n_sets:
        parts.append(_tell_sets(done))
    if done.n_records:
        parts.append(
            f"Session effort was rated in {done.n_rated} of {done.n_records} sessions attended"
            + (
                f", {done.n_rated_inside} of them within what the week accepts."
                if done.n_rated
                else "."
            )
        )
    sources = ("ledger: attendance, set, session_rpe", "derived: course, adherence")
    return Told(" ".join(parts), sources)


def _tell_attendance(facts: StudyFacts, done: Delivery) -> str:
    n_unknown = done.n_sessions - done.n_attended - done.n_missed
    rest = f"; {n_unknown} weren't held yet or nobody said" if n_unknown else ""
    why = f" ({tell_reasons(done.missed_why)})" if done.missed_why else ""
    return (
        f"Sessions held: {facts.sessions.n_closed}. "
        f"{count(done.n_people, 'participant')} attended {done.n_attended} of {done.n_sessions}"
        f" planned person-sessions ({_percent(done.n_attended, done.n_sessions)}), {done.n_made_up}"
        f" of them as make-ups, and missed {done.n_missed}{why}{rest}."
    )


def _tell_sets(done: Delivery) -> str:
    unknown = f"; of {done.n_sets_unknown} nobody knows" if done.n_sets_unknown else ""
    return (
        f"Of {done.n_sets} sets prescribed in sessions attended {done.n_sets_done} were done"
        f" ({_percent(done.n_sets_done, done.n_sets)}){unknown}; {done.n_sets_observed} of those"
        " were seen by a trainer."
    )


def tell_modifications(facts: StudyFacts) -> Said:
    """Less or other than prescribed, for one person on one day."""
    if facts.arms is None:
        return NOT_BY_ARM
    done = facts.delivery
    if done is None or not done.n_records:
        return None
    if not done.modified:
        sentence = f"In none of {done.n_records} sessions attended was anything made less."
    else:
        told = "; ".join(f"{_MODIFIED.get(k, k)} {n}" for k, n in sorted(done.modified.items()))
        sentence = (
            "Person-sessions in which something was less or other than prescribed, by kind (one"
            f" session may have several), of {done.n_records} attended: {told}."
        )
    return Told(sentence, ("derived: adherence records, modified",))


def tell_early_ends(facts: StudyFacts) -> Said:
    """Sessions that ended early for somebody."""
    if facts.arms is None:
        return NOT_BY_ARM
    done = facts.delivery
    if done is None or not done.n_records:
        return None
    told = f" ({tell_reasons(done.ended_early)})" if done.ended_early else ""
    return Told(
        f"{sum(done.ended_early.values())} of {done.n_records} person-sessions ended early for"
        f" the participant{told}.",
        ("derived: adherence records, terminated",),
    )


def tell_trainers_followed(facts: StudyFacts) -> Said:
    """Each session keeps its plan; each set says how it is known."""
    if facts.arms is None:
        return NOT_BY_ARM
    done = facts.delivery
    if done is None or not done.n_sets:
        return None
    return Told(
        f"Each session keeps the plan that it was planned by. {_tell_sets(done)}",
        ("ledger: session_planned, set.evidence",),
    )


def tell_reasons(reasons: Mapping[str, int]) -> str:
    """`ill 3, not recorded 1`, the commonest first."""
    ordered = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    return join([f"{word.replace('_', ' ')} {n}" for word, n in ordered])


def _percent(n: int, of: int) -> str:
    return f"{100 * n / of:.1f} %" if of else "\N{EN DASH}"
