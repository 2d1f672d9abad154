from server.web.catalogue.po_reader import read_po
from tests.merge_catalogue import list_untranslated, merge_language

LISTED = b'#: a.py\nmsgid "New"\nmsgstr ""\n\n#: a.py\nmsgid "Old"\nmsgstr ""\n'
KNOWN = 'msgid "Gone"\nmsgstr "رفت"\n\nmsgid "Old"\nmsgstr "کهنه"\n'.encode()


def test_what_is_new_comes_empty_what_is_known_stays_what_is_gone_goes() -> None:
    merged = merge_language(KNOWN, "fa", LISTED)
    assert list(list_untranslated(merged, "fa")) == ["New"]
    assert [(one.sentence, one.translations) for one in read_po(merged.decode())] == [
        ("Old", ["کهنه"])
    ]
    assert b"Gone" not in merged


def test_merging_again_changes_nothing() -> None:
    merged = merge_language(KNOWN, "fa", LISTED)
    assert merge_language(merged, "fa", LISTED) == merged
    assert b"nplurals=2" in merged
