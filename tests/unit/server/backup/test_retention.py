from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from server.backup.retention import choose_expired, name_backup

START = datetime(2026, 11, 30, 17, tzinfo=UTC)


def test_names_sort_as_times_do() -> None:
    assert name_backup(START) == "20261130T170000Z"


def test_an_hour_of_all_then_the_last_of_each_day() -> None:
    every_five_minutes = [START + timedelta(minutes=5 * n) for n in range(288 * 3)]
    names = [name_backup(one) for one in every_five_minutes]
    kept = [name for name in names if name not in choose_expired(names)]
    assert kept == ["20261130T235500Z", "20261201T235500Z", "20261202T235500Z", *names[-12:]]


def test_five_weeks_of_days() -> None:
    names = [name_backup(START + timedelta(days=n)) for n in range(50)]
    assert choose_expired(names) == names[14::-1]


@given(st.lists(st.text(max_size=20)))
def test_what_is_not_named_like_a_backup_is_never_deleted(names: list[str]) -> None:
    assert choose_expired([*names, "20261130T170000Z.part", ".20261130T170000Z-x"]) == []


def test_the_one_just_taken_stays_though_the_clock_was_set_back() -> None:
    later = [name_backup(START + timedelta(minutes=5 * n)) for n in range(12)]
    taken = name_backup(START - timedelta(minutes=1))
    assert choose_expired([*later, taken], taken) == []
    assert choose_expired([*later, taken]) == [taken]
