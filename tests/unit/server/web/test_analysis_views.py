"""What pages say of a run: a contradiction first, a failure with its way out."""

from dataclasses import replace

from server.analysis.runs.run import Failure, Run, Step, Trouble
from server.analysis.study_data import Basis
from server.analysis.summary_check.finding import Finding, Verdict
from server.web.analysis_dose_view import view_dose
from server.web.analysis_run_view import view_run
from server.web.analysis_view import Sitter
from tests.unit.server.analysis.runs.test_run import MADE

SITTER = Sitter("rana", is_simulated=False, may_plan=True, may_lock=True)
WRONG, RIGHT = (
    Finding("bdnf", term, f"F of {term}", verdict, None, None, "because")
    for term, verdict in (("group", Verdict.IMPOSSIBLE), ("time", Verdict.CONSISTENT))
)
NEW = Run("x", "rana", Basis.LOCKED, 0, 0)


def test_what_does_not_agree_stands_before_what_does_and_has_its_own_key() -> None:
    done = NEW.end(replace(MADE, findings=(RIGHT, WRONG)), 1)
    page = view_run(SITTER, done)
    assert page.check.startswith("F and means don't agree: 1 of 2 checks. Don't use this report")
    assert [one.what for one in page.wrong] == ["bdnf: group"]
    assert [one.what for one in page.agreeing] == ["bdnf: time"]
    assert page.acknowledge == "I have read what doesn't agree: show the report"
    assert page.links == []
    read = view_run(SITTER, done.read("rana"))
    assert (read.acknowledge, len(read.links)) == ("", 4)
    assert view_run(replace(SITTER, name="mina"), done.read("rana")).links == []


def test_without_an_f_there_is_nothing_to_check_and_it_is_said() -> None:
    page = view_run(SITTER, NEW.end(MADE, 1))
    assert page.check == "This report prints no F, so there is nothing of it to check."
    assert page.links == []


def test_how_far_it_is_and_where_it_failed() -> None:
    going = NEW.expect(30).begin_step(Step("reading", None, 500_000_000))
    going = going.begin_step(Step("ancova", "bdnf", 2_000_000_000))
    page = view_run(SITTER, going)
    assert (page.n_done, page.n_steps) == (1, 30)
    assert page.log == ["0.5 s: The study's data are read", "2.0 s: bdnf: Analysis of covariance"]
    failed = view_run(SITTER, going.fail(Failure(Trouble.OTHER, "ValueError"), 3))
    assert failed.failure.startswith(
        "It stopped at “bdnf: Analysis of covariance”: ValueError. Nothing was kept of it"
    )
    assert view_run(SITTER, NEW.fail(Failure(Trouble.DISK, "x"), 1)).failure.startswith(
        "The disk didn't take it, at “the beginning”: x."
    )


def test_a_dose_page_says_why_there_is_nothing() -> None:
    for made, said in (
        (replace(MADE, basis=Basis.REHEARSAL), "Blinded data have no dose"),
        (MADE, "The plan names no dose"),
        (replace(MADE, dose="srpe_load_au"), "No dose could be analysed"),
    ):
        page = view_dose(SITTER, NEW.end(made, 1), made)
        assert page.empty.startswith(said)
        assert page.warnings[0].startswith("n = 15: only the training arm has a dose")
