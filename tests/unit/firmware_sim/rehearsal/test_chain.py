"""How the three programs are called."""

from pathlib import Path

from firmware_sim.rehearsal.chain import Chain, ChainPlan, find_free_port

WORDS = {name: (name,) for name in ("straps", "server", "gateway")}


def _pairs(command: list[str]) -> dict[str, str]:
    return {
        word: value
        for word, value in zip(command, command[1:], strict=False)
        if word.startswith("--")
    }


def test_the_gateway_meets_straps_and_server_where_they_listen(tmp_path: Path) -> None:
    chain = Chain(ChainPlan(n_straps=3, programs=WORDS), tmp_path)
    gateway = _pairs(chain.gateway_command(chain.server_port))
    assert gateway["--server"] == chain.server_url
    assert gateway["--radio"] == _pairs(chain.straps.command)["--listen"]
    assert _pairs(chain.server.command)["--port"] == chain.server_url.rpartition(":")[2]
    assert _pairs(chain.server.command)["--host"] == "127.0.0.1"


def test_a_relay_comes_between_gateway_and_server(tmp_path: Path) -> None:
    chain = Chain(ChainPlan(n_straps=3, programs=WORDS), tmp_path)
    chain.send_through(4711)
    assert _pairs(chain.gateway.command)["--server"] == "http://127.0.0.1:4711"


def test_straps_are_told_what_to_play_and_where_to_keep_account(tmp_path: Path) -> None:
    plan = ChainPlan(
        4, model="generic", seed=9, scenario="faults", replay=Path("r.json"), programs=WORDS
    )
    straps = _pairs(Chain(plan, tmp_path).straps.command)
    assert straps["--count"] == "4"
    assert straps["--model"] == "generic"
    assert straps["--seed"] == "9"
    assert straps["--scenario"] == "faults"
    assert straps["--replay"] == "r.json"
    assert straps["--truth"] == str(tmp_path / "truth.jsonl")


def test_a_demo_keeps_no_account_of_every_byte(tmp_path: Path) -> None:
    chain = Chain(ChainPlan(n_straps=4, keeps_truth=False, programs=WORDS), tmp_path)
    assert "--truth" not in chain.straps.command


def test_every_server_program_is_told_the_database(tmp_path: Path) -> None:
    url = "postgresql://study@127.0.0.1/doseline"
    chain = Chain(ChainPlan(n_straps=1, database=url, programs=WORDS), tmp_path)
    assert _pairs(chain.server.command)["--database"] == url


def test_a_free_port_is_free() -> None:
    assert 1024 <= find_free_port() <= 65_535
