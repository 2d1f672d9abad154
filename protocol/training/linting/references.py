"""Names in a plan that stand for nothing, or for two things."""

from collections import Counter
from collections.abc import Iterator

from protocol.training.linting.findings import Finding, find_error
from protocol.training.plan import TrainingPlan


def find_duplicates(plan: TrainingPlan) -> Iterator[Finding]:
    listed = plan.selection.listed
    lists = [
        ("categories", [one.id for one in plan.categories]),
        ("exercises", [one.id for one in plan.exercises]),
        ("progression.categories", [one.category for one in plan.progression.categories]),
        ("bands.order", list(plan.bands.order) if plan.bands else []),
        ("selection.listed", [f"session {one.session}" for one in listed]),
        *((f"selection.listed session {one.session}", list(one.stations)) for one in listed),
    ]
    for where, names in lists:
        for name, n in Counter(names).items():
            if n > 1:
                yield find_error("duplicate", where, f"{name} is there {n} times")


def find_unknown_names(plan: TrainingPlan) -> Iterator[Finding]:
    known = {
        "category": {one.id for one in plan.categories},
        "exercise": {one.id for one in plan.exercises},
        "band": set(plan.bands.order) if plan.bands else set(),
    }
    for kind, where, name in _name_references(plan):
        if name not in known[kind]:
            yield find_error(f"unknown_{kind}", where, f"there is no {kind} {name!r}")


def _name_references(plan: TrainingPlan) -> Iterator[tuple[str, str, str]]:
    """(kind, where it is named, name) of everything that is named."""
    for exercise in plan.exercises:
        where = f"exercises.{exercise.id}"
        yield "category", f"{where}.category", exercise.category
        led = {"harder": exercise.harder, "instead": exercise.instead}
        yield from (("exercise", f"{where}.{key}", name) for key, name in led.items() if name)
    for listed in plan.selection.listed:
        where = f"selection.listed session {listed.session}"
        yield from (("exercise", where, name) for name in listed.stations)
    policies = [one.category for one in plan.progression.categories]
    yield from (("category", "progression.categories", name) for name in policies)
    yield from (("category", "progression.locked", name) for name in plan.progression.locked)
    yield from (("category", f"text.{key}", name) for key, name in _name_in_text(plan) if name)
    ceiling = plan.bands.ceiling if plan.bands else ()
    yield from (("band", "bands.ceiling", name) for name in ceiling)


def _name_in_text(plan: TrainingPlan) -> list[tuple[str, str | None]]:
    text = plan.text
    return [
        ("late_category", text.late_category),
        ("varying_intensity", text.varying_intensity),
    ]


def find_circles(plan: TrainingPlan) -> Iterator[Finding]:
    """`harder` must end somewhere."""
    harder = {one.id: one.harder for one in plan.exercises}
    for start in harder:
        seen = [start]
        while (following := harder.get(seen[-1])) is not None and following not in seen:
            seen.append(following)
        if following == start:
            message = f"leads back to itself: {' → '.join([*seen, start])}"
            yield find_error("harder_in_a_circle", f"exercises.{start}.harder", message)


def find_shared_harder(plan: TrainingPlan) -> Iterator[Finding]:
    """Two easier exercises of one harder would make two families of one."""
    leading = Counter(one.harder for one in plan.exercises if one.harder is not None)
    for name, n in leading.items():
        if n > 1:
            message = f"{n} exercises lead to it with `harder`; a family is one line"
            yield find_error("harder_of_two", f"exercises.{name}", message)


def find_locked_substitutes(plan: TrainingPlan) -> Iterator[Finding]:
    """What she does while something is locked for her must be open to her."""
    locked = {one.id for one in plan.exercises if one.category in plan.progression.locked}
    for exercise in plan.exercises:
        where = f"exercises.{exercise.id}.instead"
        if exercise.instead in locked:
            yield find_error("substitute_locked", where, f"{exercise.instead} is locked too")
        elif exercise.id in locked and exercise.instead is None:
            message = "is locked until a readiness sign-off, and nothing stands in for it"
            yield find_error("no_substitute", where, message)
