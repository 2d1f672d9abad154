"""What is wrong with what somebody gave, all of it at once. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from server.errors import ServerError
from server.study.fields.words import Words


@dataclass(frozen=True, slots=True)
class Trouble:
    """`line` is that of a file (its first is 1), None where there is no file."""

    field: str
    sentence: Words
    line: int | None = None

    def __str__(self) -> str:
        where = f"line {self.line}, " if self.line is not None else ""
        return f"{where}{self.field}: {self.sentence}" if self.field else f"{where}{self.sentence}"


class AnswersRefusedError(ServerError):
    """What was given can't be stored as it is; nothing of it was."""

    code = "answers_refused"

    def __init__(self, troubles: Sequence[Trouble]) -> None:
        super().__init__("; ".join(str(one) for one in troubles) + "; nothing was stored")
        self.troubles = tuple(troubles)
