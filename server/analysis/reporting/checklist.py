"""A reporting checklist as data: what each item asks, and what answers it."""

import tomllib
from typing import Annotated

from msgspec import Meta, Struct, ValidationError, convert

Word = Annotated[str, Meta(min_length=1, max_length=40, pattern=r"^[a-z0-9][a-z0-9_-]*$")]
Number = Annotated[str, Meta(min_length=1, max_length=10, pattern=r"^[A-Za-z0-9]+$")]
Words = Annotated[str, Meta(min_length=1, max_length=400)]


class Item(Struct, frozen=True, forbid_unknown_fields=True):
    """`asks` in our own words. `fill` names what answers it from data; empty: no data can.

    `lacks`: what of it the data don't say, so that it needs a sentence as well.
    """

    number: Number
    section: Words
    asks: Words
    fill: str = ""
    lacks: str = ""


class Checklist(Struct, frozen=True, forbid_unknown_fields=True):
    """`numbering` says where its numbers are from. `own_numbers`: some are ours."""

    id: Word
    name: Words
    about: Words
    source: Words
    doi: Words
    numbering: Words
    own_numbers: bool
    items: Annotated[tuple[Item, ...], Meta(min_length=1)]

    def __post_init__(self) -> None:
        numbers = [one.number for one in self.items]
        if len({*numbers}) < len(numbers):
            raise ValueError("a number occurs twice")

    def name_item(self, item: Item) -> str:
        """Its name among the items of all checklists, such as `cert/7a`."""
        return f"{self.id}/{item.number}"


def parse_checklist(text: str) -> Checklist:
    """Raises ValueError, saying where, for what is no checklist."""
    try:
        return convert(tomllib.loads(text), Checklist)
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ValueError(f"this is no checklist: {error}") from None
