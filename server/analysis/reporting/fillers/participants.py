"""Who takes part: arms, losses, days, and how arms stayed hidden."""

from datetime import date

from server.analysis.reporting.facts import StudyFacts
from server.analysis.reporting.fillers.delivery import tell_reasons
from server.analysis.reporting.told import NOT_BY_ARM, Said, Told, count, join

_ENTRIES = "participants: arm"
_LEFT = "withdrawn"  # of the one vocabulary of missing values: she had left the study


def tell_design(facts: StudyFacts) -> Said:
    """Two parallel arms, and their sizes."""
    if facts.arms is None:
        return NOT_BY_ARM
    if not facts.arms:
        return None
    arms = join([f"{one.n} to {one.arm}" for one in facts.arms])
    total = sum(one.n for one in facts.arms)
    return Told(
        f"{count(len(facts.arms), 'parallel arm')}: of {count(total, 'participant')} entered,"
        f" {arms}.",
        (_ENTRIES,),
    )


def tell_flow(facts: StudyFacts) -> Said:
    """Entered, trained, analysed, by arm."""
    if facts.arms is None:
        return NOT_BY_ARM
    if not facts.arms:
        return None
    told = []
    for one in facts.arms:
        analysed = "".join(
            f"; {found.n_pairs} analysed for {name.upper()}" for name, found in one.outcomes.items()
        )
        told.append(f"{one.arm} {one.n} entered; {one.n_trained} came to a session{analysed}")
    sources = (_ENTRIES, "ledger: attendance", "samples: value at baseline and post")
    refused = (
        f" Outcomes aren't counted: {facts.outcomes_refused}." if facts.outcomes_refused else ""
    )
    return Told(f"By arm: {'. '.join(told)}.{refused}", sources)


def tell_losses(facts: StudyFacts) -> Said:
    """By the reasons that missing measurements after the course were given."""
    if facts.arms is None:
        return NOT_BY_ARM
    if not any(one.outcomes for one in facts.arms):
        return None
    told = []
    for one in facts.arms:
        for name, found in one.outcomes.items():
            n_lost = found.n - found.n_pairs
            why = (
                f" (no value after: {tell_reasons(found.why_no_post)})" if found.why_no_post else ""
            )
            told.append(f"{one.arm}, {name.upper()}: {n_lost} of {found.n} not analysed{why}")
    n_left = max(
        (sum(f.outcomes[name].why_no_post.get(_LEFT, 0) for f in facts.arms)
         for name in facts.arms[0].outcomes),
        default=0,
    )  # fmt: skip
    return Told(
        f"{'; '.join(told)}. Said to have left the study before the last measurement: {n_left}.",
        ("samples: value at post, reasons of missing values",),
    )


def tell_dates(facts: StudyFacts) -> Said:
    """Of entries here, of sessions, of blood."""
    sessions = facts.sessions
    parts = []
    if facts.entered is not None:
        parts.append(f"Participants were entered in this system {_tell_span(*facts.entered)}")
    if sessions.first is not None and sessions.last is not None:
        parts.append(f"sessions were held {_tell_span(sessions.first, sessions.last)}")
    if facts.drawn is not None:
        parts.append(f"blood was drawn {_tell_span(*facts.drawn)}")
    if not parts:
        return None
    return Told(
        f"{'; '.join(parts)} (UTC).",
        ("participants: first entry", "ledger: session_planned", "samples: drawn_at"),
    )


def tell_delay(facts: StudyFacts) -> Said:
    """From the day somebody was entered here to the day of her first session."""
    if facts.arms is None:
        return NOT_BY_ARM
    told = []
    for one in facts.arms:
        days = sorted(d for d in one.first_after_d if d >= 0)
        n_later = len(one.first_after_d) - len(days)
        if n_later:
            told.append(f"{one.arm}: {n_later} were entered here only afterwards")
        if days:
            middle = days[len(days) // 2] if len(days) % 2 else sum(_middle(days)) / 2
            told.append(
                f"{one.arm}: median {middle:g} days (from {days[0]} to {days[-1]}, n = {len(days)})"
            )
    if not told:
        return None
    return Told(
        f"From entry in this system to the first session attended: {'; '.join(told)}.",
        ("participants: first entry", "ledger: attendance"),
    )


def tell_blinding(facts: StudyFacts) -> Said:
    """What the system showed to whom."""
    before = (
        "Nobody real takes part, so nothing was hidden in analyses."
        if facts.is_simulated
        else "Until the data are locked, analyses here run on arms dealt anew by chance."
    )
    return Told(
        "In this system the roles assessor, laboratory, statistician and clinician see no arm."
        f" {before}",
        ("roles", "analysis: lock"),
    )


def tell_interim(facts: StudyFacts) -> Said:
    """What could be run before the lock."""
    if facts.is_simulated:
        return None
    return Told(
        "Until the data are locked this system runs no analysis by real arms.",
        ("analysis: lock",),
    )


def _middle(days: list[int]) -> tuple[int, int]:
    half = len(days) // 2
    return days[half - 1], days[half]


def _tell_span(first: date, last: date) -> str:
    if first == last:
        return f"on {first.isoformat()}"
    return f"from {first.isoformat()} to {last.isoformat()}"
