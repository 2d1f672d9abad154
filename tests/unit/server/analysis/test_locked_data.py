"""Locked data come back as they were, by their hash."""

import json
from dataclasses import replace

import numpy as np

from server.analysis.dose_sessions import DoseSession
from server.analysis.frame import Frame
from server.analysis.locked_data import read_locked, write_locked
from server.analysis.study_frame import StudyFrame

FRAME = Frame(
    ("P01", "P02"),
    ("control", "training"),
    {"bdnf_pre": np.array([0.1 + 0.2, np.nan])},
    {"dmt": ("none", None)},
)
TOLD = StudyFrame(
    FRAME,
    {"bdnf_pre": {"P02": "lost"}, "dmt": {"P02": "refused"}},
    ("A remark.",),
    {"P02": (DoseSession(1, 1, 0.1 + 0.2, 100.0, None), DoseSession(2, 1, None, None, "refused"))},
)


def test_everything_comes_back() -> None:
    back = read_locked(write_locked(TOLD))
    assert back.sha256 == TOLD.sha256
    assert back.frame.categories == FRAME.categories
    assert back.sessions == TOLD.sessions
    assert (back.why, back.remarks) == (TOLD.why, TOLD.remarks)


def test_the_hash_covers_words_and_sessions() -> None:
    other_word = replace(TOLD, frame=replace(FRAME, categories={"dmt": ("other", None)}))
    other_session = replace(TOLD, sessions={"P02": TOLD.sessions["P02"][:1]})
    assert len({TOLD.sha256, other_word.sha256, other_session.sha256}) == 3


def test_the_order_of_rows_changes_no_hash() -> None:
    turned = Frame(
        ("P02", "P01"),
        ("training", "control"),
        {"bdnf_pre": np.array([np.nan, 0.1 + 0.2])},
        {"dmt": (None, "none")},
    )
    assert turned.sha256 == FRAME.sha256


def test_data_locked_before_words_and_sessions_were_kept_keep_their_hash() -> None:
    bare = StudyFrame(replace(FRAME, categories={}), TOLD.why, TOLD.remarks)
    content = json.loads(write_locked(bare))
    del content["categories"], content["sessions"]
    assert read_locked(json.dumps(content)).sha256 == bare.sha256
