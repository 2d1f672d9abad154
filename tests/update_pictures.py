"""Draws the pictures of all movements anew: `python -m tests.update_pictures`.

A new exercise is one table in `server/web/pictograms/movements.toml`, named as the plan names it.
A test compares what is stored with what the tables draw.
"""

import json
import tomllib
from pathlib import Path
from typing import Final

from server.web.pictograms.drawing import Movement, draw_movement, parse_movements

ROOT: Final = Path(__file__).resolve().parents[1]
MOVEMENTS: Final = ROOT / "server" / "web" / "pictograms" / "movements.toml"
PICTURES: Final = ROOT / "server" / "web" / "tablet" / "pictures"
DRAWN: Final = "drawn.js"


def read_movements() -> dict[str, Movement]:
    """The table, by name."""
    return parse_movements(tomllib.loads(MOVEMENTS.read_text(encoding="utf-8")))


def draw_all() -> dict[str, str]:
    """File name -> content: a picture each, and the list of those that there are."""
    movements = read_movements()
    files = {f"{name}.svg": _draw(name, movement) for name, movement in movements.items()}
    return files | {DRAWN: _list_names(sorted(movements))}


def _draw(name: str, movement: Movement) -> str:
    try:
        return draw_movement(movement)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error


def _list_names(names: list[str]) -> str:
    listed = "".join(f"  {json.dumps(name)},\n" for name in names)
    return (
        "// Which movements have a picture: written by tests/update_pictures.\n\n"
        f"export const DRAWN = new Set([\n{listed}]);\n"
    )


def main() -> None:
    """Write them, and take away what is no longer drawn."""
    files = draw_all()
    PICTURES.mkdir(exist_ok=True)
    for path in PICTURES.iterdir():
        if path.name not in files:
            path.unlink()
    for name, content in files.items():
        (PICTURES / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
