"""`doseline-sim straps` as other programs see it: its lines, its exit codes, its sentences."""

import asyncio
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from firmware_sim.radio.bleak_backend import open_radio
from tests.contract.radio_world import PATIENCE_S, straps_process, until

COMMAND = (sys.executable, "-m", "firmware_sim", "straps")


async def test_one_ready_line_then_a_clean_stop() -> None:
    async with straps_process("--count", "3", "--seed", "5") as (process, ready):
        assert set(ready) == {"ready", "straps"}
        assert [strap["serial"] for strap in ready["straps"]] == [
            "51ADA001", "51ADA002", "51ADA003",
        ]  # fmt: skip
        assert set(ready["straps"][0]) == {"name", "address", "model", "serial"}
        async with open_radio(ready["ready"]):
            process.send_signal(signal.SIGTERM)
            out, _ = await asyncio.wait_for(process.communicate(), PATIENCE_S)
        assert (process.returncode, out) == (0, b"")


async def test_same_seed_same_addresses() -> None:
    async def addresses(*words: str) -> list[str]:
        async with straps_process(*words) as (_, ready):
            return [strap["address"] for strap in ready["straps"]]

    first = await addresses("--count", "2")
    assert await addresses("--count", "2") == first
    assert await addresses("--count", "2", "--seed", "2") != first
    assert all(int(address[:2], 16) >= 0xC0 for address in first)  # static random


async def test_serves_on_with_no_standard_input() -> None:
    process = await asyncio.create_subprocess_exec(
        *COMMAND, "--count", "1",
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    await asyncio.wait_for(process.stdout.readline(), PATIENCE_S)
    await asyncio.sleep(0.2)
    assert process.returncode is None
    process.send_signal(signal.SIGINT)
    assert await asyncio.wait_for(process.wait(), PATIENCE_S) == 0


async def test_trouble_waits_for_its_start_line(tmp_path: Path) -> None:
    scenario, truth = tmp_path / "s.toml", tmp_path / "t.jsonl"
    scenario.write_text('title = "x"\n[[fault]]\nkind = "drop"\nat_s = 0\nstrap = 1\n')
    words = ("--count", "1", "--scenario", str(scenario), "--truth", str(truth))
    async with straps_process(*words) as (process, _):
        await asyncio.sleep(0.3)
        assert truth.read_text() == ""
        assert process.stdin is not None
        process.stdin.write_eof()  # nobody will name a moment: it begins now
        await until(lambda: '"kind":"fault"' in truth.read_text())
        kinds = [json.loads(line)["kind"] for line in truth.read_text().splitlines()]
        assert kinds == ["fault_begins", "fault"]


def _refused(*words: str, said: str = "") -> str:
    done = subprocess.run(
        [*COMMAND, *words], input=said, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--listen", "0.0.0.0:0"], "use 127.0.0.1"),  # noqa: S104
        (["--listen", "radio"], "no HOST:PORT"),
        (["--listen", "127.0.0.1:99999"], "no port 99999"),
        (["--count", "0"], "1 to 512"),
        (["--model", "watch"], "no simulated 'watch'"),
        (["--scenario", "nonsense"], "no scenario 'nonsense'"),
        (["--count", "3", "--scenario", "faults"], "raise --count"),
        (["--truth", "/nowhere/truth"], "can't be written"),
        (["--replay", "/nowhere/recording"], "can't be read"),
    ],
)
def test_mistakes_are_told_in_a_sentence(words: list[str], sentence: str) -> None:
    assert sentence in _refused(*words)


async def test_a_taken_port_is_told() -> None:
    async with straps_process("--count", "1") as (_, ready):
        told = await asyncio.to_thread(_refused, "--listen", ready["ready"])
        assert "choose another port" in told


def test_a_start_line_that_says_something_else() -> None:
    assert "start_monotonic_ns" in _refused("--scenario", "faults", said='{"start": "now"}\n')
