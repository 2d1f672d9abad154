"""What a strap goes through is told once, and stands until it is over."""

import logging
import random
from dataclasses import replace

import pytest

from gateway.straps.chronicle import DOUBLE, Chronicle
from gateway.straps.first_uses import FirstUses
from gateway.straps.patience import Adapter
from gateway.straps.phases import Link, LinkPlan, Phase, open_link
from gateway.straps.recorder import OFF_ROSTER
from gateway.straps.site import Site
from gateway.straps.whereabouts import MET, RIVAL, FirstUse
from protocol.identifiers import StrapId
from tests.unit.gateway.straps.fake_air import FakeAir
from tests.unit.gateway.straps.kept import Kept
from tests.unit.gateway.straps.strap_clock import HandClock

STRAP = StrapId("51ADA001")
WAITING = open_link(LinkPlan(STRAP, heart_rate=True, movement=True))
STREAMING = replace(WAITING, phase=Phase.STREAMING, address="a", held=FirstUse("a", True))
NOBODY = frozenset[str]()


def lost(why: str) -> Link:
    return replace(STREAMING, phase=Phase.WAITING, why=why)


@pytest.fixture
def site() -> Site:
    clock = HandClock()
    return Site(
        FakeAir().backend, Kept(), clock, random.Random(1), Adapter(clock), str, 200, FirstUses()
    )


def details(site: Site) -> list[str | None]:
    assert isinstance(site.recorder, Kept)
    return [event.detail for event in site.recorder.links()]


def test_the_first_of_a_row_of_errors_is_a_warning_and_its_end_is_told(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    """Goes red if a strap that is away fills the log, or comes back in silence."""
    caplog.set_level(logging.INFO)
    chronicle, before = Chronicle(STRAP, site), STREAMING
    for link in (lost("away"), lost("still away"), lost("away"), STREAMING):
        chronicle.follow(before, link, -60, 1)
        before = link
    told = [(r.levelname, r.message) for r in caplog.records]
    assert told == [
        ("WARNING", "strap 51ADA001: away (waiting)"),
        ("INFO", "strap 51ADA001: streams again"),
    ]


def test_an_error_stands_until_the_strap_streams(site: Site) -> None:
    chronicle = Chronicle(STRAP, site)
    chronicle.follow(STREAMING, lost("away"), None, 1)
    connecting = replace(WAITING, phase=Phase.CONNECTING)
    chronicle.follow(lost("away"), connecting, None, 2)
    assert chronicle.find_trouble(connecting, NOBODY, 2) == "away"
    chronicle.follow(connecting, STREAMING, None, 3)
    assert chronicle.find_trouble(STREAMING, NOBODY, 3) is None


def test_d6_a_first_use_is_noted_and_recorded_once(site: Site) -> None:
    chronicle, identified = Chronicle(STRAP, site), replace(STREAMING, phase=Phase.SUBSCRIBING)
    chronicle.follow(WAITING, identified, -60, 1)
    chronicle.follow(identified, STREAMING, -60, 2)
    assert site.first_uses.find(STRAP) == FirstUse("a", told_serial=True)
    assert details(site).count(MET) == 1


def test_d6_conflicts_are_recorded_as_they_begin_and_told_while_they_last(site: Site) -> None:
    chronicle = Chronicle(STRAP, site)
    chronicle.heard_anew(STREAMING, "a", -60)
    assert details(site) == []
    chronicle.heard_anew(STREAMING, "b", -60)
    doubled = replace(STREAMING, doubled_ns=5)
    chronicle.follow(STREAMING, doubled, -60, 5)
    chronicle.follow(doubled, doubled, -60, 6)
    assert [detail for detail in details(site) if detail] == [RIVAL, DOUBLE]
    assert chronicle.find_trouble(STREAMING, frozenset({"a", "b"}), 7) == RIVAL
    assert chronicle.find_trouble(doubled, NOBODY, 7) == DOUBLE
    assert chronicle.find_trouble(STREAMING, frozenset({"a"}), 7) is None


def test_off_the_roster_nothing_is_recorded_but_that_it_is(site: Site) -> None:
    chronicle = Chronicle(STRAP, site)
    chronicle.end()
    chronicle.follow(WAITING, STREAMING, -60, 1)
    chronicle.heard_anew(STREAMING, "b", -60)
    assert details(site) == [OFF_ROSTER]
