"""Threat 9: a participant's code opens her own routes once, soon, and nothing else, ever."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from sqlalchemy import select

from server.errors import RuleError
from server.participant_access import rows
from server.participant_access.code_rules import hash_code
from server.participant_access.tables import PARTICIPANT_ACCESS_EVENTS, PARTICIPANT_CODES
from server.people.registry import Registry
from server.people.roles import Role
from server.storage import Storage
from server.web.policy import PAGES, POLICY, Door
from tests.contract.test_access import concrete
from tests.own_phone import PIN, Evening, Phone
from tests.studies import Study

REFUSAL = "this code can't be used; ask your trainer for a new one"
OWN = [row for row in sorted(POLICY) if POLICY[row] is Door.HERSELF]
OTHERS = [
    row
    for row in sorted(POLICY)
    if not isinstance(POLICY[row], Door) or POLICY[row] is Door.GATEWAY
]


@pytest.fixture
def evening(study: Study) -> Iterator[Evening]:
    with study.open() as storage:
        yield Evening(storage)


@pytest.fixture
async def client(evening: Evening) -> AsyncIterator[httpx.AsyncClient]:
    async with evening.client() as made:
        yield made


@pytest.fixture
def phone(evening: Evening, client: httpx.AsyncClient) -> Phone:
    return Phone(evening, client)


def read_trail(storage: Storage) -> list[tuple[str, str | None, str | None]]:
    with storage.database.reading() as connection:
        rows = connection.execute(select(PARTICIPANT_ACCESS_EVENTS).order_by("id")).all()
    return [(row.what, row.participant, row.done_by) for row in rows]


async def test_a_code_opens_her_own_view_once(phone: Phone, evening: Evening) -> None:
    code = await phone.make_code("P07", "here")
    answer = await phone.sign_in(code)
    assert answer.status_code == 204
    attributes = answer.headers.get_list("set-cookie")[0].split("; ")[1:]
    assert {"Path=/", "Secure", "HttpOnly", "SameSite=Strict"} <= set(attributes)
    assert (await phone.read())["me"] == {"code": "P07", "sign": "Fig"}
    photographed = Phone(evening, phone.client)
    again = await photographed.sign_in(code)
    assert (again.status_code, again.json()["code"], again.json()["detail"]) == (
        403, "code_refused", REFUSAL,
    )  # fmt: skip
    assert read_trail(evening.storage)[-3:] == [
        ("code made", "P07", "sara"), ("code used", "P07", "sara"), ("code refused", "P07", None),
    ]  # fmt: skip


async def test_every_refusal_says_the_same(phone: Phone, evening: Evening) -> None:
    """Nothing tells whether a code was ever real."""
    used = await phone.make_code("P07", "here")
    await phone.sign_in(used)
    withdrawn = await phone.make_code("P07", "here")
    newer = await phone.make_code("P07", "here")  # a new one withdraws the one before
    answers = [await phone.sign_in(one) for one in (used, withdrawn, "A" * 22, "nothing", newer)]
    refused = [(one.status_code, one.content) for one in answers[:4]]
    assert len(set(refused)) == 1
    assert refused[0][0] == 403
    assert answers[4].status_code == 204


async def test_a_code_lasts_ten_minutes(study: Study) -> None:
    """The steady clock counts, so the test brings it: a wall clock that is set changes nothing."""
    from server.errors import CodeRefusedError
    from server.participant_access.access import ParticipantAccess
    from server.study.participants import find_participant
    from tests.study_people import P07, add_two_women

    with study.open() as storage:
        add_two_women(storage.database)
        elapsed = [0]
        access = ParticipantAccess(
            storage.database,
            find_participant,
            wall_ns=lambda: 10**18,
            elapsed_ns=lambda: elapsed[0],
        )
        in_time = access.make_code(P07, "sara", handed_over=False)
        elapsed[0] = (10 * 60 - 1) * 10**9
        session, _ = access.redeem(in_time, "a", None)
        late = access.make_code(P07, "sara", handed_over=False)
        elapsed[0] += 10 * 60 * 10**9
        with pytest.raises(CodeRefusedError):
            access.redeem(late, "b", None)
        found = access.find(session)
        assert found is not None
        elapsed[0] += 71 * 24 * 3600 * 10**9
        assert access.find(session) is None


async def test_of_two_phones_at_once_one_is_let_in(phone: Phone, evening: Evening) -> None:
    """Both have found the code unused: the database says who was first."""
    digest = hash_code(await phone.make_code("P07", "here"))
    with evening.storage.database.writing() as connection:
        assert rows.use_code(connection, digest, 1)
        assert not rows.use_code(connection, digest, 2)


async def test_only_the_hash_of_a_code_is_kept(phone: Phone, evening: Evening) -> None:
    code = await phone.make_code("P07", "here")
    with evening.storage.database.reading() as connection:
        row = connection.execute(select(PARTICIPANT_CODES)).one()
    assert bytes(row.code_sha256) == hash_code(code)
    assert code not in str(row)


async def test_tried_codes_are_slowed_down(phone: Phone) -> None:
    answers = [await phone.sign_in(f"{number:022d}") for number in range(6)]
    assert [one.status_code for one in answers] == [403] * 5 + [429]
    assert int(answers[5].headers["retry-after"]) > 0


async def test_f1_a_participant_reaches_her_own_routes_alone(phone: Phone) -> None:
    """Every other row of the policy is refused to her, whatever it is."""
    await phone.open()
    assert len(OTHERS) > 30
    for method, path in OTHERS:
        answer = await phone.ask(method, concrete(path))
        if path in PAGES:
            assert answer.headers["location"].startswith("/sign-in"), path
        else:
            assert answer.status_code == 401, (method, path)
            assert answer.json()["code"] in {"signed_out", "credential_refused"}, path


async def test_f1_her_routes_are_for_nobody_else(phone: Phone, evening: Evening) -> None:
    trainer = evening.staff()
    for method, path in OWN:
        for headers in ({}, trainer):
            answer = await phone.client.request(method, concrete(path), headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (401, "signed_out"), path


async def test_staff_end_what_a_code_opened(phone: Phone, evening: Evening) -> None:
    await phone.open()
    hers = evening.staff()
    page = await phone.client.get("/cards", headers=hers)
    assert "Fig P07" in page.text
    ended = await phone.client.post("/cards", data={"act": "end", "number": "1"}, headers=hers)
    assert ended.headers["location"] == "/cards?done=ended"
    assert (await phone.ask("GET", "/api/v1/own")).status_code == 401
    assert ("session ended", "P07", "sara") in read_trail(evening.storage)


async def test_signing_out_ends_it_here(phone: Phone) -> None:
    await phone.open()
    answer = await phone.ask("POST", "/api/v1/own/sign-out")
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert (await phone.ask("GET", "/api/v1/own")).status_code == 401


async def test_her_pin_opens_her_own_data_and_five_wrong_ones_wait(phone: Phone) -> None:
    await phone.open()
    closed = await phone.ask("GET", "/api/v1/own/path")
    assert (closed.status_code, closed.json()["code"]) == (403, "pin_needed")

    async def give(pin: str, *, new: bool = False) -> tuple[int, str]:
        answer = await phone.ask("POST", "/api/v1/own/pin", {"pin": pin, "new": new})
        return answer.status_code, answer.json()["code"] if answer.content else ""

    assert await give(PIN) == (409, "pin_missing")
    assert await give("123456", new=True) == (409, "pin_unfit")
    assert (await phone.ask("GET", "/api/v1/own/path")).status_code == 403
    assert await give(PIN, new=True) == (204, "")
    assert (await phone.ask("GET", "/api/v1/own/path")).status_code == 200
    assert await give("314159", new=True) == (409, "pin_exists")
    assert [await give("314159") for _ in range(5)] == [(401, "sign_in_refused")] * 5
    assert await give(PIN) == (429, "too_many_attempts")


async def test_a_trainer_lets_her_choose_a_new_pin(phone: Phone, evening: Evening) -> None:
    await phone.open()
    await phone.ask("POST", "/api/v1/own/pin", {"pin": PIN, "new": True})
    hers = evening.staff()
    await phone.client.post("/cards", data={"act": "pin", "code": "P07"}, headers=hers)
    assert not (await phone.read())["has_pin"]
    answer = await phone.ask("POST", "/api/v1/own/pin", {"pin": "161803", "new": True})
    assert answer.status_code == 204
    assert ("PIN taken back", "P07", "sara") in read_trail(evening.storage)


async def test_a_code_is_for_somebody_of_the_study(phone: Phone, evening: Evening) -> None:
    hers = evening.staff()
    for code, status in (("P99", 404), ("fig", 404)):
        answer = await phone.client.post("/cards", data={"act": "make", "code": code}, headers=hers)
        assert answer.status_code == status


async def test_no_staff_can_have_a_participants_name(evening: Evening) -> None:
    registry = Registry(evening.storage.database, "os:test")
    with pytest.raises(RuleError, match="taken for a participant"):
        registry.add("participant.p07", Role.TRAINER, "canary-parrot-of-the-server", "271828")
