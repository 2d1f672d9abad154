"""The shipped plans say what the study prints: words and numbers typed from its Table 1."""

import pytest

from protocol.training.plan import TrainingPlan, compute_digest
from protocol.training.shipped import SHIPPED, read_bases, read_shipped_plan
from protocol.training.vocabulary import Origin, Policy
from tests.unit.protocol.training.plans import as_printed, tailored

# Table 1: category, weeks, sets x repetitions, content of training.
TABLE_1 = {
    "Core Stability": (
        (1, 6), 3, (8, 12),
        ["Supine abdominal draw-in", "pelvic tilt", "Abdominal draw in with knee to chest",
         "Supine butt lift with arms at side", "Quadruped with leg lift",
         "Quadruped opposite arm/leg"],
    ),
    "Strength": (
        (1, 8), 3, (8, 15),
        ["Shoulder and hip flexion with theraband", "Abduction of shoulder and hip with theraband",
         "Extension of shoulder and hip joint with theraband", "Flexion of hip with theraband",
         "Flexion of knee with theraband"],
    ),
    "Balance": (
        (1, 7), 3, (8, 15),
        ["Static lunge with support", "Tandem stance", "Static lunge without support",
         "Tandem stance on the foam with support", "Tandem stance on the foam without help"],
    ),
    "Agility": (
        (1, 7), 3, (3, 15),
        ["Sit-to-stand", "Walking between two cone obstacles",
         "Walk diagonally between two obstacles", "Zigzag walking between obstacles",
         "Fast walking between two cone obstacle", "Fast walking between two obstacles diagonally",
         "Zigzag running between obstacles"],
    ),
    "Plyometric": (
        (6, 8), 3, (3, 12),
        ["Dynamic lunge with return", "Side step up (low height)", "Vertical jump",
         "Pair jump at specified locations",
         "Hopping (jumping from one leg to the same leg) at specified locations"],
    ),
}  # fmt: skip
# The balance row's nested numbers: "1 3 8 1-2 3 8 and 10 2 3 8 and 12 3-4 3 8 and 12 and 15".
BALANCE_ROWS = [((1, 1), 3, (8,)), ((1, 2), 3, (8, 10)), ((2, 2), 3, (8, 12)),
                ((3, 4), 3, (8, 12, 15))]  # fmt: skip


@pytest.mark.parametrize("name", SHIPPED)
def test_table_1_is_in_the_plan_word_for_word(name: str) -> None:
    plan = read_shipped_plan(name)
    shown = {
        category.printed_name: (
            category.weeks,
            category.sets,
            category.amount,
            [one.printed_name for one in plan.exercises if one.category == category.id],
        )
        for category in plan.categories
    }
    assert shown == TABLE_1
    rows = next(one.printed_rows for one in plan.categories if one.id == "balance")
    assert [(row.weeks, row.sets, row.amounts) for row in rows] == BALANCE_ROWS


@pytest.mark.parametrize("name", SHIPPED)
def test_the_text_is_in_the_plan(name: str) -> None:
    plan = read_shipped_plan(name)
    shape = plan.session
    assert (plan.course.weeks, plan.course.sessions_per_week, plan.n_sessions) == (8, 3, 24)
    assert (shape.warmup_min, shape.main_min, shape.cooldown_min, shape.total_min) == (
        10, 45, 5, 60,
    )  # fmt: skip
    assert (shape.rounds, shape.rest_s, shape.format) == (3, 60, "circuit")
    assert [(one.weeks, one.word) for one in plan.effort] == [
        ((1, 2), "very low"), ((3, 5), "low"), ((6, 8), "moderate"),
    ]  # fmt: skip
    assert plan.bands is not None
    assert plan.bands.order == ("red", "green", "blue", "black")
    assert (plan.text.amount, plan.text.effort_range) == ((8, 15), (9, 13))
    assert (plan.text.late_category, plan.text.late_weeks) == ("plyometric", 2)


def test_reading_r1_of_the_balance_row() -> None:
    rows = {
        one.id: (one.rows[0].weeks, one.rows[0].steps)
        for one in as_printed().exercises
        if one.category == "balance"
    }
    assert rows == {
        "static-lunge-support": ((1, 1), (8,)),
        "tandem-stance": ((1, 2), (8, 10)),
        "static-lunge-free": ((2, 2), (8, 12)),
        "tandem-foam-support": ((3, 4), (8, 12, 15)),
        "tandem-foam-free": ((5, 7), (8, 10, 12, 15)),
    }


PRINTED = [
    "course.weeks", "session.rest_s", "session.rounds", "bands.order", "effort[1].word",
    "categories.core.amount", "categories.balance.printed_rows",
    "exercises.hip-flexion-band.band", "exercises.static-lunge-support.support",
    "exercises.hop-marks.printed_name", "text.effort_range",
]  # fmt: skip
INFERRED = [
    "session.rest_scope", "session.unit_s", "session.late_warmup_min", "bands.ceiling",
    "effort[1].target",
    "categories.core.steps", "exercises.tandem-stance.unit", "exercises.tandem-stance.rows",
    "exercises.hop-marks.level", "exercises.pair-jump-marks.name", "selection.stations",
    "exercises.tandem-foam-free.support", "effort_scale.lowest_word",
]  # fmt: skip


def test_what_is_printed_and_what_is_ours() -> None:
    said = as_printed().provenance
    assert [path for path in PRINTED if said[path].origin is not Origin.PRINTED] == []
    assert [path for path in INFERRED if said[path].origin is not Origin.INFERRED] == []


def _fields_with_values(plan: TrainingPlan) -> set[str]:
    """Paths of all that differs from nothing, leaving out our own handles."""
    found = set()
    tables = {
        name: getattr(plan, name)
        for name in ("course", "session", "bands", "effort_scale", "safety", "selection",
                     "progression", "text")
    }  # fmt: skip
    tables |= {f"effort[{n}]": one for n, one in enumerate(plan.effort, 1)}
    tables |= {f"categories.{one.id}": one for one in plan.categories}
    tables |= {f"exercises.{one.id}": one for one in plan.exercises}
    for where, table in tables.items():
        for field in table.__struct_fields__:
            if field != "id" and getattr(table, field) not in (None, (), "", False):
                found.add(f"{where}.{field}")
    return found


# Numbers of the policy that a plan without criteria leaves at their default.
UNUSED = {"progression.sessions", "progression.observed_sets", "progression.within_sessions"}


@pytest.mark.parametrize("name", SHIPPED)
def test_every_field_says_where_it_comes_from(name: str) -> None:
    plan = read_shipped_plan(name)
    silent = _fields_with_values(plan) - set(plan.provenance)
    assert silent <= UNUSED
    if plan.progression.policy is Policy.TAILORED:
        assert not silent
    assert all(said.source for said in plan.provenance.values())


def test_the_two_share_their_exercises_and_differ_in_progression() -> None:
    assert as_printed().progression.policy is Policy.AS_PRINTED
    assert tailored().progression.policy is Policy.TAILORED
    for field in ("categories", "exercises", "course", "session", "effort", "bands", "selection"):
        assert getattr(as_printed(), field) == getattr(tailored(), field)
    assert compute_digest(as_printed()) != compute_digest(tailored())


def test_no_limit_is_in_force_and_plyometrics_are_locked() -> None:
    for plan in (as_printed(), tailored()):
        assert plan.safety.thresholds_in_force is None
        assert (plan.safety.hr_ceiling_bpm, plan.safety.rpe_alert, plan.safety.rpe_hold) == (
            None, None, None,
        )  # fmt: skip
        assert plan.progression.locked == ("plyometric",)


# Words of the licensed scale's anchors that no shipped text may hold.
LICENSED = ("exertion at all", "extremely light", "somewhat hard", "very hard", "maximal exertion")


def test_no_licensed_wording_ships() -> None:
    texts = " ".join(read_bases().values()).lower()
    assert [words for words in LICENSED if words in texts] == []
