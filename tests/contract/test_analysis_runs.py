"""Runs of the console: one at a time, bounded, and nothing half-written whatever fails."""

import html
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from server.analysis.runs import making
from server.analysis.runs.run import Failure, Stage, Trouble
from server.analysis.runs.workshop import MAX_REPLICATES, MAX_RUNS, AnalysisWorkshop
from server.app import create_app
from server.errors import ConflictError, NotFoundError
from server.jobs.bench import Work
from server.projection.derived_study import DerivedStudy
from server.storage import Storage
from tests.analysis_study import simulate
from tests.contract.analysis_pages import (
    AGREES,
    NOW,
    open_trial,
    plan,
    read,
    read_shelf,
    run,
    tell_blood,
)
from tests.contract.derived_pages import as_researcher, read_settled_page


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    with open_trial(tmp_path) as opened:
        yield opened


@pytest.fixture
async def client(storage: Storage) -> AsyncIterator[httpx.AsyncClient]:
    async with as_researcher(storage, NOW) as made:
        yield made


class Held:
    """Begins nothing by itself: what was begun runs when a test says so."""

    def __init__(self) -> None:
        self.begun: list[Work] = []

    def __call__(self, work: Work) -> threading.Thread:
        self.begun.append(work)
        return threading.Thread(target=work)

    def go_on(self) -> None:
        self.begun.pop()()


@contextmanager
def open_workshop(storage: Storage, held: Held, clock: list[int]) -> Iterator[AnalysisWorkshop]:
    derived = DerivedStudy(storage.database, storage.directory.path)
    folder = storage.directory.path / "analyses"
    yield AnalysisWorkshop(storage.database, derived, folder, lambda: clock[0], held)
    derived.close()


async def test_one_at_a_time_a_dozen_and_gone_after_a_day(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    simulate(storage.database)
    await plan(client)
    held, clock = Held(), [round(NOW.timestamp() * 1e9)]
    with open_workshop(storage, held, clock) as workshop:
        first = workshop.begin("rana", is_blinded=False)
        with pytest.raises(ConflictError, match="wait until it is done"):
            workshop.begin("ana", is_blinded=False)
        clock[0] += 2 * 24 * 3600 * 10**9  # what runs is not forgotten
        assert workshop.find(first.id, is_blinded=False).stage is Stage.RUNNING
        held.go_on()
        done = workshop.find(first.id, is_blinded=False)
        assert done.stage is Stage.READY
        assert len(done.steps) == done.n_steps  # the log counts what there was to count
        assert sorted(one.name for one in read_shelf(storage)) == sorted(
            [first.id, "report.html", "report.pdf", "results.json"]
        )
        modes = [one.stat().st_mode & 0o077 for one in read_shelf(storage) if one.is_dir()]
        assert modes == [0]
        for _ in range(MAX_RUNS):
            workshop.begin("rana", is_blinded=False)
            held.go_on()
        with pytest.raises(NotFoundError):
            workshop.find(first.id, is_blinded=False)
        assert len([one for one in read_shelf(storage) if one.is_dir()]) == MAX_RUNS
        clock[0] += 24 * 3600 * 10**9
        workshop.forget_old()
        assert read_shelf(storage) == []


async def test_what_fails_says_what_and_where_and_leaves_nothing(
    client: httpx.AsyncClient, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    simulate(storage.database)
    await plan(client)

    def refuse(folder: Path, _content: object) -> None:
        (folder / "report.html").write_text("half")
        raise OSError(28, "No space left on device", str(folder))

    held, clock = Held(), [round(NOW.timestamp() * 1e9)]
    with monkeypatch.context() as patch:
        patch.setattr(making, "write_files", refuse)
        with open_workshop(storage, held, clock) as workshop:
            failed = workshop.begin("rana", is_blinded=False)
            held.go_on()
            failed = workshop.find(failed.id, is_blinded=False)
            assert failed.failure == Failure(Trouble.DISK, "no room is left")
            assert read_shelf(storage) == []
        path = await run(client)
        page = await read(client, path)
    assert "The disk didn't take it, at “The report is written”: no room is left." in page
    assert "Nothing was kept of it, and the study is as it was. Make room" in page
    assert str(storage.directory.path) not in page
    assert "show the report" not in page
    assert (await client.get(f"{path}/report.html")).status_code == 404
    assert (await client.post(path)).headers["location"] == path
    assert AGREES in await read(client, await run(client))  # the next one may


async def test_data_without_what_the_plan_names_say_so(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    """Blood of both matrices, and the plan names none."""
    await plan(client)
    tell_blood(storage, "P01", 1.0, "serum")
    page = await read(client, await run(client))
    assert (
        "It stopped at “The study's data are read”: bdnf was measured in plasma and serum" in page
    )
    assert "Put the data or the plan right, then run it again." in page
    page = await read_settled_page(client, "/analysis/lock")
    assert "can't be locked: bdnf was measured in plasma and serum" in html.unescape(page)
    assert "<form" not in page.partition("<main>")[2]


async def test_a_plan_that_would_take_the_servers_memory_is_not_run_here(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    too_many = str(MAX_REPLICATES + 1)
    for fields in ({"permutations": too_many}, {"bootstrap": too_many}):
        await plan(client, 303, reason="more", **fields)
        refused = await client.post("/analysis/runs")
        assert (refused.status_code, "analyse" in refused.text) == (409, True), fields
        assert "more than 100000 permutations" in html.unescape(refused.text)
        assert 'id="again"' not in refused.text
    await plan(client, reason="at most", permutations=str(MAX_REPLICATES))
    assert (await client.post("/analysis/runs")).status_code == 303


async def test_what_an_earlier_server_left_is_removed_at_the_start(storage: Storage) -> None:
    left = storage.directory.path / "analyses" / "x" / "report.html"
    left.parent.mkdir(parents=True)
    left.write_text("half")
    app = create_app(storage)
    async with app.router.lifespan_context(app):
        assert not left.parent.exists()
