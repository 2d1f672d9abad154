"""What is done, and how much of it in which week."""

from msgspec import Struct

from protocol.training.bounds import Amount, Amounts, Count, Identifier, Name, Weeks
from protocol.training.vocabulary import Sides, Support, Unit


class PrescriptionRow(Struct, frozen=True, forbid_unknown_fields=True):
    """How much, over a span of weeks. `steps` are the amounts, spread evenly over its sessions."""

    weeks: Weeks
    sets: Count
    amount: Amounts
    steps: tuple[Amount, ...]


class PrintedRow(Struct, frozen=True, forbid_unknown_fields=True):
    """A row that a source prints without saying what it belongs to; kept for the linter."""

    weeks: Weeks
    sets: Count
    amounts: tuple[Amount, ...]


class Category(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of exercise, with the weeks and amounts that hold for all of it."""

    id: Identifier
    printed_name: Name
    name: Name
    weeks: Weeks
    sets: Count
    amount: Amounts
    steps: tuple[Amount, ...]
    printed_rows: tuple[PrintedRow, ...] = ()

    @property
    def row(self) -> PrescriptionRow:
        return PrescriptionRow(self.weeks, self.sets, self.amount, self.steps)


class Exercise(Struct, frozen=True, forbid_unknown_fields=True):
    """One station's exercise. Without `rows` of its own, its category's row holds."""

    id: Identifier
    category: Identifier
    printed_name: str  # as the source prints it; empty where no source does
    name: Name  # English, for the screen
    cue: str  # what to watch, for the trainer
    movements: tuple[Name, ...]
    unit: Unit
    sides: Sides
    support: Support
    needs: tuple[Name, ...]
    band: bool = False
    level: Count | None = None  # plyometric intensity, 1 the least
    harder: Identifier | None = None  # the next exercise of its family
    instead: Identifier | None = None  # what she does while this one is locked for her
    rows: tuple[PrescriptionRow, ...] = ()
