"""The double that tablets are tested on answers as the server does: same requests, same answers."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from fastapi import FastAPI

from server.people.cookie import COOKIE_NAME
from tests.browser.real_site import RealSite
from tests.browser.tablet_site import TabletSite
from tests.ledger_double import COOKIE
from tests.ledger_entries import Tablet, to_json
from tests.staff import DEVICE, SAME_SITE
from tests.tablet_evening import CODES, PINS, SESSION

EVENTS: Final = f"/api/v1/sessions/{SESSION}/events"
BUNDLE: Final = "/api/v1/tablet/bundle"
# Keyed by what an evening happens to have: any one entry stands for all.
KEYED_BY_NAME: Final = {".emergency_cards", ".prescriptions", ".prescriptions.*", ".effort.words"}
BY_RULE: Final = ".prescriptions.*.*.values"  # what a rule's sentence names: another rule, others


class Asking:
    """One tablet's requests to an app, each with the cookie that its sign-in was given."""

    def __init__(self, app: FastAPI, cookie_name: str) -> None:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        self._client = httpx.AsyncClient(
            transport=transport, base_url="http://127.0.0.1", headers=SAME_SITE
        )
        self._cookie_name = cookie_name
        self._cookie: dict[str, str] = {}

    async def sign_in(self, name: str = "sara", pin: str = PINS["sara"]) -> httpx.Response:
        content = {"name": name, "pin": pin, "device": DEVICE}
        answer = await self._client.post("/api/v1/sign-in", json=content)
        self._client.cookies.clear()  # Secure: none over plain HTTP
        if answer.status_code == 200:
            given = answer.headers["set-cookie"].split(";")[0]
            assert given.startswith(f"{self._cookie_name}=")
            self._cookie = {"Cookie": given}
        return answer

    async def ask(self, method: str, path: str, content: Any = None) -> httpx.Response:
        return await self._client.request(method, path, json=content, headers=self._cookie)


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[Asking, Asking]]:
    """The double and the whole server."""
    real, double = RealSite(tmp_path), TabletSite()
    yield Asking(double.build_app(), COOKIE), Asking(real.build_app(), COOKIE_NAME)
    real.close()


def describe(answer: httpx.Response) -> dict[str, Any]:
    """What the tablet's app decides by; places in the ledger count from the answer's first."""
    told = answer.json()
    results = told.get("results", [])
    return {
        "status": answer.status_code,
        "code": told.get("code"),
        "results": [(one["id"], one["result"], one["n"] - results[0]["n"]) for one in results],
        "errors": [(one["id"], one["code"]) for one in told.get("errors", [])],
        "actors": told.get("actors"),
        "active": told.get("active"),
    }


def note(hand: Tablet, text: str = "x") -> dict[str, Any]:
    return to_json(hand.write("note", "P01", {"text": text}))


async def run_script(asking: Asking) -> list[dict[str, Any]]:
    """What a tablet may meet in an evening, one answer after the other."""
    mine, leylas = Tablet(DEVICE), Tablet("bbbbbbbbbbbbbbbb", "leyla")
    first, second = note(mine), note(mine)
    wrong_rpe = note(mine) | {"kind": "rpe", "value": {"rpe": 21}}
    unknown = note(mine) | {"kind": "weather"}
    answers = [
        await asking.ask("GET", "/api/v1/self"),
        await asking.ask("POST", EVENTS, [first]),
        await asking.sign_in(pin="000000"),
        await asking.sign_in(),
        await asking.ask("GET", "/api/v1/self"),
        await asking.ask("POST", EVENTS, [first, second]),
        await asking.ask("POST", EVENTS, [first]),
        await asking.ask("POST", EVENTS, [first | {"value": {"text": "other"}}]),
        await asking.ask("POST", EVENTS, [note(mine), wrong_rpe, unknown]),
        await asking.ask("POST", EVENTS, [note(mine) for _ in range(201)]),
        await asking.ask("POST", EVENTS, [note(leylas)]),
        await asking.ask("POST", "/api/v1/tablet/actors", {"name": "leyla", "pin": "000000"}),
        await asking.ask("POST", "/api/v1/tablet/actors", {"name": "leyla", "pin": PINS["leyla"]}),
        await asking.ask("POST", EVENTS, [note(leylas)]),
    ]
    return [describe(answer) for answer in answers]


async def test_the_same_requests_get_the_same_answers(both: tuple[Asking, Asking]) -> None:
    double, real = both
    told_by_double, told_by_server = await run_script(double), await run_script(real)
    for place, (doubled, served) in enumerate(zip(told_by_double, told_by_server, strict=True)):
        assert doubled == served, f"answer {place}"
    statuses = {told["status"] for told in told_by_server}
    assert {200, 401, 403, 413, 422} <= statuses


async def test_events_are_read_back_in_the_same_shape(both: tuple[Asking, Asking]) -> None:
    shapes = []
    for asking in both:
        await asking.sign_in()
        await asking.ask("POST", EVENTS, [note(Tablet(DEVICE)), note(Tablet("cccccccccccccccc"))])
        shapes.append((await asking.ask("GET", f"{EVENTS}?after=0")).json())
    doubled, served = shapes
    require_same_shape(doubled, served)
    assert [one["id"] for one in doubled["events"]] == [one["id"] for one in served["events"]]


async def test_a_session_folds_to_the_same_in_both(both: tuple[Asking, Asking]) -> None:
    folded = []
    for asking in both:
        await asking.sign_in()
        await asking.ask("POST", EVENTS, [note(Tablet(DEVICE))])
        folded.append((await asking.ask("GET", f"/api/v1/sessions/{SESSION}")).json())
    doubled, served = folded
    assert doubled["people"]["P01"]["notes"] == served["people"]["P01"]["notes"]
    require_same_shape(doubled, served)


async def test_every_key_of_the_double_s_bundle_is_one_of_the_server_s(
    both: tuple[Asking, Asking],
) -> None:
    double, real = both
    for asking in both:
        assert (await asking.sign_in()).status_code == 200
    doubled, served = [(await one.ask("GET", BUNDLE)).json() for one in (double, real)]
    assert [one["code"] for one in doubled["people"]] == list(CODES)
    require_same_shape(doubled, served)


def require_same_shape(doubled: Any, served: Any, path: str = "") -> None:
    """Each key of the double is the server's, of the same kind; where both have something."""
    if doubled is None or served is None or path == BY_RULE:
        return
    if isinstance(doubled, dict):
        if path in KEYED_BY_NAME:
            doubled, served = ({"*": next(iter(one.values()))} for one in (doubled, served))
        strange = doubled.keys() - served.keys()
        assert not strange, f"{path}: {sorted(strange)} is only in the double"
        for key, value in doubled.items():
            require_same_shape(value, served[key], f"{path}.{key}")
    elif isinstance(doubled, list):
        assert isinstance(served, list), path
        if doubled and served:
            require_same_shape(doubled[0], served[0], f"{path}[]")
    else:
        numbers = isinstance(doubled, int | float) and isinstance(served, int | float)
        assert numbers or type(doubled) is type(served), f"{path}: {doubled!r}, {served!r}"
