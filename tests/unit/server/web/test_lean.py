import gzip
import re

from server.web.lean import make_lean, pack
from server.web.tablet_files import APP
from server.web.vendored import VENDOR

SCRIPTS = sorted([*APP.rglob("*.js"), *VENDOR.glob("*.js")])


def test_comment_lines_and_indentation_go_and_lines_stay() -> None:
    script = "// what\n/** shape\n * of it */\nfunction f() {\n  return 1; // why\n}\n"
    assert make_lean(script) == "\n\n\nfunction f() {\nreturn 1; // why\n}\n"


def test_a_comment_of_one_line_ends_there() -> None:
    assert make_lean("/** one */\nlet a;\n/* two\nlines */\nlet b;\n") == "\nlet a;\n\n\nlet b;\n"


def test_code_after_a_comment_stays() -> None:
    """As bundlers write it: `/***/ (function(module) {`."""
    assert make_lean("/***/ f();\n  /* 0 */\ng();\n") == "/***/ f();\n\ng();\n"


def test_a_comment_of_many_lines_has_no_code_behind_it() -> None:
    for path in SCRIPTS:
        for block in re.findall(
            r"^\s*/\*[^\n]*?\n.*?\*/[^\n]*$", path.read_text("utf-8"), re.M | re.S
        ):
            if "*/" not in block.splitlines()[0]:
                assert block.rstrip().endswith("*/"), path.name


def test_no_template_of_ours_has_a_line_that_looks_like_a_comment() -> None:
    for path in SCRIPTS:
        text = path.read_text(encoding="utf-8")
        for literal in re.findall(r"`[^`]*`", text):
            assert not re.search(r"^\s*(//|/\*)", literal, re.MULTILINE), path.name


def test_a_comment_begins_a_line_or_is_one_line() -> None:
    """`code /* comment` over two lines would not be seen."""
    for path in SCRIPTS:
        for line in path.read_text(encoding="utf-8").splitlines():
            begun = line.strip().startswith("/*")
            assert begun or "/*" not in line or "*/" in line or '"' in line, path.name


def test_packing_is_the_same_each_time() -> None:
    assert pack(b"x" * 1000) == pack(b"x" * 1000)
    assert gzip.decompress(pack(b"abc")) == b"abc"
