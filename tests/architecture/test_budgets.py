"""Files and functions stay small enough to be read whole."""

import ast

from tests.architecture.source_tree import SourceFile, source_files

FILE_LINES_REFUSED = 300
FUNCTION_LINES_REFUSED = 60


def _functions(source: SourceFile) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(source.tree) if isinstance(node, kinds)]


def test_no_file_is_too_long() -> None:
    wrong = [s.path for s in source_files() if s.text.count("\n") > FILE_LINES_REFUSED]
    assert wrong == []


def test_no_function_is_too_long() -> None:
    wrong = [
        f"{source.path}:{function.lineno} {function.name}"
        for source in source_files()
        for function in _functions(source)
        if (function.end_lineno or 0) - function.lineno > FUNCTION_LINES_REFUSED
    ]
    assert wrong == []


def test_no_module_is_named_after_nothing() -> None:
    vague = {"utils", "helpers", "common", "manager", "handler", "misc", "util", "helper"}
    assert [s.path for s in source_files() if s.module.split(".")[-1] in vague] == []
