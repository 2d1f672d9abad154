import json
import re
from pathlib import Path

import pytest

from server.web.catalogue.local_text import localise_page, localise_text

TESTS = next(one for one in Path(__file__).resolve().parents if one.name == "tests")
VECTORS = json.loads((TESTS / "vectors" / "local_text.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "shown", "why"), VECTORS, ids=[why for _, _, why in VECTORS])
def test_f48_a_text_is_shown_with_local_digits_and_days(text: str, shown: str, why: str) -> None:
    assert localise_text(text) == shown, why
    assert localise_text(shown) == shown


def test_f48_of_a_page_only_what_people_see_or_hear_is_local() -> None:
    page = (
        '<a href="/samples/12?at=2026-11-27" title="12 of 15" data-n="3">3 of 4</a>'
        '<input value="57.8" aria-label="Set 2"><textarea>12</textarea><code>12</code>'
        "<script>let n = 12;</script><p>&#39;12&#39;</p>"
    )
    shown = localise_page(page)
    assert 'href="/samples/12?at=2026-11-27" title="۱۲ of ۱۵" data-n="3">۳ of ۴<' in shown
    assert 'value="57.8" aria-label="Set ۲"' in shown
    assert "<textarea>12</textarea><code>12</code><script>let n = 12;</script>" in shown
    assert "<p>&#39;۱۲&#39;</p>" in shown
    assert re.sub("[۰-۹]", "", shown) == re.sub("[۰-۹]", "", localise_page(shown))
