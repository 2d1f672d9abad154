"""Participants and samples through the whole app: what each role sees, enters and brings."""

import re
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest

from protocol.ledger.uuid7 import make_uuid7
from server.app import create_app
from server.people.roles import Role
from server.storage import Storage
from server.study.entry import Entry
from server.study.fact_kind import FactKind
from server.study.facts import read_facts
from server.study.measured_heart import MeasuredHeart, Sex
from server.study.measured_hearts import add_measured_heart
from server.study.recorded import read_measurements
from tests.staff import SAME_SITE, add_person, begin_session, cookie
from tests.studies import make_study
from tests.study_people import BASELINE, P07, add_two_women, measured, read_values, store

BLINDED = (Role.ASSESSOR, Role.LAB, Role.STATISTICIAN)
PATHS = (
    "/participants", "/participants/P07", "/participants/P08", "/participants/P07?at=post",
    "/samples", "/samples/P07/baseline", "/samples/P07/baseline?of=bdnf/serum",
    "/api/v1/participants", "/api/v1/participants/P07", "/api/v1/participants/P08",
    "/api/v1/samples", "/home",
)  # fmt: skip
# What would tell who trains: arms, the signs that a trainer calls out, and what only she has.
TELLING = ("training", "control", "Fig", "Tea", "exercise_h", "4711", "61.25", "why she trains")


@pytest.fixture
def storage(tmp_path: Any) -> Iterator[Storage]:
    with make_study(tmp_path / "study").open() as opened:
        for role in Role:
            add_person(opened.database, role.value, role)
        add_two_women(opened.database)
        yield opened


@pytest.fixture
async def client(storage: Storage) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=create_app(storage), raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://127.0.0.1", headers=SAME_SITE
    ) as made:
        yield made


def signed_in(storage: Storage, role: Role) -> dict[str, str]:
    return cookie(begin_session(storage.database, role.value))


def n_facts(storage: Storage) -> int:
    with storage.database.reading() as connection:
        return len(read_facts(connection))


def fill(storage: Storage) -> None:
    """A heart and hours that only dose and blood need of who trains; a reason that tells."""
    heart = MeasuredHeart(61.25, Sex.FEMALE, max_bpm=178)
    add_measured_heart(storage.database, P07, heart, "os:test", None)
    answers = read_values({"exercise_h": 4711, "fasting_h": 12})
    store(storage.database, Entry(FactKind.DRAW, P07, BASELINE, answers), measured(edss=2))
    corrected = Entry(FactKind.MEASUREMENT, P07, BASELINE, read_values({"edss": 3}),
                      reason="why she trains")  # fmt: skip
    store(storage.database, corrected)


@pytest.mark.parametrize("role", BLINDED)
async def test_who_is_blinded_is_told_nothing_that_tells_who_trains(
    client: httpx.AsyncClient, storage: Storage, role: Role
) -> None:
    fill(storage)
    seen = 0
    for path in PATHS:
        answer = await client.get(path, headers=signed_in(storage, role))
        # The words of a form are the same for everybody.
        text = answer.text.replace("After the training", "")
        assert [word for word in TELLING if word in text] == [], path
        seen += answer.status_code == 200
    assert seen >= 4


async def test_a_researcher_sees_all_of_it(client: httpx.AsyncClient, storage: Storage) -> None:
    fill(storage)
    hers = signed_in(storage, Role.RESEARCHER)
    told = "".join([(await client.get(path, headers=hers)).text for path in PATHS])
    assert [word for word in TELLING if word not in told] == []


def read_form(page: httpx.Response) -> dict[str, str]:
    """What a browser would send of the form as it stands."""
    found = re.findall(r'<input id="(\w+)" name="\w+" value="([^"]*)"', page.text)
    hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text)
    chosen = re.findall(r'<select[^>]*name="(\w+)"(?:(?!</select>).)*?value="(\w+)" selected',
                        page.text, re.DOTALL)  # fmt: skip
    return dict(found) | dict(hidden) | dict(chosen)


async def test_an_assessor_enters_corrects_and_reads_how_it_came(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    hers, path = signed_in(storage, Role.ASSESSOR), "/participants/P07?at=baseline"
    form = read_form(await client.get(path, headers=hers))
    typed = form | {"edss": "2.5", "weight_kg": "57.3", "dmt": "none", "sex_missing": "refused"}
    answer = await client.post(path, data=typed, headers=hers)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{path}&done=stored")
    again = await client.post(path, data=typed, headers=hers)  # a second click
    assert (again.headers["location"], n_facts(storage)) == (f"{path}&done=known", 1)
    page = await client.get(answer.headers["location"], headers=hers)
    assert "Stored." in page.text
    assert 'name="edss" value="2.5"' in page.text
    form = read_form(page)
    assert (form["dmt"], form["sex_missing"]) == ("none", "refused")
    refused = await client.post(path, data=form | {"edss": "3"}, headers=hers)
    assert refused.status_code == 422
    trouble = refused.text.partition('id="edss-trouble"')[2].partition("</p>")[0]
    assert "a correction needs a reason" in trouble
    assert 'name="edss" value="3"' in refused.text
    assert n_facts(storage) == 1
    corrected = form | {"edss": "3", "reason": "read from the wrong line"}
    assert (await client.post(path, data=corrected, headers=hers)).status_code == 303
    shown = (await client.get(path, headers=signed_in(storage, Role.RESEARCHER))).text
    assert "EDSS: 3" in shown
    assert "EDSS: 2.5" in shown
    assert "<q>read from the wrong line</q>" in shown
    with storage.database.reading() as connection:
        baseline = read_measurements(connection)[0]
    assert baseline.answers["edss"].value == 3.0


async def test_bad_input_is_told_at_its_field_and_what_was_typed_stays(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    hers, path = signed_in(storage, Role.RESEARCHER), "/participants/P07"
    form = read_form(await client.get(path, headers=hers))
    typed = {"edss": "2.3", "height_cm": "160", "dmt_text": '"><script>alert(1)</script>'}
    answer = await client.post(path, data=form | typed, headers=hers)
    assert answer.status_code == 422
    assert "steps of 0.5" in answer.text.partition('id="edss-trouble"')[2].partition("</p>")[0]
    assert answer.text.count("aria-invalid") == 1
    assert 'name="height_cm" value="160"' in answer.text
    assert "<script" not in answer.text
    assert n_facts(storage) == 0


async def test_a_form_refuses_contradictions_and_tells_what_is_unlikely(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    store(storage.database, measured(age_y=31, sex="female"))
    hers, path = signed_in(storage, Role.RESEARCHER), "/participants/P07?at=post"
    form = read_form(await client.get(path, headers=hers))
    typed = form | {"sex": "male", "menopause": "pre", "hr_rest_bpm": "70"}
    refused = await client.post(path, data=typed, headers=hers)
    assert (refused.status_code, n_facts(storage)) == (422, 1)
    for name, said in (("menopause", "pre beside the sex male"), ("hr_rest_source", "its source")):
        assert said in refused.text.partition(f'id="{name}-trouble"')[2].partition("</p>")[0]
    taken = await client.post(path, data=form | {"sex": "male", "age_y": "45"}, headers=hers)
    page = await client.get(taken.headers["location"], headers=hers)
    assert "female at baseline and male after the training: is it the same person?" in page.text
    assert "31 years at baseline and 45 after the training" in page.text


async def test_who_saw_an_older_form_is_told(client: httpx.AsyncClient, storage: Storage) -> None:
    hers, path = signed_in(storage, Role.RESEARCHER), "/participants/P07"
    form = read_form(await client.get(path, headers=hers))
    store(storage.database, measured(age_y=36))
    answer = await client.post(path, data=form | {"edss": "2"}, headers=hers)
    assert (answer.status_code, n_facts(storage)) == (409, 1)
    assert "somebody entered values meanwhile" in answer.text
    form = read_form(answer)
    assert (form["age_y"], form["edss"]) == ("36", "2")  # theirs and hers
    assert (await client.post(path, data=form, headers=hers)).status_code == 303
    assert n_facts(storage) == 2


async def test_who_only_reads_gets_no_form(client: httpx.AsyncClient, storage: Storage) -> None:
    hers = signed_in(storage, Role.STATISTICIAN)
    page = await client.get("/participants/P07", headers=hers)
    assert (page.status_code, '<button class="store">' in page.text) == (200, False)
    answer = await client.post("/participants/P07", data={"edss": "2"}, headers=hers)
    assert (answer.headers["location"], n_facts(storage)) == ("/home", 0)


LAB_FILE = (
    "participant,time_point,analyte,matrix,value,unit,plate,drawn_at\n"
    "P07,baseline,bdnf,serum,21450,pg/mL,PL-03,2025-11-27T08:15+03:30\n"
    "P08,baseline,bdnf,serum,below_lloq,pg/mL,PL-03,2025-11-27T08:40+03:30\n"
)


async def bring(
    client: httpx.AsyncClient, headers: dict[str, str], content: str, **data: str
) -> httpx.Response:
    files = {"file": ("blood.csv", content.encode(), "text/csv")}
    return await client.post("/samples", files=files, data=data, headers=headers)


async def test_a_laboratory_brings_a_file_and_hears_all_that_is_wrong(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    hers = signed_in(storage, Role.LAB)
    tried = await bring(client, hers, LAB_FILE, check="yes")
    assert (tried.status_code, n_facts(storage)) == (200, 0)
    assert "Tried only, nothing was stored." in tried.text
    wrong = await bring(client, hers, LAB_FILE.replace("pg/mL", "mg").replace("P08", "P99"))
    assert (wrong.status_code, n_facts(storage)) == (422, 0)
    assert "line 2, unit: &#39;mg&#39; is none of" in wrong.text
    assert "line 3, unit: " in wrong.text
    answer = await bring(client, hers, LAB_FILE)
    assert (answer.status_code, n_facts(storage)) == (200, 4)
    assert "21450 pg/mL" in answer.text
    other = await bring(client, hers, LAB_FILE.replace("21450", "21540"))
    assert "line 2, value: there is another value already" in other.text
    fixed = await bring(client, hers, LAB_FILE.replace("21450", "21540"), reason="swapped")
    assert "1 corrected, 3 known already" in fixed.text
    context = await bring(client, hers, LAB_FILE.replace("plate", "fasting_h"))
    assert "your role doesn&#39;t enter this" in context.text


def new_id() -> str:
    new_id.n += 1  # type: ignore[attr-defined]
    return make_uuid7(1_764_000_000_000, new_id.n.to_bytes(10, "big"))  # type: ignore[attr-defined]


new_id.n = 0  # type: ignore[attr-defined]


async def test_programs_post_and_may_repeat_it(client: httpx.AsyncClient, storage: Storage) -> None:
    hers = signed_in(storage, Role.DATA_MANAGER)
    body = {"id": new_id(), "participant": "P08", "time_point": "post",
            "values": {"edss": 2, "other_drugs": ["vitamin_d"]}}  # fmt: skip
    url = "/api/v1/participants/measurements"
    for result in ("new", "known"):
        answer = await client.post(url, json=body, headers=hers)
        assert (answer.status_code, answer.json()["result"]) == (200, result)
    other = body | {"id": new_id(), "values": {"edss": 3, "height_cm": 1.6}}
    refused = await client.post(url, json=other, headers=hers)
    assert (refused.status_code, refused.json()["code"]) == (422, "answers_refused")
    assert [one["field"] for one in refused.json()["errors"]] == ["height_cm"]
    clash = await client.post(url, json=other | {"id": body["id"], "values": {"edss": 3}},
                              headers=hers)  # fmt: skip
    assert (clash.status_code, clash.json()["code"]) == (409, "conflict")
    read = (await client.get("/api/v1/participants/P08", headers=hers)).json()
    assert (read["code"], read["arm"]) == ("P08", "control")
    assert read["measurements"][1]["values"]["edss"] == 2
    assert read["measurements"][1]["values"]["dmt"] == {"missing": "not_recorded"}
    assert [one["number"] for one in read["history"]] == [1]


async def test_programs_post_samples_and_draws(client: httpx.AsyncClient, storage: Storage) -> None:
    key = {"participant": "P07", "time_point": "post"}
    lab, assessor = signed_in(storage, Role.LAB), signed_in(storage, Role.ASSESSOR)
    sample = key | {"id": new_id(), "analyte": "gdnf", "matrix": "serum",
                    "values": {"value": 0.1015, "unit": "ng/mL"}}  # fmt: skip
    assert (await client.post("/api/v1/samples", json=sample, headers=lab)).status_code == 200
    draw = key | {"id": new_id(), "values": {"sleep_h": 7, "illness": ["none"]}}
    for headers, status in ((lab, 422), (assessor, 200)):
        answer = await client.post("/api/v1/samples/draws", json=draw, headers=headers)
        assert answer.status_code == status, answer.text
    draw["values"] = {"exercise_h": 50}  # how long ago she trained
    draw["id"] = new_id()
    answer = await client.post("/api/v1/samples/draws", json=draw, headers=assessor)
    assert answer.json()["errors"][0]["message"] == "your role doesn't enter this"
    hers = signed_in(storage, Role.RESEARCHER)
    read = (await client.get("/api/v1/samples", headers=hers)).json()
    assert read["samples"][0]["value_pg_ml"] == pytest.approx(101.5)
    assert read["draws"][0]["values"]["sleep_h"] == 7
    assert (await client.get("/api/v1/samples", headers=assessor)).json()["samples"] == []


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/participants/P99", 404),
        ("/participants/P07?at=later", 404),
        ("/samples/P07/later", 404),
        ("/samples/P07/post?of=bdnf/blood", 404),
        ("/samples/%00/post", 404),
        ("/api/v1/participants/P99", 404),
    ],
)
async def test_what_is_not_there(
    client: httpx.AsyncClient, storage: Storage, url: str, status: int
) -> None:
    answer = await client.get(url, headers=signed_in(storage, Role.RESEARCHER))
    assert answer.status_code == status


async def test_the_tables_of_fields_are_told(client: httpx.AsyncClient, storage: Storage) -> None:
    answer = await client.get("/api/v1/study/fields", headers=signed_in(storage, Role.LAB))
    assert [one["name"] for one in answer.json()["draw"]][:2] == ["drawn_at", "fasting_h"]
