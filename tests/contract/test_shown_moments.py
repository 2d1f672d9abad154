"""Decision 0043 on pages: moments are told by the study's clock, and each says by whose."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC

import httpx
import pytest

from server.study.time_zone import find_zone, set_zone
from server.web.shown_moment import show_day, show_utc, showing_in
from tests.own_phone import Evening, Phone
from tests.studies import Study

pytestmark = pytest.mark.timeout(60)


@pytest.fixture
def evening(study: Study) -> Iterator[Evening]:
    with study.open() as storage:
        yield Evening(storage)


@pytest.fixture
async def client(evening: Evening) -> AsyncIterator[httpx.AsyncClient]:
    async with evening.client() as made:
        yield made


# IANA: Tehran +03:30, since 2022 all the year; Berlin changes on 2026-10-25 at 01:00 UTC.
@pytest.mark.parametrize(
    ("zone", "utc", "told", "day"),
    [
        ("Asia/Tehran", "2026-11-30T21:00:00.000Z", "2026-12-01 00:30 UTC+03:30", "2026-12-01"),
        ("Europe/Berlin", "2026-10-25T00:30:00.000Z", "2026-10-25 02:30 UTC+02:00", "2026-10-25"),
        ("Europe/Berlin", "2026-10-25T01:30:00.000Z", "2026-10-25 02:30 UTC+01:00", "2026-10-25"),
        ("America/St_Johns", "2026-11-30T01:00:00.000Z", "2026-11-29 21:30 UTC-03:30",
         "2026-11-29"),
    ],
)  # fmt: skip
def test_a_moment_says_by_whose_clock(zone: str, utc: str, told: str, day: str) -> None:
    known = find_zone(zone)
    assert known is not None
    with showing_in(known):
        assert (show_utc(utc), show_day(utc)) == (told, day)
    assert show_utc(utc).endswith(" UTC")  # nothing of it stays
    with showing_in(UTC):
        assert show_day(utc) == utc[:10]


async def test_pages_tell_the_studys_time_and_programs_utc(
    evening: Evening, client: httpx.AsyncClient
) -> None:
    hers = evening.staff()
    evening.wall.pass_min(26 * 60)  # 19:00 UTC
    phone = await Phone(evening, client).open()
    made = phone.make("feeling", {"feeling_0_10": 1})["id"]
    answer = {"worse": True, "what": ["pain"], "call_me": False}
    said = {"id": made, "session": evening.session, "actor": "participant.p07", **answer}
    assert (await phone.ask("POST", "/api/v1/own/next-day", said)).status_code == 200
    page = await client.get("/next-day", headers=evening.staff())
    assert "said 2026-12-01 19:00 UTC, about" in page.text
    with evening.storage.database.writing() as connection:
        set_zone(connection, "Asia/Tehran", None, "os:test")
    page = await client.get("/next-day", headers=evening.staff())
    assert "said 2026-12-01 22:30 UTC+03:30, about" in page.text
    shown = await phone.read()
    assert (shown["zone"], shown["server_utc"]) == ("Asia/Tehran", "2026-12-01T19:00:00.000Z")
    cards = await client.get("/cards", headers=hers)
    assert "UTC+03:30 by sara" in cards.text
