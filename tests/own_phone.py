"""A study with one woman in each arm and one session, and a participant's phone in process."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import httpx

from protocol.ledger.instants import parse_utc_ms
from protocol.ledger.uuid7 import make_uuid7
from protocol.training.shipped import read_shipped_plan
from server.app import create_app
from server.participant_access.cookie import COOKIE_NAME
from server.people import sign_in_sessions as sessions
from server.sessions.domain.calendar import list_times
from server.sessions.scheduling import Course, schedule_course
from server.sessions.service import list_all_sessions
from server.storage import Storage
from tests.ledger_entries import Tablet, attending, prescription, started, to_json
from tests.staff import SAME_SITE, add_person, cookie
from tests.study_people import add_two_women

PLAN: Final = read_shipped_plan("as_printed")
START: Final = "2026-11-30T17:00:00.000Z"
STATIONS: Final = ["sit-to-stand", "heel-raises"]
PIN: Final = "271828"


@dataclass
class Wall:
    """The server's UTC, and what its steady clock counts: a test sets both."""

    ms: int = field(default_factory=lambda: parse_utc_ms(START))

    def __call__(self) -> int:
        return self.ms * 1_000_000

    def pass_min(self, minutes: float) -> None:
        self.ms += round(minutes * 60_000)


class Evening:
    """P07 trains and is on the list of the course; P08 doesn't train. Sara is a trainer."""

    def __init__(self, storage: Storage) -> None:
        self.storage, self.wall = storage, Wall()
        add_two_women(storage.database)
        add_person(storage.database, "sara")
        first = datetime.fromisoformat(START)
        times = list_times(first.date(), (0, 2, 4), first.time(), UTC, PLAN.n_sessions)
        with storage.database.writing() as connection:
            course = Course("as_printed", PLAN, times, ("P07",))
            early = "2026-11-01T12:00:00.000Z"
            schedule_course(connection, course, ("P07", "P08"), early, "os:test")
            self.sessions = [str(one["id"]) for one in list_all_sessions(connection)]
        self.app = create_app(storage, wall_ns=self.wall)
        self._tablet = Tablet()

    @property
    def session(self) -> str:
        """The first one."""
        return self.sessions[0]

    @property
    def now(self) -> str:
        utc = datetime.fromtimestamp(self.wall.ms / 1000, UTC)
        return utc.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def staff(self, name: str = "sara", device: str | None = None) -> dict[str, str]:
        """The header of somebody who is signed in, by the clock that this server began with."""
        new = sessions.NewSession(name, device, on_tablet=device is not None)
        with self.storage.database.writing() as connection:
            begun_ns = parse_utc_ms(START) * 1_000_000
            return cookie(sessions.begin_session(connection, new, begun_ns))

    def client(self) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(
            transport=transport, base_url="http://127.0.0.1", headers=SAME_SITE
        )

    def make_rows(self, *entries: tuple[str, str, Any]) -> list[dict[str, Any]]:
        """(kind, about, value) as Sara's tablet enters them now."""
        return [to_json(self._tablet.write(*entry, at=self.now)) for entry in entries]

    def make_beginning(self) -> list[dict[str, Any]]:
        """She is here and knows what to do; the clock runs: two stations, a minute each, twice."""
        told = prescription(sit_to_stand=8, heel_raises=10)
        clock = started(self.now, STATIONS, {"P07": 0}, rounds=2)
        return self.make_rows(
            ("attendance", "P07", attending()),
            ("prescription", "P07", told),
            ("clock_started", "clock", clock),
        )

    async def write(self, client: httpx.AsyncClient, *entries: tuple[str, str, Any]) -> None:
        await self._post(client, self.make_rows(*entries))

    async def begin(self, client: httpx.AsyncClient) -> None:
        await self._post(client, self.make_beginning())

    async def _post(self, client: httpx.AsyncClient, rows: list[dict[str, Any]]) -> None:
        hers = self.staff(device="00000000000000a1")
        path = f"/api/v1/sessions/{self.session}/events"
        answer = await client.post(path, json=rows, headers=hers)
        assert answer.status_code == 200, answer.text


class Phone:
    """Hers: cookies kept by hand, because an ASGI client sends no secure one over HTTP."""

    def __init__(self, evening: Evening, client: httpx.AsyncClient) -> None:
        self.evening, self.client = evening, client
        self.cookies: dict[str, str] = {}
        self._seq = 0

    async def make_code(self, code: str = "P07", act: str = "make") -> str:
        """Sara makes one at the console; what the address holds."""
        hers = self.evening.staff()
        page = await self.client.post("/cards", data={"act": act, "code": code}, headers=hers)
        assert page.status_code == 200, page.text
        found = re.search(r"/me/#([A-Za-z0-9_-]{22})", page.text)
        return found[1] if found else ""

    async def sign_in(self, code: str) -> httpx.Response:
        answer = await self.ask("POST", "/api/v1/own/sign-in", {"code": code})
        if answer.status_code == 204:
            self.cookies = {"Cookie": answer.headers["set-cookie"].partition(";")[0]}
            assert COOKIE_NAME in self.cookies["Cookie"]
        return answer

    async def open(self, code: str = "P07") -> "Phone":
        """Signed in by a code that was made for her just now."""
        here = await self.make_code(code, "here")
        assert (await self.sign_in(here)).status_code == 204
        return self

    async def ask(self, method: str, path: str, content: Any = None) -> httpx.Response:
        return await self.client.request(method, path, json=content, headers=self.cookies)

    async def read(self) -> dict[str, Any]:
        answer = await self.ask("GET", "/api/v1/own")
        assert answer.status_code == 200, answer.text
        shown: dict[str, Any] = answer.json()
        return shown

    def make(self, kind: str, value: Any, code: str = "P07", **other: Any) -> dict[str, Any]:
        """An entry of hers, as her phone makes it."""
        self._seq += 1
        chance = (int(code[1:]) * 1000 + self._seq).to_bytes(10, "big")
        return {
            "id": make_uuid7(self.evening.wall.ms, chance),
            "kind": kind,
            "about": code,
            "value": value,
            "actor": f"participant.{code.lower()}",
            "device": "00000000000000b2",
            "device_seq": self._seq,
            "occurred_at": self.evening.now,
            "clock_offset_ms": 0,
            "supersedes": None,
            "reason": None,
            **other,
        }

    async def post(self, *entries: dict[str, Any], session: str | None = None) -> httpx.Response:
        path = f"/api/v1/own/sessions/{session or self.evening.session}/events"
        return await self.ask("POST", path, list(entries))


def own_effort(rating: int | None, minutes: int | None = 10, **other: Any) -> dict[str, Any]:
    return {
        "scale": "borg_6_20",
        "rating": rating,
        "missing_reason": "unknown" if rating is None else None,
        "source": None if rating is None else "self_report",
        "anchor_pack": "none",
        "minutes_after_end": minutes,
        **other,
    }


def one_day_later(evening: Evening) -> None:
    evening.wall.ms += round(timedelta(days=1) / timedelta(milliseconds=1))
