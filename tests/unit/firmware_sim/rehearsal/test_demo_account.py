"""What a demo made up is noted, and known after it was started again."""

from pathlib import Path

from firmware_sim.rehearsal.demo_account import PLAYED, SENT, DemoAccount


def test_what_was_noted_is_read_again(tmp_path: Path) -> None:
    assert DemoAccount(tmp_path).read(PLAYED) == []
    for session in ("a", "b"):
        DemoAccount(tmp_path).note(PLAYED, session)
    assert DemoAccount(tmp_path).read(PLAYED) == ["a", "b"]
    assert DemoAccount(tmp_path).read(SENT) == []
