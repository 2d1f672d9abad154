from pathlib import Path

import pytest

from server.web.catalogue.catalogue import Catalogue, load_catalogue, read_catalogue

GERMAN = """
msgid "You are {name}, {role}."
msgstr "Sie sind {name} ({role})."

msgid "{n} person"
msgid_plural "{n} people"
msgstr[0] "{n} Person"
msgstr[1] "{n} Personen"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "de.po").write_text(GERMAN, encoding="utf-8")
    return tmp_path


def test_english_is_the_source() -> None:
    assert Catalogue("en").t("Wait {seconds} s.", seconds=30) == "Wait 30 s."


def test_a_translation_takes_the_same_names(folder: Path) -> None:
    german = read_catalogue("de", folder)
    assert german is not None
    said = german.t("You are {name}, {role}.", name="sara", role="Trainerin")
    assert said == "Sie sind sara (Trainerin)."
    assert german.t("Not translated") == "Not translated"
    assert german.as_json()["plurals"] == {"{n} person": ["{n} Person", "{n} Personen"]}


def test_names_are_filled_in_once_and_stay_text() -> None:
    assert Catalogue("en").t("{a} {b} {c}", a="{b}", b=1) == "{b} 1 {c}"


@pytest.mark.parametrize("language", ["fr", "../de", "de/../de", "DE", ""])
def test_there_is_no_other_language(folder: Path, language: str) -> None:
    assert read_catalogue(language, folder) is None
    assert load_catalogue(language).language == "en"
