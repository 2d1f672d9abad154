"""The clinician's page, through the whole app and on both databases: who may, what is stored."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from sqlalchemy import select

from server.app import create_app
from server.people.brake import FREE_FAILURES
from server.people.roles import Role
from server.people.tables import PEOPLE_EVENTS
from server.safety.limits import SafetyLimits
from server.safety.register import Proposal, propose_limits, read_history, read_in_force
from server.storage import Storage
from server.study.participant import Arm
from tests.enrolment import enrol_people
from tests.staff import PASSWORD, SAME_SITE, add_person, begin_session, cookie
from tests.studies import Study

LIMITS = "/limits"
TYPED = {"act": "sign", "seen": "", "hr_ceiling_bpm": "150", "rpe_alert": "14", "rpe_hold": "16",
         "own_P07": "130", "qualification": "neurologist, 12345", "reason": "stress test of May",
         "password": PASSWORD}  # fmt: skip
MEANT = SafetyLimits(150, 14, 16, {"P07": 130})


@pytest.fixture
def storage(study: Study) -> Iterator[Storage]:
    with study.open() as opened:
        add_person(opened.database, "karimi", Role.CLINICIAN)
        add_person(opened.database, "sara", Role.TRAINER)
        enrol_people(opened.database, ("P01", "P07"), ("Tea", "Fig"), Arm.TRAINING)
        yield opened


@pytest.fixture
async def client(storage: Storage) -> AsyncIterator[httpx.AsyncClient]:
    """The browser of karimi, who signed in."""
    transport = httpx.ASGITransport(app=create_app(storage), raise_app_exceptions=False)
    headers = {**SAME_SITE, **cookie(begin_session(storage.database, "karimi"))}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://127.0.0.1", headers=headers
    ) as made:
        yield made


async def post(client: httpx.AsyncClient, **changes: str) -> httpx.Response:
    return await client.post(LIMITS, data=TYPED | changes)


def history(storage: Storage) -> list[Proposal]:
    with storage.database.reading() as connection:
        return read_history(connection)


def in_force(storage: Storage) -> SafetyLimits | None:
    with storage.database.reading() as connection:
        found = read_in_force(connection)
    return None if found is None else found.limits


def read_seen(page: httpx.Response) -> str:
    return page.text.partition('name="seen" value="')[2].partition('"')[0]


async def test_what_she_signs_is_in_force_with_her_name_and_the_time(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    assert "No limit is in force" in (await client.get(LIMITS)).text
    answer = await post(client)
    assert (answer.status_code, answer.headers["location"]) == (303, "/limits?done=signed")
    assert in_force(storage) == MEANT
    (stored,) = history(storage)
    assert stored.signature is not None
    assert (stored.recorded_by, stored.signature.signed_by) == ("karimi", "karimi")
    assert stored.signature.qualification == "neurologist, 12345"
    assert (stored.reason, stored.signature.reason) == ("stress test of May",) * 2
    page = (await client.get(LIMITS)).text
    assert "Signed by karimi, neurologist, 12345, 20" in page
    assert '<th scope="row">P07</th><td>130, her own</td><td>14</td><td>16</td>' in page
    assert '<th scope="row">P01</th><td>150</td><td>14</td><td>16</td>' in page
    assert PASSWORD not in page


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("hr_ceiling_bpm", "20", "from 30 to 250"),
        ("hr_ceiling_bpm", "400", "from 30 to 250"),
        ("own_P07", "20", "from 30 to 250"),
        ("rpe_hold", "21", "from 6 to 20"),
        ("reason", " ", "Fill this in"),
        ("qualification", "", "Fill this in"),
        ("password", "", "Fill this in"),
        ("password", "another-password", "your password"),
    ],
)
async def test_bad_input_is_told_at_its_field_and_nothing_is_stored(
    client: httpx.AsyncClient, storage: Storage, field: str, typed: str, sentence: str
) -> None:
    answer = await post(client, **{field: typed})
    assert answer.status_code == 422
    assert history(storage) == []
    told = answer.text.partition(f'id="{field}-trouble"')[2].partition("</p>")[0]
    assert sentence in told
    assert f'aria-describedby="{field}-trouble"' in answer.text
    assert answer.text.count("aria-invalid") == 1
    kept = "own_P01" if field == "own_P07" else "own_P07"
    assert f'name="{kept}"' in answer.text
    assert 'value="14"' in answer.text  # what was right needn't be typed again
    assert PASSWORD not in answer.text


async def test_another_role_is_led_away_and_nothing_is_stored(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    hers = {**SAME_SITE, **cookie(begin_session(storage.database, "sara"))}
    for answer in (
        await client.get(LIMITS, headers=hers),
        await client.post(LIMITS, data=TYPED, headers=hers),
    ):
        assert (answer.status_code, answer.headers["location"]) == (303, "/home")
    assert history(storage) == []


async def test_f3_another_site_can_sign_nothing(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    answer = await client.post(LIMITS, data=TYPED, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, answer.json()["code"]) == (403, "cross_site")
    assert history(storage) == []


async def test_withdrawing_needs_a_reason_and_her_password_and_leaves_no_limit(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    await post(client)
    seen = read_seen(await client.get(LIMITS))
    asked = {"act": "withdraw", "seen": seen, "withdraw_reason": "new drug",
             "withdraw_password": PASSWORD}  # fmt: skip
    for wrong in ({"withdraw_reason": ""}, {"withdraw_password": "another-password"}):
        answer = await client.post(LIMITS, data=asked | wrong)
        (field,) = wrong
        assert f'id="{field}-trouble"' in answer.text
        assert in_force(storage) == MEANT
    answer = await client.post(LIMITS, data=asked)
    assert (answer.status_code, answer.headers["location"]) == (303, "/limits?done=withdrawn")
    assert in_force(storage) is None
    newest = history(storage)[-1]
    assert (newest.recorded_by, newest.reason, newest.limits.is_empty) == (
        "karimi",
        "new drug",
        True,
    )
    page = (await client.get(LIMITS)).text
    assert "No limit is in force" in page
    assert "new drug" in page
    assert "stress test of May" in page  # what was stays readable
    assert 'id="withdraw"' not in page
    again = await client.post(LIMITS, data=asked | {"seen": read_seen(await client.get(LIMITS))})
    assert (again.status_code, len(history(storage))) == (409, 2)


async def test_nobody_decides_over_values_that_she_did_not_see(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    with storage.database.writing() as connection:
        propose_limits(connection, SafetyLimits(140), ["P07"], "another", "os:ana")
    answer = await post(client)  # she saw a page without any proposal
    assert answer.status_code == 409
    assert "somebody changed them" in answer.text
    assert (in_force(storage), len(history(storage))) == (None, 1)


async def test_values_that_somebody_proposed_are_signed_as_they_are(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    with storage.database.writing() as connection:
        propose_limits(connection, MEANT, ["P07"], "from the protocol", "os:ana")
    page = await client.get(LIMITS)
    assert "os:ana proposed the values below: from the protocol." in page.text
    assert 'name="own_P07" type="text" value="130"' in page.text
    await post(client, seen=read_seen(page))
    (stored,) = history(storage)
    assert (stored.recorded_by, stored.is_signed) == ("os:ana", True)
    again = await post(client, seen=read_seen(page))
    assert (again.status_code, len(history(storage))) == (409, 1)
    assert "in force already" in again.text


async def test_f6_guessing_her_password_is_slowed_down_and_written_down(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    for _ in range(FREE_FAILURES):
        assert (await post(client, password="another-password")).status_code == 422
    answer = await post(client)
    assert (answer.status_code, int(answer.headers["retry-after"]) > 20) == (429, True)
    assert "Too many wrong tries" in answer.text
    assert history(storage) == []
    with storage.database.reading() as connection:
        refused = select(PEOPLE_EVENTS).where(PEOPLE_EVENTS.c.what == "sign-in refused")
        assert len(connection.execute(refused).all()) == FREE_FAILURES


async def test_signed_out_in_the_meantime_leads_back_here(client: httpx.AsyncClient) -> None:
    answer = await client.post(LIMITS, data=TYPED, headers={"Cookie": ""})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/limits")


async def test_what_she_typed_is_text_and_never_markup(client: httpx.AsyncClient) -> None:
    answer = await post(client, reason='"><script>alert(1)</script>', password="")
    assert "<script" not in answer.text
    assert "&lt;script&gt;" in answer.text
