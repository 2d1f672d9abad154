import pytest

from server.web.catalogue.catalogue import FOLDER
from server.web.language import (
    COOKIE,
    LANGUAGES,
    choose_language,
    find_direction,
    read_choice,
    set_choice_header,
)


@pytest.mark.parametrize(
    ("cookies", "accepted", "language"),
    [
        ([], [], "en"),
        ([], ["fa"], "fa"),
        ([], ["fa-IR,fa;q=0.9,en;q=0.8"], "fa"),
        ([], ["de,en;q=0.5,fa;q=0.7"], "fa"),
        ([], ["de-DE,de"], "en"),
        ([], ["fa;q=0,en;q=0.1"], "en"),
        ([], ["fa;q=x"], "en"),
        ([], ["*"], "en"),
        ([f"{COOKIE}=en"], ["fa"], "en"),
        ([f"__Host-doseline=abc; {COOKIE}=fa"], ["en"], "fa"),
        ([f"{COOKIE}=../fa"], ["fa"], "fa"),
        ([f"{COOKIE}=de"], ["en"], "en"),
        ([f"{COOKIE}=fa" + "x" * 5000], [], "en"),
    ],
)
def test_f48_her_choice_comes_first_then_her_browsers(
    cookies: list[str], accepted: list[str], language: str
) -> None:
    assert choose_language(cookies, accepted) == language


def test_f48_a_choice_is_kept_on_the_device() -> None:
    header = set_choice_header("fa")
    assert read_choice([header.partition(";")[0]]) == "fa"
    assert "Max-Age=31536000" in header
    assert "HttpOnly" not in header  # the tablet's page reads it without a server


def test_directions() -> None:
    assert {one: find_direction(one) for one in LANGUAGES} == {"en": "ltr", "fa": "rtl"}


def test_every_language_that_has_sentences_can_be_chosen() -> None:
    assert {path.stem for path in FOLDER.glob("*.po")} | {"en"} == set(LANGUAGES)
