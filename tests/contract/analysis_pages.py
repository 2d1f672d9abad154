"""The pages of an analysis over the small trial, as browsers ask for them."""

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from protocol.identifiers import parse_participant_code
from server.people.roles import Role
from server.storage import Storage
from server.study.entry import Entry
from server.study.fact_kind import FactKind
from server.study.measurement import TimePoint
from tests.analysis_study import PLAN, fill
from tests.contract.derived_pages import read_settled_page
from tests.staff import SAME_SITE, add_person, begin_session, cookie
from tests.studies import make_study
from tests.study_people import read_values, store

FIRST = datetime(2026, 9, 7, 17, tzinfo=UTC)  # a Monday
NOW = FIRST + timedelta(days=70)
TRIES = 120  # a page waits a moment itself
AGREES = "F and means agree ✓"


@contextmanager
def open_trial(folder: Path) -> Iterator[Storage]:
    """With somebody in every role, who is called as it is."""
    with make_study(folder / "study").open() as opened:
        fill(opened.database)
        for role in Role:
            add_person(opened.database, role.value, role)
        yield opened


def as_role(storage: Storage, role: Role) -> dict[str, Any]:
    """What a request of somebody else carries."""
    return {"headers": SAME_SITE | cookie(begin_session(storage.database, role.value))}


def tell_blood(storage: Storage, code: str, value: float, matrix: str = "plasma") -> None:
    """Something else was found in it after the training."""
    found = read_values({"value": value, "unit": "pg/mL"})
    whose = parse_participant_code(code)
    late = Entry(
        FactKind.SAMPLE, whose, TimePoint.POST, found, "bdnf", matrix, reason="found again"
    )
    store(storage.database, late, later_s=60)


def read_shelf(storage: Storage) -> list[Path]:
    """Everything that lies in the folder of analyses."""
    return sorted((storage.directory.path / "analyses").rglob("*"))


async def plan(client: httpx.AsyncClient, status: int = 303, **more: str) -> httpx.Response:
    """Put PLAN in force by the form, with what is said otherwise."""
    page = html.unescape((await client.get("/analysis/plan")).text)
    seen = re.search(r'name="seen" value="(\d+)"', page)
    fields = {**PLAN, "seen": seen[1] if seen else "", **more}
    answer = await client.post("/analysis/plan", data=fields)
    assert answer.status_code == status, answer.text
    return answer


async def lock(client: httpx.AsyncClient) -> httpx.Response:
    """Both acts."""
    await read_settled_page(client, "/analysis/lock")
    asked = await client.post("/analysis/lock", data={"reason": "steering group"})
    return await client.post("/analysis/lock", data=read_second_act(asked.text) | {"sure": "yes"})


def read_second_act(page: str) -> dict[str, str]:
    """What the second form carries."""
    hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)
    assert [name for name, _ in hidden] == ["seen", "reason"]
    return {name: html.unescape(value) for name, value in hidden}


async def run(client: httpx.AsyncClient, **options: Any) -> str:
    """The path of a run that has ended."""
    answer = await client.post("/analysis/runs", **options)
    assert answer.status_code == 303, answer.text
    path = str(answer.headers["location"])
    for _ in range(TRIES):
        page = await client.get(path, **options)
        assert page.status_code == 200, page.text
        if 'id="again"' not in page.text:
            return path
    raise TimeoutError(page.text)


async def read(client: httpx.AsyncClient, path: str, **options: Any) -> str:
    """The text of a page that is there."""
    answer = await client.get(path, **options)
    assert answer.status_code == 200, answer.text
    return html.unescape(answer.text)


def find_estimate(told: dict[str, Any]) -> float:
    """Of the ANCOVA."""
    return next(float(one["estimate"]) for one in told["results"] if one["analysis"] == "ancova")
