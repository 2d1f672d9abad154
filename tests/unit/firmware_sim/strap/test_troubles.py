"""Troubles that run out."""

import pytest

from firmware_sim.scenario.faults import FaultKind
from firmware_sim.strap.troubles import Troubles


def test_none_at_first() -> None:
    troubles = Troubles()
    assert troubles.feels_skin(0)
    assert not troubles.is_asleep(0)
    assert troubles.pod_off_for_ns(0) == 0


def test_each_ends_by_itself() -> None:
    troubles = Troubles(contact_lost_until_ns=10, asleep_until_ns=20)
    assert [troubles.feels_skin(at) for at in (9, 10)] == [False, True]
    assert [troubles.is_asleep(at) for at in (19, 20)] == [True, False]


def test_a_pod_that_is_off_feels_no_skin() -> None:
    troubles = Troubles(pod_off_from_ns=5, pod_off_until_ns=10)
    assert not troubles.feels_skin(9)
    assert troubles.pod_off_for_ns(9) == 4
    assert troubles.pod_off_for_ns(10) == 0


@pytest.mark.parametrize(
    ("kind", "options", "begun"),
    [
        (FaultKind.CONTACT_LOSS, {}, Troubles(contact_lost_until_ns=12)),
        (FaultKind.POD_OFF, {}, Troubles(pod_off_from_ns=5, pod_off_until_ns=12)),
        (FaultKind.ASLEEP, {}, Troubles(asleep_until_ns=12)),
        (FaultKind.KNOCKS, {"pause_s": 1e-9}, Troubles(knocks_ns=(5, 6, 7))),
        (FaultKind.CLOCK_STEP, {"step_s": 1.0}, Troubles()),
    ],
)
def test_each_kind_begins_now_and_lasts_its_time(
    kind: FaultKind, options: dict[str, float], begun: Troubles
) -> None:
    troubles = Troubles()
    troubles.begin(kind, 5, 7, options)
    assert troubles == begun
