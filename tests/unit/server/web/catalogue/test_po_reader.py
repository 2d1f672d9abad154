"""The files that Babel and Poedit write are read as gettext defines them."""

import pytest

from server.web.catalogue.po_reader import MalformedCatalogueError, read_po

# Written after the format in the GNU gettext manual, "The Format of PO Files".
TEXT = r"""
msgid ""
msgstr ""
"Language: de\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

#. for people
#: server/web/templates/sign_in.html:15
msgid "Sign in"
msgstr "Anmelden"

#, python-brace-format
msgid ""
"Wait {seconds} s, "
"then try again."
msgstr "{seconds} s warten,\ndann \"noch einmal\"."

msgid "{n} person"
msgid_plural "{n} people"
msgstr[0] "{n} Person"
msgstr[1] "{n} Personen"

#, fuzzy
msgid "Name"
msgstr "Guessed"

msgid "Password"
msgstr ""

#~ msgid "Old"
#~ msgstr "Alt"
"""


def test_sentences_plurals_and_line_breaks() -> None:
    entries = {entry.sentence: entry for entry in read_po(TEXT)}
    assert entries["Sign in"].translations == ["Anmelden"]
    assert entries["Wait {seconds} s, then try again."].translations == [
        '{seconds} s warten,\ndann "noch einmal".'
    ]
    people = entries["{n} person"]
    assert (people.plural, people.translations) == ("{n} people", ["{n} Person", "{n} Personen"])


def test_what_nobody_has_translated_or_checked_is_left_out() -> None:
    assert {e.sentence for e in read_po(TEXT)}.isdisjoint({"", "Name", "Password", "Old"})


@pytest.mark.parametrize(
    "line", ["msgid Sign in", 'msgctxt "menu"', "dance", 'msgid "a', "msgid 1", 'msgid "a" + "b"']
)
def test_a_line_that_is_not_understood_is_named(line: str) -> None:
    with pytest.raises(MalformedCatalogueError, match="line 3"):
        read_po(f'msgid "x"\n\n{line}\n')
