import pytest

from protocol.commands import Command, dispatch
from protocol.errors import ProtocolError
from tests.unit.protocol.example_command import OwnError

MODULE = "tests.unit.protocol.example_command"

COMMANDS = (
    Command("straps", MODULE, "Lists straps.", "prog straps --count 2"),
    Command("straps add", "tests.unit.protocol.other_command", "Adds straps.", "prog straps add"),
    Command("gateways enrol", MODULE, "Enrols.", "prog gateways enrol"),
    Command("gateways revoke", MODULE, "Revokes.", "prog gateways revoke"),
    Command("broken", "no.such.module", "Never imported.", "prog broken"),
)


def run(*argv: str) -> int:
    return dispatch("prog", "About prog.", COMMANDS, argv, (OwnError, ProtocolError))


def test_the_words_choose_the_command_and_the_longer_name_wins() -> None:
    assert run("straps") == 3
    assert run("straps", "--count", "5") == 5
    assert run("straps", "add") == 99


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("nosuch",), "there is no command 'nosuch'"),
        ((), "a command is needed"),
        (("gateways",), "'gateways' needs a second word: gateways enrol or gateways revoke"),
        (("straps", "--nosuch"), "unrecognized arguments: --nosuch"),
        (("straps", "--count", "many"), "invalid int value: 'many'"),
    ],
)
def test_wrong_usage_exits_2_and_says_what_is_wrong(
    argv: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(*argv)
    captured = capsys.readouterr()
    assert (stopped.value.code, captured.out) == (2, "")
    assert told in captured.err


def test_a_users_mistake_is_one_sentence_and_no_traceback(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as stopped:
        run("straps", "--end", "own error")
    assert stopped.value.code == 2
    assert capsys.readouterr() == ("", "prog straps: 13 straps are one too many\n")


def test_a_bug_of_ours_is_not_dressed_up_as_a_mistake() -> None:
    with pytest.raises(ZeroDivisionError):
        run("straps", "--end", "bug")


def test_an_interrupt_ends_as_shells_expect() -> None:
    assert run("straps", "--end", "interrupt") == 130


def test_help_lists_every_command_or_shows_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    """Without importing any module: the broken one doesn't hurt."""
    with pytest.raises(SystemExit) as stopped:
        run("--help")
    assert stopped.value.code == 0
    listed = capsys.readouterr().out
    assert all(f"{c.name}  " in listed and c.summary in listed for c in COMMANDS)
    with pytest.raises(SystemExit) as stopped:
        run("straps", "--help")
    assert stopped.value.code == 0
    assert "example: prog straps --count 2" in capsys.readouterr().out
