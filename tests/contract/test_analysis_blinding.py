"""Who may what of an analysis, and what whoever is blinded sees of it before the lock."""

import html
import json
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from server.analysis.dummy_arms import NOTICE
from server.analysis.frame import Frame
from server.analysis.locking import read_lockable
from server.people.roles import Role
from server.projection.derived_study import DerivedStudy
from server.storage import Storage
from server.study.analysis_records import RecordKind, find_record, read_records
from server.web.policy import POLICY
from tests.analysis_study import CODES, SIGNS, hold_course, simulate
from tests.contract.analysis_pages import (
    AGREES,
    FIRST,
    NOW,
    as_role,
    lock,
    open_trial,
    plan,
    read,
    run,
)
from tests.contract.derived_pages import as_researcher, read_settled_page

READERS = (Role.RESEARCHER, Role.DATA_MANAGER, Role.STATISTICIAN, Role.MONITOR)


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    with open_trial(tmp_path) as opened:
        yield opened


@pytest.fixture
async def client(storage: Storage) -> AsyncIterator[httpx.AsyncClient]:
    async with as_researcher(storage, NOW) as made:
        yield made


def read_truth(storage: Storage) -> tuple[Frame, str]:
    """Everybody's own arm, and the hash that a lock would have."""
    derived = DerivedStudy(storage.database, storage.directory.path)
    derived.bring_up_to_date()
    with storage.database.reading() as connection, derived.derived.reading() as worked_out:
        told = read_lockable(connection, worked_out).told
    derived.close()
    return told.frame, told.sha256


async def test_a_statistician_sees_nothing_that_tells_arms_before_the_lock(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    """Not even where all straps are simulated: real people may be enrolled by then."""
    hold_course(storage, FIRST)
    simulate(storage.database)
    await plan(client)
    others = await run(client)
    hers = as_role(storage, Role.STATISTICIAN)
    assert (await client.get(others, **hers)).status_code == 404
    assert (await client.post(others, **hers)).status_code == 404
    assert (await client.get(f"{others}/report.html", **hers)).status_code == 404
    assert others not in await read(client, "/analysis", **hers)
    path = await run(client, **hers)
    await client.post(path, **hers)
    await client.post(path)
    files = ("report.html", "report.pdf", "results.json", "dose")
    for name in files:
        assert (await client.get(f"{path}/{name}", **hers)).status_code == 200
    told = json.loads((await client.get(f"{path}/results.json", **hers)).content)
    assert told["dataset"]["notice"] == NOTICE
    assert NOTICE in await read(client, f"{path}/report.html", **hers)
    await read_settled_page(client, "/analysis/lock")
    pages = ["/analysis", "/analysis/plan", "/analysis/lock", path]
    seen = [(await client.get(one, **hers)).text for one in pages]
    # a PDF's bytes are compressed, and of the same document as the HTML
    texts = [one for one in files if one != "report.pdf"]
    seen += [(await client.get(f"{path}/{one}", **hers)).text for one in texts]
    frame, sha256 = read_truth(storage)
    for secret in (*CODES, *SIGNS, frame.sha256, sha256, "not applicable 8", "not_applicable"):
        assert [one for one in seen if re.search(rf"\b{secret}\b", one)] == [], secret
    assert "Doses and sessions are locked as well." in seen[2]
    assert "<code>srpe_load_au</code>" not in seen[2]
    assert "Blinded data: the data aren't locked yet" in html.unescape(seen[0])
    # the same pages tell the researcher more, or this would find nothing in anything
    assert "<code>srpe_load_au</code>" in await read(client, "/analysis/lock")

    assert (await lock(client)).status_code == 303
    path = await run(client, **hers)
    assert AGREES in await read(client, path, **hers)
    assert (await client.get(others, **hers)).status_code == 200


async def test_real_people_are_rehearsed_for_everybody_until_the_lock(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    await plan(client)
    path = await run(client)
    await client.post(path)
    assert "Blinded data" in await read(client, path)
    told = json.loads((await client.get(f"{path}/results.json")).content)
    assert (told["dataset"]["notice"], told["dataset"]["simulated"]) == (NOTICE, False)
    assert "only who trains has one" in await read(client, f"{path}/dose")


async def test_who_may_what(client: httpx.AsyncClient, storage: Storage) -> None:
    await plan(client)
    path = await run(client)
    mine = [one for one in POLICY if one[1].startswith("/analysis")]
    assert len(mine) == 12
    for role in Role:
        hers = as_role(storage, role)
        for method, pattern in mine:
            where = pattern.replace("/analysis/runs/{run}", path)
            access = POLICY[method, pattern]
            assert isinstance(access, frozenset)
            if role in access:
                continue
            answer = await client.request(method, where, **hers)
            is_led_away = answer.headers.get("location") == "/home"
            assert answer.status_code == 403 or is_led_away, (role, method, where)
        page = await client.get("/analysis", **hers)
        assert page.status_code == (200 if role in READERS else 303), role
        home = await read(client, "/home", **hers)
        assert ('href="/analysis"' in home) is (role in READERS), role
    with storage.database.reading() as connection:
        assert find_record(connection, RecordKind.LOCK) is None
        assert len(read_records(connection, RecordKind.PLAN)) == 1
