"""Every program on a full disk, with closed streams and wrong words: one sentence, no traceback."""

import subprocess
import sys
from pathlib import Path

import pytest

from gateway.journal.folder import JournalFolder
from gateway.journal.store_mode import choose_store_mode
from protocol.identifiers import Epoch
from server.cli import main

PYTHON = sys.executable
FULL = "No space left on device"
CLOSED = "it is closed"
RADIO = "--backend tests.unit.gateway.straps.test_backend:open_fake --radio x --seconds 1"
GYM = "--server http://127.0.0.1:8000 --token-file SITE/gym.token --journal"

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")


def shell(words: str) -> tuple[int, str, list[str]]:
    done = subprocess.run(
        ["/bin/sh", "-c", f"{PYTHON} -m {words}"],
        capture_output=True, text=True, timeout=60, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr.splitlines()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A data directory, and a journal as a gateway leaves it."""
    study, token = str(tmp_path / "study"), str(tmp_path / "gym.token")
    assert main(["init", "--data", study]) == 0
    assert main(["gateways", "enrol", "gym", "--token-file", token, "--data", study]) == 0
    with JournalFolder(tmp_path / "journal") as folder:
        journal, _ = folder.open_journal(choose_store_mode(False, (3, 40, 1)), Epoch("e"))
        journal.mark_clean_stop()
        journal.close()
    return tmp_path


COMMANDS = [
    "gateway decode --service hrs 104a4103",
    f"gateway survey --straps 3 {RADIO}",
    "gateway journal status --journal SITE/journal",
    f"gateway check-config {GYM} SITE/journal",
    "server check-config --data SITE/study",
    "server init --data SITE/new",
    "server straps add 51ADA001 --model h10 --data SITE/study",
    "firmware_sim --help",
    "gateway decode --help",
]


@pytest.mark.parametrize("words", COMMANDS)
def test_an_answer_that_cannot_be_written_is_one_sentence(words: str, site: Path) -> None:
    words = words.replace("SITE", str(site))
    for end, reason in ((">/dev/full", FULL), (">&-", CLOSED)):
        code, _, told = shell(f"{words} {end}")
        assert (code, len(told)) == (74, 1), told
        assert f"the answer can't be written to standard output: {reason}" in told[0]


@pytest.mark.parametrize("words", COMMANDS)
def test_who_reads_nothing_needs_no_standard_input(words: str, site: Path) -> None:
    code, out, told = shell(f"{words.replace('SITE', str(site))} <&-")
    assert (code, told) == (0, [])
    assert out


@pytest.mark.parametrize("words", ["gateway decode --service hrs"])
def test_who_reads_a_closed_standard_input_says_so(words: str) -> None:
    code, out, told = shell(f"{words} <&-")
    assert (code, out, len(told)) == (74, "", 1)
    assert "standard input is closed" in told[0]


def test_what_was_stored_before_a_full_disk_stays(site: Path) -> None:
    add = f"server straps add 51ADA001 --model h10 --data {site}/study"
    assert shell(f"{add} >/dev/full")[0] == 74
    assert "is on the roster already" in shell(add)[1]


@pytest.mark.parametrize("program", ["gateway", "server", "firmware_sim"])
@pytest.mark.parametrize("words", ["", "dance", "straps --nosuch", "decode", "export", "journal"])
def test_wrong_words_are_one_sentence(program: str, words: str) -> None:
    code, out, told = shell(f"{program} {words}")
    assert (code, out, len(told)) == (2, "", 1), told
    assert told[0].endswith(" --help")


@pytest.mark.parametrize("command", ["survey --straps 3", "doctor"])
def test_a_backend_that_is_none_is_one_sentence(command: str) -> None:
    code, _, told = shell(f"gateway {command} --backend os:getcwd")
    assert (code, len(told)) == (2, 1)
    assert "'os:getcwd' opens no radio" in told[0]
