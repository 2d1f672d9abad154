"""The four steps of an analysis through the whole app: plan, data lock, run and report."""

import html
import json
import re
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from server.analysis.plan import AnalysisPlan
from server.analysis.report.number_words import write_interval
from server.people.roles import Role
from server.storage import Storage
from server.study.analysis_records import RecordKind, find_record, read_records
from tests.analysis_study import EFFECT_PG_ML, NOISE_PG_ML, PLAN, N, hold_course, simulate
from tests.contract.analysis_pages import (
    AGREES,
    FIRST,
    NOW,
    as_role,
    find_estimate,
    lock,
    open_trial,
    plan,
    read,
    read_second_act,
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


async def test_the_four_steps_of_a_simulated_study(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    """From no plan to a report of locked data, of which every number stays what it was."""
    simulate(storage.database)
    page = await read(client, "/analysis")
    assert page.count("Needs a plan first.") == 2
    assert "Run the plan</button>" not in page
    refused = await client.post("/analysis/runs")
    assert (refused.status_code, "put a plan in force first" in refused.text) == (409, True)

    await plan(client)
    page = await read(client, "/analysis")
    with storage.database.reading() as connection:
        record = find_record(connection, RecordKind.PLAN)
    assert record is not None
    assert (record.recorded_by, record.reason) == ("researcher", None)
    assert f"<code>{record.sha256}</code>" in page
    assert f"researcher, {datetime.now(UTC):%Y-%m-%d}" in page
    assert "Simulated data: every strap of this study is a simulated one" in page

    before = await run(client)
    assert "Simulated data, researcher" in await read(client, before)
    said = await lock(client)
    assert (said.status_code, said.headers["location"]) == (303, "/analysis")
    with storage.database.reading() as connection:
        locked = find_record(connection, RecordKind.LOCK)
    assert locked is not None
    assert (locked.recorded_by, locked.reason) == ("researcher", "steering group")
    page = await read(client, "/analysis")
    assert f"<code>{locked.sha256}</code>" in page
    assert "Locked data: everybody's own arm" in page
    assert '/analysis/plan">' not in page  # no way to a plan any more

    path = await run(client)
    checked = await read(client, path)
    assert AGREES in checked
    assert f"<code>{locked.sha256}</code>" in checked
    assert "20260101" in checked
    assert "scipy 1" in checked
    assert (await client.post(path)).headers["location"] == f"{path}#report"
    told = json.loads((await client.get(f"{path}/results.json")).content)
    # worked out by hand: all else is alike in both arms but for noise of at most 5
    assert find_estimate(told) == pytest.approx(EFFECT_PG_ML, abs=NOISE_PG_ML)
    assert told["plan"]["departures"] == []
    assert told["dataset"]["simulated"] is True


async def test_nobody_sees_a_report_before_she_has_read_its_check(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    simulate(storage.database)
    await plan(client)
    path = await run(client)
    page = await read(client, path)
    assert page.index("Summary check: read this first") < page.index("show the report</button>")
    files = ("report.html", "report.pdf", "results.json", "dose")
    assert [name for name in files if f'href="{path}/{name}"' in page] == []
    for name in files:
        led = await client.get(f"{path}/{name}")
        assert (led.status_code, led.headers["location"]) == (303, path), name
    await client.post(path)
    page = await read(client, path)
    assert [name for name in files if f'href="{path}/{name}"' not in page] == []
    # what one has read nobody else has
    monitor = as_role(storage, Role.MONITOR)
    led = await client.get(f"{path}/report.html", **monitor)
    assert (led.status_code, led.headers["location"]) == (303, path)
    assert f"{path}/report.html" not in await read(client, path, **monitor)

    report = await client.get(f"{path}/report.html")
    policy = report.headers["content-security-policy"]
    assert policy.endswith("; sandbox")
    assert "script" not in policy
    assert policy.startswith("default-src 'none'; ")
    assert (report.headers["cache-control"], "<script" in report.text) == ("no-store", False)
    assert report.headers["content-disposition"].startswith("inline")
    pdf = await client.get(f"{path}/report.pdf")
    assert pdf.content.startswith(b"%PDF")
    assert pdf.headers["content-disposition"].startswith("attachment")
    assert "sandbox" not in pdf.headers["content-security-policy"]
    for other in (f"{path}/x.html", f"{path}/../x", "/analysis/runs/x/report.html"):
        assert (await client.get(other)).status_code == 404, other


async def test_dose_and_response_open_with_what_so_few_cannot_tell(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    hold_course(storage, FIRST)
    simulate(storage.database)
    await plan(client)
    path = await run(client)
    await client.post(path)
    page = await read(client, f"{path}/dose")
    order = [page.index(f'id="{name}"') for name in ("warning", "can-show", "found", "rows")]
    assert order == sorted(order)
    assert "n = 8: only the training arm has a dose" in page
    told = json.loads((await client.get(f"{path}/results.json")).content)
    slope = next(one for one in told["results"] if one["analysis"] == "dose_response")
    assert (slope["method"], slope["n"]) == ("linear", 8)
    # R 4.2.2: sd(rep(c(1440, 2880, 5760, 7200), 2))
    assert slope["dose_sd"] == pytest.approx(2434.04, abs=0.01)
    assert re.search(r"the smallest slope on srpe_load_au that these 8 show .* SD is 2434\.", page)
    ends = slope["ci95_hc3"]  # the interval that doesn't assume equal variances, in its own column
    assert "95 % interval, HC3" in page
    assert f"<td>{write_interval((ends[0], ends[1]))}</td>" in page
    influence = slope["influence"]
    assert f"bdnf, slope on srpe_load_au: without {influence['lowest_without']} it is" in page
    report = (await client.get(f"{path}/report.html")).text
    assert "95 % interval, HC3" in report
    assert "bdnf, slope on srpe_load_au: With n = 8" in report
    notes = report[report.index("<h2>Dose and response") :]
    assert not re.search(r"\bP\d\d\b", notes[: notes.index("<svg")])
    assert re.search(r"<td>0.50</td><td>\d\d of 100 studies</td>", page)
    assert re.search(r"<td>0.\d\d or more</td><td>80 of 100 studies</td>", page)


async def test_a_plan_is_replaced_with_a_reason_and_never_after_the_lock(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    await plan(client)
    refused = await plan(client, 422, alpha="0.01")
    assert "say why" in refused.text
    assert 'name="alpha" value="0.01"' in refused.text  # what she typed stays
    await plan(client, 422, alpha="0.01", reason="x" * 501)
    stale = await plan(client, 409, alpha="0.01", reason="ethics", seen="0")
    assert "another plan came into force meanwhile" in stale.text
    await plan(client, alpha="0.01", reason="the ethics board asked for it")
    statistician = as_role(storage, Role.STATISTICIAN)
    upload = {"plan": ("PLAN.toml", b'outcomes = ["bdnf"]\nalpha = 0.02\n')}
    given = {"seen": "2", "reason": "a file"}
    done = await client.post("/analysis/plan", data=given, files=upload, **statistician)
    assert (done.status_code, done.headers["location"]) == (303, "/analysis")
    with storage.database.reading() as connection:
        plans = read_records(connection, RecordKind.PLAN)
    assert [(one.recorded_by, one.reason) for one in plans] == [
        ("researcher", None),
        ("researcher", "the ethics board asked for it"),
        ("statistician", "a file"),
    ]
    assert AnalysisPlan.from_toml(plans[0].content).dose == "srpe_load_au"
    page = await read(client, "/analysis")
    assert [one.sha256 in page for one in plans] == [True] * 3

    assert (await lock(client)).status_code == 303
    assert "the plan stays as it is" in await read(client, "/analysis/plan")
    late = {"seen": "3", "reason": "x"}
    refused = await client.post("/analysis/plan", data=late, files=upload, **statistician)
    assert (refused.status_code, "departure" in refused.text) == (409, True)
    with storage.database.reading() as connection:
        assert read_records(connection, RecordKind.PLAN) == plans


NO_PLANS: tuple[tuple[dict[str, str | None], str], ...] = (
    ({"outcomes.bdnf": None}, "choose at least one outcome"),
    ({"alpha": "x"}, "alpha: 'x' is no number"),
    ({"alpha": "0.7"}, "alpha"),
    ({"alpha": "nan"}, "alpha"),
    ({"permutations": "10"}, "permutations"),
    ({"seed": ""}, "seed"),
    ({"dose": "courage"}, "no dose is called courage"),
    ({"baseline.shoe_size": "yes"}, "no column is called shoe_size"),
    ({"baseline.<b>": "yes"}, "Nothing was put in force"),
    ({"dose_sensitivity.srpe_load_au": "yes"}, "is no sensitivity dose"),
    ({"dose": "", "confounders.age_y": "yes"}, "nothing without a dose"),
)


async def test_what_is_no_plan_is_told_and_nothing_is_put_in_force(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    for wrong, said in NO_PLANS:
        given = {**PLAN, "seen": "0", **wrong}
        fields = {name: value for name, value in given.items() if value is not None}
        refused = await client.post("/analysis/plan", data=fields)
        assert refused.status_code == 422, wrong
        assert said in html.unescape(refused.text).partition("<main>")[2], wrong
    with storage.database.reading() as connection:
        assert find_record(connection, RecordKind.PLAN) is None


async def test_a_file_that_is_no_plan_is_told(client: httpx.AsyncClient) -> None:
    for content in (b"", b"\xff\xfe", b"outcomes = [", b'outcomes = ["bdnf"]\nx = 1', b"[a]"):
        refused = await client.post(
            "/analysis/plan", data={"seen": "0"}, files={"plan": ("PLAN.toml", content)}
        )
        assert (refused.status_code, 'role="alert"' in refused.text) == (422, True), content


async def test_a_lock_takes_two_acts_and_locks_what_was_shown(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    hold_course(storage, FIRST)

    def n_locks() -> int:
        with storage.database.reading() as connection:
            return len(read_records(connection, RecordKind.LOCK))

    assert "no plan yet" in await read(client, "/analysis/lock")
    await plan(client)
    page = await read_settled_page(client, "/analysis/lock")
    assert "A lock can't be undone." in html.unescape(page)
    assert 'name="seen"' not in page
    shown = re.findall(r"<code>(\w+)</code></th><td>(\d+)</td><td>([^<]*)</td>", page)
    assert shown == [
        ("bdnf_pre", "16", "\N{EM DASH}"),
        ("bdnf_post", "15", "haemolysed 1"),
        ("age_y", "16", "\N{EM DASH}"),
        ("srpe_load_au", "8", "not applicable 8"),
    ]
    with storage.database.reading() as connection:
        record = find_record(connection, RecordKind.PLAN)
    assert record is not None
    assert record.sha256 in page

    for reason in ("", " ", "x" * 501):
        refused = await client.post("/analysis/lock", data={"reason": reason})
        assert refused.status_code == 422, reason
    asked = await client.post("/analysis/lock", data={"reason": "steering group"})
    assert (asked.status_code, n_locks()) == (200, 0)
    second = read_second_act(asked.text)
    for fields, status in (
        (second, 422),  # not sure
        (second | {"sure": "yes", "seen": ""}, 409),
        (second | {"sure": "yes", "seen": record.sha256}, 409),
    ):
        refused = await client.post("/analysis/lock", data=fields)
        assert (refused.status_code, n_locks()) == (status, 0)
    tell_blood(storage, "P16", 9999.0)  # meanwhile
    late = await client.post("/analysis/lock", data=second | {"sure": "yes"})
    assert (late.status_code, n_locks()) == (409, 0)
    assert "what you were shown any more" in html.unescape(late.text)
    assert (await lock(client)).status_code == 303
    assert n_locks() == 1
    again = await client.post("/analysis/lock", data=second | {"sure": "yes"})
    assert n_locks() == 1
    assert again.status_code == 409
    assert "The data are locked." in await read(client, "/analysis/lock")


async def test_the_plan_form_offers_what_the_study_has(client: httpx.AsyncClient) -> None:
    page = await read(client, "/analysis/plan")
    assert f"BDNF (concentrations: plasma {2 * N - 1})" in page
    assert "GDNF (concentrations: none yet)" in page
    assert f"Age, years ({N} of {N})" in page
    assert "Body mass index, kg/m² (0 of 16)" in page
    assert '<option value="srpe_load_au" selected>' in page
    assert " checked>" not in page  # outcomes and columns are hers to choose
