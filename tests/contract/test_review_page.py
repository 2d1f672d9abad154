"""The review of a session through the whole app: lanes, traces, access, and a strap put right."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import httpx
import pytest

from protocol.messages.roster import ConsentedStream, RosterStrap
from server.app import create_app
from server.gateways.roster import add_straps
from server.people.roles import Role
from server.sessions.ledger import read_events
from server.storage import Storage
from server.study.participant import Arm
from tests.dose_course import CODES, schedule
from tests.enrolment import enrol_people
from tests.ledger_entries import Tablet, wearing
from tests.review_evening import (
    END_MIN,
    EVENT,
    EVENT_MIN,
    GAP_MIN,
    WORN_A,
    WORN_B,
    hold_review_evening,
    post,
)
from tests.staff import SAME_SITE, add_person, begin_session, cookie
from tests.studies import Study

FIRST = datetime(2026, 11, 23, 17, tzinfo=UTC)
NOW = FIRST + timedelta(hours=20)
STRAPS = ("8AA87D01", "8AA87D02")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
READERS = (Role.TRAINER, Role.RESEARCHER, Role.MONITOR, Role.DATA_MANAGER, Role.ADMIN)
OTHERS = (Role.ASSISTANT, Role.STATISTICIAN, Role.ASSESSOR, Role.LAB)


@pytest.fixture
def storage(study: Study) -> Iterator[Storage]:
    with study.open() as opened:
        for role in Role:
            add_person(opened.database, role.value, role)
        enrol_people(opened.database, CODES, ("Tea", "Fig", "Sea"), Arm.TRAINING)
        straps = [RosterStrap(one, "h10", f"0{n}", list(ConsentedStream))
                  for n, one in enumerate(STRAPS, start=1)]  # fmt: skip
        add_straps(opened.database, straps)
        yield opened


@pytest.fixture
def session(storage: Storage) -> str:
    """The first of the course, held."""
    ids = schedule(storage, FIRST)
    hold_review_evening(storage, ids[0], FIRST, STRAPS)
    return ids[0]


@pytest.fixture
async def client(storage: Storage) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(storage, wall_ns=lambda: round(NOW.timestamp() * 1e9))
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://127.0.0.1", headers=sign_in(storage, Role.RESEARCHER)
    ) as made:
        yield made


def sign_in(storage: Storage, role: Role) -> dict[str, str]:
    return {**SAME_SITE, **cookie(begin_session(storage.database, role.value))}


async def read_settled(client: httpx.AsyncClient, path: str) -> Any:
    """A JSON once nothing is being worked out any more."""
    for _ in range(120):
        answer = await client.get(path)
        if answer.status_code == 503:
            assert answer.json()["code"] == "not_worked_out_yet"
            continue
        assert answer.status_code == 200, answer.text
        if not answer.json()["is_behind"]:
            return answer.json()
    raise TimeoutError(answer.text)


async def read_lanes(client: httpx.AsyncClient, session: str) -> dict[str, Any]:
    review = await read_settled(client, f"/api/v1/sessions/{session}/review")
    return {lane["participant"]: lane for lane in review["lanes"]}


async def read_page(client: httpx.AsyncClient, session: str, query: str = "") -> str:
    await read_settled(client, f"/api/v1/sessions/{session}/review")
    answer = await client.get(f"/sessions/{session}/review{query}")
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


def at(minute: float) -> str:
    return (FIRST + timedelta(minutes=minute)).strftime("%Y-%m-%dT%H:%M:%S.000Z")


async def test_every_lane_has_its_times_and_evidence(
    client: httpx.AsyncClient, session: str
) -> None:
    review = await read_settled(client, f"/api/v1/sessions/{session}/review")
    assert (review["begins"], review["ends"]) == (at(0), at(END_MIN))
    assert [one["kind"] for one in review["group"]["phases"]] == [
        "arrivals", "warmup", "circuit", "cooldown",
    ]  # fmt: skip
    lanes = {lane["participant"]: lane for lane in review["lanes"]}
    sets = lanes["P01"]["sets"]
    assert [(one["begins"], one["ends"]) for one in sets[:2]] == [
        (at(15), at(16)), (at(17), at(18)),
    ]  # fmt: skip
    assert [one["kind"] for one in sets] == ["observed"] * 2 + ["assumed"] * 6
    assert [one["evidence"] for one in sets[:3]] == ["observed", "observed", "assumed"]
    assert [one["kind"] for one in lanes["P03"]["sets"]] == ["assumed"] * 7 + ["missing"]
    assert [one["label"] for one in lanes["P01"]["ratings"]] == ["13"]
    assert lanes["P02"]["ratings"][0]["words"] == "Effort of round 1: not asked"
    assert lanes["P03"]["events"][0]["at"] == at(EVENT_MIN)
    assert [(one["kind"], one["begins"], one["ends"]) for one in lanes["P03"]["stops"]] == [
        ("stopped", at(EVENT_MIN), at(END_MIN)),
    ]  # fmt: skip
    assert EVENT not in str(lanes["P01"])
    assert sets[0]["sensed"]["mean_hr_bpm"]["unit"] == "bpm"
    assert sets[0]["sensed"]["mad_mg"]["missing"] == "no_data"
    assert lanes["P03"]["sets"][0]["sensed"]["mean_hr_bpm"]["missing"] == "no_strap"
    assert [(one["strap"], one["stretches"]) for one in review["clocks"]] == [
        (STRAPS[0], []), (STRAPS[1], []),
    ]  # fmt: skip
    assert [one["missing"] for one in review["sync_moments"]] == ["no_movement"]


async def test_a_gap_has_its_cause_and_a_strap_its_wearer(
    client: httpx.AsyncClient, session: str
) -> None:
    lanes = await read_lanes(client, session)
    heart = [one for one in lanes["P01"]["gaps"] if one["stream"] == "heart"]
    assert [(one["kind"], one["detail"], one["ends"]) for one in heart] == [
        ("declared", "link_lost", at(GAP_MIN[1])),
    ]  # fmt: skip
    assert heart[0]["words"] == "Heart rate unknown: out of reach, off or asleep"
    worn = [(one["about"], one["serial"], one["label"]) for one in lanes["P01"]["wearing"]]
    assert worn == [(WORN_A, STRAPS[0], "strap 01")]
    assert lanes["P03"]["wearing"] == []


async def test_traces_are_columns_with_what_does_not_count(
    client: httpx.AsyncClient, session: str
) -> None:
    traces = await read_settled(client, f"/api/v1/sessions/{session}/traces/P01")
    heart = traces["heart_rate"]
    assert traces["origin"] == at(15)
    assert heart["t_s"][0] == (3 - 15) * 60
    assert len(heart["t_s"]) == len(heart["hr_bpm"]) == len(heart["counts"]) == 2220 - 150
    assert all(isinstance(one, int) for one in heart["hr_bpm"])
    assert traces["movement"] is None
    assert [one["stream"] for one in traces["gaps"]] == ["heart", "movement"]
    assert heart["t_error_s"] == 1.0  # Heart Rate Service 1.0 has no time of its own
    (origin,) = traces["origins"]
    assert (origin["stream"], origin["serial"], origin["label"]) == ("heart", STRAPS[0], "01")
    assert (origin["begins"], origin["ends"]) == (at(3), at(END_MIN - 1 / 60))
    nothing = await client.get(f"/api/v1/sessions/{session}/traces/P09")
    assert (nothing.status_code, nothing.json()["code"]) == (404, "not_found")
    without = await read_settled(client, f"/api/v1/sessions/{session}/traces/P03")
    assert without["heart_rate"] is None


async def test_the_page_says_everything_in_tables(client: httpx.AsyncClient, session: str) -> None:
    page = await read_page(client, session)
    for words in (
        "Session 1, week 1, 2026-11-23 17:00 UTC: closed", "17:00:00 to 17:40:00 UTC",
        "Station 1, sit to stand: 10 repetitions of 10 prescribed, observed; mean heart rate",
        "Clocks of straps", "No movement came: no clock to fit.", "no strap sent movement",
        "assumed as planned", "Effort of round 1: 13 of 6 to 20, she said it", "Near-fall",
        "21.5 °C in the room", "out of reach, off or asleep", "Wasn't hers", "Session review",
        "no strap",
    ):  # fmt: skip
        assert words in page, words
    assert 'style="' not in page


async def test_a_session_ahead_says_so_and_one_that_is_none_is_not_found(
    client: httpx.AsyncClient, storage: Storage, session: str
) -> None:
    ahead = schedule_ids(storage)[3]
    page = await read_page(client, ahead)
    assert "wasn't held yet" in page
    for nothing in ("x", "01999999-0000-7000-8000-0000000000ff"):
        answer = await client.get(f"/sessions/{nothing}/review")
        assert answer.status_code == 404


def schedule_ids(storage: Storage) -> list[str]:
    from server.sessions.service import list_all_sessions

    with storage.database.reading() as connection:
        return [str(line["id"]) for line in list_all_sessions(connection)]


@pytest.mark.parametrize("role", READERS)
async def test_who_reads_dose_reads_the_review(
    client: httpx.AsyncClient, storage: Storage, session: str, role: Role
) -> None:
    hers = sign_in(storage, role)
    page = await client.get(f"/sessions/{session}/review", headers=hers)
    assert page.status_code == 200
    may = role in {Role.TRAINER, Role.RESEARCHER}
    assert ("Wasn&#39;t hers" in page.text) is may
    assert ("you can look" in page.text) is not may
    asked = await client.get(f"/sessions/{session}/review?about={WORN_A}&wearer=P02", headers=hers)
    assert ('id="preview"' in asked.text) is may


@pytest.mark.parametrize("role", OTHERS)
async def test_who_is_blinded_or_only_helps_sees_nothing(
    client: httpx.AsyncClient, storage: Storage, session: str, role: Role
) -> None:
    hers = sign_in(storage, role)
    page = await client.get(f"/sessions/{session}/review", headers=hers)
    assert (page.status_code, page.headers["location"]) == (303, "/home")
    for path in ("review", "traces/P01"):
        answer = await client.get(f"/api/v1/sessions/{session}/{path}", headers=hers)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")


async def test_who_is_signed_out_comes_back_to_the_review(
    client: httpx.AsyncClient, session: str
) -> None:
    path = f"/sessions/{session}/review"
    page = await client.get(path, headers={"Cookie": "x=y"})
    assert (page.status_code, page.headers["location"]) == (303, f"/sign-in?next={path}")
    form = await client.get(f"/sign-in?next={path}")
    assert f'value="{path}"' in form.text


def archive(storage: Storage) -> list[bytes]:
    return [one.record.payload for one in storage.feed.read_after(0).records]


async def mean_bpm(client: httpx.AsyncClient, session: str, code: str) -> Any:
    await read_settled(client, f"/api/v1/sessions/{session}/review")
    answer = await client.get(f"/api/v1/sessions/{session}/dose/{code}")
    metrics = {(one["name"], one["category"]): one for one in answer.json()["metrics"]}
    told = metrics["mean_hr_bpm", None]["delivered"]
    return told["missing"] if told["value"] is None else told["value"]


def correction(storage: Storage, session: str, **other: str) -> dict[str, str]:
    fields = {"about": WORN_A, "entry": find_entry(storage, session, WORN_A), "wearer": "P02",
              "reason": "they had each other's strap"}  # fmt: skip
    return {**fields, **other}


def find_entry(storage: Storage, session: str, about: str) -> str:
    """The newest entry about an interval."""
    with storage.database.reading() as connection:
        events = [one.event for one in read_events(connection, session)]
    return [one.id for one in events if one.about == about][-1]


async def test_an_exchange_changes_both_peoples_dose_and_no_byte(
    client: httpx.AsyncClient, storage: Storage, session: str
) -> None:
    before = [await mean_bpm(client, session, code) for code in ("P01", "P02")]
    bytes_before = archive(storage)
    preview = await read_page(client, session, f"?about={WORN_A}&wearer=P02&exchange=yes")
    for bpm in before:  # one is hers now, the other one's then
        assert preview.count(f"<td>{bpm:.0f} bpm") == 2
    fields = correction(storage, session, exchange="yes")
    answer = await client.post(f"/sessions/{session}/review", data=fields)
    assert (answer.status_code, answer.headers["location"]) == (
        303, f"/sessions/{session}/review?done=corrected",
    )  # fmt: skip
    after = [await mean_bpm(client, session, code) for code in ("P01", "P02")]
    assert after == [pytest.approx(before[1]), pytest.approx(before[0])]
    assert before[0] > before[1] + 10
    assert archive(storage) == bytes_before
    with storage.database.reading() as connection:
        stored = [one for one in read_events(connection, session) if one.event.kind == "wearing"]
    assert len(stored) == 4
    for one, wrong in zip(stored[2:], (WORN_A, WORN_B), strict=True):
        assert (one.event.about, one.event.actor, one.recorded_by) == (
            wrong, "researcher", "researcher",
        )  # fmt: skip
        assert one.event.reason == "they had each other's strap"
        assert one.event.supersedes in {each.event.id for each in stored[:2]}


async def test_the_preview_says_what_the_dose_then_is_and_stores_nothing(
    client: httpx.AsyncClient, storage: Storage, session: str
) -> None:
    asked = f"?about={WORN_A}&wearer=P03"
    entry = find_entry(storage, session, WORN_A)
    page = await read_page(client, session, asked)
    row = page[page.index("P03 Sea</th><td>Straps") :]
    assert "no strap</td><td>strap 01 from 17:03:00 to the end" in row[:300]
    assert "No strap: she wore none</td><td>" in row[:600]
    assert find_entry(storage, session, WORN_A) == entry
    told = row[row.index("Mean heart rate") :][:200]
    fields = correction(storage, session, wearer="P03")
    await client.post(f"/sessions/{session}/review", data=fields)
    got = await mean_bpm(client, session, "P03")
    assert f"{got:.0f} bpm" in told
    assert await mean_bpm(client, session, "P01") == "no_strap"


async def test_a_preview_warns_of_two_straps_on_one_and_offers_the_exchange(
    client: httpx.AsyncClient, session: str
) -> None:
    page = await read_page(client, session, f"?about={WORN_A}&wearer=P02")
    assert "P02 would wear strap 01 and strap 02 at once." in page
    assert "Exchange: strap 02 of P02 goes to P01" in page
    page = await read_page(client, session, f"?about={WORN_A}&wearer=P02&exchange=yes")
    assert "at once" not in page


@pytest.mark.parametrize(
    ("other", "status", "sentence"),
    [
        ({"reason": "  "}, 422, "Say why in a sentence"),
        ({"reason": "x" * 501}, 422, "Say why in a sentence"),
        ({"wearer": "P01"}, 422, "Choose who really wore it"),
        ({"wearer": "P99"}, 422, "Choose who really wore it"),
        ({"entry": WORN_B}, 409, "somebody corrected this strap"),
    ],
)
async def test_what_is_wrong_with_a_form_is_said_and_nothing_is_stored(
    client: httpx.AsyncClient,
    storage: Storage,
    session: str,
    other: dict[str, str],
    status: int,
    sentence: str,
) -> None:
    entry = find_entry(storage, session, WORN_A)
    fields = correction(storage, session, **other)
    answer = await client.post(f"/sessions/{session}/review", data=fields)
    assert (answer.status_code, sentence in answer.text) == (status, True)
    assert find_entry(storage, session, WORN_A) == entry


@pytest.mark.parametrize("role", [Role.MONITOR, Role.DATA_MANAGER, Role.ADMIN, Role.ASSISTANT])
async def test_who_may_not_correct_a_strap_does_not(
    client: httpx.AsyncClient, storage: Storage, session: str, role: Role
) -> None:
    entry = find_entry(storage, session, WORN_A)
    fields = correction(storage, session)
    answer = await client.post(
        f"/sessions/{session}/review", data=fields, headers=sign_in(storage, role)
    )
    assert answer.status_code == 303
    assert answer.headers["location"] == "/home"
    assert find_entry(storage, session, WORN_A) == entry


async def test_a_correction_from_another_site_is_refused(
    client: httpx.AsyncClient, storage: Storage, session: str
) -> None:
    entry = find_entry(storage, session, WORN_A)
    answer = await client.post(
        f"/sessions/{session}/review", data=correction(storage, session),
        headers={"Sec-Fetch-Site": "cross-site"},
    )  # fmt: skip
    assert answer.status_code == 403
    assert find_entry(storage, session, WORN_A) == entry


async def test_a_disputed_strap_is_settled_by_one_form(
    client: httpx.AsyncClient, storage: Storage, session: str
) -> None:
    wrong = find_entry(storage, session, WORN_A)
    for device, code in (("c" * 16, "P02"), ("d" * 16, "P03")):
        value = wearing(code, STRAPS[0], at(3))
        rival = Tablet(device).write("wearing", WORN_A, value, at(50), supersedes=wrong, reason="x")
        post(storage, session, rival)
    lanes = await read_lanes(client, session)
    disputed = [one for lane in lanes.values() for one in lane["wearing"] if one["about"] == WORN_A]
    assert [one["kind"] for one in disputed] == ["disputed"]
    fields = correction(storage, session, wearer="P01", entry=disputed[0]["entry"])
    answer = await client.post(f"/sessions/{session}/review", data=fields)
    assert answer.status_code == 303
    lanes = await read_lanes(client, session)
    assert [one["kind"] for one in lanes["P01"]["wearing"]] == ["worn"]
