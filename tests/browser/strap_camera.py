"""What a tablet's camera sees, for Chromium's fake device: a label held up before it."""

from pathlib import Path
from typing import Final

import segno

WIDTH: Final = 640
HEIGHT: Final = 480
MODULE_PX: Final = 8
BLACK, WHITE, GREY = 16, 235, 128  # ITU-R BT.601: luma from 16 to 235; chroma 128 has no colour


def write_film(path: Path, text: str) -> Path:
    """A film of one still picture: the code of `text` on white, as YUV4MPEG2 in 4:2:0."""
    luma = bytearray([WHITE]) * (WIDTH * HEIGHT)
    rows = [list(row) for row in segno.make_qr(text, error="h").matrix_iter(MODULE_PX, border=4)]
    top, left = (HEIGHT - len(rows)) // 2, (WIDTH - len(rows)) // 2
    for place, row in enumerate(rows, top):
        start = place * WIDTH + left
        luma[start : start + len(row)] = bytes(BLACK if dark else WHITE for dark in row)
    chroma = bytes([GREY]) * (WIDTH * HEIGHT // 2)
    frame = b"FRAME\n" + bytes(luma) + chroma
    head = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode()
    path.write_bytes(head + frame * 3)
    return path
