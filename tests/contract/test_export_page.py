"""The page of exports through the whole app: who may, what is previewed is built, and noted."""

import html
import io
import json
import re
import resource
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import httpx
import pytest

from server.app import create_app
from server.errors import ConflictError, NotFoundError
from server.export.dataset.ordering import Choice
from server.export.dataset.study_view import StudyView
from server.export.dataset.table import Row
from server.export.dataset.tables import ALL, Source
from server.export.job import Job, Stage, Trouble
from server.export.workshop import Workshop
from server.jobs.bench import Work
from server.people.roles import Role
from server.projection.derived_study import DerivedStudy
from server.storage import Storage
from server.study.recipients import add_recipient, read_handed_out, read_noted
from tests.contract.test_export_dataset import fill
from tests.staff import SAME_SITE, add_person, begin_session, cookie
from tests.studies import make_study

TABLES = "server.export.dataset.building.ALL"
TRIES = 120  # a page waits a moment itself
CHOICE = {"profile": "csv", "recipient": "lab"}
APPROVED = CHOICE | {"approve_dates": "yes"}


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    study = make_study(tmp_path / "study")
    fill(study)
    with study.open() as opened:
        for role in Role:
            add_person(opened.database, role.value, role)
        for name in ("lab", "clinic"):
            add_recipient(opened.database, name, tmp_path / f"{name}.key", "os:test")
        yield opened


@pytest.fixture
async def client(storage: Storage) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=create_app(storage), raise_app_exceptions=False)
    headers = {**SAME_SITE, **signed_in(storage, Role.RESEARCHER)}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://127.0.0.1", headers=headers
    ) as made:
        yield made


def signed_in(storage: Storage, role: Role) -> dict[str, str]:
    return cookie(begin_session(storage.database, role.value))


def read_shelf(storage: Storage) -> list[Path]:
    """Everything that lies in the folder of exports, in folders of it as well."""
    return sorted((storage.directory.path / "exports").rglob("*"))


async def settle(client: httpx.AsyncClient, path: str) -> str:
    """The page once nothing runs any more."""
    for _ in range(TRIES):
        page = await client.get(path)
        assert page.status_code == 200, page.text
        if 'id="again"' not in page.text:
            return html.unescape(page.text)
    raise TimeoutError(page.text)


async def preview(client: httpx.AsyncClient, fields: dict[str, str]) -> str:
    """The path of an export that was counted."""
    answer = await client.post("/export", data=fields)
    assert answer.status_code == 303, answer.text
    path = str(answer.headers["location"])
    assert "Nothing is built yet." in await settle(client, path)
    return path


async def get_approved(client: httpx.AsyncClient, storage: Storage, path: str) -> None:
    """Asked by who looks, approved by the data manager."""
    asked = await client.post(f"{path}/approval", data={"reason": "ethics board, 12 May"})
    assert asked.status_code == 303, asked.text
    manager = signed_in(storage, Role.DATA_MANAGER)
    answer = await client.post("/export/approvals/1", data={"approve": "yes"}, headers=manager)
    assert answer.status_code == 303, answer.text


async def build(
    client: httpx.AsyncClient, path: str, key_file: Path, status: int = 303
) -> httpx.Response:
    answer = await client.post(path, files={"key": ("a.key", key_file.read_bytes())})
    assert answer.status_code == status, answer.text
    return answer


def unpack(content: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def read_tables(page: str) -> list[tuple[str, int, int, str]]:
    """(table, rows, columns, absent) as a page shows them."""
    row = r"<code>(\w+)</code></th><td>(\d+)</td><td>(\d+)</td><td>([^<]*)</td>"
    return [(name, int(n), int(m), absent) for name, n, m, absent in re.findall(row, page)]


def tell_files(files: dict[str, bytes]) -> list[tuple[str, int, int, str]]:
    """The same of what was built."""
    told = []
    for one in json.loads(files["dataset/manifest.json"])["tables"]:
        header, *_ = files[f"dataset/{one['name']}.csv"].decode().splitlines()
        sums: dict[str, int] = {}
        for reasons in one["absent"].values():
            for reason, n in reasons.items():
                sums[reason] = sums.get(reason, 0) + n
        absent = ", ".join(f"{reason} {n}" for reason, n in sorted(sums.items()))
        told.append((one["name"], one["rows"], header.count(",") + 1, absent or "\N{EM DASH}"))
    return told


async def test_what_is_previewed_is_built_noted_and_taken(
    client: httpx.AsyncClient, storage: Storage, tmp_path: Path
) -> None:
    path = await preview(client, APPROVED)
    await get_approved(client, storage, path)
    previewed = await settle(client, path)
    assert read_shelf(storage) == []
    with storage.database.reading() as connection:
        assert read_handed_out(connection) == []
    await build(client, path, tmp_path / "lab.key")
    page = await settle(client, path)

    taken = await client.get(f"{path}/dataset.zip")
    assert taken.headers["content-type"] == "application/zip"
    assert taken.headers["cache-control"] == "no-store"
    files = unpack(taken.content)
    assert list(files) == sorted(files)
    assert read_tables(previewed) == tell_files(files) == read_tables(page)
    manifest = json.loads(files["dataset/manifest.json"])
    left_out = [", ".join(columns) for columns in manifest["left_out"].values() if columns]
    assert left_out
    assert [one for one in left_out if f": {one}</li>" not in previewed] == []
    assert "sessions.planned_on" not in previewed  # dates were approved
    exact = manifest["disclosure_of_exact_values"]["k"]
    assert "Nothing goes out by which somebody could be told apart, except who trains." in previewed
    assert f"has {exact}; the least is 5. Participants in smaller groups: 3." in previewed
    assert manifest["approval"] == {
        "number": 1, "asked_by": "researcher", "approved_by": "data-manager",
    }  # fmt: skip

    digest = sha256(files["dataset/manifest.json"]).hexdigest()
    assert f'<code id="manifest">{digest}</code>' in page
    with storage.database.reading() as connection:
        noted = read_noted(connection)
    assert [(one.one.manifest_sha256, one.recorded_by) for one in noted] == [(digest, "researcher")]
    assert [name for name, _ in noted[0].taken] == ["researcher"]
    told = (await client.get("/api/v1/exports")).json()["exports"]
    assert [(one["number"], one["recipient"], one["profile"]) for one in told] == [
        (1, "lab", "csv")
    ]
    assert (told[0]["approved"], told[0]["reason"]) == (["dates"], "ethics board, 12 May")
    assert told[0]["approval"] == manifest["approval"]
    assert (told[0]["manifest_sha256"], told[0]["recorded_by"]) == (digest, "researcher")
    assert [one["by"] for one in told[0]["taken"]] == ["researcher"]
    kept = [one for one in read_shelf(storage) if one.is_file()]
    assert [one.stat().st_mode & 0o777 for one in [kept[0], kept[0].parent]] == [0o600, 0o700]
    assert len(kept) == 1
    again = await preview(client, APPROVED)
    await build(client, again, tmp_path / "lab.key")
    await settle(client, again)
    assert (await client.get(f"{again}/dataset.zip")).content == taken.content


async def test_only_who_built_it_sees_and_takes_it(
    client: httpx.AsyncClient, storage: Storage, tmp_path: Path
) -> None:
    path = await preview(client, CHOICE)
    await build(client, path, tmp_path / "lab.key")
    await settle(client, path)
    manager = signed_in(storage, Role.DATA_MANAGER)
    for one in (path, f"{path}/dataset.zip"):
        assert (await client.get(one, headers=manager)).status_code == 404
    for role in set(Role) - {Role.RESEARCHER, Role.DATA_MANAGER}:
        hers = signed_in(storage, role)
        refused = await client.get(f"{path}/dataset.zip", headers=hers)
        assert (refused.status_code, refused.json()["code"]) == (403, "not_permitted"), role
        led = await client.get("/export", headers=hers)
        assert (led.status_code, led.headers["location"]) == (303, "/home"), role
        status = (await client.get("/api/v1/exports", headers=hers)).status_code
        assert status == (200 if role is Role.MONITOR else 403), role
    with storage.database.reading() as connection:
        (noted,) = read_noted(connection)
    assert noted.taken == ()
    shown = (await client.get("/export", headers=manager)).text
    assert noted.one.manifest_sha256 in shown
    assert path not in shown


async def test_what_is_wrong_is_told_and_a_key_is_nowhere(
    client: httpx.AsyncClient, storage: Storage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for fields in ({}, CHOICE | {"profile": "x"}, APPROVED | {"recipient": "x"}):
        refused = await client.post("/export", data=fields)
        assert (refused.status_code, 'role="alert"' in refused.text) == (422, True), fields
    assert 'name="approve_dates" value="yes" checked' in refused.text
    path = await preview(client, CHOICE)
    junk = tmp_path / "junk.key"
    for content in (b"", b"not hexadecimal", b"ab" * 31, b"\xff\xfe"):
        junk.write_bytes(content)
        refused = await build(client, path, junk, 422)
        assert "isn&#39;t the key file of this recipient" in refused.text
    await build(client, path, tmp_path / "clinic.key", 422)
    with storage.database.reading() as connection:
        assert read_handed_out(connection) == []
    await build(client, path, tmp_path / "lab.key")
    page = await settle(client, path)
    taken = (await client.get(f"{path}/dataset.zip")).content
    await build(client, path, tmp_path / "lab.key", 409)  # once is enough
    keys = [(tmp_path / f"{name}.key").read_text().strip() for name in ("lab", "clinic")]
    places = [page.encode(), taken, caplog.text.encode()]
    places += [one.read_bytes() for one in storage.directory.path.rglob("*") if one.is_file()]
    for key in keys:
        assert [one for one in places if key.encode() in one or bytes.fromhex(key) in one] == []


class Held:
    """Begins nothing by itself: what was begun runs when a test says so."""

    def __init__(self) -> None:
        self.begun: list[Work] = []

    def __call__(self, work: Work) -> threading.Thread:
        self.begun.append(work)
        return threading.Thread(target=work)

    def go_on(self) -> None:
        self.begun.pop()()


class Clock:
    def __init__(self) -> None:
        self.wall_ns = 1_800_000_000_000_000_000

    def __call__(self) -> int:
        return self.wall_ns


@pytest.fixture
def held() -> Held:
    return Held()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workshop(storage: Storage, held: Held, clock: Clock) -> Iterator[Workshop]:
    derived = DerivedStudy(storage.database, storage.directory.path)
    folder = storage.directory.path / "exports"
    yield Workshop(storage.database, derived, folder, clock, held)
    derived.close()


PLAIN = Choice("csv", "lab", frozenset())


def count(workshop: Workshop, held: Held) -> Job:
    job = workshop.count("rana", PLAIN)
    held.go_on()
    return workshop.find("rana", job.id)


def read_lab_key(tmp_path: Path) -> bytes:
    return bytes.fromhex((tmp_path / "lab.key").read_text())


def test_one_at_a_time_and_gone_after_a_day(
    workshop: Workshop, held: Held, clock: Clock, storage: Storage, tmp_path: Path
) -> None:
    counted, key = count(workshop, held), read_lab_key(tmp_path)
    workshop.build("rana", counted.id, key)
    with pytest.raises(ConflictError, match="wait until it is done"):
        workshop.count("ana", PLAIN)
    with pytest.raises(ConflictError):
        workshop.build("rana", counted.id, key)
    clock.wall_ns += 2 * 24 * 3600 * 10**9  # what runs is not forgotten
    assert workshop.find("rana", counted.id).stage is Stage.BUILDING
    with pytest.raises(NotFoundError):
        workshop.take("rana", counted.id)
    held.go_on()
    assert workshop.take("rana", counted.id).is_file()
    clock.wall_ns += 24 * 3600 * 10**9
    workshop.forget_old()
    assert read_shelf(storage) == []
    assert workshop.list_of("rana") == []


def test_a_table_that_fails_is_told_with_its_row_and_nothing_is_kept(
    workshop: Workshop,
    held: Held,
    storage: Storage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counted = count(workshop, held)
    sessions = next(one for one in ALL if one.table.name == "sessions")

    def read(view: StudyView) -> Iterator[Row]:
        """The second row says a word that the column doesn't have."""
        for n, row in enumerate(sessions.read(view)):
            yield {**row, "state": "x"} if n == 1 else row

    monkeypatch.setattr(TABLES, (Source(sessions.table, read),))
    workshop.build("rana", counted.id, read_lab_key(tmp_path))
    held.go_on()
    failed = workshop.find("rana", counted.id)
    assert failed.failure is not None
    assert (failed.stage, failed.failure.table, failed.failure.row) == (
        Stage.FAILED,
        "sessions",
        2,
    )
    assert "state has no value 'x'" in failed.failure.said
    assert read_shelf(storage) == []
    with storage.database.reading() as connection:
        assert read_handed_out(connection) == []
    monkeypatch.undo()
    assert count(workshop, held).stage is Stage.COUNTED  # the next one may


@contextmanager
def full_disk(max_bytes: int) -> Iterator[None]:
    """No file grows beyond this: as the kernel refuses it, so in the middle of a write."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (max_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("while_writing", [False, True])
def test_a_full_disk_leaves_nothing(
    workshop: Workshop,
    held: Held,
    storage: Storage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    while_writing: bool,
) -> None:
    counted = count(workshop, held)
    people, *others = ALL
    with ExitStack() as until_the_end:

        def read(view: StudyView) -> Iterator[Row]:
            yield from people.read(view)
            until_the_end.enter_context(full_disk(10))

        if while_writing:
            monkeypatch.setattr(TABLES, (Source(people.table, read), *others))
        else:
            until_the_end.enter_context(full_disk(20_000))  # less than the copy of the study
        workshop.build("rana", counted.id, read_lab_key(tmp_path))
        held.go_on()
    failed = workshop.find("rana", counted.id)
    assert (failed.stage, failed.failure and failed.failure.trouble) == (
        Stage.FAILED,
        Trouble.DISK,
    )
    assert str(tmp_path) not in str(failed.failure)
    assert read_shelf(storage) == []
    with storage.database.reading() as connection:
        assert read_handed_out(connection) == []


async def test_what_an_earlier_server_left_is_removed_at_the_start(storage: Storage) -> None:
    left = storage.directory.path / "exports" / "x.zip"
    left.parent.mkdir()
    left.write_bytes(b"half")
    app = create_app(storage)
    async with app.router.lifespan_context(app):
        assert not left.exists()


async def test_who_asks_can_not_approve_and_who_approves_can_not_build(
    client: httpx.AsyncClient, storage: Storage, tmp_path: Path
) -> None:
    path = await preview(client, APPROVED)
    page = await settle(client, path)
    assert "No second person has approved this for you." in page
    assert "Key file of the recipient" not in page
    unapproved = await build(client, path, tmp_path / "lab.key", 409)
    assert "no second person has approved this for you" in unapproved.text
    ask = f"{path}/approval"
    assert (await client.post(ask, data={"reason": " "})).status_code == 422
    assert (await client.post(ask, data={"reason": "the letter"})).status_code == 303
    assert (await client.post(ask, data={"reason": "again"})).status_code == 409
    assert "Request 1 waits: somebody else than researcher" in await settle(client, path)

    assert "Approve request 1" not in (await client.get("/export")).text
    approve = {"approve": "yes"}
    own = await client.post("/export/approvals/1", data=approve)
    assert (own.status_code, "somebody else has to decide" in own.text) == (403, True)
    for role in set(Role) - {Role.RESEARCHER, Role.DATA_MANAGER}:
        hers = signed_in(storage, role)
        refused = await client.post("/export/approvals/1", data=approve, headers=hers)
        assert (refused.status_code, refused.json()["code"]) == (403, "not_permitted"), role
    manager = signed_in(storage, Role.DATA_MANAGER)
    shown = html.unescape((await client.get("/export", headers=manager)).text)
    assert "Asked by researcher" in shown
    assert "The smallest group of participants alike has 1; the least is 5." in shown
    assert "Approve request 1" in shown
    done = await client.post("/export/approvals/1", data=approve, headers=manager)
    assert done.status_code == 303
    again = await client.post("/export/approvals/1", data=approve, headers=manager)
    assert again.status_code == 409

    begun = await client.post("/export", data=APPROVED, headers=manager)
    hers_path = str(begun.headers["location"])
    for _ in range(TRIES):
        waiting = (await client.get(hers_path, headers=manager)).text
        if 'id="again"' not in waiting:
            break
    assert "No second person has approved this for you." in waiting
    assert "Approved by data-manager (request 1)." in await settle(client, path)
    await build(client, path, tmp_path / "lab.key")
    assert "Ready." in await settle(client, path)
    assert "asked by researcher, approved by data-manager" in (await client.get("/export")).text


async def test_a_refusal_needs_a_reason_and_lets_nothing_out(
    client: httpx.AsyncClient, storage: Storage, tmp_path: Path
) -> None:
    path = await preview(client, APPROVED)
    await client.post(f"{path}/approval", data={"reason": "the letter"})
    manager = signed_in(storage, Role.DATA_MANAGER)
    one = "/export/approvals/1"
    assert (await client.post(one, data={"refuse": "yes"}, headers=manager)).status_code == 422
    told = {"refuse": "yes", "reason": "it is of 2025"}
    assert (await client.post(one, data=told, headers=manager)).status_code == 303
    assert ": it is of 2025" in (await client.get("/export")).text
    await build(client, path, tmp_path / "lab.key", 409)
    missing = await client.post("/export/approvals/2", data=told, headers=manager)
    assert missing.status_code == 404
