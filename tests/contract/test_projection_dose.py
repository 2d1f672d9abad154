"""Dose of an evening, derived from ledger and archive, on both databases."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from protocol.ble.uuids import PMD_DATA
from protocol.identifiers import ParticipantCode
from protocol.ledger.event import LedgerEvent
from protocol.ledger.instants import parse_utc_ms
from protocol.messages.uplink import GapDeclaration, GapReason, NotificationRecord
from protocol.training.plan import compute_digest
from protocol.training.shipped import read_shipped_plan
from server.db.database import Database
from server.dose.quantity import Missing
from server.dose.vector import Metric
from server.projection.metric_store import read_metrics
from server.projection.opening import open_derived
from server.projection.person_store import read_proposals
from server.projection.projecting import Projector
from server.projection.tables import DERIVED
from server.projection.trace_store import read_trace
from server.sessions.appending import Posting
from server.sessions.ledger import append_events, read_events
from server.sessions.service import list_all_sessions
from server.storage import Storage
from server.study.measured_heart import MeasuredHeart, Sex
from server.study.measured_hearts import add_measured_heart
from server.study.participant import Arm, Participant
from server.study.participants import add_participants
from tests.compacting import compact_all
from tests.ledger_entries import (
    SESSION,
    Tablet,
    attending,
    logged,
    minute,
    planned,
    started,
    wearing,
)
from tests.studies import Study
from tests.unit.server.batches import BOOT, STRAPS, upload

NS_PER_MS = 1_000_000
FRAME_MS, FRAME_SAMPLES = 180, 36
STAMP_NS = 599_616_000_000_000_000  # in 2019, where a strap's clock begins
STATIONS = ["sit-to-stand", "tandem-stance"]
START = minute(15)  # four times a minute and a half of work and one of rest: ten minutes
STRAP_A, STRAP_B = STRAPS[:2]
WORN_A = "01999999-0000-7000-8000-0000000000a1"
WORN_B = "01999999-0000-7000-8000-0000000000a2"


@dataclass
class Evening:
    """Two women, each with a strap; what is entered and sent is stored at once."""

    storage: Storage
    derived: Database
    tablet: Tablet = field(default_factory=Tablet)
    n_records: int = 0

    @property
    def projector(self) -> Projector:
        now_ns = parse_utc_ms(minute(90)) * NS_PER_MS
        return Projector(self.storage.database, self.derived, lambda: now_ns)

    def enter(self, kind: str, about: str, value: dict[str, Any] | None, **how: Any) -> LedgerEvent:
        event = self.tablet.write(kind, about, value, **how)
        posting = Posting(SESSION, [event], minute(89), "sara")
        self.storage.writer.write(lambda c: append_events(c, posting, os.urandom)).result()
        return event

    def send(self, strap: str, bpm: int, from_minute: float, until_minute: float) -> None:
        """A heart rate a second that goes up and down by one, without RR intervals."""
        first_ms = parse_utc_ms(minute(from_minute))
        n_values = round((until_minute - from_minute) * 60)
        records = [self._record(strap, bpm + n % 2, first_ms + 1000 * n) for n in range(n_values)]
        for at in range(0, len(records), 500):
            self.storage.writer.submit(upload(records[at : at + 500])).result()

    def send_beats(self, strap: str, from_minute: float, ticks: list[int]) -> None:
        """A beat a value, each sent as it ends."""
        at_ms, records = parse_utc_ms(minute(from_minute)), []
        for rr_ticks in ticks:
            at_ms += round(rr_ticks * 1000 / 1024)
            payload = bytes([0x10, 60]) + rr_ticks.to_bytes(2, "little")
            records.append(msgspec.structs.replace(self._record(strap, 60, at_ms), payload=payload))
        self.storage.writer.submit(upload(records)).result()

    def send_movement(self, strap: str, from_minute: float, until_minute: float) -> None:
        """200 Hz raw frames of 36 samples: upright, and up and down every three seconds."""
        first_ms = parse_utc_ms(minute(from_minute))
        n_frames = round((until_minute - from_minute) * 60_000 / FRAME_MS)
        at_s = np.arange(n_frames * FRAME_SAMPLES) / 200
        samples = np.zeros((len(at_s), 3))
        samples[:, 0] = -1000 - 250 * np.sin(2 * np.pi * at_s / 3)
        values = samples.round().astype("<i2").reshape(n_frames, FRAME_SAMPLES * 3)
        records = []
        for n, frame in enumerate(values, start=1):
            stamp = (STAMP_NS + n * FRAME_MS * NS_PER_MS).to_bytes(8, "little")
            one = self._record(strap, 60, first_ms + n * FRAME_MS)
            payload = b"\x02" + stamp + b"\x01" + frame.tobytes()
            records.append(msgspec.structs.replace(one, characteristic=PMD_DATA, payload=payload))
        for at in range(0, len(records), 500):
            self.storage.writer.submit(upload(records[at : at + 500])).result()

    def declare(self, strap: str, from_minute: float, until_minute: float) -> None:
        """A gap of the whole strap, whose link was lost."""
        self.n_records += 1
        begins_ms, ends_ms = parse_utc_ms(minute(from_minute)), parse_utc_ms(minute(until_minute))
        gap = GapDeclaration(
            strap=strap,
            reason=GapReason.LINK_LOST,
            from_ns=begins_ms * NS_PER_MS,
            to_ns=ends_ms * NS_PER_MS,
            first_seq=self.n_records,
            last_seq=self.n_records,
            boot_id=BOOT,
            from_monotonic_ns=_monotonic_ns(begins_ms),
            to_monotonic_ns=_monotonic_ns(ends_ms),
        )
        self.storage.writer.submit(upload([gap])).result()

    def _record(self, strap: str, bpm: int, at_ms: int) -> NotificationRecord:
        self.n_records += 1
        monotonic_ns = _monotonic_ns(at_ms)
        payload = bytes([0x00, bpm])
        return NotificationRecord(
            self.n_records, strap, "2a37", BOOT, monotonic_ns, at_ms * NS_PER_MS, payload
        )

    def metrics(self, code: str) -> dict[tuple[str, str | None], Metric]:
        with self.derived.reading() as connection:
            own = read_metrics(connection, SESSION)[code]
        return {(one.name, one.category): one for one in own}

    def mean_bpm(self, code: str) -> float | Missing | None:
        told = self.metrics(code)["mean_hr_bpm", None].delivered
        return told.missing or told.value


def _monotonic_ns(at_ms: int) -> int:
    return (at_ms - parse_utc_ms(minute(-60))) * NS_PER_MS


@pytest.fixture
def evening(study: Study) -> Iterator[Evening]:
    """Everybody here, both straps on, the circuit over, the session closed."""
    with study.open() as storage, open_derived(study.path) as derived:
        made = Evening(storage, derived)
        _hold(made)
        yield made


def _hold(made: Evening) -> None:
    digest = compute_digest(read_shipped_plan("as_printed"))
    plan = {**planned("P01", "P02", "P03"), "plan_sha256": digest}
    made.enter("session_planned", "session", plan)
    for code in ("P01", "P02"):
        made.enter("attendance", code, attending(), at=minute(1))
    made.enter("attendance", "P03", attending("absent"), at=minute(1))
    made.enter("wearing", WORN_A, wearing("P01", STRAP_A, minute(2)), at=minute(2))
    made.enter("wearing", WORN_B, wearing("P02", STRAP_B, minute(2)), at=minute(2))
    clock = started(START, STATIONS, {"P01": 0, "P02": 1}, rounds=2, work_s=90)
    made.enter("clock_started", "clock", clock, at=START)
    made.enter("session_closed", "session", {"summary": {}}, at=minute(80))


def swap_straps(evening: Evening) -> None:
    """One correction an entry: the bytes stay where they are."""
    for about, code, strap in ((WORN_A, "P01", STRAP_B), (WORN_B, "P02", STRAP_A)):
        wrong = find_entry(evening, about)
        evening.enter(
            "wearing", about, wearing(code, strap, minute(2)), at=minute(85),
            supersedes=wrong, reason="they had each other's strap",
        )  # fmt: skip


def find_entry(evening: Evening, about: str) -> str:
    with evening.storage.database.reading() as connection:
        events = [stored.event for stored in read_events(connection, SESSION)]
    return next(one.id for one in reversed(events) if one.about == about)


def read_archive(evening: Evening) -> list[NotificationRecord]:
    page = evening.storage.feed.read_after(0)
    return [one.record for one in page.records]


def test_each_heart_rate_counts_for_who_wore_the_strap_in_the_main_phase(evening: Evening) -> None:
    evening.send(STRAP_A, 100, 3, 15)  # before the circuit
    evening.send(STRAP_A, 120, 15, 25)
    evening.send(STRAP_B, 90, 15, 25)
    evening.send(STRAP_B, 150, 25, 30)  # after it
    assert evening.projector.project_new() == [SESSION]
    assert evening.mean_bpm("P01") == pytest.approx(120.5, abs=0.02)
    assert evening.mean_bpm("P02") == pytest.approx(90.5, abs=0.02)
    told = evening.metrics("P01")["mean_hr_bpm", None].delivered
    assert told.coverage == pytest.approx(1.0, abs=0.002)


def test_d3_a_swapped_strap_is_one_correction_and_one_rebuild(evening: Evening) -> None:
    evening.send(STRAP_A, 120, 14, 26)
    evening.send(STRAP_B, 90, 14, 26)
    evening.projector.project_new()
    bytes_before = read_archive(evening)
    swap_straps(evening)
    assert evening.projector.project_new() == [SESSION]
    assert evening.mean_bpm("P01") == pytest.approx(90.5, abs=0.02)
    assert evening.mean_bpm("P02") == pytest.approx(120.5, abs=0.02)
    assert read_archive(evening) == bytes_before


def test_why_there_is_no_heart_rate(evening: Evening) -> None:
    evening.send(STRAP_B, 90, 15, 20)
    evening.enter("attendance", "P04", attending(), at=minute(1))
    evening.projector.project_new()
    reasons = {code: evening.mean_bpm(code) for code in ("P01", "P02", "P03", "P04")}
    assert reasons == {
        "P01": Missing.NO_DATA,  # a strap, of which nothing came
        "P02": Missing.LOW_COVERAGE,  # half of the circuit
        "P03": Missing.ABSENT,
        "P04": Missing.NO_STRAP,
    }
    told = evening.metrics("P02")["mean_hr_bpm", None].delivered
    assert told.coverage == pytest.approx(0.5, abs=0.01)


def test_what_her_heart_is_measured_against_is_missing_until_it_is_measured(
    evening: Evening,
) -> None:
    evening.send(STRAP_A, 120, 15, 25)
    evening.projector.project_new()
    assert evening.metrics("P01")["trimp_banister_au", None].delivered.missing == (
        Missing.NOT_MEASURED
    )


def test_trimp_once_her_heart_is_measured(evening: Evening) -> None:
    """0.86 x 10 min x 0.5 x e^(1.67 x 0.5) = 9.911 AU at half of her reserve (Banister 1991)."""
    database = evening.storage.database
    her = Participant(ParticipantCode("P01"), "Rabbit", Arm.TRAINING)
    add_participants(database, [her], "ana")
    evening.send(STRAP_A, 120, 15, 25)
    evening.projector.project_new()
    heart = MeasuredHeart(60.5, Sex.FEMALE, max_bpm=180.5)
    add_measured_heart(database, her.code, heart, "ana", None)
    assert evening.projector.project_new() == [SESSION]
    told = evening.metrics("P01")["trimp_banister_prorated_au", None].delivered
    assert told.value == pytest.approx(9.911, abs=0.01)
    assert told.unit == "AU"


def test_a_strap_on_two_women_at_once_is_nobodys(evening: Evening) -> None:
    evening.send(STRAP_A, 120, 15, 25)
    about = "01999999-0000-7000-8000-0000000000a3"
    evening.enter("wearing", about, wearing("P02", STRAP_A, minute(15)), at=minute(86))
    evening.projector.project_new()
    assert evening.mean_bpm("P01") == Missing.NO_DATA
    assert evening.mean_bpm("P02") == Missing.NO_DATA


def test_two_straps_on_one_woman_keep_no_session_from_being_built(evening: Evening) -> None:
    """Both have a heart rate at every same moment; one of them is taken."""
    evening.send(STRAP_A, 120, 15, 25)
    evening.send(STRAP_B, 120, 15, 25)
    value = wearing("P01", STRAP_B, minute(2))
    wrong = find_entry(evening, WORN_B)
    evening.enter("wearing", WORN_B, value, at=minute(85), supersedes=wrong, reason="hers too")
    assert evening.projector.project_new() == [SESSION]
    assert evening.mean_bpm("P01") == pytest.approx(120.5, abs=0.6)
    with evening.derived.reading() as connection:
        gaps = read_trace(connection, SESSION, "P01", "gaps")
    assert gaps is not None
    assert len(gaps["from_s"]) == 0


def test_what_would_be_derived_is_what_is_derived_once_it_is_entered(evening: Evening) -> None:
    evening.send(STRAP_A, 120, 14, 26)
    evening.send(STRAP_B, 90, 14, 26)
    evening.projector.project_new()
    before = {code: evening.metrics(code) for code in ("P01", "P02")}
    wrong = find_entry(evening, WORN_A)
    tried = Tablet("f" * 16).write(
        "wearing", WORN_A, wearing("P02", STRAP_A, minute(2)), minute(85),
        supersedes=wrong, reason="x",
    )  # fmt: skip
    with evening.storage.database.reading() as connection:
        line = next(one for one in list_all_sessions(connection) if one["id"] == SESSION)
    people = evening.projector.try_out(line, [tried], ("P01", "P02"))
    assert set(people) == {"P01", "P02"}
    assert evening.projector.project_new() == []
    assert {code: evening.metrics(code) for code in ("P01", "P02")} == before
    value = wearing("P02", STRAP_A, minute(2))
    evening.enter("wearing", WORN_A, value, at=minute(85), supersedes=wrong, reason="x")
    evening.projector.project_new()
    for code, person in people.items():
        told = {(one.name, one.category): one.delivered for one in person.metrics}
        assert told == {key: one.delivered for key, one in evening.metrics(code).items()}
    assert evening.mean_bpm("P01") == Missing.NO_STRAP


def test_only_what_changed_is_built_again(evening: Evening) -> None:
    evening.send(STRAP_A, 120, 15, 20)
    assert evening.projector.project_new() == [SESSION]
    assert evening.projector.project_new() == []
    evening.send(STRAP_A, 120, 100, 101)  # of no session
    assert evening.projector.project_new() == []
    evening.send(STRAP_A, 120, 20, 25)  # uploaded days later
    assert evening.projector.project_new() == [SESSION]
    assert evening.mean_bpm("P01") == pytest.approx(120.5, abs=0.02)


def test_what_is_built_anew_is_the_same(evening: Evening) -> None:
    evening.send(STRAP_A, 120, 14, 20)
    evening.projector.project_new()
    evening.send(STRAP_A, 121, 20, 26)
    evening.projector.project_new()
    before = {code: evening.metrics(code) for code in ("P01", "P02", "P03")}
    assert evening.projector.rebuild() == [SESSION]
    assert {code: evening.metrics(code) for code in ("P01", "P02", "P03")} == before


def test_what_is_built_of_segments_is_the_same(evening: Evening, tmp_path: Path) -> None:
    evening.send(STRAP_A, 120, 14, 26)
    evening.declare(STRAP_A, 26, 27)
    evening.send_movement(STRAP_B, 14, 17)
    evening.projector.rebuild()
    assert compact_all(evening.storage.database).n_segments >= 2
    with open_derived(tmp_path) as derived:
        anew = replace(evening.projector, derived=derived)
        assert anew.rebuild() == [SESSION]
        assert _dump(derived) == _dump(evening.derived)
    assert evening.projector.project_new() == []


def _dump(derived: Database) -> dict[str, list[Any]]:
    with derived.reading() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(table.select())))
            for table in DERIVED.sorted_tables
        }


def test_her_trace_holds_every_value_of_the_evening(evening: Evening) -> None:
    evening.send(STRAP_A, 120, 10, 30)
    evening.projector.project_new()
    with evening.derived.reading() as connection:
        trace = read_trace(connection, SESSION, "P01", "heart_rate")
        assert read_trace(connection, SESSION, "P02", "heart_rate") is None
    assert trace is not None
    assert len(trace["t_s"]) == 20 * 60
    assert (trace["t_s"][0], trace["hr_bpm"][0]) == (-300.0, 120.0)  # seconds since the clock began


def test_her_gaps_have_the_gateways_reason(evening: Evening) -> None:
    evening.send(STRAP_A, 120, 15, 18)
    evening.declare(STRAP_A, 18, 19.5)
    evening.send(STRAP_A, 120, 19.5, 22)
    evening.send(STRAP_A, 120, 23, 25)  # a minute that nobody explains
    evening.projector.project_new()
    with evening.derived.reading() as connection:
        gaps = read_trace(connection, SESSION, "P01", "gaps")
    assert gaps is not None
    told = zip(gaps["stream"], gaps["cause"], gaps["detail"], gaps["until_s"] - gaps["from_s"],
               strict=True)  # fmt: skip
    assert [(*map(str, row[:3]), round(float(row[3]))) for row in told] == [
        ("heart", "declared", "link_lost", 91),
        ("movement", "declared", "link_lost", 90),
        ("heart", "silence", "", 61),
    ]
    coverage = evening.metrics("P01")["mean_hr_bpm", None].delivered.coverage
    assert coverage == pytest.approx(1 - (91 + 61) / 600, abs=0.003)


def test_variability_of_nn_intervals_while_she_sat(evening: Evening) -> None:
    """1000 and 1039.06 ms in turn: each pair differs by 39.06 ms, and none by more than 50."""
    evening.send_beats(STRAP_A, 3, [1024, 1064] * 100)
    rest = {"bpm": 59, "n_values": 200, "coverage_pct": 100, "missing_reason": None}
    ends = {"from": minute(3.2), "to": minute(6)}
    evening.enter("resting_hr", "P01", {**rest, **ends}, at=minute(6))
    evening.projector.project_new()
    told = {name: one.delivered for (name, _), one in evening.metrics("P01").items()}
    assert told["rmssd_rest_ms"].value == pytest.approx(39.0625)
    assert told["sdnn_rest_ms"].value == pytest.approx(19.53, abs=0.1)
    assert told["pnn50_rest_pct"].value == 0.0
    assert evening.metrics("P02")["rmssd_rest_ms", None].delivered.missing == Missing.NO_DATA


def test_movement_over_the_main_phase_and_by_category(evening: Evening) -> None:
    evening.send_movement(STRAP_A, 14, 26)
    evening.projector.project_new()
    told = evening.metrics("P01")
    whole, agility = told["mad_mg", None].delivered, told["mad_mg", "agility"].delivered
    assert whole.value == pytest.approx(250 * 2 / np.pi, rel=0.05)  # mean of a sine's size
    assert agility.value == pytest.approx(whole.value, rel=0.1)
    assert whole.coverage == pytest.approx(1.0, abs=0.01)
    assert whole.unit == "mg"
    assert told["enmo_mg", None].delivered.flags == ("uncalibrated",)
    assert told["mad_mg", "plyometric"].delivered.missing == Missing.NOT_APPLICABLE
    assert evening.metrics("P02")["mad_mg", None].delivered.missing == Missing.NO_DATA


def test_the_detectors_count_stands_beside_the_trainers(evening: Evening) -> None:
    evening.send_movement(STRAP_A, 14, 26)
    evening.enter("set", "P01/sit-to-stand/1", logged("sit-to-stand", 29), at=minute(17))
    evening.projector.project_new()
    with evening.derived.reading() as connection:
        found = read_proposals(connection, SESSION)
    seen = found[SESSION, "P01", "sit-to-stand/1"]
    assert (seen.trainer, seen.proposed, seen.difference) == (29, 30, 1)  # 90 s, three a piece
    assumed = found[SESSION, "P01", "sit-to-stand/2"]
    assert (assumed.trainer, assumed.proposed) == (None, 30)
    written = evening.metrics("P01")["repetitions_observed", "agility"].delivered
    assert written.value == 29  # hers counts
