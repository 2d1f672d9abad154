"""A parser of command lines whose complaint is one sentence, without the usage around it."""

import argparse
from typing import NoReturn


class SentenceParser(argparse.ArgumentParser):
    """Wrong usage ends with exit code 2 and one line on standard error."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {_one_line(message)}; see {self.prog} --help\n")


def _one_line(text: str) -> str:
    """What was typed can hold anything, line ends and terminal codes included."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
