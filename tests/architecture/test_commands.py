"""Every command in a table works as far as its help, and its README names it."""

import importlib
import os
import subprocess

import pytest

from firmware_sim.cli import COMMANDS as SIMULATOR_COMMANDS
from gateway.cli import COMMANDS as GATEWAY_COMMANDS
from protocol.commands import Command
from server.cli import COMMANDS as SERVER_COMMANDS
from tests.architecture.source_tree import ROOT
from tests.warm_commands import warm_start

TABLES = {
    "gateway": GATEWAY_COMMANDS,
    "server": SERVER_COMMANDS,
    "firmware_sim": SIMULATOR_COMMANDS,
}
ROWS = [(package, command) for package, commands in TABLES.items() for command in commands]


def _run(program: str, *words: str) -> subprocess.CompletedProcess[str]:
    return warm_start().run(program, words, os.environ)


@pytest.mark.parametrize(("package", "command"), ROWS, ids=str)
def test_help_has_an_example(package: str, command: Command) -> None:
    module = importlib.import_module(command.module)
    assert callable(module.run)
    shown = _run(package, *command.name.split(), "--help")
    assert shown.returncode == 0
    assert command.example in shown.stdout


@pytest.mark.parametrize("package", TABLES)
def test_a_wrong_word_ends_with_2_and_one_sentence(package: str) -> None:
    shown = _run(package, "dance")
    assert shown.returncode == 2
    assert "there is no command 'dance'" in shown.stderr
    assert "Traceback" not in shown.stderr


@pytest.mark.parametrize(("package", "command"), ROWS, ids=str)
def test_readme_names_the_command(package: str, command: Command) -> None:
    assert command.name in (ROOT / package / "README.md").read_text(encoding="utf-8")
