"""What the training plan says: what was to be done, how much, with what, how it gets harder."""

from protocol.training.plan import TrainingPlan
from protocol.training.vocabulary import Policy, RestScope, Support
from server.analysis.reporting.facts import StudyFacts
from server.analysis.reporting.told import Said, Told, count, join

_REST = {
    RestScope.BETWEEN_STATIONS: "between stations",
    RestScope.BETWEEN_ROUNDS: "between rounds",
    RestScope.BETWEEN_SETS: "between sets",
}
_SUPPORT = {
    Support.NONE: "no support",
    Support.WITHIN_REACH: "support within reach",
    Support.HOLD: "holding support",
}


def tell_brief_name(facts: StudyFacts) -> Said:
    """The plan's title."""
    plan = facts.plan
    return None if plan is None else Told(f"{plan.title}.", (name_source(facts, "title"),))


def tell_prescribed(facts: StudyFacts) -> Said:
    """One session, and what it is made of."""
    plan = facts.plan
    if plan is None:
        return None
    shape = plan.session
    categories = join([one.name.lower() for one in plan.categories])
    return Told(
        f"A session of {shape.total_min:g} minutes: {shape.warmup_min:g} minutes of warm-up"
        f" ({shape.warmup}), {shape.main_min:g} minutes of {shape.format} training and"
        f" {shape.cooldown_min:g} minutes of cool-down. {plan.selection.stations} stations a"
        f" session from {len(plan.exercises)} exercises of {categories}, in {shape.rounds} rounds"
        f" with {shape.rest_s:g} s of rest {_REST[shape.rest_scope]}; emphasis on"
        f" {shape.emphasis}.",
        (name_source(facts, "session, selection, categories"),),
    )


def tell_dosage(facts: StudyFacts) -> Said:
    """Weeks, sessions, sets, amounts, effort, bands."""
    plan = facts.plan
    if plan is None:
        return None
    course, shape = plan.course, plan.session
    amounts = "; ".join(
        f"{one.name} in weeks {_span(one.weeks)}, {one.sets} \N{MULTIPLICATION SIGN}"
        f" {_span(one.amount)}"
        for one in plan.categories
    )
    effort = "; ".join(
        f"weeks {_span(one.weeks)} {one.word} ({_span(one.target)})" for one in plan.effort
    )
    return Told(
        f"{course.weeks} weeks of {count(course.sessions_per_week, 'session')} ({plan.n_sessions}"
        f" in all) of {shape.total_min:g} minutes. Sets \N{MULTIPLICATION SIGN} amount:"
        f" {amounts}. Perceived exertion aimed at ({_name_scale(plan)}): {effort}.",
        (name_source(facts, "course, session, categories, effort"),),
    )


def tell_exercises(facts: StudyFacts) -> Said:
    """Each with its weeks, sets, amounts, unit and support."""
    plan = facts.plan
    if plan is None:
        return None
    told = []
    for one in plan.exercises:
        rows = ", ".join(
            f"weeks {_span(row.weeks)} {row.sets} \N{MULTIPLICATION SIGN} {_span(row.amount)}"
            for row in plan.rows_of(one)
        )
        told.append(f"{one.name} ({rows} {one.unit.value}; {_SUPPORT[one.support]})")
    return Told(
        f"{len(told)} exercises: {'; '.join(told)}.",
        (name_source(facts, "exercises, categories"),),
    )


def tell_equipment(facts: StudyFacts) -> Said:
    """What the exercises need."""
    plan = facts.plan
    if plan is None:
        return None
    needs = sorted({need for one in plan.exercises for need in one.needs})
    sentence = f"The exercises need: {join(needs)}." if needs else "The exercises need nothing."
    if plan.bands is not None:
        order = ", ".join(plan.bands.order)
        sentence += f" Bands: {plan.bands.make}, from the weakest: {order}."
    return Told(sentence, (name_source(facts, "exercises.needs, bands"),))


def tell_progression_rule(facts: StudyFacts) -> Said:
    """By steps, or by criteria."""
    plan = facts.plan
    if plan is None:
        return None
    rules = plan.progression
    sentence = (
        "By the plan's steps of week and session, the same for all."
        if rules.policy is Policy.AS_PRINTED
        else f"By criteria for each person and exercise: {rules.observed_sets} observed sets at"
        " the top of the range, good form, and an effort at or below the one aimed at, in"
        f" {rules.sessions} sessions running; evidence older than {rules.within_sessions}"
        " sessions is asked for anew, and what was only assumed never counts."
    )
    if rules.locked:
        locked = join(list(rules.locked)).capitalize()
        sentence += f" {locked} exercises only once somebody signed her ready."
    return Told(sentence, (name_source(facts, "progression"),))


def tell_progression(facts: StudyFacts) -> Said:
    """What climbs, week by week."""
    plan = facts.plan
    if plan is None:
        return None
    steps = "; ".join(
        f"{one.name} {', '.join(f'{step:g}' for step in one.steps)}" for one in plan.categories
    )
    sentence = f"Amounts spread evenly over each category's weeks: {steps}."
    if plan.bands is not None:
        weeks = ", ".join(f"{n} {band}" for n, band in enumerate(plan.bands.ceiling, start=1))
        sentence += f" Strongest band allowed in week: {weeks}."
    return Told(sentence, (name_source(facts, "categories.steps, bands.ceiling"),))


def tell_tailored(facts: StudyFacts) -> Said:
    """One for all, or each her own."""
    plan = facts.plan
    if plan is None:
        return None
    is_same = plan.progression.policy is Policy.AS_PRINTED
    sentence = (
        "The same plan for all; less or another exercise was possible for each person, with a"
        " reason."
        if is_same
        else "Tailored: each participant moves on by her own criteria, exercise by exercise."
    )
    return Told(sentence, (name_source(facts, "progression.policy"),))


def tell_tailored_how(facts: StudyFacts) -> Said:
    """The ways that the system has for it, and the rule."""
    said = tell_tailored(facts)
    rule = tell_progression_rule(facts)
    if not isinstance(said, Told) or not isinstance(rule, Told):
        return None
    return Told(
        f"{said.sentence} {rule.sentence} On the day: readiness was asked before the session, and"
        " a lighter day, another exercise, fewer repetitions or a weaker band were entered with"
        " who did it and why.",
        (*rule.sources, "ledger: readiness, readiness_decision, level_changed, substitution"),
    )


def tell_starting_level(facts: StudyFacts) -> Said:
    """The plan's first step, or its axes' start."""
    plan = facts.plan
    if plan is None:
        return None
    if plan.progression.policy is Policy.AS_PRINTED:
        firsts = "; ".join(f"{one.name} {one.steps[0]:g}" for one in plan.categories if one.steps)
        sentence = f"All begin with the first step of the plan: {firsts}."
    else:
        starts = "; ".join(
            f"{one.category} at the {one.start.value}" for one in plan.progression.categories
        )
        sentence = f"Where in its range each category begins: {starts}."
    return Told(sentence, (name_source(facts, "categories.steps, progression.categories"),))


def tell_home(facts: StudyFacts) -> Said:
    """The plan has sessions and nothing else."""
    if facts.plan is None:
        return None
    sentence = "The training plan holds supervised sessions only."
    return Told(sentence, (name_source(facts, "course, session"),))


def tell_standardised(facts: StudyFacts) -> Said:
    """By which plans sessions were planned."""
    if not facts.plans:
        return None
    told = "; ".join(
        f"{one.name} ({count(one.n_sessions, 'session')}, SHA-256 {one.sha256[:12]})"
        for one in facts.plans
    )
    return Told(
        f"Sessions were planned by {count(len(facts.plans), 'training plan')}, and each keeps its"
        f" plan's hash: {told}.",
        ("ledger: session_planned.plan_sha256",),
    )


def name_source(facts: StudyFacts, fields: str) -> str:
    """The plan and the fields of it."""
    used = facts.plans[0]
    return f"training plan {used.name} ({used.sha256[:12]}): {fields}"


def _span(pair: tuple[float, float]) -> str:
    low, high = pair
    return f"{low:g}" if low == high else f"{low:g}\N{EN DASH}{high:g}"


def _name_scale(plan: TrainingPlan) -> str:
    scales = {"borg_6_20": "Borg, 6\N{EN DASH}20", "borg_cr10": "Borg CR10"}
    return scales.get(plan.effort_scale.scale, plan.effort_scale.scale)
