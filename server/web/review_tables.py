"""The lanes as tables: the same in words, for who sees no chart or has no JavaScript. Pure."""

from collections.abc import Callable, Iterable, Iterator

from server.web.catalogue.spoken import t
from server.web.review_context import Group, Lane, Moment, Stretch
from server.web.review_page_context import LaneTable, TableRow
from server.web.review_words import tell_standing

TellHeart = Callable[[str, str, str], str]  # participant, from and until a UTC text


def view_table(lane: Lane, tell_heart: TellHeart) -> LaneTable:
    """Everything of her by time; what has no time comes last."""
    rows = sorted(_list_rows(lane, tell_heart), key=lambda row: (row.begins == "", row.begins))
    straps = ", ".join(dict.fromkeys(one.label for one in lane.wearing)) or t("no strap")
    lead = f"{tell_standing(lane.attendance)}; {straps}"
    title = f"{lane.participant} {lane.sign}".rstrip()
    return LaneTable(lane.participant, title, lead, [_shorten(row) for row in rows])


def view_group_rows(group: Group) -> list[TableRow]:
    """What all had in common, by time."""
    rows = [
        *_list_stretches(t("Phase"), group.phases),
        *_list_stretches(t("Circuit"), group.segments),
        *_list_stretches(t("Clock"), group.holds),
        *_list_moments(t("Session"), group.moments),
    ]
    return [_shorten(row) for row in sorted(rows, key=lambda row: row.begins)]


def tell_clock(utc: str) -> str:
    """Hours, minutes and seconds of a UTC text; nothing stays nothing."""
    return utc[11:19]


def _list_rows(lane: Lane, tell_heart: TellHeart) -> Iterator[TableRow]:
    for one in lane.sets:
        heart = tell_heart(lane.participant, one.begins, one.ends) if one.begins < one.ends else ""
        yield TableRow(one.begins, one.ends, t("Set"), "; ".join(filter(None, (one.words, heart))))
    yield from _list_moments(t("Effort"), lane.ratings)
    yield from _list_moments(t("Event"), lane.events)
    yield from _list_moments(t("Note"), lane.notes)
    yield from _list_stretches(t("Not at it"), lane.stops)
    yield from _list_stretches(t("Gap"), lane.gaps)
    yield from _list_stretches(t("Strap"), lane.wearing)


def _list_stretches(what: str, stretches: Iterable[Stretch]) -> Iterator[TableRow]:
    for one in stretches:
        yield TableRow(one.begins, one.ends, what, one.words)


def _list_moments(what: str, moments: Iterable[Moment]) -> Iterator[TableRow]:
    for one in moments:
        yield TableRow(one.at, "", what, one.words)


def _shorten(row: TableRow) -> TableRow:
    ends = "" if row.ends == row.begins else tell_clock(row.ends)
    return TableRow(tell_clock(row.begins), ends, row.what, row.words)
