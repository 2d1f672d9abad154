"""The printed sheet in words and codes. Pure."""

from collections.abc import Mapping
from typing import Any, Final

import segno
from markupsafe import Markup

from protocol.training.anchors import NO_PACK
from server.people.roles import Role
from server.web.catalogue.spoken import Wording, current_language, t
from server.web.paths import REVIEW_PATH, TRANSCRIBE_PATH
from server.web.role_groups import DOSE_READERS, SHEET_COPYISTS
from server.web.sheet_context import Leaf, PageFoot, SheetPageContext, TurnRow
from server.web.sheet_reading import SheetEvening
from server.web.sheet_rows import SESSION_PAGE, Sheet, SheetPerson, SheetStation
from server.web.sheet_words import (
    QUESTIONS,
    SHORTFALLS,
    tell_code,
    tell_place,
    tell_prescribed,
    tell_support,
)

DIGEST_SHOWN: Final = 16  # of the plan's 64 digits: the code stays coarse enough for a pen's paper
_SCALES: Final = Wording(lambda: {"borg_6_20": t("Borg 6 to 20"), "cr10": t("CR10, 0 to 10")})


def view_sheet(evening: SheetEvening, role: Role) -> SheetPageContext:
    """The whole print."""
    session = evening.sheet.session
    return SheetPageContext(
        language=current_language(),
        title=tell_session(evening.line),
        when=t(
            "{day}, {clock} ({zone})",
            day=evening.clock.day,
            clock=evening.clock.tell(evening.clock.planned_start),
            zone=evening.clock.zone_words,
        ),
        is_simulated=evening.is_simulated,
        back_path=REVIEW_PATH.format(session_id=session),
        copy_path=TRANSCRIBE_PATH.format(session_id=session),
        may_review=role in DOSE_READERS,
        may_copy=role in SHEET_COPYISTS,
        rounds=list(range(1, evening.sheet.rounds + 1)),
        questions=list(QUESTIONS.values()),
        shortfalls=list(SHORTFALLS.values()),
        scale=_SCALES.get(evening.effort["scale"], evening.effort["scale"]),
        anchors=list_anchors(evening.effort),
        clock_words=t("All times by the clock on the wall, {zone}.", zone=evening.clock.zone_words),
        foot_of_session=view_foot(evening.sheet, SESSION_PAGE),
        leaves=[view_leaf(evening, one) for one in evening.sheet.people],
    )


def tell_session(line: Mapping[str, Any]) -> str:
    """Its number and week."""
    if line["ordinal"] is None:
        return t("Make-up session, week {week}", week=line["week"])
    return t("Session {n}, week {week}", n=line["ordinal"], week=line["week"])


def list_anchors(effort: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Numbers with their words, of a licensed pack alone."""
    if effort["anchor_pack"] == NO_PACK:
        return []
    return sorted(effort["words"].items(), key=lambda one: float(one[0]))


def view_leaf(evening: SheetEvening, person: SheetPerson) -> Leaf:
    """One woman's, by code and sign."""
    labels = {one.serial: one.label or one.serial for one in evening.straps}
    usual = evening.usual.get(person.code)
    by_turn = {turn: number for number, turn in enumerate(evening.sheet.asked_after, start=1)}
    return Leaf(
        title=f"{person.code} {evening.signs.get(person.code, '')}".rstrip(),
        strap="" if usual is None else labels.get(usual, usual),
        turns=[_view_turn(one, by_turn) for one in person.stations],
        asked=[
            t("Round {n}, after turn {turn}: {name}", n=number, turn=turn, name=_name(person, turn))
            for number, turn in enumerate(evening.sheet.asked_after, start=1)
        ],
        front=view_foot(evening.sheet, person.page),
        back=view_foot(evening.sheet, person.back),
    )


def view_foot(sheet: Sheet, page: int) -> PageFoot:
    """Level M: an ordinary print, held before a camera (ISO/IEC 18004, 7.5.1)."""
    number = t("Page {n} of {all}", n=page, all=sheet.n_pages)
    lines = [
        t("session {id}", id=sheet.session),
        t("plan {digest}", digest=sheet.plan_sha256[:DIGEST_SHOWN]),
    ]
    text = (
        f"doseline-sheet session={sheet.session} plan={sheet.plan_sha256[:DIGEST_SHOWN]}"
        f" sheet={sheet.code} page={page}"
    )
    return PageFoot(draw_code(text), tell_code(sheet.code), number, lines)


def draw_code(text: str) -> Markup:
    """The QR code of ASCII text, as SVG."""
    code = segno.make_qr(text, error="m")
    svg = code.svg_inline(border=2, omitsize=True, svgclass=None, lineclass=None)
    return Markup(svg)  # noqa: S704 - segno's own numbers, no one's input


def _name(person: SheetPerson, turn: int) -> str:
    found = person.find_turn(turn)
    return "" if found is None else tell_place(found.station, found.name)


def _view_turn(one: SheetStation, by_turn: Mapping[int, int]) -> TurnRow:
    return TurnRow(
        turn=one.turn,
        station=one.station + 1,
        name=t(one.name),
        prescribed=tell_prescribed(one.prescribed),
        support=tell_support(one.support),
        asks="" if one.turn not in by_turn else t("ask in round {n}", n=by_turn[one.turn]),
        has_band=one.prescribed["band"] is not None,
    )
