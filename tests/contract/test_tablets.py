"""Promises E6, F2, threat 8: a tablet is enrolled once, revoked for good, and nothing is lost."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from server.people.roles import Role
from server.tablets import last_entries
from server.tablets.code_rules import LASTS_S
from server.tablets.credentials import COOKIE_NAME, hash_credential
from server.tablets.tables import TABLET_EVENTS, TABLETS
from server.web.policy import POLICY, Door
from tests.contract.test_access import concrete
from tests.ledger_entries import Tablet, attending, to_json
from tests.own_phone import Evening
from tests.staff import PASSWORD, PIN, add_person
from tests.studies import Study

ENROLMENT, SIGN_IN = "/api/v1/tablet/enrolment", "/api/v1/sign-in"
LAST, LEAVE, SELF = "/api/v1/tablet/last-entries", "/api/v1/tablet/leave", "/api/v1/self"
DEVICE = "00000000000000a1"
REFUSAL = "this code can't be used; make a new one on the page Tablets"
STILL_OPEN = {Door.TABLET, Door.GATEWAY}  # a gateway's token isn't a browser's
CLOSED = [
    row
    for row in sorted(POLICY)
    if POLICY[row] not in STILL_OPEN and not (POLICY[row] is Door.OPEN and row[0] == "GET")
]


@pytest.fixture
def evening(study: Study) -> Iterator[Evening]:
    with study.open() as storage:
        made = Evening(storage)
        add_person(storage.database, "ada", Role.ADMIN)
        yield made


@pytest.fixture
async def client(evening: Evening) -> AsyncIterator[httpx.AsyncClient]:
    """A browser without cookies; each test sends what it means to send."""
    async with evening.client() as made:
        yield made


class Gym:
    """What staff do in the console, and what a tablet asks."""

    def __init__(self, evening: Evening, client: httpx.AsyncClient) -> None:
        self.evening, self.client = evening, client

    async def post_form(self, path: str, who: str = "sara", **fields: str) -> httpx.Response:
        return await self.client.post(path, data=fields, headers=self.evening.staff(who))

    async def make_code(self, name: str = "Tablet 1") -> str:
        page = await self.post_form("/tablets", act="make", name=name, password=PASSWORD)
        assert page.status_code == 200, page.text
        found = re.search(r'class="tablet-code" dir="ltr"><b>([^<]+)</b>', page.text)
        assert found is not None
        return found[1]

    async def try_code(self, code: str, device: str = DEVICE) -> httpx.Response:
        answer = await self.client.post(ENROLMENT, json={"code": code, "device": device})
        self.client.cookies.clear()
        return answer

    async def enrol(self, name: str = "Tablet 1", device: str = DEVICE) -> dict[str, str]:
        """The header of a tablet that was just enrolled."""
        answer = await self.try_code(await self.make_code(name), device)
        assert answer.status_code == 200, answer.text
        credential = answer.headers["set-cookie"].partition("=")[2].partition(";")[0]
        return {"Cookie": f"{COOKIE_NAME}={credential}"}

    async def sign_in(self, tablet: dict[str, str] | None = None, **given: Any) -> httpx.Response:
        content = {"name": "sara", **(given or {"pin": PIN, "device": DEVICE})}
        answer = await self.client.post(SIGN_IN, json=content, headers=tablet or {})
        self.client.cookies.clear()
        return answer

    async def require_enrolled(self, wanted: str = "yes") -> None:
        done = await self.post_form("/tablets/rule", "ada", required=wanted, password=PASSWORD)
        assert done.status_code == 303

    async def revoke(self, number: int = 1) -> None:
        done = await self.post_form("/tablets", act="revoke", number=str(number), reason="stolen")
        assert done.headers["location"] == "/tablets?done=revoked"

    def list_ledger(self) -> list[str]:
        with self.evening.storage.database.reading() as connection:
            from server.sessions.ledger import read_events

            found = read_events(connection, self.evening.session)
            return [one.event.id for one in found if one.event.device == DEVICE]


@pytest.fixture
def gym(evening: Evening, client: httpx.AsyncClient) -> Gym:
    return Gym(evening, client)


def both(*headers: dict[str, str]) -> dict[str, str]:
    return {"Cookie": "; ".join(one["Cookie"] for one in headers)}


async def test_a_code_makes_one_tablet_and_only_its_hash_is_kept(gym: Gym) -> None:
    code = await gym.make_code()
    answer = await gym.try_code(code.lower().replace(" ", "-"))  # as somebody may type it
    assert answer.json() == {"is_required": False, "name": "Tablet 1", "is_revoked": False}
    set_cookie = answer.headers["set-cookie"]
    assert set_cookie.split("; ")[1:] == [
        "Path=/", "Secure", "HttpOnly", "SameSite=Strict", "Max-Age=34560000"
    ]  # fmt: skip
    credential = set_cookie.partition("=")[2].partition(";")[0]
    assert len(credential) == 43  # 256 bits as base64url
    with gym.evening.storage.database.reading() as connection:
        row = connection.execute(select(TABLETS)).one()
        trail = connection.execute(select(TABLET_EVENTS.c.what, TABLET_EVENTS.c.done_by)).all()
    assert (row.name, row.device, row.enrolled_by) == ("Tablet 1", DEVICE, "sara")
    assert bytes(row.credential_sha256) == hash_credential(credential)
    assert [tuple(one) for one in trail] == [("code made", "sara")]
    again = await gym.try_code(code)
    assert (again.status_code, again.json()["code"], again.json()["detail"]) == (
        403, "code_refused", REFUSAL
    )  # fmt: skip


async def test_every_refused_code_says_the_same(gym: Gym) -> None:
    used = await gym.make_code()
    await gym.try_code(used)
    replaced, _newer = await gym.make_code("B"), await gym.make_code("B")
    answers = [await gym.try_code(one) for one in (used, replaced, "nothing")]
    assert len({(one.status_code, one.content) for one in answers}) == 1
    assert answers[0].status_code == 403


async def test_five_wrong_codes_make_whoever_tries_wait_also_with_the_right_one(gym: Gym) -> None:
    code = await gym.make_code()
    wrong = [await gym.try_code("ZZZZZZ") for _ in range(5)]
    assert {one.status_code for one in wrong} == {403}
    held = await gym.try_code(code)
    assert (held.status_code, held.json()["code"]) == (429, "too_many_attempts")
    assert 0 < int(held.headers["retry-after"]) <= 30


@pytest.mark.parametrize(
    "content",
    [
        [],
        {"code": "ABC123"},
        {"code": "ABC123", "device": "x"},
        {"code": 1, "device": DEVICE, "x": 2},
    ],
    ids=["list", "no device", "wrong device", "more"],
)
async def test_what_is_no_enrolment_is_told_without_a_trace(gym: Gym, content: Any) -> None:
    answer = await gym.client.post(ENROLMENT, json=content)
    assert (answer.status_code, answer.json()["code"]) == (422, "request_invalid")


async def test_making_a_code_needs_her_password_once_more(gym: Gym) -> None:
    """So that a tablet which lies about signed in makes no other one."""
    page = await gym.post_form("/tablets", act="make", name="Tablet 1", password="not-hers")  # noqa: S106
    assert page.status_code == 422
    assert "That isn&#39;t sara&#39;s password. Nothing was changed." in page.text
    assert 'class="tablet-code"' not in page.text
    assert 'value="Tablet 1"' in page.text


async def test_two_tablets_in_use_have_two_names(gym: Gym) -> None:
    await gym.enrol()
    page = await gym.post_form("/tablets", act="make", name="Tablet 1", password=PASSWORD)
    assert "There is a tablet called Tablet 1." in page.text
    await gym.revoke()
    assert await gym.make_code()


async def test_without_the_rule_any_tablet_signs_in_as_before(gym: Gym) -> None:
    assert (await gym.sign_in()).status_code == 200


async def test_with_the_rule_a_pin_counts_on_an_enrolled_tablet_only(gym: Gym) -> None:
    tablet = await gym.enrol()
    await gym.require_enrolled()
    refused = [await gym.sign_in(), await gym.sign_in(pin=PIN),
               await gym.sign_in(password=PASSWORD, device=DEVICE)]  # fmt: skip
    assert {(one.status_code, one.json()["code"]) for one in refused} == {
        (403, "tablet_not_enrolled")
    }
    assert (await gym.sign_in(tablet)).status_code == 200
    assert (await gym.sign_in(password=PASSWORD)).status_code == 200  # a computer's console
    page = await gym.client.post("/sign-in", data={"name": "sara", "secret": PIN})
    assert "a PIN counts on an enrolled tablet only" in page.text
    await gym.require_enrolled("no")
    assert (await gym.sign_in()).status_code == 200


async def test_the_rule_counts_for_who_was_signed_in_before_it_and_nothing_is_lost(
    gym: Gym,
) -> None:
    signed_in = gym.evening.staff("sara", DEVICE)
    await gym.require_enrolled()
    told = await gym.client.get(SELF, headers=signed_in)
    assert (told.status_code, told.json()["code"]) == (403, "tablet_not_enrolled")
    tablet = await gym.enrol()
    assert (await gym.client.get(SELF, headers=both(signed_in, tablet))).status_code == 200


async def test_only_an_administrator_decides_the_rule_by_password(gym: Gym) -> None:
    asked = await gym.post_form("/tablets/rule", "sara", required="yes", password=PASSWORD)
    assert asked.status_code == 403
    wrong = await gym.post_form("/tablets/rule", "ada", required="yes", password="no")  # noqa: S106
    assert wrong.status_code == 422
    assert (await gym.client.get(ENROLMENT)).json()["is_required"] is False


async def test_a_revoked_tablet_sees_nothing_of_the_server(gym: Gym) -> None:
    """Whoever is signed in: her session there has ended, and another one changes nothing.

    Neither does a participant's: it may have been handed over.
    """
    tablet = await gym.enrol()
    signed_in = gym.evening.staff("sara", DEVICE)
    await gym.revoke()
    wrong = []
    for method, path in CLOSED:
        asked = await gym.client.request(method, concrete(path), headers=both(tablet, signed_in))
        code = asked.json().get("code") if "json" in asked.headers["content-type"] else None
        # Without Clear-Site-Data: its store holds what nobody else has.
        if (code, asked.headers.get("clear-site-data")) != ("tablet_revoked", None):
            wrong.append((method, path, asked.status_code))
    assert wrong == []
    assert len(CLOSED) > 80


async def test_revoking_ends_every_sign_in_of_that_tablet_and_of_no_other(gym: Gym) -> None:
    await gym.enrol()
    there, elsewhere = gym.evening.staff("sara", DEVICE), gym.evening.staff("sara", "b" * 16)
    await gym.revoke()
    assert (await gym.client.get(SELF, headers=there)).json()["code"] == "signed_out"
    assert (await gym.client.get(SELF, headers=elsewhere)).status_code == 200


async def test_a_revoked_tablet_is_not_enrolled_again_before_it_took_its_leave(gym: Gym) -> None:
    tablet = await gym.enrol()
    await gym.revoke()
    code = await gym.make_code("Tablet 2")
    body = {"code": code, "device": DEVICE}
    again = await gym.client.post(ENROLMENT, json=body, headers=tablet)
    assert (again.status_code, again.json()["code"]) == (401, "tablet_revoked")
    assert (await gym.sign_in(tablet)).json()["code"] == "tablet_revoked"
    left = await gym.client.post(LEAVE, headers=tablet)
    assert left.headers["clear-site-data"] == '"cache", "cookies", "storage"'
    gym.client.cookies.clear()
    assert (await gym.client.post(ENROLMENT, json=body)).status_code == 200


async def test_a_tablet_in_use_neither_hands_in_nor_leaves(gym: Gym) -> None:
    tablet = await gym.enrol()
    for path, body in ((LAST, {"entries": []}), (LEAVE, None)):
        answer = await gym.client.post(path, json=body, headers=tablet)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")
        assert "clear-site-data" not in answer.headers
    second = {"code": "ABC123", "device": DEVICE}
    assert (await gym.client.post(ENROLMENT, json=second, headers=tablet)).status_code == 409


def make_entries(gym: Gym, *, late: bool = False) -> list[dict[str, Any]]:
    """Two of sara's, before the tablet is revoked; a third one a day after."""
    hand = Tablet(DEVICE)
    events = [hand.write("attendance", code, attending()) for code in ("P07", "P08")]
    if late:
        day_after = "2026-12-01T17:00:00.000Z"
        events.append(hand.write("attendance", "P07", attending("left"), at=day_after))
    return [{"session": gym.evening.session, "envelope": to_json(one)} for one in events]


async def hand_in(gym: Gym, tablet: dict[str, str], entries: Any) -> httpx.Response:
    return await gym.client.post(LAST, json={"entries": entries}, headers=tablet)


async def test_what_waits_on_a_revoked_tablet_is_kept_aside_until_a_trainer_takes_it(
    gym: Gym,
) -> None:
    tablet = await gym.enrol()
    gym.evening.wall.pass_min(60)
    await gym.revoke()
    entries = make_entries(gym, late=True)
    ids = [one["envelope"]["id"] for one in entries]
    for _ in range(2):  # its first answer may have been lost
        kept = await hand_in(gym, tablet, entries)
        assert kept.json() == {"kept": sorted(ids)}
    assert gym.list_ledger() == []
    page = (await gym.client.get("/tablets", headers=gym.evening.staff())).text
    assert "Entries it handed in: 3 (sara 3), from 2026-11-30 17:00 UTC" in page
    assert "made after it was revoked, or no entries: 1." in page
    done = await gym.post_form("/tablets/1/entries", what="before", reason="only replaced")
    assert done.status_code == 303
    assert sorted(gym.list_ledger()) == sorted(ids[:2])
    await gym.post_form("/tablets/1/entries", what="all", reason="looked at it again")
    assert sorted(gym.list_ledger()) == sorted(ids)
    page = (await gym.client.get("/tablets", headers=gym.evening.staff())).text
    assert "by sara: 2. Reason: only replaced." in page
    assert "by sara: 3. Reason: looked at it again." in page


async def test_entries_that_are_left_aside_stay_aside_with_the_reason(gym: Gym) -> None:
    tablet = await gym.enrol()
    await gym.revoke()
    await hand_in(gym, tablet, make_entries(gym))
    await gym.post_form("/tablets/1/entries", what="none", reason="stolen before")
    assert gym.list_ledger() == []
    page = (await gym.client.get("/tablets", headers=gym.evening.staff())).text
    assert "by sara: stolen before." in page


async def test_without_a_reason_nothing_is_decided_or_revoked(gym: Gym) -> None:
    tablet = await gym.enrol()
    asked = await gym.post_form("/tablets", act="revoke", number="1", reason=" ")
    assert (asked.status_code, "Say why" in asked.text) == (422, True)
    assert (await gym.sign_in(tablet)).status_code == 200
    await gym.revoke()
    await hand_in(gym, tablet, make_entries(gym))
    asked = await gym.post_form("/tablets/1/entries", what="all", reason="")
    assert (asked.status_code, gym.list_ledger()) == (422, [])


async def test_an_administrator_takes_no_entries(gym: Gym) -> None:
    answer = await gym.post_form("/tablets/1/entries", "ada", what="all", reason="x")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")


async def test_what_is_no_entry_or_of_nobody_holds_up_nothing_else(gym: Gym) -> None:
    tablet = await gym.enrol()
    gym.evening.wall.pass_min(60)
    await gym.revoke()
    good, other = make_entries(gym)
    stranger = json.loads(json.dumps(other))
    stranger["envelope"] |= {"actor": "nobody"}
    unlike = good["envelope"]["id"][:-1] + ("0" if good["envelope"]["id"][-1] != "0" else "1")
    broken = {"session": gym.evening.session, "envelope": {"id": unlike}}
    assert (await hand_in(gym, tablet, [good, stranger, broken])).status_code == 200
    await gym.post_form("/tablets/1/entries", what="all", reason="only replaced")
    assert gym.list_ledger() == [good["envelope"]["id"]]


async def test_of_two_entries_of_one_id_the_first_stays(gym: Gym) -> None:
    tablet = await gym.enrol()
    gym.evening.wall.pass_min(60)
    await gym.revoke()
    first, _ = make_entries(gym)
    second = {**first, "envelope": {**first["envelope"], "value": {"status": "left", "why": None}}}
    await hand_in(gym, tablet, [first, second])
    await hand_in(gym, tablet, [second])
    await gym.post_form("/tablets/1/entries", what="all", reason="only replaced")
    events = (await gym.client.get(
        f"/api/v1/sessions/{gym.evening.session}/events", headers=gym.evening.staff()
    )).json()["events"]  # fmt: skip
    found = [one["value"] for one in events if one["id"] == first["envelope"]["id"]]
    assert found == [first["envelope"]["value"]]


@pytest.mark.parametrize("limit", ["MAX_KEPT", "MAX_KEPT_BYTES"])
async def test_a_stolen_tablet_cannot_fill_the_disk(
    gym: Gym, limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tablet = await gym.enrol()
    await gym.revoke()
    first, second = make_entries(gym)
    size = {"MAX_KEPT": 1, "MAX_KEPT_BYTES": len(json.dumps(first["envelope"]))}[limit]
    monkeypatch.setattr(last_entries, limit, size)
    assert (await hand_in(gym, tablet, [first])).status_code == 200
    refused = await hand_in(gym, tablet, [second])
    assert (refused.status_code, refused.json()["code"]) == (409, "rule_broken")


@pytest.mark.parametrize(
    "body",
    [{}, {"entries": [{"session": "x", "envelope": {}}]}, {"entries": 7}, []],
    ids=["nothing", "no ids", "a number", "a list"],
)
async def test_a_hand_in_that_is_none_is_refused_whole(gym: Gym, body: Any) -> None:
    tablet = await gym.enrol()
    await gym.revoke()
    answer = await gym.client.post(LAST, json=body, headers=tablet)
    assert (answer.status_code, answer.json()["code"]) == (422, "request_invalid")


async def test_the_page_says_that_no_tablet_is_enrolled_and_what_to_do(gym: Gym) -> None:
    page = (await gym.client.get("/tablets", headers=gym.evening.staff())).text
    assert "No tablet is enrolled yet. Make a code below, and type it on the tablet." in page
    assert "Any tablet may be used, enrolled or not." in page


async def test_tonights_sheet_is_found_where_no_tablet_knows_its_session(gym: Gym) -> None:
    asked = await gym.client.get("/sessions/tonight/sheet", headers=gym.evening.staff())
    where = f"/sessions/{gym.evening.session}/sheet"
    assert (asked.status_code, asked.headers["location"]) == (307, where)
    gym.evening.wall.pass_min(-3 * 24 * 60)
    none = await gym.client.get("/sessions/tonight/sheet", headers=gym.evening.staff())
    assert (none.status_code, none.json()["code"]) == (404, "not_found")


def test_a_code_lasts_ten_minutes() -> None:
    assert LASTS_S == 600
