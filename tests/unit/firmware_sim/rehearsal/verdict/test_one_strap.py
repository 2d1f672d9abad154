"""The evidence is split by strap: to each its own, and to all what concerns all."""

from dataclasses import replace

from firmware_sim.rehearsal.verdict.evidence import (
    Archive,
    DeclaredGap,
    InjectedFault,
    LinkBegin,
    OrderedFault,
    RehearsedStrap,
)
from firmware_sim.rehearsal.verdict.one_strap import split_by_strap
from tests.unit.firmware_sim.rehearsal.evidence_by_hand import (
    HEART_RATE,
    PMD_DATA,
    STRAP,
    healthy_run,
)

OTHER, STRANGER, UNKNOWN = "51ADA002", "51ADA003", "51ADA004"


def test_each_strap_has_its_own_evidence() -> None:
    truth, archive, _ = healthy_run()
    links = [LinkBegin(STRAP, 9), LinkBegin(OTHER, 7), LinkBegin(STRAP, 5)]
    faults = [InjectedFault("drop", OTHER, 1, 2), InjectedFault("kill_server", None, 3, 4)]
    straps = [
        *truth.straps,
        RehearsedStrap(OTHER, "generic", "HRM", ("heart_rate", "movement")),
        RehearsedStrap(STRANGER, "h10", "HRM", None),
    ]
    ordered = [OrderedFault("delay", OTHER, 350.0)]
    gap = DeclaredGap(UNKNOWN, "link_lost", None, 5, 6)
    remark = replace(archive.values[0], characteristic="gateway/link")
    first, other, stranger, unknown = split_by_strap(
        replace(truth, straps=straps, links=links, faults=faults, ordered=ordered),
        Archive([*archive.values, remark], [gap]),
    )
    assert [len(first.sent), len(first.kept), len(first.answers), len(first.reads)] == [
        60,
        60,
        3,
        2,
    ]
    assert (first.expected, other.expected) == ([HEART_RATE, PMD_DATA], [HEART_RATE])
    assert (first.links_ns, other.links_ns) == ([5, 9], [7])
    assert (first.faults, other.faults) == (faults[1:], faults)
    assert (first.delay_ns, other.delay_ns) == (0, 350_000_000)
    assert (stranger.serial, stranger.expected, stranger.gaps) == (STRANGER, [], [])
    assert (unknown.serial, unknown.expected, unknown.gaps) == (UNKNOWN, [], [gap])
