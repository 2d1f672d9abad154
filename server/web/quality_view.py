"""The page of the quality queue in words. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from server.projection.derived_study import Standing
from server.projection.quality.rules import RULES
from server.study.quality_decisions import Act, Decision
from server.web.catalogue.spoken import Wording, current_language, t
from server.web.dose_context import Tab
from server.web.dose_matrix import describe_session
from server.web.dose_words import tell_when
from server.web.paths import QUALITY_PATH, REVIEW_PATH
from server.web.quality_context import FindingCard, PastDecision, QualityPageContext, RuleRow
from server.web.quality_queue import Queued
from server.web.quality_sentences import tell_finding
from server.web.quality_words import find_words

CARDS_AT_ONCE: Final = 40
OPEN, DECIDED = "open", "decided"
_BETWEEN: Final = " \N{LEFT RIGHT ARROW} "  # two women's straps

_ACTS: Final = Wording(
    lambda: {
        Act.ACCEPTED: t("Accepted by {name}, {when}"),
        Act.LEFT: t("Left with a note by {name}, {when}"),
        Act.REOPENED: t("Opened again by {name}, {when}"),
    }
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which findings somebody wants to see: open or decided ones, of a rule, from which one on."""

    state: str = OPEN
    rule: str = ""
    first: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """What became of an act: done, or what is wrong, at a card (its id) or of the whole page."""

    done: str = ""
    refusal: str = ""
    card: str = ""
    typed: str = ""


@dataclass(frozen=True, slots=True)
class QueueFrame:
    """What stands around the cards; `n_to_come` sessions aren't worked out yet."""

    name: str
    may_decide: bool
    is_simulated: bool
    standing: Standing
    n_to_come: int
    now: str


def view_queue(
    queue: Sequence[Queued],
    lines: Sequence[Mapping[str, Any]],
    asked: Asked,
    frame: QueueFrame,
    said: Said,
) -> QualityPageContext:
    """The whole page."""
    by_id = {line["id"]: line for line in lines}
    n_open = sum(one.is_open for one in queue)
    in_state = [one for one in queue if one.is_open is (asked.state == OPEN)]
    wanted = [one for one in in_state if asked.rule in {"", one.finding.rule}]
    shown = wanted[asked.first : asked.first + CARDS_AT_ONCE]
    has_more = len(wanted) > asked.first + CARDS_AT_ONCE
    cards = [view_card(one, by_id, frame.now, said) for one in shown]
    is_at_card = any(one.trouble for one in cards)
    return QualityPageContext(
        language=current_language(),
        name=frame.name,
        is_simulated=frame.is_simulated,
        last_run=tell_last_run(frame.standing, len(queue)),
        to_come=tell_to_come(frame),
        said=said.done,
        refusal="" if is_at_card else said.refusal,
        may_decide=frame.may_decide,
        tabs=[
            Tab(_name(OPEN, ""), t("Open: {n}", n=n_open), asked.state == OPEN),
            Tab(
                _name(DECIDED, ""),
                t("Decided: {n}", n=len(queue) - n_open),
                asked.state == DECIDED,
            ),
        ],
        chosen=find_words(asked.rule).title if asked.rule else "",
        all_path=_name(asked.state, "") if asked.rule else "",
        more_path=_name(asked.state, asked.rule, asked.first + CARDS_AT_ONCE) if has_more else "",
        empty=tell_empty(asked, frame.standing, queue) if not cards else "",
        cards=cards,
        rules=list_rules(queue),
    )


def view_card(
    one: Queued, lines: Mapping[str, Mapping[str, Any]], now: str, said: Said
) -> FindingCard:
    """One finding, with what is wrong with an act on it."""
    finding, words = one.finding, find_words(one.finding.rule)
    line = lines.get(finding.session)
    card = name_card(one)
    is_hers = said.card == card
    return FindingCard(
        id=card,
        session=finding.session,
        rule=finding.rule,
        subject=finding.subject,
        evidence_sha256=finding.evidence_sha256,
        seen=one.seen,
        title=f"{words.title} {_BETWEEN.join(finding.hit.participants)}".rstrip(),
        where=finding.session if line is None else describe_session(line, now),
        sentence=tell_finding(finding.rule, finding.hit),
        look=words.look,
        review_path=REVIEW_PATH.format(session_id=finding.session) if words.has_review else "",
        is_open=one.is_open,
        trouble=said.refusal if is_hers else "",
        typed=said.typed if is_hers else "",
        decision=None if one.decision is None else tell_decision(one.decision),
    )


def name_card(one: Queued) -> str:
    """Its place on the page."""
    return f"f-{one.key.evidence_sha256[:16]}"


def tell_decision(decision: Decision) -> PastDecision:
    """Who decided what, when, and with which note."""
    when = tell_when(decision.decided_wall_ns)
    words = _ACTS[decision.act].replace("{name}", decision.decided_by).replace("{when}", when)
    return PastDecision(words, decision.reason or "")


def list_rules(queue: Sequence[Queued]) -> list[RuleRow]:
    """All rules, with how many open findings each has."""
    n_open = Counter(one.finding.rule for one in queue if one.is_open)
    return [
        RuleRow(
            words.title,
            words.threshold,
            words.look,
            n_open[rule.key],
            _name(OPEN, rule.key) if n_open[rule.key] else "",
        )
        for rule in RULES
        for words in [find_words(rule.key)]
    ]


def tell_last_run(standing: Standing, n_hits: int) -> str:
    """Of when the findings are."""
    if standing.as_of_wall_ns is None:
        return t("No run yet")
    when = tell_when(standing.as_of_wall_ns)
    return t("Last run {when}, {rules} rules, {n} hits", when=when, rules=len(RULES), n=n_hits)


def tell_empty(asked: Asked, standing: Standing, queue: Sequence[Queued]) -> str:
    """Why there is no card."""
    run = tell_last_run(standing, len(queue))
    if asked.state == DECIDED:
        return t("Nothing decided. {run}.", run=run)
    return t("Nothing open. {run}.", run=run)


def tell_to_come(frame: QueueFrame) -> str:
    """What isn't in the findings yet; empty where everything is."""
    if frame.standing.has_failed:
        return t("The last run failed; older findings are shown. The server's log says why.")
    if frame.standing.is_behind and frame.n_to_come:
        return t("Sessions being looked at: {n}. Reload in a moment.", n=frame.n_to_come)
    if frame.standing.is_behind:
        return t("Looking for new entries: reload in a moment.")
    return ""


def _name(state: str, rule: str, first: int = 0) -> str:
    asked = {"state": state, "rule": rule, "first": first or ""}
    return f"{QUALITY_PATH}?{urlencode({key: value for key, value in asked.items() if value})}"
