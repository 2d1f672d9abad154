from hypothesis import given
from hypothesis import strategies as st

from protocol.training.toml_lines import find_line, locate_lines
from tests.unit.protocol.training.plans import eight_week_text

TEXT = '''\
id = "x"

[session]
rounds = 3
warmup = """
rounds = 4
[course]
"""
rows = [
  { weeks = [1, 2] },
  # ] not the end
]
nested = [
  [3],
  [
  4 ],
  [5]
]
after = 1
[session.why] # words
rounds = "so"

[[effort]]
weeks = [1, 2]
[[effort]]
weeks = [3, 4]

[[exercises]]
unit = "reps"
id = "tandem"
[exercises.why]
unit = "so"
[course]
weeks = 8
'''


def test_paths_and_their_lines() -> None:
    lines = locate_lines(TEXT)
    text = TEXT.split("\n")
    for path, line in {
        "id": 'id = "x"',
        "session": "[session]",
        "session.rounds": "rounds = 3",
        "session.rows": "rows = [",
        "session.after": "after = 1",
        "session.why.rounds": 'rounds = "so"',
        "exercises.tandem": "[[exercises]]",
        "exercises.tandem.unit": 'unit = "reps"',
        "exercises.tandem.why.unit": 'unit = "so"',
        "course": "[course]",
        "course.weeks": "weeks = 8",
    }.items():
        assert text[lines[path] - 1] == line, path
    assert text[lines["effort[2].weeks"] - 1] == "weeks = [3, 4]"
    assert lines["course"] > lines["exercises.tandem"]  # not the one inside the long text


def test_the_nearest_table_around_a_path() -> None:
    lines = locate_lines(TEXT)
    assert find_line(lines, "session.rows[1].weeks") == lines["session.rows"]
    assert find_line(lines, "exercises.tandem.needs") == lines["exercises.tandem"]
    assert find_line(lines, "bands.order") is None
    assert find_line(lines, "") is None


def test_every_line_of_the_shipped_plan_holds_its_key() -> None:
    lines, text = locate_lines(eight_week_text()), eight_week_text().split("\n")
    assert len(lines) > 400
    for path, number in lines.items():
        key = path.rsplit(".", 1)[-1]
        line = text[number - 1]
        assert line.startswith(("[", f"{key} ")), (path, line)


@given(st.text(alphabet="[]{}=\"'\n.#abc 1"))
def test_any_text_has_lines_or_none(text: str) -> None:
    n_lines = text.count("\n") + 1
    assert all(1 <= line <= n_lines for line in locate_lines(text).values())


@given(st.text(alphabet="ab.[]0 "))
def test_looking_for_a_path_ends(where: str) -> None:
    assert find_line({"a": 1}, where) in {1, None}
