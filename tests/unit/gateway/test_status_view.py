"""Banners: what a person must not miss, and how grave it is."""

from dataclasses import replace

import pytest

from gateway.health import Vitals
from gateway.journal.shedding import Keep
from gateway.status_view import compose_status, find_banners
from gateway.straps.frame_watch import FrameCounts
from gateway.straps.tally import Drop, Tally
from gateway.straps.whereabouts import MOVED
from gateway.uplink.delivery_state import Delivery
from gateway.uplink.reports import UplinkCounts
from protocol.messages.uplink import GapReason
from tests.unit.gateway.status_facts import NOW_NS, STRAP, make_facts, with_disk


def test_good_order_has_no_banner() -> None:
    assert find_banners(make_facts()) == []


@pytest.mark.parametrize(
    ("used_fraction", "colours"),
    [(0.79, []), (0.80, ["amber"]), (0.89, ["amber"]), (0.90, ["red"]), (1.0, ["red"])],
)
def test_a6_a_disk_that_fills_up_is_told_at_80_and_90_per_cent(
    used_fraction: float, colours: list[str]
) -> None:
    banners = find_banners(with_disk(make_facts(), used_fraction))
    assert [colour for colour, _ in banners] == colours


def test_g5_a_shortened_retention_is_told() -> None:
    facts = make_facts()
    facts = replace(facts, keeping=replace(facts.keeping, is_shortened=True))
    [(colour, text)] = find_banners(facts)
    assert (colour, "less than 72 hours" in text, "Free some space" in text) == (
        "amber",
        True,
        True,
    )


def test_a6_what_is_given_up_is_told_in_red() -> None:
    facts = make_facts()
    facts = replace(facts, keeping=replace(facts.keeping, level=Keep.WITHOUT_MOVEMENT))
    [(colour, text)] = find_banners(facts)
    assert colour == "red"
    assert "without movement" in text


def test_a8_a_damaged_journal_is_told_in_red_with_what_to_do() -> None:
    facts = replace(make_facts(), damaged_files=["journal-1.sqlite"])
    [(colour, text)] = find_banners(facts)
    assert colour == "red"
    assert "journal-1.sqlite" in text
    assert "journal salvage" in text


def test_a_refused_token_is_graver_than_a_server_that_is_away() -> None:
    facts = replace(make_facts(), uplink=UplinkCounts(trouble="no answer"))
    assert [colour for colour, _ in find_banners(facts)] == ["amber"]
    facts = replace(facts, delivery=Delivery(23, credential_refused=True))
    assert [colour for colour, _ in find_banners(facts)] == ["red"]


def test_a_new_epoch_is_told_until_somebody_looks() -> None:
    facts = replace(make_facts(), uplink=UplinkCounts(report="a new epoch was begun"))
    [(colour, text)] = find_banners(facts)
    assert (colour, "a new epoch was begun" in text) == ("amber", True)


def test_d6_a_conflict_of_addresses_is_told_until_a_person_has_decided() -> None:
    facts = make_facts()
    torn = replace(facts.straps[0], last_error=MOVED)
    [(colour, text)] = find_banners(replace(facts, straps=[torn]))
    assert (colour, text.startswith("Strap 07: conflict: ")) == ("amber", True)
    lost = replace(facts.straps[0], last_error="the link was lost")
    assert find_banners(replace(facts, straps=[lost])) == []


def test_odd_and_unwanted_frames_are_in_the_document_each_by_its_kind() -> None:
    facts = make_facts()
    odd = FrameCounts(n_unknown=1, n_truncated=2, n_duplicate=3, n_backward=4)
    dropped = Tally(dropped={Drop.NOT_AGREED: 3, Drop.UNINVITED: 2})
    facts = replace(facts, straps=[replace(facts.straps[0], frames=odd, tally=dropped)])
    (strap,) = compose_status(facts)["straps"]
    assert (strap["n_dropped"], strap["dropped"]) == (5, {"not_agreed": 3, "uninvited": 2})
    assert strap["frames"] == {
        "n_unknown": 1, "n_truncated": 2, "n_duplicate": 3, "n_backward": 4,
    }  # fmt: skip


def test_a12_gaps_are_counted_by_reason_wherever_they_were_made() -> None:
    facts = make_facts()
    keeping = replace(facts.keeping, gaps={GapReason.LINK_LOST: 4, GapReason.JOURNAL_DAMAGED: 1})
    journal = replace(facts.journal, n_damaged=2)
    facts = replace(
        facts, keeping=keeping, journal=journal, uplink=UplinkCounts(n_quarantined=7, n_lost=5)
    )
    assert compose_status(facts)["gaps"] == {
        "link_lost": 4, "stream_stalled": 0, "gateway_down": 0, "journal_full": 0,
        "quarantined": 7, "journal_damaged": 3, "server_lost": 5,
    }  # fmt: skip


def test_a_strap_worn_for_movement_alone_is_green_without_a_heart_rate() -> None:
    facts = make_facts()
    moving = replace(facts.straps[0], heart_rate_agreed=False)
    facts = replace(facts, straps=[moving], vitals={STRAP: Vitals(movement_ns=NOW_NS)})
    assert compose_status(facts)["straps"][0]["lamp"] == "green"
