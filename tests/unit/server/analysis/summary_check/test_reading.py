"""TOML as researchers type it, and what can be wrong with it."""

import pytest

from server.analysis.summary_check.contrasts import Term
from server.analysis.summary_check.printed import Interval
from server.analysis.summary_check.reading import read_table
from server.analysis.summary_check.table import ArmSizes, Bound
from server.errors import SettingsError

MEASURE = """\
n = { control = 15, training = 14 }
[[measure]]
name = "BDNF"
control = { pre = [227.77, 26.30], post = [223.07, 10.85] }     # mean, SD
training = { pre = [228.78, 60.46], post = [450.43, 24.31] }
[measure.reported]
time = { F = 107.861, eta2 = 0.79 }
group = { F = 5369.17, eta2 = 0.99 }
interaction = { F = 117.42, eta2 = 0.80, p = "<0.001" }
[[baseline]]
name = "height"
control = [160, 5.2]
training = [161.5, 6.10]
p = 0.96
integer = true
range = [140, 190]
"""


def test_cells_keep_their_digits() -> None:
    table = read_table(MEASURE)
    (measure,), (baseline,) = table.measures, table.baselines
    assert (measure.name, measure.sizes) == ("BDNF", ArmSizes(15, 14))
    assert [cell.mean.text for cell in measure.cells] == ["227.77", "223.07", "228.78", "450.43"]
    assert [cell.sd.text for cell in measure.cells] == ["26.30", "10.85", "60.46", "24.31"]
    assert baseline.control.mean.half_unit == 0.5
    assert baseline.training.sd.half_unit == pytest.approx(0.005)
    assert baseline.scale.is_integer
    assert baseline.scale.bounds == Interval(140, 190)


def test_claims_keep_their_digits_and_signs() -> None:
    reported = read_table(MEASURE).measures[0].reported
    assert {term: claim.f.text for term, claim in reported.items() if claim.f} == {
        Term.TIME: "107.861", Term.GROUP: "5369.17", Term.INTERACTION: "117.42",
    }  # fmt: skip
    claim = reported[Term.INTERACTION]
    assert claim.eta2 is not None
    assert claim.eta2.half_unit == pytest.approx(0.005)
    assert claim.p is not None
    assert (claim.p.bound, claim.p.number.text) == (Bound.BELOW, "0.001")


def test_a_row_may_have_an_n_of_its_own() -> None:
    text = MEASURE.replace("n = { control = 15, training = 14 }\n", "")
    with pytest.raises(SettingsError, match="n is missing"):
        read_table(text)
    own = "n = { control = 9, training = 8 }\n"
    both = text.replace('name = "BDNF"\n', f'name = "BDNF"\n{own}')
    both = both.replace('name = "height"\n', f'name = "height"\n{own}')
    assert read_table(both).measures[0].sizes == ArmSizes(9, 8)
    assert read_table(both).baselines[0].sizes == ArmSizes(9, 8)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("training = 14", "training = 1", "line 1, n.training: '1' is not from 2 to"),
        ("training = 14", "training = 14.0", "line 1, n.training: a whole number"),
        ("training = 14", "training = true", "line 1, n.training: a whole number"),
        (", training = 14", "", "line 1, n: training is missing"),
        ("26.30]", "-26.30]", "line 4, measure[1].control.pre: the SD is -26.30, and can't be"),
        ("26.30]", "nan]", "the SD is 'NaN', which is not a number that a table can have"),
        ("26.30]", "1e400]", "the SD is '1E+400', which is not a number"),
        ("[227.77, 26.30]", "[227.77]", "measure[1].control.pre: [mean, SD] belongs here"),
        ("227.77", '"227.77"', "the mean must be a number, without quotes"),
        ("F = 5369.17", "F = -5369.17", "line 8, measure[1].reported.group.F: F is -5369.17"),
        ("eta2 = 0.99", "eta2 = 99", "line 8, measure[1].reported.group.eta2: eta2 is 99"),
        ("eta2 = 0.99", "eta = 0.99", "line 8, measure[1].reported.group: unknown key 'eta'"),
        ("group = {", "groups = {", "line 6, measure[1].reported: unknown key 'groups'"),
        ('p = "<0.001"', 'p = "n.s."', "p is a number, or"),
        ('p = "<0.001"', 'p = "<x"', "p is 'x', which is not a number"),
        ("p = 0.96", "p = 1.96", "line 14, baseline[1].p: p is 1.96, and can't be above 1"),
        ("[[baseline]]", "[[baselines]]", "unknown key 'baselines'; known are title"),
        ("[[baseline]]", "[baseline]", "baseline: a list belongs here: begin each with [[base"),
        ('name = "height"\n', "", "line 10, baseline[1]: name is missing"),
        ('name = "height"', 'name = "a\\nb"', "words on one line"),
        ('name = "height"', "name = 3", "words in quotes belong here"),
        ("post = [450.43, 24.31]", "past = [450.43, 24.31]", "unknown key 'past'"),
        ("integer = true", "integer = 1", "true or false belongs here"),
        ("[140, 190]", "[190, 140]", "the lowest value must be below the highest"),
        ("[140, 190]", "[140]", "[lowest, highest] belongs here"),
        ('"BDNF"', '"BDNF', "not TOML: "),
        ("227.77", "1" * 5000, "not TOML that can be read"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(old: str, new: str, sentence: str) -> None:
    assert old in MEASURE
    with pytest.raises(SettingsError) as refused:
        read_table(MEASURE.replace(old, new, 1))
    assert sentence in str(refused.value)


def test_names_are_there_once() -> None:
    text = MEASURE + '[[baseline]]\nname = "height"\ncontrol = [1, 2]\ntraining = [1, 2]\n'
    with pytest.raises(SettingsError, match=r"line 17, baseline\[2\]: height is there twice"):
        read_table(text)


def test_a_p_may_be_very_small() -> None:
    (baseline,) = read_table(MEASURE.replace("p = 0.96", "p = 1e-40")).baselines
    assert baseline.p is not None
    assert (baseline.p.number.value, baseline.p.number.text) == (1e-40, "1E-40")


@pytest.mark.parametrize("text", ["", "n = { control = 2, training = 2 }", 'title = "x"'])
def test_nothing_to_check(text: str) -> None:
    with pytest.raises(SettingsError, match="nothing to check"):
        read_table(text)


def test_more_than_a_table_is_refused() -> None:
    rows = "".join(
        f'[[baseline]]\nname = "b{i}"\ncontrol = [1, 2]\ntraining = [1, 2]\n' for i in range(201)
    )
    with pytest.raises(SettingsError, match="201 are too many; 200 are the most"):
        read_table("n = { control = 2, training = 2 }\n" + rows)
