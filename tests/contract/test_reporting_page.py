"""The page of checklists through the whole app: who may, what is filled, said and copied."""

import csv
import io
import re
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from html import unescape

import httpx
import pytest

from server.people.roles import Role
from server.storage import Storage
from server.study.participant import Arm
from server.study.reporting_sentences import read_histories
from server.study.sight import SIGHTS
from server.web.role_groups import REPORTING_READERS, REPORTING_WRITERS
from tests.contract.derived_pages import as_researcher, read_settled_page
from tests.dose_course import CODES, hold, schedule
from tests.enrolment import enrol_people
from tests.staff import add_person, begin_session, cookie
from tests.studies import Study

FIRST = datetime(2026, 11, 2, 17, tzinfo=UTC)  # a Monday
NOW = FIRST + timedelta(days=5)
PAGE, COPY = "/reporting", "/reporting/copy"
BLINDED = [role for role in Role if role in SIGHTS and not SIGHTS[role].knows_arm]
FORMULA = '=HYPERLINK("http://evil.example","x")'


@pytest.fixture
def storage(study: Study) -> Iterator[Storage]:
    with study.open() as opened:
        for role in Role:
            add_person(opened.database, role.value, role)
        enrol_people(opened.database, CODES, ("Tea", "Fig", "Sea"), Arm.TRAINING)
        enrol_people(opened.database, ("P04",), ("Oak",), Arm.CONTROL)
        yield opened


@pytest.fixture
async def client(storage: Storage) -> AsyncIterator[httpx.AsyncClient]:
    async with as_researcher(storage, NOW) as made:
        yield made


def hold_two(storage: Storage) -> None:
    """P01 and P03 come to both, and P01 has an event in each; P02 is ill. A third goes on."""
    ids = schedule(storage, FIRST, weekdays=(0, 2, 4))
    for session, day in zip(ids[:3], (0, 2, 4), strict=True):
        hold(storage, session, FIRST + timedelta(days=day), closes=day < 4)


def find_item(page: str, anchor: str) -> str:
    """The words of one item."""
    found = re.search(rf'<li id="{anchor}" class="item.*?</li>\n', page, re.DOTALL)
    assert found is not None, anchor
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", found[0]).split()))


async def say(client: httpx.AsyncClient, **fields: str) -> httpx.Response:
    form = {"item": "cert/6", "seen": "0", "text": "Music.", "applies": "yes", **fields}
    return await client.post(PAGE, data=form)


async def test_items_are_filled_from_what_was_held(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    hold_two(storage)
    page = await read_settled_page(client, PAGE)
    flow = find_item(page, "consort-2025-22a")
    assert "Filled from data By arm: training 3 entered; 2 came to a session." in flow
    assert "control 1 entered; 0 came to a session" in flow
    harms = find_item(page, "cert-11")
    assert "in 4 person-sessions" in harms
    assert "of 1 person; 0 serious, 2 not rated; 1 more in sessions not closed yet." in harms
    delivered = find_item(page, "cert-16b")
    assert "Sessions held: 2. 3 participants attended 4 of 72" in delivered
    assert "missed 2 (ill 2); 66 weren't held yet" in delivered
    assert find_item(page, "consort-2025-2").endswith(
        "Needs your sentence The data don't say it. Write for 2"
    )
    assert "not recorded here" in page
    assert 'href="#cert"' in page


async def test_an_empty_study_says_why_there_is_nothing(study: Study) -> None:
    with study.open() as opened:
        add_person(opened.database, "researcher", Role.RESEARCHER)
        async with as_researcher(opened, NOW) as client:
            page = await read_settled_page(client, PAGE)
    assert "Nobody is in the study yet" in page
    assert "<svg" not in page.partition("<main>")[2]


async def test_a_sentence_is_stored_shown_and_corrected_with_a_reason(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    form = await read_settled_page(client, f"{PAGE}?item=cert/6")
    assert 'name="item" value="cert/6"' in form
    answer = await say(client)
    assert (answer.status_code, answer.headers["location"]) == (
        303, "/reporting?done=cert/6#cert-6",
    )  # fmt: skip
    page = (await client.get("/reporting?done=cert/6")).text
    assert "Stored for cert/6." in page
    assert "Your sentence Music. Correct 6" in find_item(page, "cert-6")
    refused = await say(client, text="Music and praise.", seen="1")
    assert refused.status_code == 422
    assert "a correction needs a reason" in refused.text
    assert "Music and praise.</textarea>" in refused.text  # what she typed stays
    assert 'href="#cert-6"' in refused.text
    assert (await say(client, text="Praise.", seen="1", reason="no music")).status_code == 303
    told = find_item((await client.get(PAGE)).text, "cert-6")
    assert "2. researcher" in told
    assert "(why: no music)" in told
    with storage.database.reading() as connection:
        assert [one.text for one in read_histories(connection)["cert/6"]] == ["Music.", "Praise."]


async def test_two_who_write_at_once_see_each_other(client: httpx.AsyncClient) -> None:
    assert (await say(client)).status_code == 303
    late = await say(client, text="Praise.", reason="x")
    assert late.status_code == 409
    assert "somebody wrote for this item meanwhile" in late.text
    assert 'name="seen" value="1"' in late.text


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"item": "cert/99"}, 422),
        ({"item": ""}, 422),
        ({"text": " "}, 422),
        ({"text": "x" * 1001}, 422),
        ({"seen": "x"}, 409),
        ({"seen": "\u0663"}, 409),
    ],
)
async def test_bad_input_is_told_and_stores_nothing(
    client: httpx.AsyncClient, storage: Storage, fields: dict[str, str], status: int
) -> None:
    answer = await say(client, **fields)
    assert answer.status_code == status
    assert 'id="refusal"' in answer.text
    with storage.database.reading() as connection:
        assert read_histories(connection) == {}


async def test_the_study_may_say_why_an_item_does_not_apply(client: httpx.AsyncClient) -> None:
    await say(client, item="consort-2025/23b", text="It ran to its end.", applies="no")
    told = find_item((await client.get(PAGE)).text, "consort-2025-23b")
    assert "Doesn't apply Doesn't apply because: It ran to its end." in told


async def test_what_is_copied_runs_nowhere(client: httpx.AsyncClient) -> None:
    await say(client, text=FORMULA)
    await say(client, item="cert/10", text="<script>alert(1)</script>")
    answer = await client.get(COPY, params={"list": "cert", "as": "csv"})
    assert answer.headers["cache-control"] == "no-store"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 19
    cells = {one["item"]: one["what is said"] for one in rows}
    assert cells["6"] == f"'{FORMULA}"
    assert {one["note"] for one in rows} == {
        "The data aren't locked: keep this from whoever must not know what each arm has."
    }
    table = (await client.get(COPY, params={"list": "cert", "as": "html"})).text
    assert table.count("<tr>") == 1 + 19
    assert "<script" not in table
    assert f"<td>'{FORMULA}</td>" in unescape(table)
    text = await client.get(COPY, params={"list": "cert", "as": "text"})
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    assert f"6  [Your sentence]  What was done to keep participants motivated.\n    {FORMULA}" in (
        text.text
    )
    for wrong in ({"list": "cert", "as": "docx"}, {"list": "x", "as": "csv"}, {}):
        assert (await client.get(COPY, params=wrong)).status_code == 404


async def test_the_same_study_gives_the_same_copy(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    hold_two(storage)
    await read_settled_page(client, PAGE)
    asked = {"list": "consort-2025", "as": "csv"}
    assert (await client.get(COPY, params=asked)).content == (
        await client.get(COPY, params=asked)
    ).content


@pytest.mark.parametrize("role", BLINDED)
async def test_who_is_blinded_gets_no_page_no_copy_and_no_way_there(
    client: httpx.AsyncClient, storage: Storage, role: Role
) -> None:
    """Numbers by arm, and sentences that could say anything."""
    hold_two(storage)
    await say(client, text="P04 is in control.")
    hers = cookie(begin_session(storage.database, role.value))
    page = await client.get(PAGE, headers=hers)
    assert (page.status_code, page.headers["location"], page.text) == (303, "/home", "")
    copy = await client.get(COPY, params={"list": "cert", "as": "text"}, headers=hers)
    assert (copy.status_code, copy.json()["code"]) == (403, "not_permitted")
    assert "/reporting" not in (await client.get("/home", headers=hers)).text


def test_nobody_who_must_not_know_arms_reads_and_only_some_of_those_who_read_write() -> None:
    assert set(BLINDED) == {Role.ASSESSOR, Role.LAB, Role.STATISTICIAN, Role.CLINICIAN}
    assert not REPORTING_READERS & {*BLINDED}
    assert frozenset({Role.ADMIN, Role.RESEARCHER}) == REPORTING_WRITERS
    assert REPORTING_WRITERS <= REPORTING_READERS


async def test_who_only_reads_is_offered_no_form(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    hers = cookie(begin_session(storage.database, Role.MONITOR.value))
    page = await client.get(f"{PAGE}?item=cert/6", headers=hers)
    assert page.status_code == 200
    assert "<textarea" not in page.text
    assert "Write for" not in page.text
    answer = await client.post(PAGE, data={"item": "cert/6"}, headers=hers)
    assert answer.headers.get("location") == "/home"


async def test_the_flow_in_a_persian_page_keeps_its_english_words_and_digits(
    storage: Storage, client: httpx.AsyncClient
) -> None:
    hold_two(storage)
    await read_settled_page(client, PAGE)
    page = (await client.get(PAGE, headers={"Accept-Language": "fa"})).text
    drawn = page.partition("<svg")[2].partition("</svg>")[0]
    assert "n = 3" in drawn
    assert re.search("[۰-۹]", drawn) is None
    assert re.search("[۰-۹]", page) is not None
