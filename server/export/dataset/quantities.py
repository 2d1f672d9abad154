"""A quantity of dose as cells."""

from server.dose.quantity import Quantity
from server.export.dataset.absence import Absent
from server.export.dataset.column import Cell


def tell_value(quantity: Quantity) -> Cell:
    """Its value, or why there is none."""
    return Absent(str(quantity.missing)) if quantity.value is None else quantity.value


def tell_coverage(quantity: Quantity) -> Cell:
    """The share that was heard; not applicable to what isn't heard."""
    return Absent("not_applicable") if quantity.coverage is None else quantity.coverage


def tell_or(value: Cell | None, reason: str) -> Cell:
    """A value that may be None for one reason alone."""
    return Absent(reason) if value is None else value
