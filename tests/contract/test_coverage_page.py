"""The coverage map through the whole app: the dose's own coverage, with causes, for whom it is."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from html import unescape

import httpx
import pytest

from server.people.roles import Role
from server.storage import Storage
from server.study.participant import Arm
from tests.contract.derived_pages import as_researcher, read_settled_page
from tests.dose_course import CODES
from tests.enrolment import enrol_people
from tests.quality_course import QualityCourse
from tests.staff import add_person
from tests.studies import Study

FIRST = datetime(2026, 11, 2, 17, tzinfo=UTC)
NOW = FIRST + timedelta(hours=2)


@pytest.fixture
def storage(study: Study) -> Iterator[Storage]:
    with study.open() as opened:
        add_person(opened.database, "researcher", Role.RESEARCHER)
        enrol_people(opened.database, CODES, ("Fig", "Tea", "Sea"), Arm.TRAINING)
        yield opened


@pytest.fixture
async def client(storage: Storage) -> AsyncIterator[httpx.AsyncClient]:
    async with as_researcher(storage, NOW) as made:
        yield made


async def read_settled(client: httpx.AsyncClient, path: str = "/coverage") -> str:
    return unescape(await read_settled_page(client, path))


def find_cell(page: str, session: str, participant: str) -> str:
    start = page.index(f'href="/sessions/{session}/review?participant={participant}"')
    return page[start : page.index("</td>", start)]


async def test_a_study_without_sessions_says_so(client: httpx.AsyncClient) -> None:
    page = await read_settled(client)
    assert "No session is planned" in page
    assert "<table" not in page


async def test_the_map_has_the_coverage_of_the_dose_and_its_cause(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    course = QualityCourse(storage, FIRST)
    course.hold(0, FIRST, silent={"P01": (12, 16)})
    page = await read_settled(client)
    dose = (await client.get(f"/api/v1/sessions/{course.ids[0]}/dose/P01")).json()
    (mean,) = [
        one for one in dose["metrics"] if (one["name"], one["category"]) == ("mean_hr_bpm", None)
    ]
    low = find_cell(page, course.ids[0], "P01")
    assert mean["delivered"]["coverage"] == pytest.approx(238 / 480)  # see the quality page's test
    assert "49.5 % of 8 min heard" in low
    assert "coverage low; not heard: radio 4 min" in low
    assert '<span class="cause" aria-hidden="true">r</span>' in low
    full = find_cell(page, course.ids[0], "P02")
    assert "99.7 % of 8 min heard" in full  # the last value holds nothing
    assert "cause" not in full
    away = find_cell(page, course.ids[0], "P03")
    assert "Absent: she wasn't there" in away
    assert '<span class="letter" aria-hidden="true">A</span>' in away
    assert "1 person-sessions with 80 % or more, 1 with less, 1 without a share." in page
    assert page.count('<span class="cell">') == 23 * len(CODES)  # those ahead lead nowhere


async def test_movement_is_a_map_of_its_own(client: httpx.AsyncClient, storage: Storage) -> None:
    course = QualityCourse(storage, FIRST)
    course.hold(0, FIRST)
    page = await read_settled(client, "/coverage?stream=movement")
    cell = find_cell(page, course.ids[0], "P01")
    assert "nothing of it came in" in cell
    assert "not heard: silence 8 min" in cell
    assert 'href="/coverage?stream=movement" aria-current="page"' in page
    assert "(MAD)" in page
    other = await read_settled(client, "/coverage?stream=x")
    assert 'href="/coverage?stream=heart" aria-current="page"' in other


async def test_a_strap_put_on_late_is_told_apart_from_the_radio(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    course = QualityCourse(storage, FIRST)
    course.hold(0, FIRST, strap_on={"P02": 13.0})
    cell = find_cell(await read_settled(client), course.ids[0], "P02")
    assert "not heard: late strap 3 min" in cell
    assert '<span class="cause" aria-hidden="true">l</span>' in cell
