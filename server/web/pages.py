"""Pages for people: rendered once here, kept up to date by their own script."""

from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from server.people.current import CurrentPerson, current_person
from server.web.catalogue.catalogue import SOURCE_LANGUAGE, load_catalogue
from server.web.catalogue.local_text import localise_page
from server.web.catalogue.spoken import current_language, t
from server.web.contexts import HomePageContext, Link, LivePageContext, PageContext
from server.web.language import LANGUAGES, find_direction
from server.web.paths import (
    ADDRESS_PATH,
    ANALYSIS_PATH,
    CARDS_PATH,
    COVERAGE_MAP_PATH,
    DOSE_PATH,
    EXPORT_PATH,
    HOME_PATH,
    LABELS_PATH,
    LIMITS_PATH,
    LIVE_PATH,
    NEXT_DAY_PATH,
    PARTICIPANTS_PATH,
    QUALITY_PATH,
    REPETITIONS_PATH,
    REPORTING_PATH,
    SAMPLES_PATH,
    TABLETS_PATH,
)
from server.web.policy import may
from server.web.role_words import describe_role

if TYPE_CHECKING:
    from jinja2 import Environment

LIVE_STREAM_PATH = "/api/v1/sessions/now/live"
TEMPLATES = Path(__file__).parent / "templates"
TEMPLATE_PARTS = Path(__file__).parent / "template_parts"  # macros that several templates call
STATIC = Path(__file__).parent / "static"

Person = Annotated[CurrentPerson, Depends(current_person)]


def build_pages_router() -> APIRouter:
    """The live page, and the page that everybody has."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    def start(person: Person) -> RedirectResponse:
        return RedirectResponse(LIVE_PATH if may(person.role, LIVE_PATH) else HOME_PATH, 303)

    @router.get(HOME_PATH)
    def home(person: Person) -> HTMLResponse:
        return make_page(_describe_home(person))

    @router.get(LIVE_PATH)
    def live(person: Person) -> HTMLResponse:
        return make_page(LivePageContext(current_language(), LIVE_STREAM_PATH, person.name))

    return router


def build_static_mount() -> Mount:
    """Styles, scripts and the icon, as they lie in the package."""
    return Mount("/static", StaticFiles(directory=STATIC), name="static")


def make_page(context: PageContext, status: int = 200) -> HTMLResponse:
    """A page about somebody, which no cache may keep."""
    return HTMLResponse(render(context), status, headers={"Cache-Control": "no-store"})


def render(context: PageContext) -> str:
    """The template of this context, with its fields as the only variables."""
    values = {field.name: getattr(context, field.name) for field in fields(context)}
    environment = load_environment(context.language)
    page = environment.get_template(context.template).render(values)
    return page if context.language == SOURCE_LANGUAGE else localise_page(page)


@lru_cache(maxsize=8)
def load_environment(language: str) -> "Environment":
    """Loads Jinja2 with the first page, not with the server; an unknown variable is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader((TEMPLATES, TEMPLATE_PARTS)),
        autoescape=True,
        undefined=StrictUndefined,
    )
    environment.globals |= {
        "t": load_catalogue(language).t,
        "direction": find_direction(language),
        "languages": LANGUAGES,
        "is_source": language == SOURCE_LANGUAGE,
    }
    return environment


def _describe_home(person: CurrentPerson) -> HomePageContext:
    pages = (
        (LIVE_PATH, t("Live page")),
        (DOSE_PATH, t("Dose matrix")),
        (QUALITY_PATH, t("Quality queue")),
        (COVERAGE_MAP_PATH, t("Coverage map")),
        (REPETITIONS_PATH, t("Counted repetitions")),
        (PARTICIPANTS_PATH, t("Participants")),
        (SAMPLES_PATH, t("Samples")),
        (ANALYSIS_PATH, t("Analysis")),
        (EXPORT_PATH, t("Export")),
        (REPORTING_PATH, t("Reporting")),
        (LABELS_PATH, t("Labels for straps")),
        (LIMITS_PATH, t("Limits")),
        (ADDRESS_PATH, t("Address and trust")),
        (CARDS_PATH, t("Cards")),
        (TABLETS_PATH, t("Tablets")),
        (NEXT_DAY_PATH, t("The day after")),
    )
    links = [Link(path, text) for path, text in pages if may(person.role, path)]
    return HomePageContext(current_language(), person.name, describe_role(person.role), links)
