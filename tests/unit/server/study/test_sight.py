"""Who sees and enters what."""

import pytest

from server.people.roles import Role
from server.study.fields.drawn import ASSAYED, DRAWN, DRAWN_BY_NAME
from server.study.fields.field import Field
from server.study.fields.measured import MEASURED
from server.study.sight import SIGHTS

ALL: tuple[Field, ...] = (*MEASURED, *DRAWN, *ASSAYED)
BLINDED = (Role.ASSESSOR, Role.LAB, Role.STATISTICIAN)


@pytest.mark.parametrize("role", BLINDED)
def test_who_is_blinded_knows_no_arm_and_nothing_that_tells_it(role: Role) -> None:
    sight = SIGHTS[role]
    assert not sight.knows_arm
    assert not [field.name for field in ALL if sight.may_read(field) and field.reveals_arm]


def test_nobody_enters_what_she_does_not_see() -> None:
    for sight in SIGHTS.values():
        assert all(sight.may_read(field) for field in ALL if sight.may_enter(field))


def test_a_laboratory_sees_tubes_and_plates_only() -> None:
    sight = SIGHTS[Role.LAB]
    assert sight.list_read(MEASURED) == []
    assert sight.list_read(DRAWN) == [DRAWN_BY_NAME["drawn_at"]]
    assert sight.list_read(ASSAYED) == list(ASSAYED)


def test_who_measures_sees_no_result() -> None:
    for role in (Role.ASSESSOR, Role.CLINICIAN):
        assert SIGHTS[role].list_read(ASSAYED) == []
    assert not SIGHTS.keys() & {Role.TRAINER, Role.ASSISTANT, Role.ADMIN}


def test_who_only_reads() -> None:
    for role in (Role.MONITOR, Role.STATISTICIAN):
        assert SIGHTS[role].list_entered(MEASURED, DRAWN, ASSAYED) == frozenset()
