"""How each program is called."""

from pathlib import Path

from firmware_sim.rehearsal.chain_commands import (
    Places,
    list_gateway_command,
    list_server_command,
    list_straps_command,
    list_study_command,
)
from firmware_sim.rehearsal.chain_plan import ChainPlan

WORDS = {name: ("python", name) for name in ("straps", "server", "gateway")}
PLACES = Places(Path("/evidence"), server_port=1, status_port=2, radio_port=3)


def _plan(**fields: object) -> ChainPlan:
    return ChainPlan(**{"n_straps": 4, "programs": WORDS} | fields)  # type: ignore[arg-type]


def test_the_straps_are_told_what_to_play_and_where_to_keep_account() -> None:
    plan = _plan(model="generic", seed=9, scenario="faults", replay=Path("r.json"))
    assert list_straps_command(plan, PLACES) == [
        "python", "straps", "straps", "--count", "4", "--model", "generic", "--seed", "9",
        "--listen", "127.0.0.1:3", "--truth", "/evidence/truth.jsonl", "--scenario", "faults",
        "--replay", "r.json",
    ]  # fmt: skip


def test_a_demo_keeps_no_account_of_every_byte() -> None:
    assert "--truth" not in list_straps_command(_plan(keeps_truth=False), PLACES)


def test_a_demo_backs_up_beside_its_study() -> None:
    assert list_server_command(_plan(backs_up=True), PLACES)[-4:] == [
        *("--backup-to", "/evidence/backups", "--data", "/evidence/data")
    ]


def test_the_gateway_is_told_where_everybody_is() -> None:
    assert list_gateway_command(_plan(), PLACES, 4711) == [
        "python", "gateway", "run", "--server", "http://127.0.0.1:4711",
        "--token-file", "/evidence/gateway.token", "--journal", "/evidence/journal",
        "--backend", "firmware_sim.radio.bleak_backend:open_radio",
        "--radio", "127.0.0.1:3", "--status", "2",
    ]  # fmt: skip


def test_the_server_answers_this_machine_only() -> None:
    assert list_server_command(_plan(), PLACES) == [
        "python", "server", "serve", "--host", "127.0.0.1", "--port", "1",
        "--data", "/evidence/data",
    ]  # fmt: skip


def test_every_server_program_is_told_the_database() -> None:
    url = "postgresql://study@127.0.0.1/doseline"
    plan = _plan(database=url)
    for command in (
        list_server_command(plan, PLACES),
        list_study_command(plan, Path("/elsewhere"), "init"),
    ):
        assert command[-2:] == ["--database", url]
    assert list_study_command(plan, Path("/elsewhere"), "init")[2:5] == [
        "init", "--data", "/elsewhere",
    ]  # fmt: skip
