"""What was reported of a term, from TOML: F, eta squared, p."""

from server.analysis.summary_check.contrasts import PRINTED_TERMS, Term
from server.analysis.summary_check.printed import Printed
from server.analysis.summary_check.table import Bound, Claim, PrintedP
from server.analysis.summary_check.toml_node import Node


def read_claims(node: Node) -> dict[Term, Claim]:
    """F, eta squared and p of each term that was reported. Raises SettingsError."""
    rows = node.table([term.value for term in PRINTED_TERMS])
    return {Term(name): _read_claim(row) for name, row in rows.items()}


def _read_claim(node: Node) -> Claim:
    given = node.table(("F", "eta2", "p"))
    return Claim(
        given["F"].number("F", 0) if "F" in given else None,
        given["eta2"].number("eta2", 0, 1) if "eta2" in given else None,
        read_p(given["p"]) if "p" in given else None,
    )


def read_p(node: Node) -> PrintedP:
    """A number, or words such as "<0.001". Raises SettingsError."""
    if not isinstance(node.value, str):
        return PrintedP(Bound.EQUAL, _parse_p(node, node.digits("p")))
    words = node.text().strip()
    bounds = [bound for bound in Bound if words.startswith(bound)]
    if not bounds:
        node.refuse('p is a number, or "<0.001" with the sign in front')
    return PrintedP(bounds[0], _parse_p(node, words[1:].strip()))


def _parse_p(node: Node, text: str) -> Printed:
    """However small: some programs print 1e-40."""
    return node.parse(text, "p", 0, 1, smallest=0.0)
