from itertools import permutations

from protocol.training.evidence import Form, RpeSource, SetEvidence, merge_records
from tests.unit.protocol.training.plans import as_printed
from tests.unit.protocol.training.records import make_record, make_set

KNEE = "knee-flexion-band"


def test_only_what_somebody_saw_is_observed() -> None:
    kinds = [make_set(evidence=evidence) for evidence in SetEvidence]
    assert make_record(1, *kinds).observed() == (make_set(),)


def test_at_the_top_means_her_amount_on_her_band() -> None:
    sets = [make_set(14), make_set(15), make_set(16), make_set(None), make_set(15, "green")]
    record = make_record(1, *sets, make_set(15, evidence=SetEvidence.ASSUMED))
    assert (record.n_at_top(15, "red"), record.n_at_top(15, "green")) == (2, 1)


def test_a_guess_is_no_rating_and_a_lighter_day_no_evidence() -> None:
    first = as_printed().effort[0]  # accepts 7-11
    assert make_record(1, rpe_source=RpeSource.GUESSED).rpe_given is None
    assert make_record(1, rpe_source=None).rpe_given is None
    assert make_record(1, rpe_source=RpeSource.POINTED).rpe_given == 9
    assert make_record(1, rpe=12).is_above(first)
    assert not make_record(1, rpe=11).is_above(first)
    assert not make_record(1, rpe=17, lighter_today=True).is_above(first)
    assert not make_record(1, rpe=17, rpe_source=RpeSource.GUESSED).is_above(first)
    assert not make_record(1, rpe=17).is_above(None)


def test_records_of_a_session_are_read_with_care_in_any_order() -> None:
    lost = make_set(12, form=Form.LOST)
    records = [
        make_record(3, make_set(), rpe=9),
        make_record(3, lost, rpe=13, lighter_today=True),
        make_record(3, make_set(10), rpe=17, rpe_source=RpeSource.GUESSED, symptoms=True),
        make_record(2),
        make_record(1, exercise="sit-to-stand"),
    ]
    merged = [tuple(merge_records(order, KNEE)) for order in permutations(records)]
    assert set(merged) == {merged[0]}
    assert [one.session for one in merged[0]] == [2, 3]
    third = merged[0][1]
    assert (third.rpe_given, third.form_lost) == (13, True)
    assert (third.symptoms, third.lighter_today) == (True, True)
    assert len(third.sets) == 3


def test_nothing_given_stays_missing() -> None:
    twice = [make_record(1, rpe=None), make_record(1, rpe=12, rpe_source=RpeSource.GUESSED)]
    assert merge_records(twice, KNEE)[0].rpe is None
    assert merge_records([], KNEE) == []
