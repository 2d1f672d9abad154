"""The live stream of the real server: from an upload to a tile, over a restart, to a clean end."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import msgspec
import pytest

from protocol.messages.codec import encode_batch
from protocol.messages.roster import ConsentedStream, RosterStrap
from protocol.messages.uplink import NotificationRecord, RadioReport, SentAt
from server.gateways.roster import add_strap
from tests.server_process import ServerProcess, Uploader, enrol
from tests.staff import add_person, begin_session, cookie
from tests.studies import Study
from tests.unit.server.batches import BOOT, batch

STRAP = "51ADA007"
RADIO = RadioReport(scans=True, n_adapters=1, n_streaming=7, most_streaming=15, acc_rate_hz=50)
S = 1_000_000_000
WITHIN_FRAMES = 15


@contextmanager
def watch(
    server: ServerProcess, person: str, session: str = "now"
) -> Iterator[Iterator[dict[str, Any]]]:
    """The frames of one stream, for the owner of a sign-in session."""
    url = f"{server.url}/api/v1/sessions/{session}/live"
    signed_in = cookie(person)
    with httpx.stream("GET", url, timeout=20, trust_env=False, headers=signed_in) as response:
        lines = response.iter_lines()
        yield (json.loads(line[5:]) for line in lines if line.startswith("data:"))


def until_shown(frames: Iterator[dict[str, Any]], bpm: int) -> dict[str, Any]:
    for _, frame in zip(range(WITHIN_FRAMES), frames, strict=False):
        for tile in frame["tiles"]:
            if tile["bpm"] == bpm:
                return {**tile, "gateways": frame["gateways"]}
    raise AssertionError(f"no tile with {bpm} bpm within {WITHIN_FRAMES} frames")


def upload(
    uploader: Uploader, seq: int, payload: bytes, boot: str = BOOT, radio: object = RADIO
) -> None:
    """A value that its gateway stamped now, by clocks that are a day off, each its own way."""
    stamp = SentAt(BOOT, time.monotonic_ns() + 86_400 * S, time.time_ns() - 86_400 * S)
    entry = NotificationRecord(seq, STRAP, "2a37", boot, stamp.monotonic_ns, stamp.wall_ns, payload)
    told = msgspec.msgpack.decode(encode_batch(batch([entry], sent=stamp)))
    body = msgspec.msgpack.encode(told | {"radio": msgspec.to_builtins(radio)})
    assert uploader.http.post("/api/v1/ingest", content=body).status_code == 200


@pytest.fixture
def person(study: Study) -> str:
    with study.open() as storage:
        return begin_session(storage.database, add_person(storage.database, "sara"))


@pytest.fixture
def token(study: Study) -> str:
    with study.open() as storage:
        streams = [ConsentedStream.HEART_RATE]
        add_strap(storage.database, RosterStrap(STRAP, "h10", "07", streams))
    return enrol(study)


def test_d3_from_upload_to_tile_over_malformed_bytes_and_a_restart(
    study: Study, token: str, person: str
) -> None:
    with ServerProcess(study) as server, Uploader(server.url, token) as uploader:
        with watch(server, person) as frames:
            (tile,) = next(frames)["tiles"]
            assert (tile["label"], tile["word"]) == ("07", "Not heard")
            upload(uploader, 1, b"\x10")  # cut short: kept, counted, passed over
            upload(uploader, 2, b"\x06\x70")
            shown = until_shown(frames, 0x70)
        assert (shown["bpm_shown"], shown["simulated"], shown["model"]) == ("fresh", True, "h10")
        assert shown["bpm_age_s"] < 3  # not a day: aged on the gateway's own clock
        (gateway,) = shown["gateways"]
        assert gateway["gateway"] == "gym"
        assert gateway["radio"] == msgspec.to_builtins(RADIO)
        assert 0 <= gateway["clock_behind_ms"] - 86_400_000 < 10_000  # and the way of one upload
        server.kill()
    with ServerProcess(study) as server, Uploader(server.url, token) as uploader:
        upload(uploader, 3, b"\x06\x71")
        with watch(server, person) as frames:
            until_shown(frames, 0x71)


def test_a1_values_arrive_with_a_radio_report_that_nobody_understands(
    study: Study, token: str, person: str
) -> None:
    """As a gateway of another version may send it; the card then says that it doesn't tell."""
    with (
        ServerProcess(study) as server,
        Uploader(server.url, token) as uploader,
        watch(server, person) as frames,
    ):
        upload(uploader, 1, b"\x06\x70")
        assert until_shown(frames, 0x70)["gateways"][0]["radio"] is not None
        upload(uploader, 2, b"\x06\x71", radio={"scans": "yes", "n_streaming": -3})
        assert until_shown(frames, 0x71)["gateways"][0]["radio"] is None


def test_a8_a_journal_that_drains_after_a_power_cut_leaves_the_live_tile_as_it_is(
    study: Study, token: str, person: str
) -> None:
    """The wall clock came back behind, so what is owed from the boot before looks newer."""
    before = "11111111-1111-4222-8333-444455556666"
    with (
        ServerProcess(study) as server,
        Uploader(server.url, token) as uploader,
        watch(server, person) as frames,
    ):
        upload(uploader, 1, b"\x06\x50", before)
        upload(uploader, 2, b"\x06\x70")
        until_shown(frames, 0x70)
        for seq in range(3, 6):
            upload(uploader, seq, b"\x06\x50", before)
            (tile,) = next(frames)["tiles"]
            assert (tile["bpm"], tile["state"]) == (0x70, "unknown")  # its first 15 s


@pytest.mark.usefixtures("token")
def test_sigterm_ends_open_streams_before_uvicorn_would_cut_them(study: Study, person: str) -> None:
    with ServerProcess(study) as server, watch(server, person) as frames:
        next(frames)
        assert server.stop() == 0
        list(frames)  # ends like any answer, not like a broken connection
    log = (study.path.parent / "server.log").read_text()
    assert "Shutting down" in log
    assert "timeout graceful shutdown exceeded" not in log
