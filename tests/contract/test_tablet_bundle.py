"""The bundle through the whole app: what a signed-in tablet gets, and who else gets what."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

import httpx
import pytest

from protocol.messages.roster import ConsentedStream, RosterStrap
from protocol.training.shipped import read_shipped_plan
from server.app import create_app
from server.gateways.roster import add_straps
from server.people.roles import Role
from server.safety.limits import SafetyLimits
from server.safety.phone_list import write_phones
from server.safety.phones import Phone
from server.safety.register import propose_limits, sign_limits
from server.sessions.domain.calendar import list_times
from server.sessions.scheduling import Course, schedule_course
from server.storage import Storage
from server.study.anchor_packs import load_pack
from server.study.participants import read_participants
from server.vault.identity import EmergencyCard, Identity
from tests.ledger_entries import TABLET_B, minute
from tests.licensed_words import BORG
from tests.staff import SAME_SITE, add_person, begin_session, cookie
from tests.studies import Study
from tests.tablet_client import sign_in_trainer

BUNDLE = "/api/v1/tablet/bundle"
CANARY = "Canarina"
PLAN = read_shipped_plan("as_printed")


@pytest.fixture
def storage(study: Study) -> Iterator[Storage]:
    with study.open() as opened:
        yield opened


@pytest.fixture
def headers(storage: Storage) -> dict[str, str]:
    """Sara's tablet; a strap; Fig has a name and a card; a course begins today for two of three."""
    signed_in = sign_in_trainer(storage)
    strap = RosterStrap("8AA87D20", "h10", "07", list(ConsentedStream))
    add_straps(storage.database, [strap])
    card = EmergencyCard(contact=f"sister of {CANARY}", allergies=None, drugs="x", notes=None)
    storage.vault.write_identity("P01", Identity(CANARY, card), "os:test")
    now = datetime.now(UTC) + timedelta(minutes=5)
    times = list_times(now.date(), range(7), time(now.hour, now.minute), UTC, PLAN.n_sessions)
    with storage.database.writing() as connection:
        codes = [one.code for one in read_participants(connection)]
        course = Course("as_printed", PLAN, times, codes[:2])
        schedule_course(connection, course, codes, minute(0), "os:test")
    return signed_in


@pytest.fixture
async def client(storage: Storage) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=create_app(storage), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as made:
        yield made


async def _read(client: httpx.AsyncClient, headers: dict[str, str]) -> dict[str, Any]:
    answer = await client.get(BUNDLE, headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    bundle: dict[str, Any] = answer.json()
    return bundle


async def test_a_session_of_another_day_has_a_bundle_of_its_own(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    """What was written on paper a week ago is entered with that evening's plan."""
    sessions = (await _read(client, headers))["sessions"]
    answer = await client.get(f"{BUNDLE}?session={sessions[6]['id']}", headers=headers)
    bundle = answer.json()
    assert bundle["planned"]["session"] == 7
    assert bundle["tonight"] == sessions[0]["id"]
    refused = await client.get(f"{BUNDLE}?session=nobody", headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (404, "not_found")


async def test_it_has_everything_for_an_evening_without_a_server(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    bundle = await _read(client, headers)
    assert bundle.keys() == {
        "server_utc", "study", "user", "actors", "staff", "sessions", "tonight", "planned",
        "plan_changed", "prescriptions", "rotation", "people", "straps", "safety", "effort",
        "emergency_cards", "last_room", "signoffs_n",
    }  # fmt: skip
    assert (bundle["user"], bundle["actors"], len(bundle["sessions"])) == ("sara", ["sara"], 24)
    assert bundle["tonight"] == bundle["sessions"][0]["id"]
    assert bundle["planned"]["session"] == 1
    assert bundle["straps"] == [{"serial": "8AA87D20", "label": "07", "model": "h10"}]
    assert list(bundle["prescriptions"]) == ["P01", "P02"]
    (sara,) = bundle["staff"]
    assert (sara["name"], sara["role"]) == ("sara", "trainer")
    assert sara["verifier"].keys() == {"salt", "iterations", "hash"}


async def test_it_has_those_who_come_tonight_with_names_for_the_tablet_only(
    client: httpx.AsyncClient, headers: dict[str, str], storage: Storage
) -> None:
    bundle = await _read(client, headers)
    fig, tea = bundle["people"]
    assert fig == {
        "code": "P01",
        "sign": "Fig",
        "first_name": CANARY,
        "flags": [],
        "usual_strap": None,
        "resting_hr_history": [],
        "plyometrics_ready": False,
    }
    assert (tea["code"], tea["first_name"]) == ("P02", None)
    assert bundle["emergency_cards"] == {
        "P01": {"contact": f"sister of {CANARY}", "allergies": None, "drugs": "x", "notes": None}
    }
    read = [(event.done_by, event.code) for event in storage.vault.read_events()]
    assert read[-2:] == [("sara", "P01"), ("sara", "P02")]


async def test_a_console_gets_no_names_cards_or_verifiers(
    client: httpx.AsyncClient, headers: dict[str, str], storage: Storage
) -> None:
    n_read = len(storage.vault.read_events())
    console = {**SAME_SITE, **cookie(begin_session(storage.database, "sara"))}
    answer = await client.get(BUNDLE, headers=console)
    assert CANARY not in answer.text
    bundle = answer.json()
    assert [one["verifier"] for one in bundle["staff"]] == [None]
    assert [one["first_name"] for one in bundle["people"]] == [None, None]
    assert bundle["emergency_cards"] == {}
    assert len(storage.vault.read_events()) == n_read


async def test_a_trainers_tablet_can_check_every_pin_an_assistants_phone_her_own_alone(
    client: httpx.AsyncClient, headers: dict[str, str], storage: Storage
) -> None:
    """A PIN is guessed from its verifier in about a minute (decision 0014)."""
    for name in ("leyla", "nour"):
        add_person(storage.database, name, Role.ASSISTANT)
    phone = {**SAME_SITE, **cookie(begin_session(storage.database, "leyla", TABLET_B))}

    def checked(bundle: dict[str, Any]) -> list[str]:
        return [one["name"] for one in bundle["staff"] if one["verifier"] is not None]

    assert checked(await _read(client, headers)) == ["leyla", "nour", "sara"]
    of_phone = await _read(client, phone)
    assert checked(of_phone) == ["leyla"]
    assert [one["name"] for one in of_phone["staff"]] == ["leyla", "nour", "sara"]


async def test_nobody_but_trainers_and_assistants_gets_it(
    client: httpx.AsyncClient, headers: dict[str, str], storage: Storage
) -> None:
    assert (await client.get(BUNDLE)).status_code == 401
    got = {}
    for role in Role:
        name = add_person(storage.database, f"a-{role}", role)
        others = {**SAME_SITE, **cookie(begin_session(storage.database, name))}
        got[role] = (await client.get(BUNDLE, headers=others)).status_code
    allowed = {role for role, status in got.items() if status == 200}
    assert allowed == {Role.TRAINER, Role.ASSISTANT}
    assert set(got.values()) == {200, 403}


async def test_limits_and_licensed_words_come_once_they_are_signed_and_loaded(
    client: httpx.AsyncClient, headers: dict[str, str], storage: Storage
) -> None:
    limits = SafetyLimits(150, 14, 16, {"P01": 130, "P03": 120})
    codes = ["P01", "P02", "P03"]
    with storage.database.writing() as connection:
        made = propose_limits(connection, limits, codes, "stress test", "os:ana")
        write_phones(connection, [Phone("Ambulance", "115")], "os:ana")
    bundle = await _read(client, headers)
    assert (bundle["safety"]["hr_ceiling_bpm"], bundle["safety"]["rpe_act"]) == (None, None)
    assert bundle["safety"]["hr_ceiling_bpm_of"] == {}
    assert bundle["safety"]["phones"] == [{"name": "Ambulance", "number": "115"}]
    assert (bundle["effort"]["anchor_pack"], len(bundle["effort"]["words"])) == ("none", 2)
    add_person(storage.database, "karimi", Role.CLINICIAN)
    with storage.database.writing() as connection:
        sign_limits(connection, made.sha256, ("karimi", "neurologist"), "seen", "os:ana")
        load_pack(connection, BORG, "licensor to Uni", "os:ana")
    bundle = await _read(client, headers)
    assert (bundle["safety"]["hr_ceiling_bpm"], bundle["safety"]["rpe_act"]) == (150, 16)
    assert bundle["safety"]["hr_ceiling_bpm_of"] == {"P01": 130}  # of those who come
    assert bundle["safety"]["signed_by"] == "karimi"
    assert bundle["effort"]["anchor_pack"] == "borg_6_20 fa 77-A"
    assert bundle["effort"]["words"] == {"6": "made-up six", "20": "made-up twenty"}


async def test_while_nothing_is_planned_it_has_all_who_train(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    bundle = await _read(client, sign_in_trainer(storage))
    assert [one["code"] for one in bundle["people"]] == ["P01", "P02", "P03"]
    assert (bundle["tonight"], bundle["planned"], bundle["sessions"]) == (None, None, [])
