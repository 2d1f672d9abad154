"""Who really wore a strap: entries from a form, what they would change, and what is wrong."""

from typing import Any

import pytest

from protocol.ledger.event import LedgerEvent
from protocol.ledger.uuid7 import RANDOM_BYTES
from server.dose.quantity import Missing, Quantity
from server.dose.vector import Metric
from server.errors import RuleError
from server.projection.person_dose import PersonDose
from server.sessions.domain.holding import Holding, Holdings, hold_events
from server.web.review_correction import (
    Asked,
    Hand,
    find_hers,
    find_interval,
    is_reason,
    list_given,
    make_entries,
    read_asked,
)
from server.web.review_preview import tell_wearing, view_preview
from tests.ledger_entries import Tablet, minute, wearing

A, B, C = "8AA87D01", "8AA87D02", "8AA87D03"
WORN_A = "01999999-0000-7000-8000-0000000000a1"
WORN_B = "01999999-0000-7000-8000-0000000000a2"
WORN_C = "01999999-0000-7000-8000-0000000000a3"
HAND = Hand("rana", minute(90), 2, bytes(range(RANDOM_BYTES * 3)))
LABELS = {A: "01", B: "02", C: "03"}
NO_PLAN = Quantity.missing_for(Missing.NOT_APPLICABLE, "1", 1)


def write(*worn: tuple[str, str, str, float, float | None]) -> list[LedgerEvent]:
    tablet = Tablet()
    return [
        tablet.write(
            "wearing", about,
            wearing(code, strap, minute(since), None if until is None else minute(until)),
            minute(since),
        )
        for about, code, strap, since, until in worn
    ]  # fmt: skip


EVENTS = write((WORN_A, "P01", A, 2, None), (WORN_B, "P02", B, 3, 20), (WORN_C, "P02", C, 25, None))


def require(holdings: Holdings, about: str) -> Holding:
    found = find_interval(holdings, about)
    assert found is not None
    return found


def correct(wearer: str, *, exchanges: bool = False, **versions: list[str]) -> list[LedgerEvent]:
    holdings = hold_events(EVENTS)
    asked = Asked(WORN_A, wearer=wearer, is_exchanged=exchanges)
    given = list_given(holdings, require(holdings, WORN_A), asked)
    disputed = {WORN_A: versions["versions"]} if versions else {}
    return make_entries(given, disputed, "they swapped", HAND)


def test_an_entry_says_another_wearer_and_nothing_else_anew() -> None:
    (entry,) = correct("P03")
    assert entry.value == wearing("P03", A, minute(2))
    assert (entry.kind, entry.about, entry.supersedes) == ("wearing", WORN_A, EVENTS[0].id)
    assert (entry.actor, entry.reason, entry.occurred_at) == ("rana", "they swapped", minute(90))
    assert (entry.device, entry.device_seq, entry.clock_offset_ms) == ("0" * 16, 3, 0)


def test_an_exchange_gives_back_all_that_she_wore_in_that_time() -> None:
    entries = correct("P02", exchanges=True)
    assert [(one.about, one.value and one.value["participant"]) for one in entries] == [
        (WORN_A, "P02"), (WORN_B, "P01"), (WORN_C, "P01"),
    ]  # fmt: skip
    assert [one.device_seq for one in entries] == [3, 4, 5]
    assert len({one.id for one in entries}) == 3
    assert entries[1].value == wearing("P01", B, minute(3), minute(20))


def test_every_version_of_a_disputed_entry_is_superseded() -> None:
    rivals = [EVENTS[1].id, EVENTS[2].id]
    entries = correct("P03", versions=rivals)
    assert [one.supersedes for one in entries] == rivals
    assert entries[0].value == entries[1].value


def test_what_the_ledger_does_not_take_is_refused() -> None:
    with pytest.raises(RuleError):
        correct("nobody")


def test_only_what_she_wore_at_that_time_is_in_the_way() -> None:
    holdings = hold_events(EVENTS)
    hers = find_hers(holdings, require(holdings, WORN_B), "P01")
    assert [one.about for one in hers] == [WORN_A]
    events = write((WORN_A, "P01", A, 2, 5), (WORN_B, "P02", B, 5, 9))
    holdings = hold_events(events)
    assert find_hers(holdings, require(holdings, WORN_B), "P01") == []


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({}, Asked("")),
        ({"about": "a", "wearer": "P01", "exchange": "yes"}, Asked("a", "", "P01", True)),
        ({"exchange": "no", "reason": "  two \n lines "}, Asked("", reason="two lines")),
    ],
)
def test_a_form_is_read_as_it_is(fields: dict[str, str], asked: Asked) -> None:
    assert read_asked(fields) == asked


def test_a_reason_is_a_sentence() -> None:
    assert is_reason("exchanged")
    assert not any(is_reason(text) for text in ("", "x" * 501, "a\x00b"))


def dose(code: str, bpm: float | None, **other: Any) -> PersonDose:
    told = Quantity.missing_for(Missing.NO_STRAP, "bpm", 1)
    if bpm is not None:
        told = Quantity(bpm, "bpm", 1, 0.953)
    metrics = [Metric("mean_hr_bpm", NO_PLAN, told, "00"), Metric("sets", NO_PLAN, NO_PLAN, "00")]
    return PersonDose(code, metrics, **other)


def test_a_preview_has_both_people_as_they_are_and_as_they_would_be() -> None:
    before = {"P01": dose("P01", 122.4), "P03": None}
    after = {"P01": dose("P01", None), "P03": dose("P03", 122.4)}
    worn = hold_events(EVENTS), hold_events([*EVENTS, *correct("P03")])
    told = view_preview(("P01", "P03"), ({"P01": "Fig"}, LABELS), (before, after), worn)
    first, second = told.people
    assert (first.title, second.title) == ("P01 Fig", "P03")
    assert first.worn == "strap 01 from 17:02:00 to the end"
    assert (first.would_wear, second.worn) == ("no strap", "no strap")
    assert [(one.what, one.before, one.after) for one in first.changes] == [
        ("Mean heart rate", "122 bpm, coverage 95.3 %", "No strap: she wore none"),
    ]  # fmt: skip
    assert second.changes[0].before == "not worked out"
    assert told.lead.startswith("Numbers that change: 3.")  # one of hers, two new ones
    assert told.warnings == []


def test_a_preview_warns_of_what_would_be_left_wrong() -> None:
    worn = hold_events([*EVENTS, *correct("P02")])
    told = view_preview(("P01", "P02"), ({}, LABELS), ({}, {}), (worn, worn))
    assert told.warnings == [
        "P02 would wear strap 01 and strap 02 at once.",
        "P02 would wear strap 01 and strap 03 at once.",
    ]
    shared = hold_events(write((WORN_A, "P01", A, 2, None), (WORN_B, "P02", A, 3, 20)))
    told = view_preview(("P01", "P02"), ({}, LABELS), ({}, {}), (shared, shared))
    assert told.warnings == ["strap 01 would be on P01, P02 at once: nobody gets its values."]
    other = view_preview(("P05", "P06"), ({}, LABELS), ({}, {}), (shared, shared))
    assert other.warnings == []


def test_straps_are_told_by_time() -> None:
    assert tell_wearing(hold_events(EVENTS), LABELS, "P02") == (
        "strap 02 from 17:03:00 to 17:20:00; strap 03 from 17:25:00 to the end"
    )
