"""Codes that one tablet's screen shows, as a film for another tablet's camera."""

import base64
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from playwright.sync_api import Page

from tests.browser.strap_camera import GREY, HEIGHT, WIDTH

SHOWN_FOR: Final = 5  # pictures of the film at ten a second: the camera looks five times a second
# Into the camera's frame, as grey values: what a lens does with a screen held before it.
TAKE_PICTURE: Final = """
async ([png, width, height]) => {
  const bytes = Uint8Array.from(atob(png), (one) => one.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  context.fillStyle = "#888";
  context.fillRect(0, 0, width, height);
  const side = height - 16;
  context.drawImage(picture, (width - side) / 2, 8, side, side);
  const { data } = context.getImageData(0, 0, width, height);
  const luma = new Uint8Array(width * height);
  luma.forEach((_, at) => (luma[at] = 16 + Math.round((data[at * 4] * 219) / 255)));
  let text = "";
  for (let at = 0; at < luma.length; at += 8192) {
    text += String.fromCharCode(...luma.subarray(at, at + 8192));
  }
  return btoa(text);
}
"""


def take_pictures(page: Page) -> list[bytes]:
    """A screenshot of each code that the sheet of a tablet shows, by its own keys."""
    page.get_by_role("button", name="Hold this code").tap()
    n_codes = int(page.locator(".handover .count").inner_text().split()[-1])
    pictures = []
    for _ in range(n_codes):
        pictures.append(page.locator("canvas.series").screenshot())
        page.get_by_role("button", name="Next code").tap()
    return pictures


def write_film(path: Path, page: Page, pictures: Sequence[bytes]) -> Path:
    """YUV4MPEG2 in 4:2:0; the fake camera begins anew at its end."""
    chroma = bytes([GREY]) * (WIDTH * HEIGHT // 2)
    with path.open("wb") as film:
        film.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode())
        for one in pictures:
            png = base64.b64encode(one).decode()
            luma = base64.b64decode(page.evaluate(TAKE_PICTURE, [png, WIDTH, HEIGHT]))
            film.write((b"FRAME\n" + luma + chroma) * SHOWN_FOR)
    return path
