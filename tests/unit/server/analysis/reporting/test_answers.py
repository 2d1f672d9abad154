"""The state of an item: nothing invented, nothing hidden."""

import pytest

from server.analysis.reporting.answers import Answer, State, answer_checklist, count_states
from server.analysis.reporting.facts import SessionFacts
from server.analysis.reporting.shipped import find_checklist
from server.study.reporting_sentences import OwnSentence
from tests.unit.server.analysis.reporting.some_facts import LOCKED, make_facts, say


def answer(
    name: str, histories: dict[str, list[OwnSentence]] | None = None, *, with_own: bool = True
) -> Answer:
    checklist = find_checklist(name.partition("/")[0])
    told = answer_checklist(checklist, make_facts(), histories or {}, with_own=with_own)
    return next(one for one in told if one.name == name)


def test_what_data_say_whole_is_filled_with_its_sources() -> None:
    found = answer("cert/1")
    assert found.state is State.FILLED
    assert "TheraBand" in found.told
    assert any("exercises.needs" in one for one in found.sources)
    assert found.wanted == ""


def test_what_no_data_say_needs_a_sentence_and_is_not_guessed() -> None:
    found = answer("consort-2025/2")
    assert (found.state, found.told, found.where) == (State.NEEDS, "", "")


def test_what_data_say_in_part_still_needs_a_sentence_and_says_for_what() -> None:
    found = answer("consort-2025/9")
    assert found.state is State.NEEDS
    assert "4 to training and 4 to control" in found.told
    assert "framework" in found.wanted


def test_a_sentence_completes_what_data_say_in_part() -> None:
    found = answer("consort-2025/9", say("consort-2025/9", "Superiority, one to one."))
    assert (found.state, found.wanted) == (State.FILLED, "")
    assert found.words.endswith("Superiority, one to one.")
    assert "4 to training" in found.words


def test_a_sentence_where_data_say_nothing_is_the_studys_own() -> None:
    found = answer("cert/6", say("cert/6", "Music."))
    assert (found.state, found.words) == (State.SAID, "Music.")
    assert "own sentence 1" in found.where


def test_the_study_may_say_why_an_item_does_not_apply() -> None:
    found = answer("consort-2025/23b", say("consort-2025/23b", "It wasn't stopped.", applies=False))
    assert found.state is State.NOT_APPLICABLE
    assert found.words == "Doesn't apply because: It wasn't stopped."


def test_data_may_say_that_an_item_does_not_apply() -> None:
    found = answer("consort-harms/H16")  # zero events are told where there are none
    assert found.state is State.NOT_APPLICABLE
    assert found.words == "Doesn't apply because: 3 events were entered."


def test_results_come_with_the_lock() -> None:
    assert answer("consort-2025/26").state is State.LATER
    told = answer_checklist(find_checklist("consort-2025"), make_facts(registered=LOCKED), {})
    after = next(one for one in told if one.item.number == "26")
    assert after.state is State.FILLED
    assert "training 2 analysed of 2 measured after" in after.told


def test_own_sentences_are_left_out_where_only_blinded_ones_may_be_told() -> None:
    histories = say("cert/6", "P07 trains to music.")
    found = answer("cert/6", histories, with_own=False)
    assert (found.state, found.own, found.history) == (State.LATER, None, ())
    assert "P07" not in found.words


def test_counts_are_of_every_item() -> None:
    told = answer_checklist(find_checklist("cert"), make_facts(), {})
    assert sum(count_states(told).values()) == 19


@pytest.mark.parametrize("checklist", ["consort-2025", "consort-harms", "consort-npt", "cert",
                                       "tidier"])  # fmt: skip
def test_an_empty_study_fills_nothing_by_guessing(checklist: str) -> None:
    """Only what the system does whatever the study is, and never a number."""
    empty = make_facts(
        n_entered=0, entered=None, arms=(), sessions=SessionFacts(), delivery=None, plans=(),
        registered=None, matrices={}, ledger=(0, ""),
    )  # fmt: skip
    for one in answer_checklist(find_checklist(checklist), empty, {}):
        assert one.state in (State.NEEDS, State.LATER), one.name
        assert "n = " not in one.told
        assert " 0 of 0" not in one.told
