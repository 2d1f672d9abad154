"""Tables as people save them: taken where that is unambiguous, refused where it isn't."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.study.table_file import find_decimal_commas, read_table
from server.study.trouble import AnswersRefusedError

NUMERIC = frozenset({"weight_kg", "value"})


def refused(content: bytes) -> list[str]:
    with pytest.raises(AnswersRefusedError) as error:
        read_table(content)
    return [str(one) for one in error.value.troubles]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
@pytest.mark.parametrize("sign", [b",", b";", b"\t"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_separators_and_a_bom(mark: bytes, sign: bytes, end: bytes) -> None:
    lines = [sign.join(cells) for cells in ([b"Participant", b" edss"], [b"P07", b"2.5 "])]
    table = read_table(mark + end.join(lines) + end)
    assert table.columns == ("participant", "edss")
    assert [(row.line, dict(row.cells)) for row in table.rows] == [
        (2, {"participant": "P07", "edss": "2.5"})
    ]


def test_the_separator_is_that_of_the_first_line_that_says_something() -> None:
    assert read_table(b"\n\nparticipant;edss\nP07;2,5\n").columns == ("participant", "edss")


def test_lines_are_those_of_the_file() -> None:
    table = read_table(b'a,b\n\n1,"two\nlines"\n,\n3,4\n')
    assert [row.line for row in table.rows] == [3, 6]


@pytest.mark.parametrize(
    ("content", "sentences"),
    [
        (b"", ["the file is empty"]),
        (b"\xef\xbb\xbf \n", ["the file is empty"]),
        (b",", ["the file is empty"]),
        (b";;\n ; ;\n", ["the file is empty"]),
        ("a,b\n".encode("utf-16"), ["save it as 'CSV UTF-8'"]),
        (b"a,b\n1,\xe9\n", ["line 2, ", "no UTF-8"]),
        (b"a;b,c\n", ["has commas and semicolons"]),
        (b"a,A\n1,2\n", ["more than one column 'a'"]),
        (b"a,b\n1\n1,2,3\n", ["line 2, has 1 cells", "line 3, has 3 cells"]),
        (b'a,b\n"1,2\n', ["line 2, is no line of a CSV file"]),
        (b"a" * (2 * 1024 * 1024 + 1), ["longer than 2 MiB"]),
    ],
)
def test_what_is_no_table(content: bytes, sentences: list[str]) -> None:
    said = "\n".join(refused(content))
    assert all(sentence in said for sentence in sentences)


def commas(content: str) -> tuple[list[str], list[str]]:
    read, troubles = find_decimal_commas(read_table(content.encode()), NUMERIC)
    return list(read.values()), [str(one) for one in troubles]


def test_a_decimal_comma_where_commas_separate_nothing() -> None:
    assert commas("weight_kg;note\n57,3;1,5\n0,125;x\n") == (["57.3", "0.125"], [])
    assert commas('weight_kg,note\n"57,3",x\n') == ([], [])  # refused by the field itself


def test_a_comma_that_may_mean_two_things_is_not_guessed() -> None:
    (said,) = commas("value;note\n21,450;x\n")[1]
    assert said == "line 2, value: 21,450 may be a decimal or thousands; write 21.450 or 21450"
    (said,) = commas("value;weight_kg\n2,5;57.3\n")[1]
    assert said.startswith("line 2, value: 2,5 has a comma, and other numbers of the file a point")


TABLES = st.text(alphabet='ab1 ,;\t"\r\n\x0b\ufeff', max_size=40).map(str.encode)


@given(st.one_of(st.binary(max_size=200), TABLES))
def test_any_bytes_are_a_table_or_refused(content: bytes) -> None:
    with suppress(AnswersRefusedError):
        read_table(content)
