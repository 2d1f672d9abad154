import pytest

from protocol.errors import PlanError
from protocol.training.parsing import parse_plan
from protocol.training.plan import Provenance
from protocol.training.provenance import Claims, read_defaults, take_claims
from protocol.training.vocabulary import Origin
from tests.unit.protocol.training.plans import edit, eight_week_text


def test_the_nearest_claim_wins_and_borrows_words_of_its_kind() -> None:
    wrong: list[str] = []
    defaults = read_defaults(
        {
            "origin": "study",
            "source": "our protocol, version 2",
            "course": {"printed": ["weeks"], "source": "Table 1"},
        },
        wrong,
    )
    document: dict[str, object] = {
        "course": {"weeks": 8, "sessions_per_week": 3},
        "session": {"rounds": 3, "rest_s": 60, "inferred": ["rest_s"], "why": "a guess"},
    }
    stripped, said = take_claims(document, dict.fromkeys(document, defaults), wrong)
    assert wrong == []
    assert said == {
        "course.weeks": Provenance(Origin.PRINTED, "Table 1"),
        "course.sessions_per_week": Provenance(Origin.STUDY, "our protocol, version 2"),
        "session.rounds": Provenance(Origin.STUDY, "our protocol, version 2"),
        "session.rest_s": Provenance(Origin.INFERRED, "a guess"),
    }
    assert stripped["session"] == {"rounds": 3, "rest_s": 60}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            'inferred = ["ceiling"]', 'inferred = []',
            "bands.ceiling: says neither printed, inferred nor study; add it to one list",
        ),
        (
            'inferred = ["ceiling"]', 'inferred = ["ceiling", "order"]',
            "bands.order: is in two of the lists printed, inferred and study",
        ),
        (
            'inferred = ["ceiling"]', 'inferred = ["ceiling", "colour"]',
            "bands: says where 'colour' comes from, which isn't there",
        ),
        (
            "source = \"Table 1, Strength: 'with theraband (red, green, blue, and black)'\"", "",
            "bands.make: is printed, but its table has no 'source' for it",
        ),
    ],
)  # fmt: skip
def test_a_field_that_hides_where_it_comes_from_is_refused(old: str, new: str, told: str) -> None:
    with pytest.raises(PlanError) as refused:
        parse_plan(edit(eight_week_text(), old, new))
    assert told in [one.partition(", ")[2] for one in refused.value.violations]


def test_a_field_without_words_is_refused() -> None:
    wrong: list[str] = []
    defaults = read_defaults({}, wrong)
    document: dict[str, object] = {"course": {"weeks": 8, "inferred": ["weeks"]}}
    take_claims(document, {"course": defaults}, wrong)
    assert wrong == ["course.weeks: is inferred, but its table has no 'why' for it"]


def test_claims_name_their_fields() -> None:
    claims = Claims(printed=("a",), study=("b",), source={"a": "x"})
    assert claims.names() == ("a", "b")
    assert claims.origin_of("c") is None
    assert (claims.text_of("a", Origin.PRINTED), claims.text_of("b", Origin.STUDY)) == ("x", "")
