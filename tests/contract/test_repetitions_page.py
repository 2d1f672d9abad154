"""Counted repetitions beside the trainers', through the whole app and from the command line."""

import json
from datetime import UTC, datetime
from html import unescape

import pytest

from server.cli import main
from server.people.roles import Role
from server.projection.opening import open_derived
from tests.contract.derived_pages import as_researcher, read_settled_page
from tests.contract.test_projection_dose import STRAP_A, Evening, _hold
from tests.ledger_entries import logged, minute
from tests.staff import add_person, begin_session, cookie
from tests.studies import Study

NOW = datetime(2026, 11, 24, tzinfo=UTC)  # what was worked out on the evening stays as it is


def hold_seen_sets(study: Study) -> None:
    """P01's sets; a trainer counted 29 in the first of sit-to-stand, and 30 were done."""
    with study.open() as storage, open_derived(study.path) as derived:
        evening = Evening(storage, derived)
        _hold(evening)
        evening.send_movement(STRAP_A, 14, 26)
        evening.enter("set", "P01/sit-to-stand/1", logged("sit-to-stand", 29), at=minute(17))
        evening.projector.project_new()
        add_person(storage.database, "researcher", Role.RESEARCHER)
        add_person(storage.database, "lab", Role.LAB)


async def test_the_page_and_its_json_compare_what_a_trainer_saw(study: Study) -> None:
    hold_seen_sets(study)
    with study.open() as storage:
        async with as_researcher(storage, NOW) as client:
            page = unescape(await read_settled_page(client, "/repetitions"))
            told = (await client.get("/api/v1/repetitions")).json()
            home = (await client.get("/home")).text
            hers = cookie(begin_session(storage.database, "lab"))
            refused = await client.get("/api/v1/repetitions", headers=hers)
    assert "Too few pairs to judge the detector by: 1 of the 30 that it takes." in page
    assert "Sit to stand" in page
    assert 'href="/repetitions"' in home
    assert [told["all"][name] for name in ("n_sets", "n_cant_tell", "n_unseen")] == [4, 2, 1]
    assert told["all"]["agreement"]["bias"]["value"] == 1.0
    assert (told["all"]["has_few_pairs"], told["few_pairs_below"]) == (True, 30)
    assert [one["exercise"] for one in told["exercises"]] == ["sit-to-stand", "tandem-stance"]
    assert refused.status_code == 403


def test_the_command_tells_the_same(study: Study, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dose", "agreement", *study.arguments]) == 0
    assert "no strap was heard" in capsys.readouterr().out
    hold_seen_sets(study)
    assert main(["dose", "agreement", *study.arguments, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["all"]["agreement"]["n_sets"] == 1
    assert main(["dose", "agreement", *study.arguments]) == 0
    out = capsys.readouterr().out
    assert "sit-to-stand" in out
    assert "1 (few)" in out
    assert "+1.0" in out
