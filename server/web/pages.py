"""Pages for people: rendered once here, kept up to date by their own script."""

from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from server.web.contexts import LivePageContext, PageContext

if TYPE_CHECKING:
    from jinja2 import Environment

LIVE_PATH = "/live"
LIVE_STREAM_PATH = "/api/v1/sessions/now/live"
TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"


def build_pages_router() -> APIRouter:
    """The live page and the way to it."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    def start() -> RedirectResponse:
        return RedirectResponse(LIVE_PATH)

    @router.get(LIVE_PATH)
    def live() -> HTMLResponse:
        page = render(LivePageContext(language="en", stream_path=LIVE_STREAM_PATH))
        return HTMLResponse(page, headers={"Cache-Control": "no-store"})

    return router


def build_static_mount() -> Mount:
    """Styles, scripts and the icon, as they lie in the package."""
    return Mount("/static", StaticFiles(directory=STATIC), name="static")


def render(context: PageContext) -> str:
    """The template of this context, with its fields as the only variables."""
    values = {field.name: getattr(context, field.name) for field in fields(context)}
    return load_environment().get_template(context.template).render(values)


@lru_cache(maxsize=1)
def load_environment() -> "Environment":
    """Loads Jinja2 with the first page, not with the server; an unknown variable is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
