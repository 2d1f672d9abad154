"""The three programs meet where they listen."""

from pathlib import Path

from firmware_sim.rehearsal.chain import Chain
from firmware_sim.rehearsal.chain_plan import ChainPlan
from firmware_sim.rehearsal.ports import find_free_port

WORDS = {name: (name,) for name in ("straps", "server", "gateway")}


def _value(command: list[str], option: str) -> str:
    return command[command.index(option) + 1]


def test_the_gateway_meets_straps_and_server_where_they_listen(tmp_path: Path) -> None:
    chain = Chain(ChainPlan(n_straps=3, programs=WORDS), tmp_path)
    gateway = chain.gateway.command
    assert _value(gateway, "--server") == chain.server_url
    assert chain.gateway_url.endswith(":" + _value(gateway, "--status"))
    assert _value(gateway, "--radio") == _value(chain.straps.command, "--listen")
    assert chain.server_url.endswith(":" + _value(chain.server.command, "--port"))


def test_a_relay_comes_between_gateway_and_server(tmp_path: Path) -> None:
    chain = Chain(ChainPlan(n_straps=3, programs=WORDS), tmp_path)
    chain.send_through(4711)
    assert _value(chain.gateway.command, "--server") == "http://127.0.0.1:4711"


def test_the_port_that_was_asked_for_is_the_server_s(tmp_path: Path) -> None:
    assert Chain(ChainPlan(1, port=8123, programs=WORDS), tmp_path).server_url.endswith(":8123")


def test_a_free_port_is_free() -> None:
    assert 1024 <= find_free_port() <= 65_535
