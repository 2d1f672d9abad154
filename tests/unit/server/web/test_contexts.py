"""Templates and their contexts agree, name by name."""

from dataclasses import fields

import pytest
from jinja2 import meta

from server.web.address_view import AddressPageContext
from server.web.analysis_context import (
    AnalysisLockContext,
    AnalysisPageContext,
    AnalysisPlanContext,
)
from server.web.analysis_run_context import AnalysisDoseContext, AnalysisRunContext
from server.web.cards_desk import CardsPageContext
from server.web.contexts import (
    AppPageContext,
    HomePageContext,
    LivePageContext,
    PageContext,
    SelfTestPageContext,
    SignInPageContext,
)
from server.web.copy_context import CopyPageContext
from server.web.coverage_context import CoveragePageContext
from server.web.dispute_context import DisputesPageContext
from server.web.dose_context import DosePageContext
from server.web.dose_course_context import DoseCoursePageContext
from server.web.export_context import ExportJobContext, ExportPageContext
from server.web.limits_context import LimitsPageContext
from server.web.next_day_view import NextDayPageContext
from server.web.pages import TEMPLATES, load_environment
from server.web.quality_context import QualityPageContext
from server.web.repetitions_context import RepetitionsPageContext
from server.web.reporting_context import ReportingPageContext
from server.web.review_page_context import ReviewPageContext
from server.web.sheet_context import SheetPageContext
from server.web.strap_labels_view import StrapLabelsPageContext
from server.web.study_context import StudyEntryContext, StudyListContext
from server.web.tablets_view import TabletsPageContext
from server.web.trust_view import TrustPageContext

CONTEXTS: tuple[type[PageContext], ...] = (
    AnalysisDoseContext,
    AnalysisLockContext,
    AnalysisPageContext,
    AnalysisPlanContext,
    AnalysisRunContext,
    AddressPageContext,
    CardsPageContext,
    CopyPageContext,
    CoveragePageContext,
    DisputesPageContext,
    SheetPageContext,
    DoseCoursePageContext,
    DosePageContext,
    ExportJobContext,
    ExportPageContext,
    HomePageContext,
    LimitsPageContext,
    LivePageContext,
    NextDayPageContext,
    QualityPageContext,
    RepetitionsPageContext,
    ReportingPageContext,
    ReviewPageContext,
    SelfTestPageContext,
    SignInPageContext,
    StrapLabelsPageContext,
    StudyEntryContext,
    StudyListContext,
    AppPageContext,
    TabletsPageContext,
    TrustPageContext,
)


@pytest.mark.parametrize("context", CONTEXTS)
def test_every_variable_of_a_template_is_declared_and_used(context: type[PageContext]) -> None:
    source = (TEMPLATES / context.template).read_text(encoding="utf-8")
    used = meta.find_undeclared_variables(load_environment("en").parse(source))
    assert used - {"t"} == {field.name for field in fields(context)}  # t: the catalogue's words


def test_every_template_has_a_context() -> None:
    assert {path.name for path in TEMPLATES.iterdir()} == {c.template for c in CONTEXTS}
