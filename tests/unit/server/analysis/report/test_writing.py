"""The report: complete, in words that are safe, and the same bytes for the same data."""

from dataclasses import replace
from html.parser import HTMLParser

import msgspec
import pytest

from server.analysis.plan import AnalysisPlan
from server.analysis.report.content import Content
from server.analysis.report.document import Document, Figure, Grid, Notes, Section, Text
from server.analysis.report.html import write_html
from server.analysis.report.pdf import write_pdf
from server.analysis.report.sections.methods_text import write_methods
from server.analysis.report.writing import SIMULATED, write_document
from server.analysis.reporting.reporting import Reporting
from server.analysis.running import run_analysis
from tests.unit.server.analysis.reporting.some_facts import make_facts
from tests.unit.server.analysis.simulated_frame import simulate_frame

PLAN = AnalysisPlan(
    outcomes=("bdnf", "gdnf"), dose="srpe_load_au", baseline=("age_y",),
    permutations=1_000, bootstrap=1_000,
)  # fmt: skip
HOSTILE = 'x</style><script>alert("1")</script> #panic() \\ " $y$ *b* [c]'


@pytest.fixture(scope="module")
def content() -> Content:
    frame = simulate_frame()
    return Content(
        frame=frame,
        plan=PLAN,
        analysis=run_analysis(frame, PLAN),
        notice=SIMULATED,
        departures=["alpha: planned 0.05, run 0.01."],
        versions={"scipy": "1"},
        units={"bdnf": "pg/mL"},
    )


def test_every_section_has_something_to_say(content: Content) -> None:
    titles = [one.title for one in write_document(content).sections]
    assert titles == [
        "What this report rests on", "Does this report add up", "Baseline", "Primary analysis",
        "Before and after",
        "Effect sizes and robustness", "Missing measurements", "Assumptions", "Dose and response",
        "What this size can show", "Methods",
    ]  # fmt: skip


def test_every_note_of_every_result_is_in_the_report(content: Content) -> None:
    document = write_document(content)
    said = {
        sentence
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Notes)
        for sentence in block.sentences
    }
    for result in content.analysis.results:
        assert {*result.notes} <= said, result.analysis


def test_departures_and_hashes_are_told_first(content: Content) -> None:
    html = write_html(write_document(content))
    assert "alpha: planned 0.05, run 0.01." in html
    assert content.frame.sha256 in html
    assert PLAN.sha256 in html


def test_simulated_data_say_so_in_every_section_and_on_every_page(content: Content) -> None:
    document = write_document(content)
    assert write_html(document).count(SIMULATED) == len(document.sections) + 1


def test_the_same_data_give_the_same_bytes(content: Content) -> None:
    document = write_document(content)
    assert write_html(document) == write_html(write_document(content))
    pdf = write_pdf(document)
    assert pdf == write_pdf(write_document(content))
    assert pdf.startswith(b"%PDF-")
    assert b"D:1970" in pdf


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.append(tag)


def test_no_words_of_the_data_are_markup() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'
    blocks = (
        Text(HOSTILE), Notes((HOSTILE,)), Figure(HOSTILE, svg, HOSTILE),
        Grid(HOSTILE, (HOSTILE, "b"), ((HOSTILE, HOSTILE),)),
    )  # fmt: skip
    document = Document(HOSTILE, HOSTILE, (Section(HOSTILE, blocks),))
    tags = _Tags()
    tags.feed(write_html(document))
    assert "script" not in tags.seen
    assert write_pdf(document).startswith(b"%PDF-")


def test_a_row_with_a_cell_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="another number of cells"):
        Grid("t", ("a", "b"), (("1",),))


def test_methods_tell_what_the_plan_asks_of_attendance_and_of_doses(content: Content) -> None:
    asked = msgspec.structs.replace(
        PLAN, attendance="sessions_attended", dose_sessions="prorated", sessions_planned=20
    )
    of_study = replace(content, reporting=Reporting(make_facts(), {}))
    told = str(write_methods(replace(of_study, plan=asked)))
    assert "per protocol" in told
    assert "at least 80 % of 20 sessions" in told
    assert "the effect among compliers" in told
    assert "a session without a number counted like the others of its week" in told
    plain = str(write_methods(of_study))
    assert "per protocol" not in plain
    assert "only of courses in which every session has a number" in plain
    assert "Doses are as the file has them." in str(write_methods(content))


def test_the_report_names_the_level_of_the_plan_wherever_an_interval_stands(
    content: Content,
) -> None:
    plan = msgspec.structs.replace(PLAN, alpha=0.01)
    strict = replace(content, plan=plan, analysis=run_analysis(content.frame, plan))
    told = write_html(write_document(strict))
    assert "95 % interval" not in told
    assert "95 % credible" not in told
    assert "95 % band" not in told
    for words in ("99 % interval, HC3", "99 % credible", "99 % band", "Intervals are of 99 %",
                  "ratio on the log scale, 99 % interval"):  # fmt: skip
        assert words in told
    assert "of 90 % whatever \u03b1" in told  # eta squared has its own convention
