"""Locked data come back as they were, by their hash."""

import json
from dataclasses import replace

import numpy as np

from server.analysis.dose_sessions import DoseSession
from server.analysis.frame import Frame
from server.analysis.locked_data import read_locked, write_locked
from server.analysis.methods.censored.censoring import CensoredColumn
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


def test_what_is_outside_the_limits_comes_back_and_is_in_the_hash() -> None:
    outside = CensoredColumn(np.array([0.0, -1.0]), np.array([np.nan, 0.1 + 0.2]))
    told = replace(TOLD, frame=replace(FRAME, censored={"bdnf_pre": outside}))
    back = read_locked(write_locked(told))
    assert back.sha256 == told.sha256 != TOLD.sha256
    assert back.frame.censored["bdnf_pre"].limit[1] == 0.1 + 0.2
    elsewhere = CensoredColumn(outside.side, np.array([np.nan, 0.4]))
    other = replace(TOLD, frame=replace(FRAME, censored={"bdnf_pre": elsewhere}))
    assert other.sha256 != told.sha256


def test_the_order_of_rows_changes_no_hash() -> None:
    turned = Frame(
        ("P02", "P01"),
        ("training", "control"),
        {"bdnf_pre": np.array([np.nan, 0.1 + 0.2])},
        {"dmt": (None, "none")},
    )
    assert turned.sha256 == FRAME.sha256


def test_remarks_on_doses_and_the_plan_come_back_and_are_in_the_hash() -> None:
    more = replace(TOLD, dose_remarks=("Of doses.",), plan_sha256="ab" * 32)
    back = read_locked(write_locked(more))
    assert (back.dose_remarks, back.plan_sha256) == (more.dose_remarks, more.plan_sha256)
    other_plan = replace(more, plan_sha256="cd" * 32)
    other_remark = replace(more, dose_remarks=())
    assert len({TOLD.sha256, back.sha256, other_plan.sha256, other_remark.sha256}) == 4


def test_data_locked_before_the_plan_was_said_keep_their_hash() -> None:
    content = json.loads(write_locked(TOLD))
    del content["dose_remarks"], content["plan_sha256"]
    back = read_locked(json.dumps(content))
    assert (back.sha256, back.plan_sha256) == (TOLD.sha256, None)


def test_data_locked_before_words_and_sessions_were_kept_keep_their_hash() -> None:
    bare = StudyFrame(replace(FRAME, categories={}), TOLD.why, TOLD.remarks)
    content = json.loads(write_locked(bare))
    del content["categories"], content["sessions"]
    assert read_locked(json.dumps(content)).sha256 == bare.sha256


def test_a_sample_on_another_plate_is_another_lock() -> None:
    row = {"code": "P01", "time_point": "post", "analyte": "bdnf", "matrix": "serum"}
    told = replace(TOLD, samples=({**row, "sample": {"plate": "A", "dilution": "50.0"}},))
    back = read_locked(write_locked(told))
    assert (back.samples, back.sha256) == (told.samples, told.sha256)
    moved = replace(TOLD, samples=({**row, "sample": {"plate": "B", "dilution": "50.0"}},))
    assert len({told.sha256, moved.sha256, TOLD.sha256}) == 3
