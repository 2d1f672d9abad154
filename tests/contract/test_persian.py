"""Persian through the whole app: who gets it, what is whole, and what stays as it is."""

import ast
import json
import re
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from server.app import create_app
from server.people.roles import Role
from server.storage import Storage
from server.study.participant import Arm
from server.study.quality_decisions import read_all_decisions
from server.web.catalogue.catalogue import FOLDER, load_catalogue
from server.web.catalogue.po_reader import read_po
from server.web.language import COOKIE, LANGUAGES
from server.web.pages import TEMPLATES
from tests.contract.derived_pages import as_researcher, read_settled_page
from tests.contract.test_quality_page import find_card, hold_four, read_form
from tests.dose_course import CODES
from tests.enrolment import enrol_people
from tests.merge_catalogue import list_untranslated
from tests.quality_course import QualityCourse
from tests.staff import SAME_SITE, add_person
from tests.studies import Study
from tests.update_catalogue import LISTED, list_sources

PO: Final = FOLDER / "fa.po"
FIRST: Final = datetime(2026, 11, 2, 17, tzinfo=UTC)
NOW: Final = FIRST + timedelta(days=4, hours=2)
IN_PERSIAN: Final = {"Accept-Language": "fa-IR,fa;q=0.9"}
# Places, commands, and "set" as a verb.
NO_TERMS: Final = re.compile(r"\{\w+\}|'[a-z-]+ [a-z ]+'|was set\b|set aside")
# Units, names of methods, formats and people, and what is typed as it stands.
LATIN: Final = {
    "AU", "BDNF", "Banister", "CR", "CSV", "DXA", "Data", "ECG", "EDSS", "EDTA", "ENMO",
    "Edwards", "Enter", "Escape", "Fi", "Foster", "GDNF", "Garber", "Gulati", "HC", "Hedges", "Hz",
    "JSON", "Lamb", "MAD", "MiB", "Nes", "PDF", "Package", "Parquet", "Python", "REDCap", "SHA",
    "SPSS", "TRIMP", "Tanaka", "UTC", "UTF", "Welch", "Wi", "Ypy", "ZIP", "above", "below",
    "bpm", "kg", "lloq", "mg", "ms", "ppm", "uloq",
}  # fmt: skip


@pytest.fixture
def storage(study: Study) -> Iterator[Storage]:
    with study.open() as opened:
        add_person(opened.database, "researcher", Role.RESEARCHER)
        enrol_people(opened.database, CODES, ("Fig", "Tea", "Sea"), Arm.TRAINING)
        yield opened


@pytest.fixture
async def client(storage: Storage) -> AsyncIterator[httpx.AsyncClient]:
    async with as_researcher(storage, NOW) as made:
        yield made


def read_pairs() -> list[tuple[str, str]]:
    """Each English sentence, of two the plural, with each form of its Persian one."""
    return [
        (one.plural or one.sentence, persian)
        for one in read_po(PO.read_text(encoding="utf-8"))
        for persian in one.translations
    ]


def test_f48_every_sentence_has_a_translation_and_no_other_has() -> None:
    """If not: `make sentences` brings the list up to date and says what is missing."""
    assert list(list_untranslated(PO.read_bytes(), "fa")) == []
    listed = re.findall(r'^msgid (.+\n(?:".*"\n)*)', LISTED.read_text(encoding="utf-8"), re.M)
    told = re.findall(r'^msgid (.+\n(?:".*"\n)*)', PO.read_text(encoding="utf-8"), re.M)
    assert told == ['""\n', *listed]


def test_f48_a_translation_has_the_same_places_and_no_english() -> None:
    names = re.compile(r"\{(\w+)\}")
    for english, persian in read_pairs():
        assert set(names.findall(persian)) == set(names.findall(english)), english
        told = re.sub("\u2066.*?\u2069", "", names.sub("", persian))
        assert set(re.findall("[A-Za-z]{2,}", told)) <= LATIN, english
        assert not re.search("[يك٠-٩]", persian), english  # Arabic letters and digits


def test_f48_a_term_is_the_same_everywhere() -> None:
    """The terms of glossary.md: wherever the English one stands, so does the Persian one."""
    rows = re.findall(r"^\| (.+?) \| (.+?) \|", (FOLDER / "glossary.md").read_text("utf-8"), re.M)
    terms = {english: persian.split(" / ") for english, persian in rows[2:]}
    assert len(terms) > 40
    wrong = [
        (term, english, persian)
        for whole, persian in read_pairs()
        for english in [NO_TERMS.sub("", whole)]
        for term, ways in terms.items()
        if re.search(rf"\b{re.escape(term)}s?\b", english, re.IGNORECASE)
        and not any(way in persian for way in ways)
        and len(english) > len(term) + 12
    ]
    assert wrong == []


def find_calls(path: Path) -> Iterator[tuple[ast.Call, bool, bool]]:
    """Calls of `t`, whether each stands in a function, and whether in an f-string."""

    def walk(node: ast.AST, inside: bool, woven: bool) -> Iterator[tuple[ast.Call, bool, bool]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call) and getattr(child.func, "id", "") == "t":
                yield child, inside, woven
            in_function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            in_string = woven or isinstance(child, ast.JoinedStr)
            yield from walk(child, inside or in_function, in_string)

    yield from walk(ast.parse(path.read_text(encoding="utf-8")), False, False)


@pytest.mark.parametrize(
    "path", [path for method, path in list_sources() if method == "python"], ids=lambda p: p.name
)
def test_f48_no_sentence_is_said_before_anybody_asks(path: Path) -> None:
    """At a module's top it would stay English (catalogue/spoken.py: Wording); in an f-string
    nobody would find it to translate it."""
    assert [ast.unparse(one) for one, inside, _ in find_calls(path) if not inside] == []
    assert [ast.unparse(one) for one, _, woven in find_calls(path) if woven] == []


def test_f48_every_page_says_its_direction() -> None:
    for page in TEMPLATES.glob("*.html"):
        assert re.search(r"<html lang=[^>]* dir=", page.read_text(encoding="utf-8")), page.name


async def test_f48_who_has_a_persian_browser_signs_in_in_persian(study: Study) -> None:
    with study.open() as storage:
        transport = httpx.ASGITransport(app=create_app(storage))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            page = (await client.get("/sign-in", headers=IN_PERSIAN)).text
            assert '<html lang="fa" dir="rtl">' in page
            assert load_catalogue("fa").t("Sign in") in page
            assert '<html lang="en" dir="ltr">' in (await client.get("/sign-in")).text
            chosen = await client.post(
                "/language", data={"language": "fa", "next": "/sign-in"}, headers=SAME_SITE
            )
            assert (chosen.status_code, chosen.headers["location"]) == (303, "/sign-in")
            assert chosen.headers["set-cookie"].startswith(f"{COOKIE}=fa;")
            elsewhere = {"language": "en", "next": "//evil.example/"}
            led = await client.post("/language", data=elsewhere, headers=SAME_SITE)
            assert led.headers["location"] == "/"
            other = await client.post("/language", data={"language": "xx"}, headers=SAME_SITE)
            assert other.status_code == 422
            tablet = await client.get("/tablet/", headers=IN_PERSIAN)
            assert tablet.headers["set-cookie"].startswith(f"{COOKIE}=fa;")
            assert tablet.text == (await client.get("/tablet/")).text  # the same for everybody


async def test_f48_pages_are_persian_and_data_stay_as_they_are(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    course = QualityCourse(storage, FIRST)
    course.hold(0, FIRST)
    english = await read_settled_page(client, "/dose")
    client.headers.update(IN_PERSIAN)
    persian = (await client.get("/dose")).text
    assert "ماتریس دوز" in persian
    assert "۱۳ آبان ۱۴۰۵" in persian  # 2026-11-04, when it was worked out
    assert re.findall(r'href="[^"]*"', persian) == re.findall(r'href="[^"]*"', english)
    for path in ("/api/v1/dose/course", "/api/v1/repetitions", f"/api/v1/sessions/{course.ids[0]}",
                 "/api/v1/sessions", "/api/v1/participants"):  # fmt: skip
        told = (await client.get(path)).text
        assert told.isascii(), path
        assert "2026-11-02" in told or "P01" in told or "pairs" in told, path
    cell = (await client.get(f"/api/v1/sessions/{course.ids[0]}/dose/P01")).json()
    assert json.dumps(drop_cards(cell), ensure_ascii=False).isascii()


def drop_cards(cell: dict[str, Any]) -> dict[str, Any]:
    """What a page shows of it is said to people; everything else is data."""
    return {key: value for key, value in cell.items() if key != "cards"}


async def test_f48_a_decision_is_kept_in_english_whoever_takes_it(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    hold_four(storage)
    await read_settled_page(client, "/quality")
    client.headers.update(IN_PERSIAN)
    card = find_card(unescape((await client.get("/quality")).text), "swap_suspected")
    assert "شاید نوار یکدیگر را پوشیده باشند" in card
    done = await client.post("/quality", data=read_form(card, "accept"))
    assert done.status_code == 303, done.text
    with storage.database.reading() as connection:
        (decision,) = read_all_decisions(connection)
    assert decision.told.isascii()


def test_languages_have_their_own_names() -> None:
    assert LANGUAGES == {"en": "English", "fa": "فارسی"}
