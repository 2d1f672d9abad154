from server.backup.rhythm import Rhythm


def test_the_first_one_is_due_at_once() -> None:
    assert Rhythm().is_due(("0", "0"), 0.0)


def test_g5_at_most_five_minutes_are_in_one_place_only() -> None:
    rhythm = Rhythm()
    rhythm.note(("3", "8"), began_s=100.0, ended_s=101.0)
    assert not rhythm.is_due(("4", "8"), 400.9)
    assert rhythm.is_due(("4", "8"), 401.0)
    assert rhythm.is_due(("3", "9"), 401.0)


def test_nothing_new_needs_no_backup() -> None:
    rhythm = Rhythm()
    rhythm.note(("3", "8"), 100.0, 101.0)
    assert not rhythm.is_due(("3", "8"), 100_000.0)


def test_a_large_study_is_not_copied_all_the_time() -> None:
    rhythm = Rhythm()
    rhythm.note(("3", "8"), 0.0, 60.0)
    assert not rhythm.is_due(("4", "9"), 60.0 + 1199)
    assert rhythm.is_due(("4", "9"), 60.0 + 1200)


def test_one_that_failed_saved_nothing_and_is_tried_again() -> None:
    rhythm = Rhythm()
    rhythm.note(None, 0.0, 1.0)
    assert not rhythm.is_due(("0", "0"), 300.0)
    assert rhythm.is_due(("0", "0"), 301.0)


def test_where_copying_holds_the_writer_up_a_minute_without_uploads_is_waited_for() -> None:
    rhythm = Rhythm(needs_quiet=True)
    for second in range(0, 600, 10):  # a session
        assert not rhythm.is_due((str(second),), float(second))
    assert not rhythm.is_due(("590",), 649.0)
    assert rhythm.is_due(("590",), 650.0)
