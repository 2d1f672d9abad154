"""Outcomes, statistics and what was changed, as the plan of the analysis has them."""

from server.analysis.plan import AnalysisPlan
from server.analysis.plan_words import tell_dose_sessions, tell_enough
from server.analysis.report.number_words import name_interval
from server.analysis.reporting.facts import StudyFacts
from server.analysis.reporting.told import Later, Said, Told, count, join

_PLAN = "analysis plan"
_AFTER_LOCK = Later("'doseline-server analyse' gives it once the data are locked.")


def tell_outcomes(facts: StudyFacts) -> Said:
    """Co-primary, with unit, matrix and time points."""
    if facts.registered is None:
        return None
    plan = facts.registered.plan
    named = []
    for name in plan.outcomes:
        matrices = facts.matrices.get(name, ())
        of = f" in {join(list(matrices))}" if matrices else ""
        named.append(f"{name.upper()}{of}")
    return Told(
        f"Co-primary: {join(named)}, concentration in pg/mL, as one value a participant before and"
        " one after the course; compared as the value after, beside the value before"
        + (f". Exploratory dose: {plan.dose} over the course" if plan.dose else "")
        + ".",
        (f"{_PLAN}: outcomes, dose, matrix", "samples: matrix, unit"),
    )


def tell_statistics(facts: StudyFacts) -> Said:
    """The primary comparison."""
    if facts.registered is None:
        return None
    plan = facts.registered.plan
    n = len(plan.outcomes)
    return Told(
        "Analysis of covariance of the value after on arm and value before, two-sided \u03b1 ="
        f" {plan.alpha:g}"
        + (f", Holm's adjustment over {n} outcomes" if n > 1 else "")
        + f"; the difference with its {name_interval(plan.level)}. Plan SHA-256"
        f" {plan.sha256[:12]}, registered {facts.registered.on.isoformat()}, before the data were"
        " locked.",
        (f"{_PLAN}: outcomes, alpha", "doseline " + facts.version),
    )


def tell_analysed_population(facts: StudyFacts) -> Said:
    """As allocated, complete pairs."""
    if facts.registered is None:
        return None
    return Told(
        "Everybody entered, in the arm that she is entered in, whatever she attended; each outcome"
        " with the participants who have it before and after.",
        (f"{_PLAN}: outcomes", "participants: arm"),
    )


def tell_missing_handled(facts: StudyFacts) -> Said:
    """Nothing is imputed in the primary analysis."""
    if facts.registered is None:
        return None
    return Told(
        "The primary analysis takes complete pairs and imputes nothing; beside it mixed models keep"
        " who has one value, multiple imputation draws missing values after, and a tipping point"
        " says how different they would have to be. Each missing value has its reason.",
        ("report: Missing measurements, Effect sizes and robustness",),
    )


def tell_other_methods(facts: StudyFacts) -> Said:
    """Planned ones; what departs from the plan is told as such."""
    if facts.registered is None:
        return None
    plan = facts.registered.plan
    beside = f"{_tell_dose(plan)}{_tell_attendance(plan)}"
    return Told(
        "Planned beside the primary one: mixed analysis of variance, Hedges g, Welch's t,"
        f" Mann\u2013Whitney, permutation ({plan.permutations}), bootstrap ({plan.bootstrap}),"
        f" mixed models, seed {plan.seed}{beside}. What is run otherwise than planned is"
        " listed in the report as a departure.",
        (
            f"{_PLAN}: dose, dose_sensitivity, dose_sessions, attendance",
            f"{_PLAN}: permutations, bootstrap, seed",
        ),
    )


def _tell_dose(plan: AnalysisPlan) -> str:
    if plan.dose is None:
        return ""
    more = f", with {join(list(plan.dose_sensitivity))} beside" if plan.dose_sensitivity else ""
    return f"; dose and response within training by {plan.dose}{more}, {tell_dose_sessions(plan)}"


def _tell_attendance(plan: AnalysisPlan) -> str:
    if plan.attendance is None:
        return ""
    return f"; secondary, per protocol ({tell_enough(plan)}) and the effect among compliers"


def tell_plans(facts: StudyFacts) -> Said:
    """Which plans there are, by their hash."""
    told = [f"training plan {one.name}, SHA-256 {one.sha256[:12]}…" for one in facts.plans]
    if facts.registered is not None:
        told.append(f"analysis plan, SHA-256 {facts.registered.plan.sha256[:12]}…")
    if not told:
        return None
    return Told(f"In this system: {'; '.join(told)}.", ("training plans", _PLAN))


def tell_datasets(facts: StudyFacts) -> Said:
    """How many datasets were handed out."""
    if not facts.n_datasets:
        return None
    return Told(
        f"{count(facts.n_datasets, 'dataset')} with codebook, under pseudonyms, were handed out so"
        " far.".replace("were", "was" if facts.n_datasets == 1 else "were"),
        ("datasets handed out",),
    )


def tell_changes(facts: StudyFacts) -> Said:
    """Replaced plans, corrected arms."""
    if facts.registered is None:
        return None
    replaced = facts.registered.replaced
    sentence = (
        f"The analysis plan was replaced {count(len(replaced), 'time')} before the lock:"
        f" {'; '.join(replaced)}."
        if replaced
        else "The analysis plan was never replaced."
    )
    n = facts.n_arm_changes
    sentence += (
        f" The arm of a participant was corrected {count(n, 'time')}."
        if n
        else " No participant's arm was changed after her entry."
    )
    if len(facts.plans) > 1:
        sentence += f" Sessions were planned by {len(facts.plans)} training plans."
    return Told(sentence, (f"{_PLAN}: records", "participants: entries"))


def tell_baseline_table(facts: StudyFacts) -> Said:
    """In the report."""
    if facts.registered is None:
        return None
    if not facts.is_locked:
        return _AFTER_LOCK
    columns = [*facts.registered.plan.baseline_columns, *facts.registered.plan.outcomes]
    return Told(f"By arm: {join(columns)}; no test decides on it.", ("report: Baseline",))


def tell_results(facts: StudyFacts) -> Said:
    """In the report."""
    if facts.registered is None:
        return None
    if not facts.is_locked or facts.arms is None:
        return _AFTER_LOCK
    told = "; ".join(
        f"{name.upper()} "
        + ", ".join(
            f"{one.arm} {one.outcomes[name].n_pairs} analysed of {one.outcomes[name].n_post}"
            " measured after"
            for one in facts.arms
        )
        for name in facts.registered.plan.outcomes
    )
    return Told(
        f"{told}. Means, adjusted difference, interval and p stand in the report; there is no"
        " binary outcome.",
        ("report: Primary analysis, Before and after",),
    )


def tell_other_results(facts: StudyFacts) -> Said:
    """In the report."""
    if facts.registered is None:
        return None
    if not facts.is_locked:
        return _AFTER_LOCK
    return Told(
        "The report has all of them, whatever they gave, and departures from the plan by name.",
        ("report: Effect sizes and robustness, Dose and response",),
    )
