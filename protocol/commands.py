"""A program's commands as a table: one new command is one new file and one line.

Each row names a module with `add_arguments(parser)` and `run(arguments) -> int`; only the module
of the command that was asked for is imported, so `--help` and small commands start at once.
"""

import argparse
import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NoReturn

from protocol.command_parser import SentenceParser
from protocol.standard_streams import ReaderGoneError, StreamError, checked_streams

STREAM_FAILED: Final = 74  # EX_IOERR of sysexits.h; 1 and 2 have meanings of their own here
READER_GONE: Final = 141  # 128 + SIGPIPE, as shells expect


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its words on the command line, its module, what it does, one example."""

    name: str  # "run", or two words such as "straps add"
    module: str
    summary: str
    example: str


def dispatch(
    program: str,
    description: str,
    commands: Sequence[Command],
    argv: Sequence[str],
    user_errors: tuple[type[Exception], ...],
) -> int:
    """Run the command that argv asks for and return its exit code.

    An error in `user_errors` ends as one sentence on standard error and exit code 2.
    """
    try:
        with checked_streams():
            return _run(program, description, commands, argv, user_errors)
    except ReaderGoneError:
        return READER_GONE
    except StreamError as error:
        SentenceParser(prog=program).exit(STREAM_FAILED, f"{program}: {error}\n")


def _run(
    program: str,
    description: str,
    commands: Sequence[Command],
    argv: Sequence[str],
    user_errors: tuple[type[Exception], ...],
) -> int:
    command, rest = _choose(program, description, commands, argv)
    module = importlib.import_module(command.module)
    parser = SentenceParser(
        prog=f"{program} {command.name}",
        description=command.summary,
        epilog=f"example: {command.example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.add_arguments(parser)
    try:
        return int(module.run(parser.parse_args(rest)))
    except user_errors as error:
        parser.exit(2, f"{program} {command.name}: {error}\n")
    except KeyboardInterrupt:
        return 130  # 128 + SIGINT, as shells expect


def _choose(
    program: str, description: str, commands: Sequence[Command], argv: Sequence[str]
) -> tuple[Command, list[str]]:
    """The command that the first one or two words name, and the words after it."""
    for n_words in (2, 1):
        wanted = " ".join(argv[:n_words])
        for command in commands:
            if command.name == wanted:
                return command, list(argv[n_words:])
    _explain(program, description, commands, argv)


def _explain(
    program: str, description: str, commands: Sequence[Command], argv: Sequence[str]
) -> NoReturn:
    width = max(len(command.name) for command in commands)
    rows = "\n".join(f"  {c.name:<{width}}  {c.summary}" for c in commands)
    parser = SentenceParser(
        prog=program,
        usage=f"{program} COMMAND [--help]",
        description=description,
        epilog=f"commands:\n{rows}\n\nexample: {commands[0].example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", nargs="?")
    asked, _ = parser.parse_known_args(argv[:1])
    longer = [c.name for c in commands if asked.command and c.name.split()[0] == asked.command]
    if longer:
        parser.error(f"{asked.command!r} needs a second word: {' or '.join(longer)}")
    wrong = f"there is no command {asked.command!r}" if asked.command else "a command is needed"
    parser.error(wrong)
