"""Banners: what a person must not miss, and how grave it is."""

from dataclasses import replace

import pytest

from gateway.journal.shedding import Keep
from gateway.status_view import find_banners
from gateway.uplink.delivery import Delivery
from gateway.uplink.uploader import UplinkCounts
from tests.unit.gateway.status_facts import make_facts, with_disk


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
