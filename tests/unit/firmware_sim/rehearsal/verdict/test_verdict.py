"""A verdict passes on a healthy run and turns red, with the right count, at each kind of harm."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from firmware_sim.rehearsal.verdict.evidence import (
    Archive,
    ArchivedValue,
    DeclaredGap,
    InjectedFault,
    LiveFrame,
    RehearsedStrap,
    Truth,
)
from firmware_sim.rehearsal.verdict.verdict import Verdict, judge
from tests.unit.firmware_sim.rehearsal.evidence_by_hand import (
    FLIGHT_NS,
    PMD_DATA,
    SECOND_NS,
    START_NS,
    STRAP,
    healthy_run,
)

Evidence = tuple[Truth, Archive, list[LiveFrame]]
GAP = DeclaredGap(
    STRAP, "link_lost", None, START_NS + 4 * SECOND_NS, START_NS + 9 * SECOND_NS + FLIGHT_NS
)


def _judge(evidence: Evidence) -> Verdict:
    return judge(*evidence, seconds=20.0)


def _failed(verdict: Verdict) -> set[str]:
    return {check.name for check in verdict.checks if not check.passed}


def test_a_healthy_run_passes() -> None:
    verdict = _judge(healthy_run())
    assert _failed(verdict) == set()
    assert verdict.passed
    document = verdict.as_document()
    assert document["passed"] is True
    assert document["straps"] == 1
    assert document["notifications"] == {
        "sent": 60, "archived": 60, "lost": 0, "duplicated": 0, "altered": 0, "out_of_order": 0,
        "invented": 0, "missing_in_declared_gaps": 0, "overflowed": 0, "lost_reads": 0,
        "unconfirmed_reads": 1,
    }  # fmt: skip
    assert document["latency_ms"] == {"p50": 500.0, "p95": 500.0, "p99": 500.0, "max": 500.0}
    assert document["clock_error_ms"] is None


@pytest.mark.parametrize(
    ("harm", "check", "figure"),
    [
        pytest.param(lambda v: v[:7] + v[8:], "nothing lost", "lost", id="lost"),
        pytest.param(lambda v: [*v, v[7]], "nothing duplicated", "duplicated", id="duplicated"),
        pytest.param(
            lambda v: [replace(v[0], payload=b"\x10\xff"), *v[1:]],
            "nothing altered", "altered", id="altered",
        ),
        pytest.param(
            lambda v: [v[0], replace(v[1], seq=v[2].seq), replace(v[2], seq=v[1].seq), *v[3:]],
            "nothing out of order", "out_of_order", id="out of order",
        ),
        pytest.param(
            lambda v: [*v, replace(v[0], seq=999, payload=b"?")],
            "nothing invented", "invented", id="invented",
        ),
    ],
)  # fmt: skip
def test_a1_each_harm_to_a_value_turns_the_verdict_red(
    harm: Callable[[list[ArchivedValue]], list[ArchivedValue]], check: str, figure: str
) -> None:
    truth, archive, frames = healthy_run()
    verdict = _judge((truth, Archive(harm(list(archive.values))), frames))
    assert _failed(verdict) == {check}
    assert verdict.as_document()["notifications"][figure] == 1


def test_a_strap_off_the_roster_turns_the_verdict_red() -> None:
    truth, archive, frames = healthy_run()
    straps = [replace(truth.straps[0], streams=None)]
    verdict = _judge((replace(truth, straps=straps), archive, frames))
    assert _failed(verdict) == {"no strap off the roster"}


def test_a_stream_that_nobody_agreed_to_turns_the_verdict_red() -> None:
    truth, archive, frames = healthy_run()
    straps = [replace(truth.straps[0], streams=("heart_rate",))]
    verdict = _judge((replace(truth, straps=straps), archive, frames))
    assert _failed(verdict) == {"only agreed streams"}


def test_a_strap_that_never_streamed_turns_the_verdict_red() -> None:
    truth, archive, frames = healthy_run()
    silent = RehearsedStrap("51ADA002", "generic", "HRM", ("heart_rate", "movement"))
    verdict = _judge((replace(truth, straps=[*truth.straps, silent]), archive, frames))
    assert _failed(verdict) == {"every strap streamed"}


def test_a_gap_without_a_fault_turns_the_verdict_red() -> None:
    truth, archive, frames = healthy_run()
    outside = replace(GAP, characteristic="2a19")  # where nothing contradicts it
    verdict = _judge((truth, replace(archive, gaps=[outside]), frames))
    assert _failed(verdict) == {"every gap explained by a fault"}
    assert verdict.as_document()["gaps_declared"] == 1


def test_a_gap_amid_values_turns_the_verdict_red() -> None:
    truth, archive, frames = healthy_run()
    fault = InjectedFault("drop", STRAP, GAP.from_monotonic_ns, GAP.to_monotonic_ns)
    verdict = _judge((replace(truth, faults=[fault]), replace(archive, gaps=[GAP]), frames))
    assert _failed(verdict) == {"no values inside a gap"}


def _with_a_hole() -> Evidence:
    """Nothing kept of what was sent from second 5 to 9; a fault was there."""
    truth, archive, frames = healthy_run()
    fault = InjectedFault("drop", STRAP, GAP.from_monotonic_ns, GAP.to_monotonic_ns)
    kept = [
        value
        for value in archive.values
        if not GAP.from_monotonic_ns + 5 * FLIGHT_NS < value.monotonic_ns < GAP.to_monotonic_ns
    ]
    return replace(truth, faults=[fault]), Archive(kept, [GAP]), frames


def test_a_declared_hole_at_a_fault_passes() -> None:
    truth, archive, frames = _with_a_hole()
    last_before = max(
        v.monotonic_ns for v in archive.values if v.monotonic_ns < START_NS + 5 * SECOND_NS
    )
    gap = replace(GAP, from_monotonic_ns=last_before)
    verdict = _judge((truth, replace(archive, gaps=[gap]), frames))
    assert _failed(verdict) == set()
    assert verdict.as_document()["notifications"]["missing_in_declared_gaps"] == 14


def test_a12_an_undeclared_hole_turns_the_verdict_red() -> None:
    truth, archive, frames = _with_a_hole()
    verdict = _judge((truth, replace(archive, gaps=[]), frames))
    assert _failed(verdict) == {"nothing lost", "every silence declared"}


def test_a_page_that_shows_nothing_fails() -> None:
    truth, archive, _ = healthy_run()
    assert _failed(_judge((truth, archive, []))) == {"live within 2 s"}


def test_an_empty_rehearsal_fails() -> None:
    verdict = _judge((Truth([], []), Archive([]), []))
    assert "something was sent and kept" in _failed(verdict)


def test_remarks_of_the_gateway_are_no_part_of_the_comparison() -> None:
    truth, archive, frames = healthy_run()
    remark = replace(archive.values[0], seq=998, characteristic="gateway/link", payload=b"d")
    verdict = _judge((truth, Archive([*archive.values, remark]), frames))
    assert _failed(verdict) == set()
    assert PMD_DATA in {value.characteristic for value in archive.values}
