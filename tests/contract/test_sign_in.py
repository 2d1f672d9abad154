"""Promises F2 and F6 through the whole app, on both databases: signing in, switching, out."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
from sqlalchemy import select, update

from server.app import create_app
from server.errors import SignInBusyError, SignInRefusedError, TooManyAttemptsError
from server.people.attempt import Attempt
from server.people.hashing import HashingDesk
from server.people.registry import Registry
from server.people.roles import Role
from server.people.session_limits import ABSOLUTE_S, IDLE_S, NS_PER_S
from server.people.sign_in import SignIn
from server.people.sign_in_sessions import hash_session_id
from server.people.tables import PEOPLE_EVENTS, SIGN_IN_SESSIONS
from server.storage import Storage
from tests.staff import DEVICE, PASSWORD, PIN, SAME_SITE, add_person, begin_session, cookie
from tests.studies import Study

SIGN_IN, SIGN_OUT, SELF = "/api/v1/sign-in", "/api/v1/sign-out", "/api/v1/self"
ACTORS = "/api/v1/tablet/actors"
OTHER_PIN = "314159"


@pytest.fixture
def storage(study: Study) -> Iterator[Storage]:
    with study.open() as opened:
        add_person(opened.database, "sara")
        add_person(opened.database, "leyla", Role.ASSISTANT, OTHER_PIN)
        add_person(opened.database, "reza", Role.RESEARCHER)
        yield opened


@pytest.fixture
async def client(storage: Storage) -> AsyncIterator[httpx.AsyncClient]:
    """A browser without a cookie; each test sends the one it means to send."""
    transport = httpx.ASGITransport(app=create_app(storage), raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://127.0.0.1", headers=SAME_SITE
    ) as made:
        yield made


async def sign_in(client: httpx.AsyncClient, name: str = "sara", **given: Any) -> httpx.Response:
    content = {"name": name, **(given or {"password": PASSWORD})}
    answer = await client.post(SIGN_IN, json=content)
    client.cookies.clear()
    return answer


def session_of(answer: httpx.Response) -> str:
    assert answer.status_code == 200, answer.text
    header = answer.headers["set-cookie"]
    assert header.endswith("; Path=/; Secure; HttpOnly; SameSite=Lax")
    return str(header.removeprefix("__Host-doseline=").partition(";")[0])


async def status(client: httpx.AsyncClient, session_id: str) -> int:
    return (await client.get(SELF, headers=cookie(session_id))).status_code


async def test_signing_in_tells_who_is_signed_in(client: httpx.AsyncClient) -> None:
    answer = await sign_in(client)
    session_id = session_of(answer)
    assert answer.headers["cache-control"] == "no-store"
    again = await client.get(SELF, headers=cookie(session_id))
    for told in (answer.json(), again.json()):
        assert told.pop("server_utc") < told.pop("valid_until_utc")
        assert told == {
            "user": "sara",
            "role": "trainer",
            "actors": ["sara"],
            "active": "sara",
            "device": None,
        }


@pytest.mark.parametrize(
    ("name", "given", "device"),
    [
        ("sara", {"pin": PIN}, None),
        ("SARA ", {"pin": PIN}, None),
        ("leyla", {"pin": OTHER_PIN, "device": DEVICE}, DEVICE),
        ("reza", {"password": PASSWORD}, None),
        ("reza", {"password": PASSWORD, "device": DEVICE}, None),  # no tablet work, no 12 hours
    ],
)
async def test_who_may_sign_in_with_what(
    client: httpx.AsyncClient, name: str, given: dict[str, str], device: str | None
) -> None:
    assert (await sign_in(client, name, **given)).json()["device"] == device


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("sara", {"password": "wrong"}),
        ("sara", {"pin": OTHER_PIN}),
        ("sara", {"password": PIN}),
        ("sara", {"pin": PASSWORD}),
        ("reza", {"pin": PIN}),
        ("nobody", {"password": PASSWORD}),
        ("' or 1=1 --", {"password": PASSWORD}),
    ],
)
async def test_f6_every_refusal_is_the_same(
    client: httpx.AsyncClient, name: str, given: dict[str, str]
) -> None:
    answer = await sign_in(client, name, **given)
    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_refused")
    assert answer.json()["detail"] == "name and password, or name and PIN, don't belong together"
    assert "set-cookie" not in answer.headers


async def test_f2_an_id_that_somebody_planted_is_never_taken_over(
    client: httpx.AsyncClient,
) -> None:
    planted = "chosen-by-an-attacker-before-the-sign-in"
    answer = await client.post(
        SIGN_IN, json={"name": "sara", "password": PASSWORD}, headers=cookie(planted)
    )
    assert session_of(answer) != planted
    assert await status(client, planted) == 401


async def test_f2_signing_in_again_gives_a_new_id_and_ends_the_old_one(
    client: httpx.AsyncClient,
) -> None:
    first = session_of(await sign_in(client))
    content = {"name": "sara", "password": PASSWORD}
    second = session_of(await client.post(SIGN_IN, json=content, headers=cookie(first)))
    client.cookies.clear()
    assert first != second
    assert len(second) == 43  # 256 bits in base64url
    assert (await status(client, first), await status(client, second)) == (401, 200)


async def test_f2_only_the_hash_of_an_id_is_stored(
    client: httpx.AsyncClient, storage: Storage, study: Study
) -> None:
    session_id = session_of(await sign_in(client))
    with storage.database.reading() as connection:
        stored = connection.execute(select(SIGN_IN_SESSIONS.c.id_sha256)).scalars().all()
    assert [bytes(one) for one in stored] == [hash_session_id(session_id)]
    for path in study.path.iterdir():
        if path.is_file():
            assert session_id.encode() not in path.read_bytes()
            assert PASSWORD.encode() not in path.read_bytes()


async def test_f2_a_stolen_cookie_is_worthless_after_signing_out(
    client: httpx.AsyncClient,
) -> None:
    stolen = session_of(await sign_in(client))
    assert await status(client, stolen) == 200
    answer = await client.post(SIGN_OUT, headers=cookie(stolen))
    assert answer.status_code == 204
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert await status(client, stolen) == 401
    assert (await client.post(SIGN_OUT, headers=cookie(stolen))).status_code == 204
    assert (await client.post(SIGN_OUT)).status_code == 204


@pytest.mark.parametrize("what", ["disable", "set_password", "set_pin"])
async def test_f2_what_ends_her_rights_ends_her_sessions_at_once(
    client: httpx.AsyncClient, storage: Storage, what: str
) -> None:
    session_id = session_of(await sign_in(client, pin=PIN, device=DEVICE))
    other = session_of(await sign_in(client, "reza", password=PASSWORD))
    registry = Registry(storage.database, "os:test")
    given = {"disable": (), "set_password": (PASSWORD,), "set_pin": (PIN,)}[what]
    getattr(registry, what)("sara", *given)
    assert (await status(client, session_id), await status(client, other)) == (401, 200)


async def test_f2_who_is_disabled_signs_in_no_more_until_enabled(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    registry = Registry(storage.database, "os:test")
    session_id = session_of(await sign_in(client))
    registry.disable("sara")
    answer = await sign_in(client)
    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_refused")
    registry.enable("sara")
    assert await status(client, session_id) == 401  # what was ended stays ended
    assert (await sign_in(client)).status_code == 200


def grow_older(storage: Storage, seen_s: float, signed_in_s: float) -> None:
    """As if the sessions had been used and begun so long ago."""
    now_ns = time.time_ns()
    with storage.database.writing() as connection:
        connection.execute(
            update(SIGN_IN_SESSIONS).values(
                seen_wall_ns=now_ns - round(seen_s * NS_PER_S),
                signed_in_wall_ns=now_ns - round(signed_in_s * NS_PER_S),
            )
        )


async def test_f2_a_console_session_ends_when_nobody_uses_it(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    console = session_of(await sign_in(client))
    tablet = session_of(await sign_in(client, pin=PIN, device=DEVICE))
    grow_older(storage, IDLE_S - 5, ABSOLUTE_S - 60)
    assert await status(client, console) == 200  # and this was a use, so it is young again
    assert await status(client, console) == 200
    grow_older(storage, IDLE_S + 1, ABSOLUTE_S - 60)
    assert (await status(client, console), await status(client, tablet)) == (401, 200)


@pytest.mark.parametrize("step_s", [3_600, -3_600, 86_400, -86_400])
def test_b1_a_wall_clock_that_is_set_signs_nobody_out_and_keeps_nobody_signed_in(
    storage: Storage, step_s: int
) -> None:
    wall_ns, elapsed_ns = [1_795_000_000 * NS_PER_S], [0]
    clocks = (time.monotonic, lambda: wall_ns[0], lambda: elapsed_ns[0])
    sign_in = SignIn(storage.database, HashingDesk(), *clocks)
    session_id = sign_in.sign_in(RIGHT, "here", None)
    id_sha256 = hash_session_id(session_id)
    wall_ns[0] += step_s * NS_PER_S
    person = sign_in.find(session_id)
    assert person is not None
    assert person.valid_until_wall_ns == wall_ns[0] + ABSOLUTE_S * NS_PER_S  # as tablets count
    assert sign_in.keep_going_on(frozenset({id_sha256})) == {id_sha256}
    elapsed_ns[0] += IDLE_S * NS_PER_S
    assert sign_in.keep_going_on(frozenset({id_sha256})) == set()
    assert sign_in.find(session_id) is None


async def test_f2_use_keeps_a_console_session_alive_for_twelve_hours_at_most(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    console = session_of(await sign_in(client))
    tablet = session_of(await sign_in(client, pin=PIN, device=DEVICE))
    grow_older(storage, 0, ABSOLUTE_S + 1)
    assert (await status(client, console), await status(client, tablet)) == (401, 401)


async def test_a_tablet_changes_hands_by_pin(client: httpx.AsyncClient) -> None:
    session_id = session_of(await sign_in(client, pin=PIN, device=DEVICE))
    hers = cookie(session_id)
    answer = await client.post(ACTORS, json={"name": "leyla", "pin": OTHER_PIN}, headers=hers)
    told = answer.json()
    assert (told["user"], told["role"]) == ("sara", "trainer")
    assert (told["actors"], told["active"]) == (["sara", "leyla"], "leyla")
    back = await client.post(ACTORS, json={"name": "sara", "pin": PIN}, headers=hers)
    assert (back.json()["actors"], back.json()["active"]) == (["sara", "leyla"], "sara")


async def test_a_wrong_pin_changes_nothing_and_keeps_the_tablet_signed_in(
    client: httpx.AsyncClient,
) -> None:
    session_id = session_of(await sign_in(client, pin=PIN, device=DEVICE))
    hers = cookie(session_id)
    for name, pin in (("leyla", PIN), ("reza", PIN), ("nobody", PIN)):
        answer = await client.post(ACTORS, json={"name": name, "pin": pin}, headers=hers)
        assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_refused")
    told = (await client.get(SELF, headers=hers)).json()
    assert (told["actors"], told["active"]) == (["sara"], "sara")


async def test_only_a_tablet_that_a_trainer_signed_in_changes_hands(
    client: httpx.AsyncClient,
) -> None:
    leyla = session_of(await sign_in(client, "leyla", pin=OTHER_PIN, device=DEVICE))
    console = session_of(await sign_in(client))
    for session_id in (leyla, console):
        answer = await client.post(
            ACTORS, json={"name": "sara", "pin": PIN}, headers=cookie(session_id)
        )
        assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")


async def test_who_is_disabled_is_at_work_nowhere(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    hers = cookie(session_of(await sign_in(client, pin=PIN, device=DEVICE)))
    await client.post(ACTORS, json={"name": "leyla", "pin": OTHER_PIN}, headers=hers)
    Registry(storage.database, "os:test").disable("leyla")
    told = (await client.get(SELF, headers=hers)).json()
    assert (told["actors"], told["active"]) == (["sara"], "sara")


async def test_f3_another_site_can_do_nothing_with_her_cookie(client: httpx.AsyncClient) -> None:
    hers = cookie(session_of(await sign_in(client)))
    for path, content in ((SIGN_OUT, None), (ACTORS, {}), ("/sign-out", None)):
        crossing = {**hers, "Sec-Fetch-Site": "cross-site"}
        answer = await client.post(path, json=content, headers=crossing)
        assert (answer.status_code, answer.json()["code"]) == (403, "cross_site")
    assert (await client.get(SELF, headers=hers)).status_code == 200


async def test_f6_after_five_wrong_ones_an_account_waits_and_its_session_goes_on(
    client: httpx.AsyncClient,
) -> None:
    session_id = session_of(await sign_in(client))
    for _ in range(5):
        assert (await sign_in(client, pin=OTHER_PIN)).status_code == 401
    answer = await sign_in(client, pin=PIN)  # the right one now waits as well
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_attempts")
    assert 25 <= int(answer.headers["retry-after"]) <= 30
    assert await status(client, session_id) == 200


async def test_f6_a_source_that_tries_many_names_waits_too(client: httpx.AsyncClient) -> None:
    for n in range(5):
        assert (await sign_in(client, f"user{n}", pin=PIN)).status_code == 401
    assert (await sign_in(client, pin=PIN)).status_code == 429


async def test_the_trail_says_who_and_never_what_was_typed(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    await sign_in(client, "my-password-in-the-name-field", pin=PIN)
    await sign_in(client, pin=OTHER_PIN)
    hers = cookie(session_of(await sign_in(client, pin=PIN, device=DEVICE)))
    await client.post(ACTORS, json={"name": "leyla", "pin": OTHER_PIN}, headers=hers)
    await client.post(SIGN_OUT, headers=hers)
    Registry(storage.database, "os:test").disable("sara")
    columns = PEOPLE_EVENTS.c
    with storage.database.reading() as connection:
        rows = connection.execute(
            select(columns.what, columns.person, columns.done_by, columns.device).order_by(
                columns.id
            )
        )
        trail = [tuple(row) for row in rows]
    assert trail == [
        ("sign-in refused", None, None, None),
        ("sign-in refused", "sara", None, None),
        ("signed in", "sara", "sara", DEVICE),
        ("at work", "leyla", "sara", DEVICE),
        ("signed out", "sara", "sara", DEVICE),
        ("disabled", "sara", "os:test", None),
    ]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b"null", b'{"name": 1}'])
async def test_a_body_that_is_none_is_a_problem(client: httpx.AsyncClient, body: bytes) -> None:
    answer = await client.post(SIGN_IN, content=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "request_invalid")


async def test_a_body_that_is_too_long_is_not_read(client: httpx.AsyncClient) -> None:
    answer = await client.post(SIGN_IN, content=b"x" * 5000)
    assert (answer.status_code, answer.json()["code"]) == (413, "request_too_large")


async def test_the_form_works_without_javascript(client: httpx.AsyncClient) -> None:
    shown = await client.get("/sign-in?next=/live")
    assert (shown.status_code, shown.headers["cache-control"]) == (200, "no-store")
    assert 'name="next" value="/live"' in shown.text
    wrong = await client.post("/sign-in", data={"next": "/live", "name": "sara", "secret": "x"})
    assert wrong.status_code == 401
    assert "don&#39;t belong together" in wrong.text
    assert 'value="sara"' in wrong.text
    right = await client.post("/sign-in", data={"next": "/live", "name": "sara", "secret": PIN})
    assert (right.status_code, right.headers["location"]) == (303, "/live")
    session_id = right.headers["set-cookie"].removeprefix("__Host-doseline=").partition(";")[0]
    client.cookies.clear()
    assert await status(client, session_id) == 200
    out = await client.post("/sign-out", headers=cookie(session_id))
    assert (out.status_code, out.headers["location"]) == (303, "/sign-in")
    assert await status(client, session_id) == 401


async def test_a_session_begun_elsewhere_is_found_by_every_server_on_this_study(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    assert await status(client, begin_session(storage.database, "reza")) == 200


RIGHT = Attempt.read({"name": "sara", "pin": PIN})
WRONG = Attempt.read({"name": "sara", "pin": OTHER_PIN})


def test_f6_a_clock_by_hand_a_day_of_guessing_and_the_trainer_still_gets_in(
    storage: Storage,
) -> None:
    """A guesser in another place tries as soon as he may, all day long."""
    now_s = 0.0
    sign_in = SignIn(storage.database, HashingDesk(), monotonic_s=lambda: now_s)
    guesses, waits = 0, []
    while now_s < 86_400:
        try:
            sign_in.sign_in(WRONG, "elsewhere", None)
        except SignInRefusedError:
            guesses += 1
        except TooManyAttemptsError as braked:
            waits.append(braked.wait_s)
            now_s += braked.wait_s
    assert 90 <= guesses <= 150
    assert max(waits) <= 900
    with pytest.raises(SignInRefusedError):
        sign_in.sign_in(WRONG, "elsewhere", None)
    with pytest.raises(TooManyAttemptsError) as waiting:
        sign_in.sign_in(RIGHT, "here", None)
    now_s += waiting.value.wait_s
    assert sign_in.sign_in(RIGHT, "here", None)


def test_f6_who_was_turned_away_unjudged_has_not_tried(storage: Storage) -> None:
    class Crowd(HashingDesk):
        def matches(self, stored: str | None, secret: str) -> bool:
            raise SignInBusyError("busy")

    crowded = SignIn(storage.database, Crowd())
    for _ in range(20):
        with pytest.raises(SignInBusyError):
            crowded.sign_in(RIGHT, "here", None)


@pytest.mark.parametrize("what", ["disable", "set_pin"])
def test_f2_rights_that_end_while_a_pin_is_checked_open_nothing(
    storage: Storage, what: str
) -> None:
    """Hashing takes 0.15 s: long enough for somebody else to disable her."""
    registry = Registry(storage.database, "os:test")

    class Slow(HashingDesk):
        def matches(self, stored: str | None, secret: str) -> bool:
            is_hers = super().matches(stored, secret)
            getattr(registry, what)("sara", *(() if what == "disable" else (OTHER_PIN,)))
            return is_hers

    with pytest.raises(SignInRefusedError):
        SignIn(storage.database, Slow()).sign_in(RIGHT, "here", None)
    with storage.database.reading() as connection:
        assert connection.execute(select(SIGN_IN_SESSIONS)).first() is None


async def test_f6_a_flood_of_sign_ins_leaves_the_server_to_the_gateways(
    client: httpx.AsyncClient,
) -> None:
    """A hundred at once: each is answered, nearly none is hashed, and health answers meanwhile."""
    flood = [
        client.post(SIGN_IN, json={"name": f"user{n}", "password": PASSWORD}) for n in range(100)
    ]
    began_s = time.perf_counter()
    *answers, health = await asyncio.gather(*flood, client.get("/health"))
    assert time.perf_counter() - began_s < 10
    assert health.status_code == 200
    found = sorted({answer.status_code for answer in answers})
    assert set(found) <= {401, 429, 503}
    judged = [answer for answer in answers if answer.status_code == 401]
    assert len(judged) <= 5
