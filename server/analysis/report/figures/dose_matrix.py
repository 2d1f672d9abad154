"""Delivered of planned dose, a row a participant and a column a session; no code is shown."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from server.analysis.dose_sessions import DoseSession
from server.analysis.report.document import Figure
from server.analysis.report.figures.drawing import Drawing

_CELL_PX: Final = (20.0, 18.0)
_LEFT, _TOP, _BELOW = 40.0, 40.0, 34.0
# A letter a reason: no cell is only a colour, and none is only white (ux.md, R2).
LETTERS: Final = {
    "absent": "A",
    "refused": "R",
    "not_recorded": "N",
    "not_over": "O",
    "no_strap": "S",
    "no_data": "D",
    "low_coverage": "L",
    "unusable": "U",
    "not_measured": "M",
}
_OTHER: Final = "?"


def draw_dose_matrix(people: Sequence[Sequence[DoseSession]], dose: str) -> Figure:
    """Of the plan's places only; the most delivered on top. Raises ValueError without any."""
    rows = [[one for one in sessions if one.number is not None] for sessions in people]
    rows.sort(key=_sum_shares, reverse=True)
    last = max(one.number or 0 for row in rows for one in row)
    width = _LEFT + last * _CELL_PX[0] + 12
    drawing = Drawing(width, _TOP + len(rows) * _CELL_PX[1] + _BELOW)
    _write_heads(drawing, rows, last)
    for at, row in enumerate(rows):
        y = _TOP + at * _CELL_PX[1]
        drawing.text(_LEFT - 8, y + 13, str(at + 1), "end", 11)
        for one in row:
            _draw_cell(drawing, _place(one.number or 0), y, one)
    words = _tell(rows, dose)
    caption = f"{words} The darker, the more of what was planned. {_explain_letters(rows)}"
    return Figure(caption.strip(), drawing.to_svg(words), words)


def _sum_shares(row: Sequence[DoseSession]) -> float:
    return sum(one.share or 0.0 for one in row)


def _place(number: int) -> float:
    return _LEFT + (number - 1) * _CELL_PX[0]


def _write_heads(drawing: Drawing, rows: Sequence[Sequence[DoseSession]], last: int) -> None:
    """Sessions by number, and below the matrix the weeks that they belong to."""
    weeks: dict[int, list[int]] = {}
    for row in rows:
        for one in row:
            weeks.setdefault(one.week, []).append(one.number or 0)
    for number in range(1, last + 1):
        drawing.text(_place(number) + _CELL_PX[0] / 2, _TOP - 7, str(number), "middle", 10)
    drawing.text(_LEFT + last * _CELL_PX[0] / 2, 14, "session", "middle", 12)
    floor = _TOP + len(rows) * _CELL_PX[1]
    for week, numbers in weeks.items():
        left, right = _place(min(numbers)), _place(max(numbers)) + _CELL_PX[0]
        drawing.line([(left + 2, floor + 7), (right - 2, floor + 7)], "#1a1a1a")
        drawing.text((left + right) / 2, floor + 22, f"week {week}", "middle", 11)


def _draw_cell(drawing: Drawing, x: float, y: float, one: DoseSession) -> None:
    share = one.share
    drawing.cell(x + 1, y + 1, _CELL_PX[0] - 2, _CELL_PX[1] - 2, min(share or 0.0, 1.0))
    if letter := _find_letter(one):
        drawing.text(x + _CELL_PX[0] / 2, y + 13, letter, "middle", 11)


def _find_letter(one: DoseSession) -> str:
    if one.why is not None:
        return LETTERS.get(one.why, _OTHER)
    return "" if one.share is not None else _OTHER


def _tell(rows: Sequence[Sequence[DoseSession]], dose: str) -> str:
    cells = [one for row in rows for one in row]
    shares = [one.share for one in cells if one.share is not None]
    full = sum(share >= 0.8 for share in shares)
    return (
        f"Delivered of planned {dose} of {len(rows)} participants: {len(shares)} of {len(cells)}"
        f" sessions have a share, {full} of them 80 % or more."
    )


def _explain_letters(rows: Sequence[Sequence[DoseSession]]) -> str:
    found = Counter((_find_letter(one), one.why) for row in rows for one in row)
    told = [
        f"{letter}: {(why or 'nothing planned').replace('_', ' ')} ({n})"
        for (letter, why), n in sorted(found.items(), key=str)
        if letter
    ]
    return f"{'; '.join(told)}." if told else ""
