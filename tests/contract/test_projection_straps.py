"""What is kept of a session's straps: their clocks, knocks, sets and whose values are whose."""

from collections.abc import Iterator

import msgspec
import numpy as np
import pytest
from sqlalchemy import Connection

from protocol.ble.uuids import PMD_DATA
from protocol.ledger.instants import parse_utc_ms
from server.projection.opening import open_derived
from server.projection.person_store import read_stations
from server.projection.projecting import Projector
from server.projection.session_knocks import NO_MOVEMENT
from server.projection.strap_records import StrapRecords, read_strap_records
from server.projection.strap_store import read_clocks, read_syncs
from server.projection.trace_store import read_trace
from server.sessions.service import list_all_sessions
from tests.contract.test_projection_dose import (
    FRAME_MS,
    FRAME_SAMPLES,
    NS_PER_MS,
    STAMP_NS,
    STRAP_A,
    STRAP_B,
    WORN_A,
    Evening,
    _hold,
    find_entry,
    swap_straps,
)
from tests.ledger_entries import SESSION, Tablet, minute, wearing
from tests.studies import Study
from tests.unit.server.batches import upload


@pytest.fixture
def evening(study: Study) -> Iterator[Evening]:
    with study.open() as storage, open_derived(study.path) as derived:
        made = Evening(storage, derived)
        _hold(made)
        yield made


def send_knocks(evening: Evening, strap: str, at_minute: float, late_ms: int) -> None:
    """A minute of a still chest at 200 Hz with three knocks in it, through a link that is late."""
    first_ms = parse_utc_ms(minute(at_minute)) - 30_000
    at_s = np.arange(60_000 // FRAME_MS * FRAME_SAMPLES) / 200
    samples = np.tile([-1000.0, 0.0, 0.0], (len(at_s), 1))
    for knock_s in (30.0, 30.4, 30.8):
        since_s = at_s - knock_s
        push = np.where((since_s >= 0) & (since_s < 0.015), np.sin(np.pi * since_s / 0.015), 0)
        samples[:, 2] += 3000 * push
    frames = samples.round().astype("<i2").reshape(-1, FRAME_SAMPLES * 3)
    records = []
    for n, frame in enumerate(frames, start=1):
        end_ms = first_ms + n * FRAME_MS - 5  # its last sample's moment
        stamp = (STAMP_NS + n * FRAME_MS * NS_PER_MS).to_bytes(8, "little")
        one = evening._record(strap, 60, end_ms + late_ms)
        payload = b"\x02" + stamp + b"\x01" + frame.tobytes()
        records.append(msgspec.structs.replace(one, characteristic=PMD_DATA, payload=payload))
    evening.storage.writer.submit(upload(records)).result()


def test_each_straps_clock_is_kept_with_its_rate_delays_and_losses(evening: Evening) -> None:
    evening.send_movement(STRAP_A, 14, 26)
    evening.send(STRAP_B, 90, 14, 26)
    evening.projector.project_new()
    with evening.derived.reading() as connection:
        told = {one.strap: one for one in read_clocks(connection, SESSION)}
    (one,) = told[STRAP_A].stretches
    assert (one.nominal_hz, one.n_lost, one.slope_source) == (200, 0, "held")
    assert one.n_samples == 12 * 60 * 200
    assert one.rate_ppm == pytest.approx(0, abs=1)
    assert one.residual_max_ms == pytest.approx(0, abs=0.01)  # every frame is as late
    assert told[STRAP_B].stretches == ()  # it sent heart rates only


def test_knocks_around_the_entry_are_measured_and_shift_nothing(evening: Evening) -> None:
    send_knocks(evening, STRAP_A, 12, late_ms=10)
    send_knocks(evening, STRAP_B, 12, late_ms=70)
    evening.enter("sync_moment", "session", {"heard": []}, at=minute(12 + 5 / 60))
    evening.projector.project_new()
    with evening.derived.reading() as connection:
        (sync,) = read_syncs(connection, SESSION)
        movement = read_trace(connection, SESSION, "P02", "movement")
    assert sync.entered_ms == parse_utc_ms(minute(12 + 5 / 60))
    assert sync.spread_ms == pytest.approx(60, abs=1)
    assert sync.offsets_ms[STRAP_B] - sync.offsets_ms[STRAP_A] == pytest.approx(60, abs=1)
    assert sync.is_one_shock
    assert sync.at_ms == pytest.approx(parse_utc_ms(minute(12)) + 400 + 40, abs=10)
    assert movement is not None


def test_without_entry_or_knocks_there_is_a_reason(evening: Evening) -> None:
    evening.send(STRAP_A, 120, 3, 25)
    evening.projector.project_new()
    with evening.derived.reading() as connection:
        (sync,) = read_syncs(connection, SESSION)
    assert (sync.entered_ms, sync.missing) == (None, NO_MOVEMENT)


def test_each_set_has_movement_posture_and_heart_by_who_wore_the_strap(evening: Evening) -> None:
    evening.send_movement(STRAP_A, 14, 26)
    evening.send(STRAP_A, 120, 14, 26)
    evening.projector.project_new()
    with evening.derived.reading() as connection:
        told = read_stations(connection, SESSION)
    one = told["P01"]["sit-to-stand/1"]
    assert one["mad_mg"]["value"] == pytest.approx(250 * 2 / np.pi, rel=0.05)
    assert one["mean_hr_bpm"]["value"] == pytest.approx(120.5, abs=0.1)
    assert one["mean_hrr"]["missing"] == "not_measured"
    assert one["posture_s"]["upright"] == pytest.approx(90, abs=1)
    assert one["upright"] == "h10_axes"  # nobody noted a warm-up
    assert told["P02"]["sit-to-stand/1"]["mad_mg"]["missing"] == "no_data"
    swap_straps(evening)
    evening.projector.project_new()
    with evening.derived.reading() as connection:
        after = read_stations(connection, SESSION)
    assert after["P02"]["sit-to-stand/2"]["mad_mg"]["value"] is not None
    assert after["P01"]["sit-to-stand/1"]["mad_mg"]["missing"] == "no_data"


def test_every_stretch_says_which_strap_it_comes_from(evening: Evening) -> None:
    evening.send(STRAP_A, 120, 14, 26)
    evening.projector.project_new()
    with evening.derived.reading() as connection:
        origins = read_trace(connection, SESSION, "P01", "origins")
        heart = read_trace(connection, SESSION, "P01", "heart_rate")
    assert origins is not None
    assert heart is not None
    assert (origins["stream"].tolist(), origins["strap"].tolist()) == (["heart"], [STRAP_A])
    assert (origins["from_s"][0], origins["until_s"][0]) == (-60.0, 11 * 60.0 - 1)
    assert set(heart["t_error_s"].tolist()) == {1.0}


def test_a_correction_that_is_tried_again_reads_no_bytes_again(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Decoding doesn't depend on who wore what: a second wearer is tried on what is decoded."""
    evening.send_movement(STRAP_A, 14, 26)
    evening.send(STRAP_B, 90, 14, 26)
    projector = evening.projector
    projector.project_new()
    asked: list[list[str]] = []

    def read(archive: Connection, run_ids: list[int], straps: list[str]) -> StrapRecords:
        asked.append(sorted(straps))
        return read_strap_records(archive, run_ids, straps)

    monkeypatch.setattr("server.projection.sent_streams.read_strap_records", read)
    first = try_on(evening, projector, "P02")
    again = try_on(evening, projector, "P03")
    assert asked == [[STRAP_A, STRAP_B]]
    assert first["P02", "mad_mg"] == pytest.approx(250 * 2 / np.pi, rel=0.05)
    assert again["P02", "mad_mg"] is None
    assert try_on(evening, projector, "P02") == first
    evening.send(STRAP_A, 120, 20, 22)  # new bytes are another matter
    try_on(evening, projector, "P02")
    assert len(asked) == 2


def try_on(
    evening: Evening, projector: Projector, code: str
) -> dict[tuple[str, str], float | None]:
    """The whole session's metrics of P01 and her, had she worn the first strap."""
    tried = Tablet("f" * 16).write(
        "wearing", WORN_A, wearing(code, STRAP_A, minute(2)), minute(85),
        supersedes=find_entry(evening, WORN_A), reason="x",
    )  # fmt: skip
    with evening.storage.database.reading() as connection:
        line = next(one for one in list_all_sessions(connection) if one["id"] == SESSION)
    people = projector.try_out(line, [tried], ("P01", "P02", code))
    return {
        (who, one.name): one.delivered.value
        for who, dose in people.items()
        for one in dose.metrics
        if one.category is None
    }
