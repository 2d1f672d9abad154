from server.analysis.plan import PRIMARY_DOSE, AnalysisPlan
from server.analysis.study_columns import list_unknown


def test_every_name_that_no_study_has_is_told_with_what_there_is() -> None:
    known = AnalysisPlan(
        outcomes=("bdnf",), dose=PRIMARY_DOSE, baseline=("age_y",), confounders=("edss",)
    )
    assert list_unknown(known) == []
    wrong = AnalysisPlan(
        outcomes=("bdnf", "ngf"), dose="courage", baseline=("sex", "age_y"), confounders=("shoe",)
    )
    told = list_unknown(wrong)
    assert [one.partition(";")[0] for one in told] == [
        "no outcome is called ngf",
        "no dose is called courage",
        "no column is called sex",  # no number
        "no column is called shoe",
    ]
    assert "there are: bdnf, gdnf" in told[0]
