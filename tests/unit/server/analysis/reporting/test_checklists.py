"""Items and numbers of the checklists, against the published lists."""

import pytest

from server.analysis.reporting.checklist import Checklist, parse_checklist
from server.analysis.reporting.fillers.topics import FILLERS
from server.analysis.reporting.shipped import (
    find_checklist,
    list_item_names,
    read_checklists,
    require_item,
)
from server.errors import NotFoundError

# Hopewell 2025, Table 1 (PMC11996237).
CONSORT_2025 = (
    "1a 1b 2 3 4 5a 5b 6 7 8 9 10 11 12a 12b 13 14 15 16a 16b 17a 17b 18 19 20a 20b 21a 21b 21c 21d"
    " 22a 22b 23a 23b 24a 24b 25 26 27 28 29 30"
)
# Slade 2016 (Br J Sports Med), Table 1, the assessment form.
CERT = "1 2 3 4 5 6 7a 7b 8 9 10 11 12 13 14a 14b 15 16a 16b"
# Hoffmann 2014, as tables of others print it (doi:10.1186/s12874-017-0461-y, Table 1).
TIDIER = "1 2 3 4 5 6 7 8 9 10 11 12"
# Boutron 2017, as far as public copies of its checklist were read.
NPT = "3a 4a 5 5a 5b 5c 5d 7a"


def numbers(checklist: Checklist) -> list[str]:
    return [one.number for one in checklist.items]


def test_consort_2025_has_thirty_items_in_its_order() -> None:
    found = numbers(find_checklist("consort-2025"))
    assert found == CONSORT_2025.split()
    assert len({one.rstrip("abcd") for one in found}) == 30


def test_cert_has_sixteen_items_nineteen_with_letters() -> None:
    found = numbers(find_checklist("cert"))
    assert found == CERT.split()
    assert (len(found), len({one.rstrip("ab") for one in found})) == (19, 16)


def test_tidier_has_twelve_items() -> None:
    assert numbers(find_checklist("tidier")) == TIDIER.split()


@pytest.mark.parametrize(
    ("checklist", "published", "ours"), [("consort-npt", NPT, "N"), ("consort-harms", "", "H")]
)
def test_numbers_that_could_not_be_compared_are_ours_and_say_so(
    checklist: str, published: str, ours: str
) -> None:
    found = find_checklist(checklist)
    known = published.split()
    assert numbers(found)[: len(known)] == known
    rest = numbers(found)[len(known) :]
    assert rest == [f"{ours}{n}" for n in range(1, len(rest) + 1)]
    assert found.own_numbers
    assert f"{ours}1 to {ours}{len(rest)} are numbers of ours" in found.numbering


def test_every_item_is_answered_by_a_filler_that_there_is_and_none_is_left_over() -> None:
    named = {item.fill for one in read_checklists() for item in one.items if item.fill}
    assert named == set(FILLERS)


def test_what_no_data_can_say_lacks_nothing_besides() -> None:
    wrong = [
        item for one in read_checklists() for item in one.items if item.lacks and not item.fill
    ]
    assert wrong == []


def test_items_of_all_lists_have_different_names_and_strangers_none() -> None:
    names = list_item_names()
    assert len({*names}) == len(names)
    require_item("cert/7a")
    for stranger in ("cert/7c", "cert", "", "CERT/7a", "cert/7a "):
        with pytest.raises(NotFoundError):
            require_item(stranger)


ITEM = '[[items]]\nnumber = "1"\nsection = "s"\nasks = "a"\n'
WORDS = ("id", "name", "about", "source", "doi", "numbering")
HEAD = "".join(f'{name} = "x"\n' for name in WORDS) + "own_numbers = true\n"


@pytest.mark.parametrize("text", ['id = "x"', "id = [", HEAD, HEAD + ITEM + ITEM])
def test_what_is_no_checklist_is_refused(text: str) -> None:
    assert parse_checklist(HEAD + ITEM).items[0].number == "1"
    with pytest.raises(ValueError, match="this is no checklist"):
        parse_checklist(text)
