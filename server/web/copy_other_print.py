"""A sheet that was printed before prescriptions changed: what is said, and must be said. Pure."""

from collections.abc import Mapping
from typing import Final

from server.web.catalogue.spoken import t
from server.web.copy_context import OtherPrint
from server.web.sheet_prints import Difference, list_differences
from server.web.sheet_rows import Sheet, SheetStation
from server.web.sheet_words import tell_code, tell_prescribed

CONFIRMED: Final = "other_print"


def is_confirmed(fields: Mapping[str, str], typed: str, today: Sheet) -> bool:
    """Whether somebody looked at just these two sheets, or there is one only."""
    return typed == today.code or fields.get(CONFIRMED) == name_pair(typed, today)


def name_pair(typed: str, today: Sheet) -> str:
    """What was confirmed: it holds for no other pair, should prescriptions change meanwhile."""
    return f"{typed}-{today.code}"


def view_other_print(typed: str, today: Sheet, printed: Sheet | None) -> OtherPrint | None:
    """None for a sheet as it would be printed now. `printed` is None for an unknown code."""
    if typed == today.code:
        return None
    value = name_pair(typed, today)
    old, new = tell_code(typed), tell_code(today.code)
    if printed is None:
        warning = t(
            "No sheet {old} of this session was printed here by its plan of now; one printed now"
            " would be {new}. Look whether the code was mistyped, and whether the paper is of this"
            " session. What is entered takes what is prescribed now.",
            old=old, new=new,
        )  # fmt: skip
        said = t("I looked: the session and the exercises on the paper are these.")
        return OtherPrint(warning, [], CONFIRMED, value, said)
    warning = t(
        "Sheet {old} was printed of other prescriptions; one printed now would be {new}."
        " What is entered takes what stands on sheet {old}. This has changed since:",
        old=old, new=new,
    )  # fmt: skip
    told = [_tell_difference(one) for one in list_differences(printed, today)]
    said = t("I looked: the paper that I hold is sheet {old}.", old=old)
    return OtherPrint(warning, told, CONFIRMED, value, said)


def _tell_difference(one: Difference) -> str:
    if not one.code:
        return t("Effort is asked after other turns.")
    station = one.printed or one.today
    if station is not None:
        return t(
            "{code}, turn {turn}: printed was {old}; now it is {new}.",
            code=one.code, turn=station.turn,
            old=_tell_station(one.printed), new=_tell_station(one.today),
        )  # fmt: skip
    if one.is_printed:
        return t("{code} is on that sheet alone.", code=one.code)
    return t("{code} isn't on that sheet: what is prescribed to her now is taken.", code=one.code)


def _tell_station(one: SheetStation | None) -> str:
    """`station 3, sit-to-stand, 8 repetitions`."""
    if one is None:
        return t("nothing prescribed")
    told = tell_prescribed(one.prescribed)
    return t("station {n}, {name}, {told}", n=one.station + 1, name=t(one.name), told=told)
