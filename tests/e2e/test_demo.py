"""The demo as a newcomer meets it: it starts, says where to look, and ends without a trace."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

POLL_S = 0.1
PATIENCE_S = 60


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _demo(folder: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    port = _free_port()
    command = [sys.executable, "-m", "firmware_sim", "demo", "--data", str(folder), "--no-browser"]
    process = subprocess.Popen(
        [*command, "--straps", "3", "--port", str(port), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process, port
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE_S)


def _read_until(process: subprocess.Popen[str], words: str) -> str:
    """What it says, up to the line with these words; a process that ends ends the wait."""
    assert process.stdout
    said = ""
    while words not in said:
        line = process.stdout.readline()
        assert line, f"it ended without saying {words!r}: {said}"
        said += line
    return said


def _programs_of(process: subprocess.Popen[str]) -> dict[str, psutil.Process]:
    """The three programs by name."""
    found = {}
    for child in psutil.Process(process.pid).children():
        words = child.cmdline()  # empty once it has ended
        if "-m" in words:
            found[words[words.index("-m") + 1]] = child
    return found


def _wait_until_gone(programs: dict[str, psutil.Process]) -> None:
    _, alive = psutil.wait_procs(list(programs.values()), timeout=PATIENCE_S)
    assert alive == []


def _run_to_its_end(folder: Path) -> None:
    with _demo(folder, "--seconds", "1") as (process, port):
        out, err = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, err) == (0, "")
    assert f"http://127.0.0.1:{port}/live" in out
    assert "SIMULATED" in out
    assert re.search(r"first heart rate was live after \d+\.\d s", out)


@pytest.fixture(scope="module")
def first_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demo that ran to its end: to make its study takes longest."""
    folder = tmp_path_factory.mktemp("first") / "demo"
    _run_to_its_end(folder)
    return folder


@pytest.fixture
def demo_folder(first_demo: Path, tmp_path: Path) -> Path:
    """The same for one test alone."""
    shutil.copytree(first_demo, tmp_path / "demo")
    return tmp_path / "demo"


def test_the_demo_ends_by_itself_and_may_be_repeated(demo_folder: Path) -> None:
    _run_to_its_end(demo_folder)


def test_the_addresses_answer_and_ctrl_c_stops_all_three(demo_folder: Path) -> None:
    """Port 0 is any free one, and the address says which."""
    with _demo(demo_folder, "--port", "0") as (process, port):
        said = _read_until(process, "Ctrl-C stops all three")
        live_page = re.search(r"live page +(http://127\.0\.0\.1:(\d+)/live)", said)
        gateway_page = re.search(r"the gateway's own page (\S+)", said)
        assert live_page
        assert gateway_page
        assert int(live_page[2]) not in {0, port}
        for address in (live_page[1], gateway_page[1]):
            with urllib.request.urlopen(address, timeout=10) as answer:
                assert b"<html" in answer.read().lower()
        programs = _programs_of(process)
        assert programs.keys() == {"firmware_sim", "gateway", "server"}
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, err) == (0, "")
    assert "stopped" in out
    _wait_until_gone(programs)


def test_a_closed_terminal_leaves_nothing_behind(demo_folder: Path) -> None:
    with _demo(demo_folder) as (process, _):
        _read_until(process, "Ctrl-C stops all three")
        programs = _programs_of(process)
        process.send_signal(signal.SIGHUP)
        process.communicate(timeout=PATIENCE_S)
    _wait_until_gone(programs)


def test_ctrl_c_pressed_again_and_again_leaves_nothing_behind(demo_folder: Path) -> None:
    with _demo(demo_folder) as (process, _):
        _read_until(process, "Ctrl-C stops all three")
        programs = _programs_of(process)
        while programs["gateway"].is_running() and process.poll() is None:
            process.send_signal(signal.SIGINT)
            time.sleep(POLL_S)
        out, err = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, err) == (0, "")
    assert "stopped" in out
    _wait_until_gone(programs)


def test_a_demo_that_is_killed_takes_its_programs_along(demo_folder: Path) -> None:
    with _demo(demo_folder) as (process, port):
        _read_until(process, "Ctrl-C stops all three")
        programs = _programs_of(process)
        process.kill()
        process.communicate(timeout=PATIENCE_S)
        _wait_until_gone(programs)
        socket.create_server(("127.0.0.1", port)).close()  # the port is free again


def test_a_program_that_dies_is_told_with_its_last_words(demo_folder: Path) -> None:
    with _demo(demo_folder) as (process, _):
        _read_until(process, "Ctrl-C stops all three")
        programs = _programs_of(process)
        os.kill(programs["gateway"].pid, signal.SIGKILL)
        _, err = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 2
    assert "the gateway ended by itself" in err
    assert "last words" in err
    assert "Traceback" not in err
    _wait_until_gone(programs)


@pytest.mark.nightly
@pytest.mark.timeout(600)
def test_straps_of_past_sessions_follow_and_go_on_where_a_demo_ended(demo_folder: Path) -> None:
    """Two starts send each of the thirteen sessions once."""
    account = demo_folder / "straps-sent.txt"
    for wanted in (2, 13):
        with _demo(demo_folder) as (process, _):
            _read_until(process, "Ctrl-C stops all three")
            while len(account.read_text().split() if account.exists() else ()) < wanted:
                assert process.poll() is None
                time.sleep(POLL_S)
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=PATIENCE_S)
    sent = account.read_text().split()
    assert sorted(sent) == sorted((demo_folder / "played.txt").read_text().split())
    assert not (demo_folder / "logs" / "past.log").exists()


def test_an_interrupted_start_leaves_nothing_behind(tmp_path: Path) -> None:
    with _demo(tmp_path / "demo") as (process, _):
        _read_until(process, "starting")
        programs: dict[str, psutil.Process] = {}
        while not programs:
            time.sleep(POLL_S)
            programs = _programs_of(process)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0
    _wait_until_gone(programs)


def test_a_start_that_was_interrupted_at_any_moment_may_be_repeated(tmp_path: Path) -> None:
    """Whatever is there of the study when the power goes, the next demo goes on with it."""
    for last_seen in ("logs/straps.log", "data.new", "data", "gateway.token.new"):
        with _demo(tmp_path / "demo") as (process, _):
            while not (tmp_path / "demo" / last_seen).exists() and process.poll() is None:
                if (tmp_path / "demo" / "gateway.token").exists():
                    break  # seen too late: the file is there for a moment only
                time.sleep(0.001)
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=PATIENCE_S)
    with _demo(tmp_path / "demo", "--seconds", "1") as (process, _):
        _, err = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, err) == (0, "")
