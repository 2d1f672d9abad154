"""Checks of values turn red at wrong stamps, late values, and answers that are not archived."""

from dataclasses import replace
from typing import Any

import pytest

from firmware_sim.rehearsal.verdict.evidence import (
    Archive,
    ArchivedValue,
    DeclaredGap,
    InjectedFault,
    LiveFrame,
    OrderedFault,
    Truth,
)
from firmware_sim.rehearsal.verdict.verdict import Verdict, judge
from tests.unit.firmware_sim.rehearsal.evidence_by_hand import (
    BATTERY_READ,
    SECOND_NS,
    START_NS,
    STRAP,
    healthy_run,
    kept_value,
)

Evidence = tuple[Truth, Archive, list[LiveFrame]]


def _judge(evidence: Evidence) -> Verdict:
    return judge(*evidence, seconds=20.0)


def _failed(verdict: Verdict) -> set[str]:
    return {check.name for check in verdict.checks if not check.passed}


def _values(archive: Archive) -> list[ArchivedValue]:
    return [value for value in archive.values if not value.characteristic.startswith("read/")]


def _reads(archive: Archive) -> list[ArchivedValue]:
    return [value for value in archive.values if value.characteristic.startswith("read/")]


def test_a1_a_gateway_that_archives_no_reads_fails() -> None:
    """Every value is there; battery and serial, which the strap told, are not."""
    truth, archive, frames = healthy_run()
    verdict = _judge((truth, Archive(_values(archive)), frames))
    assert _failed(verdict) == {"every answer to a read kept", "every strap asked about itself"}
    notifications = verdict.as_document()["notifications"]
    assert (notifications["lost_reads"], notifications["unconfirmed_reads"]) == (2, 1)
    details = {check.name: check.detail for check in verdict.checks}
    assert details["every answer to a read kept"] == (
        f"2: {STRAP} answered read/2a25 at {START_NS - 990_000_000} ns, in no gap, and it is not"
        f" archived; {STRAP} answered {BATTERY_READ} at {START_NS - 980_000_000} ns, in no gap, and"
        " it is not archived"
    )


def test_a_gateway_that_asks_no_strap_about_itself_fails() -> None:
    truth, archive, frames = healthy_run()
    silent = replace(truth, answers=truth.answers[:1])
    assert _failed(_judge((silent, Archive(_values(archive)), frames))) == {
        "every strap asked about itself"
    }


def test_an_answer_to_a_read_is_told_in_the_figures() -> None:
    details = {check.name: check.detail for check in _judge(healthy_run()).checks}
    assert details["every answer to a read kept"] == (
        "2 are archived; 1 more only said who a strap is, or met a fault"
    )


@pytest.mark.parametrize(
    ("harm", "wrong"),
    [
        pytest.param(lambda r: [r[0]], {"every answer to a read kept"}, id="one missing"),
        pytest.param(
            lambda r: [r[0], replace(r[1], payload=b"e")], {"nothing altered"}, id="altered"
        ),
        pytest.param(
            lambda r: [*r, replace(r[1], seq=999, payload=b"e")], {"nothing invented"},
            id="invented",
        ),
        pytest.param(lambda r: [*r, r[1]], {"nothing duplicated"}, id="twice"),
    ],
)  # fmt: skip
def test_a_read_is_what_the_strap_answered(harm: Any, wrong: set[str]) -> None:
    truth, archive, frames = healthy_run()
    reads = harm(_reads(archive))
    assert _failed(_judge((truth, Archive([*_values(archive), *reads]), frames))) == wrong


def test_a_strap_off_the_roster_owes_no_reads() -> None:
    """It was asked who it is; what else it said and sent is nobody's."""
    truth, archive, frames = healthy_run()
    answers = [replace(answer, strap="51ADAE00") for answer in truth.answers]
    sent = replace(truth.sent[0], strap="51ADAE00")
    fault = InjectedFault("drop", "51ADAE00", START_NS - SECOND_NS, START_NS + SECOND_NS)
    gap = DeclaredGap("51ADAE00", "link_lost", None, START_NS - SECOND_NS, START_NS + SECOND_NS)
    archive = replace(archive, gaps=[gap])
    truth = replace(
        truth, answers=[*truth.answers, *answers], sent=[*truth.sent, sent], faults=[fault]
    )
    assert _failed(_judge((truth, archive, frames))) == set()


@pytest.mark.parametrize(
    ("change", "check"),
    [({"boot_id": "another"}, "stamps of one boot"), ({"wall_ns": 0}, "wall stamps fit")],
)
def test_a_stamp_that_cannot_be_turns_the_verdict_red(change: dict[str, Any], check: str) -> None:
    truth, archive, frames = healthy_run()
    kept = [replace(archive.values[0], **change), *archive.values[1:]]
    assert _failed(_judge((truth, Archive(kept), frames))) == {check}


@pytest.mark.parametrize(("delay_ms", "is_lost"), [(0.0, True), (2000.0, False)])
def test_only_ordered_delay_explains_a_long_flight(delay_ms: float, is_lost: bool) -> None:
    """A stamp 3 s after the sending is another value's, unless values were held back."""
    truth, archive, frames = healthy_run()
    last = replace(kept_value(truth.sent[-1], 60, flight_ns=3 * SECOND_NS))
    since, until = START_NS + 19 * SECOND_NS, START_NS + 20 * SECOND_NS
    fault = InjectedFault("delay", STRAP, since, until)
    truth = replace(truth, faults=[fault], ordered=[OrderedFault("delay", STRAP, delay_ms)])
    kept = [value for value in archive.values if value.seq != 60]
    verdict = _judge((truth, Archive([*kept, last]), frames))
    assert ("nothing lost" in _failed(verdict)) is is_lost
