"""Wrong usage is one line, whatever was typed."""

import pytest

from protocol.command_parser import SentenceParser


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "prog: the following arguments are required: --count; see prog --help\n"),
        (
            ["--count", "1", "a\nb\x1b[2J"],
            "prog: unrecognized arguments: a b [2J; see prog --help\n",
        ),
    ],
)
def test_wrong_usage_is_one_line(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    parser = SentenceParser(prog="prog")
    parser.add_argument("--count", type=int, required=True)
    with pytest.raises(SystemExit) as stopped:
        parser.parse_args(words)
    assert stopped.value.code == 2
    assert capsys.readouterr() == ("", told)
