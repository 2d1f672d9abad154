"""Shows the forms of one participant and of one draw, and takes what is typed into them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from starlette.responses import HTMLResponse, RedirectResponse, Response

from protocol.identifiers import ParticipantCode
from server.errors import ConflictError, NotFoundError
from server.gateways.roster import has_simulated_strap
from server.people.current import CurrentPerson
from server.study.comparing import Changed, compare_points
from server.study.entering import Result, find_unusual_entry
from server.study.entry import FIELDS_OF, Entry
from server.study.fact_kind import FactKind
from server.study.facts import Fact, read_facts
from server.study.fields.drawn import ANALYTES, MATRICES
from server.study.fields.field import Answer
from server.study.fields.words import Words
from server.study.held import Held, read_held
from server.study.measurement import TimePoint, complete_measurement
from server.study.service import StudyService
from server.study.sight import SIGHTS, Sight
from server.study.trouble import AnswersRefusedError
from server.web.catalogue.spoken import current_language, t
from server.web.dose_context import Tab
from server.web.pages import make_page
from server.web.study_context import StudyEntryContext
from server.web.study_form import read_study_form
from server.web.study_view import Typed, view_groups, view_past
from server.web.study_words import tell_time_point, tell_words

_NOT_VALID: Final = 422
_CONFLICT: Final = 409


@dataclass(frozen=True, slots=True)
class Subject:
    """What a form is about. Of a draw `analyte` is empty."""

    kind: FactKind
    code: ParticipantCode
    point: TimePoint
    analyte: str = ""
    matrix: str = ""

    @property
    def about(self) -> str:
        return Entry(self.kind, self.code, self.point, {}, self.analyte, self.matrix).about

    @property
    def path(self) -> str:
        """Of its form."""
        if self.kind is FactKind.MEASUREMENT:
            return f"/participants/{self.code}?at={self.point.value}"
        of = f"?of={self.analyte}/{self.matrix}" if self.analyte else ""
        return f"/samples/{self.code}/{self.point.value}{of}"


class StudyDesk:
    """Thread-safe. What it shows and takes is what a role may see and enter."""

    def __init__(self, service: StudyService) -> None:
        self._service = service

    def show(
        self,
        person: CurrentPerson,
        subject: Subject,
        typed: Typed | None = None,
        said: tuple[str, str] = ("", ""),
        status: int = 200,
    ) -> HTMLResponse:
        """The form as things stand now; `said` is what became of the last act, and what is wrong.

        Raises NotFoundError.
        """
        held, facts = self._read(subject)
        sight = SIGHTS[person.role]
        table = tuple(FIELDS_OF[subject.kind].values())
        answers = _resolve(held, subject, sight)
        fields = sight.list_read(table)
        given = typed or Typed()
        return make_page(
            StudyEntryContext(
                language=current_language(),
                title=_tell_title(subject),
                name=person.name,
                summary=tell_time_point(subject.point),
                is_simulated=has_simulated_strap(self._service.database),
                back_path="/participants" if subject.kind is FactKind.MEASUREMENT else "/samples",
                back=_tell_back(subject),
                tabs=_list_tabs(subject, sight),
                path=subject.path,
                said=said[0],
                refusal=said[1],
                may_enter=any(map(sight.may_enter, fields)),
                id=self._service.recorder(person.name).make_id(),
                seen=str(held.numbers.get((subject.kind, subject.about), 0)),
                unusual=_list_unusual(held, subject, answers, sight),
                groups=view_groups(fields, answers, given),
                reason=given.fields.get("reason", ""),
                past=view_past(facts, (subject.kind, subject.about), sight),
            ),
            status,
        )

    def take(self, person: CurrentPerson, subject: Subject, fields: Mapping[str, str]) -> Response:
        """Store what is new and lead back; else the form, with what is wrong at its fields."""
        held, facts = self._read(subject)
        number = held.numbers.get((subject.kind, subject.about), 0)
        is_sent_again = fields.get("id") in {fact.id for fact in facts}
        if fields.get("seen") != str(number) and not is_sent_again:
            return self._tell_changed(person, subject, fields)
        sight = SIGHTS[person.role]
        entered = [one for one in FIELDS_OF[subject.kind].values() if sight.may_enter(one)]
        answers, troubles = read_study_form(fields, entered, _resolve(held, subject, sight))
        if troubles:
            return self._refuse(person, subject, fields, troubles)
        entry = Entry(
            subject.kind,
            subject.code,
            subject.point,
            answers,
            subject.analyte,
            subject.matrix,
            id=fields.get("id") or None,
            reason=fields.get("reason"),
            seen=None if is_sent_again else number,
        )
        try:
            outcome = self._service.enter(person.name, [entry])[0]
        except AnswersRefusedError as error:
            found = {one.field: one.sentence for one in error.troubles}
            return self._refuse(person, subject, fields, found)
        except ConflictError:
            return self._tell_changed(person, subject, fields)
        done = "stored" if outcome.result is Result.NEW else "known"
        mark = "&" if "?" in subject.path else "?"
        return RedirectResponse(f"{quote(subject.path, safe='/?=&')}{mark}done={done}", 303)

    def _tell_changed(
        self, person: CurrentPerson, subject: Subject, fields: Mapping[str, str]
    ) -> Response:
        """What she typed, on what somebody else has stored meanwhile."""
        typed = {name: text for name, text in fields.items() if text.strip()}
        said = ("", _tell_conflict())
        return self.show(person, subject, Typed(typed), said, _CONFLICT)

    def _refuse(
        self,
        person: CurrentPerson,
        subject: Subject,
        fields: Mapping[str, str],
        troubles: Mapping[str, Words],
    ) -> Response:
        shown = FIELDS_OF[subject.kind]
        others = [tell_words(said) for name, said in troubles.items() if name not in shown]
        refusal = " ".join([t("Nothing was stored. Look at what is marked below."), *others])
        typed = Typed(fields, troubles)
        return self.show(person, subject, typed, ("", refusal), _NOT_VALID)

    def _read(self, subject: Subject) -> tuple[Held, list[Fact]]:
        with self._service.database.reading() as connection:
            held = read_held(connection)
            facts = read_facts(connection, subject.kind)
        if subject.code not in held.codes:
            raise NotFoundError(f"{subject.code} is not in the study")
        return held, facts


def tell_done(done: str) -> str:
    """What became of the act that led here."""
    told = {
        "stored": t("Stored."),
        "known": t("Nothing new: all of this was stored already."),
    }
    return told.get(done, "")


def _resolve(held: Held, subject: Subject, sight: Sight) -> dict[str, Answer]:
    answers = held.resolve(subject.kind, subject.about, with_unentered=sight.knows_arm)
    return complete_measurement(answers) if subject.kind is FactKind.MEASUREMENT else answers


def _list_unusual(
    held: Held, subject: Subject, answers: Mapping[str, Answer], sight: Sight
) -> list[str]:
    """What is stored and may be a slip, of what she sees."""
    entry = Entry(subject.kind, subject.code, subject.point, answers, subject.analyte,
                  subject.matrix)  # fmt: skip
    known = FIELDS_OF[subject.kind]
    beside = compare_points(held, [Changed.wholly(entry)])
    return [
        t("{field}: {said}", field=t(known[one.field].label), said=tell_words(one.sentence))
        for one in (*find_unusual_entry(entry), *beside.impossible, *beside.unusual)
        if answers and sight.may_read(known[one.field])
    ]


def _list_tabs(subject: Subject, sight: Sight) -> list[Tab]:
    if subject.kind is FactKind.MEASUREMENT:
        return [
            Tab(Subject(subject.kind, subject.code, point).path, tell_time_point(point),
                point is subject.point)
            for point in TimePoint
        ]  # fmt: skip
    of = [Subject(FactKind.DRAW, subject.code, subject.point)]
    if any(map(sight.may_read, FIELDS_OF[FactKind.SAMPLE].values())):
        of += [
            Subject(FactKind.SAMPLE, subject.code, subject.point, analyte, matrix)
            for analyte in ANALYTES
            for matrix in MATRICES
        ]
    return [Tab(one.path, _tell_short(one), one == subject) for one in of]


def _tell_short(subject: Subject) -> str:
    if subject.kind is FactKind.DRAW:
        return t("Draw")
    analyte, matrix = t(ANALYTES[subject.analyte].label), t(MATRICES[subject.matrix])
    return t("{analyte} in {matrix}", analyte=analyte, matrix=matrix)


def _tell_title(subject: Subject) -> str:
    if subject.kind is FactKind.MEASUREMENT:
        return t("Measurements of {code}", code=subject.code)
    what = _tell_short(subject)
    return t("{code}: {what}", code=subject.code, what=what)


def _tell_back(subject: Subject) -> str:
    return t("All participants") if subject.kind is FactKind.MEASUREMENT else t("All samples")


def _tell_conflict() -> str:
    return t(
        "Nothing was stored: somebody entered values meanwhile. They are below the form; look at"
        " them, then store yours again."
    )
