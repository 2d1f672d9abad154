import ast
from pathlib import Path

from protocol.training import progression, progression_rules
from protocol.training.progression_words import SENTENCES, write_why


def _names_in(path: str) -> set[str]:
    tree = ast.parse(Path(path).read_text(encoding="utf-8"))
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"Ruling", "_hold"}
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def test_every_rule_has_its_sentence_and_every_sentence_its_rule() -> None:
    named = _names_in(str(progression.__file__)) | _names_in(str(progression_rules.__file__))
    assert named == set(SENTENCES)


def test_a_sentence_has_its_values() -> None:
    assert write_why("week_ceiling", {"week": 3}) == "She has earned more than week 3 allows."
