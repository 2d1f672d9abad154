"""The status pages, without a socket: what a person reads and a program gets."""

import asyncio
import re
import socket
from dataclasses import replace
from typing import Any

import httpx
import pytest

from gateway.errors import SettingsError
from gateway.status import bind_status_port, create_status_app
from gateway.status_view import GatewayFacts, compose_status
from gateway.straps.tally import Drop, Kind
from protocol.messages.uplink import GapReason
from tests.unit.gateway.status_facts import make_facts, with_disk


@pytest.fixture
def facts() -> GatewayFacts:
    return make_facts()


def ask(facts: GatewayFacts, path: str, host: str = "127.0.0.1") -> httpx.Response:
    async def read_status() -> dict[str, Any]:
        return compose_status(facts)

    async def fetch() -> httpx.Response:
        transport = httpx.ASGITransport(app=create_status_app(read_status))
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}") as client:
            return await client.get(path)

    return asyncio.run(fetch())


def test_the_page_shows_each_strap_with_lamp_and_words(facts: GatewayFacts) -> None:
    text = ask(facts, "/").text
    assert "07 · 51ADA001" in text
    assert "lamp-green" in text
    assert "heart rate arrives" in text
    assert "74 bpm" in text


def test_names_from_elsewhere_can_t_become_markup(facts: GatewayFacts) -> None:
    facts = make_facts(label="<script>alert(1)</script>")
    text = ask(facts, "/").text
    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_the_document_is_the_same_for_programs(facts: GatewayFacts) -> None:
    document = ask(facts, "/status.json").json()
    assert document == compose_status(facts)
    assert document["journal"]["n_waiting"] == 7


def test_metrics_are_in_prometheus_text(facts: GatewayFacts) -> None:
    answer = ask(facts, "/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert "doseline_gateway_journal_n_waiting 7.0" in answer.text


def test_metrics_count_values_frames_drops_gaps_and_lamps_by_kind(facts: GatewayFacts) -> None:
    text = ask(facts, "/metrics").text
    for line in (
        'strap_notifications_total{kind="heart_rate",strap="51ADA001"} 12.0',
        'strap_undecodable_total{kind="control_point",strap="51ADA001"} 0.0',
        'strap_dropped_total{reason="not_agreed",strap="51ADA001"} 0.0',
        'strap_frames_total{oddity="truncated",strap="51ADA001"} 0.0',
        'gaps_total{reason="journal_full"} 0.0',
        'lamps{colour="green"} 1.0',
        'lamps{colour="red"} 0.0',
    ):
        assert f"doseline_gateway_{line}" in text


def test_what_the_radio_carries_is_told_and_a_list_that_isnt_there_is_no_zero(
    facts: GatewayFacts,
) -> None:
    assert ask(facts, "/status.json").json()["radio"]["most_streaming"] == 15
    text = ask(facts, "/metrics").text
    assert "doseline_gateway_radio_most_streaming 15.0" in text
    assert "\ndoseline_gateway_radio_n_adapters " not in text


def test_d3_a_silent_strap_is_stale_for_programs_too(facts: GatewayFacts) -> None:
    def tell(is_stale: bool) -> tuple[bool, str]:
        told = replace(facts, straps=[replace(facts.straps[0], stale=is_stale)])
        metric = 'doseline_gateway_strap_stale{strap="51ADA001"} '
        text = ask(told, "/metrics").text.split(metric)[1]
        return ask(told, "/status.json").json()["straps"][0]["stale"], text.splitlines()[0]

    assert tell(is_stale=True) == (True, "1.0")
    assert tell(is_stale=False) == (False, "0.0")


def test_labels_are_the_roster_s_straps_and_closed_lists(facts: GatewayFacts) -> None:
    """Goes red if anything that a strap or a server sends becomes a label."""
    labels = set(re.findall(r'(\w+)="([^"]*)"', ask(facts, "/metrics").text))
    lists: dict[str, list[str]] = {
        "strap": ["51ADA001"],
        "kind": list(Kind),
        "reason": [*GapReason, *Drop],
        "colour": ["green", "amber", "red", "grey"],
        "oddity": ["unknown", "truncated", "duplicate", "backward"],
    }
    assert labels == {(label, str(value)) for label, values in lists.items() for value in values}


def test_a6_a_disk_that_fills_up_is_on_the_page_and_in_the_metrics(facts: GatewayFacts) -> None:
    assert "doseline_gateway_disk_alarm_level 0.0" in ask(facts, "/metrics").text
    full = with_disk(facts, 0.93)
    assert "The journal&#x27;s disk is 93 % full. Free some space now." in ask(full, "/").text
    assert "doseline_gateway_disk_alarm_level 2.0" in ask(full, "/metrics").text


def test_g5_how_far_the_journal_reaches_back_is_on_the_page_and_in_the_metrics(
    facts: GatewayFacts,
) -> None:
    page, metrics = ask(facts, "/").text, ask(facts, "/metrics").text
    assert "Kept here since 2.5 h ago (72 h at most)." in page
    assert "doseline_gateway_journal_reaches_back_s 9000.0" in metrics
    assert "doseline_gateway_disk_is_retention_shortened 0.0" in metrics
    short = replace(facts, keeping=replace(facts.keeping, is_shortened=True))
    assert (
        "Kept here since 2.5 h ago (shortened because the disk fills up)." in ask(short, "/").text
    )
    assert "doseline_gateway_disk_is_retention_shortened 1.0" in ask(short, "/metrics").text


def test_a_journal_without_an_entry_has_no_age(facts: GatewayFacts) -> None:
    empty = replace(facts, journal=replace(facts.journal, oldest_wall_ns=None))
    assert "Nothing is kept here." in ask(empty, "/").text
    assert "\ndoseline_gateway_journal_reaches_back_s " not in ask(empty, "/metrics").text
    assert ask(empty, "/status.json").json()["journal"]["reaches_back_s"] is None


def test_a_page_elsewhere_can_t_read_this_one_under_its_own_name(facts: GatewayFacts) -> None:
    assert ask(facts, "/status.json", host="evil.example").is_error


def test_a_port_that_is_taken_is_told_before_anything_starts() -> None:
    taken = socket.create_server(("127.0.0.1", 0))
    remedy = r"status page can't be used \(.+\); choose another --status, 0 for a free one"
    with taken, pytest.raises(SettingsError, match=remedy):
        bind_status_port(taken.getsockname()[1])
