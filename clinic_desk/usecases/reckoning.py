"""What the clinical core is given: the protocol of a visit, its case, its decisions."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from clinic_desk.clinical import answers as answers_of
from clinic_desk.clinical.evaluate import findings as find
from clinic_desk.clinical.evaluate import red_flags
from clinic_desk.clinical.findings import Findings
from clinic_desk.clinical.measures import Sex, Side
from clinic_desk.clinical.protocol import Case, Earlier, Protocol
from clinic_desk.clinical.reading import Reading
from clinic_desk.errors import InvalidInput
from clinic_desk.library import Library
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage.models import Case as CaseRow
from clinic_desk.storage.models import Evaluation, Patient, Visit
from clinic_desk.usecases import acted, answer_words, words
from clinic_desk.usecases.visit_views import Decision, FlagAction, VisitContent


def protocol_of(library: Library, protocol_id: str, version: str | None = None) -> Protocol:
    """A protocol: the version that an evaluation was recorded with, or the newest."""
    return library.protocol(protocol_id, version)


def clinical_case(who: Patient, row: CaseRow, care_at: datetime) -> Case:
    """The case as it was known on the day of care."""
    return Case(
        on=words.local(care_at).date(),
        side=Side(row.side) if row.side else None,
        birth_date=who.birth_date,
        birth_part=who.birth_part,
        sex=Sex(who.sex),
    )


def person_of(case: Case) -> dict[str, object]:
    """What a case holds of the person, as it is kept with a signed evaluation."""
    return {
        "birth_date": case.birth_date.isoformat() if case.birth_date is not None else "",
        "birth_part": case.birth_part,
        "sex": case.sex.value,
    }


def _as_signed(case: Case, person: Mapping[str, object]) -> Case:
    """The case with the person as it was known when the evaluation was signed; empty where that
    was not kept yet.
    """
    if not person:
        return case
    born = str(person["birth_date"])
    return replace(
        case,
        birth_date=date.fromisoformat(born) if born else None,
        birth_part=str(person["birth_part"]),
        sex=Sex(str(person["sex"])),
    )


@dataclass(frozen=True, slots=True)
class Reckoning:
    """One visit's protocol and case, ready to be evaluated."""

    protocol: Protocol
    case: Case

    def refused(self, answers: Mapping[str, object]) -> dict[str, str]:
        """What is wrong with each answer that cannot be taken, such as a number half typed."""
        try:
            answers_of.read(self.protocol, self.case, answers)
        except InvalidInput as fault:
            return fault.fields
        return {}

    def problem(self, item_id: str, value: object) -> str:
        """What is wrong with one value, for the person at the field; empty when it can be taken."""
        item = self.protocol.item(item_id)
        try:
            answers_of.read_one(item, value, self.case)
        except InvalidInput as fault:
            said = str(fault.fields[item_id])
            return answer_words.problem(item, value, self.case, self.protocol.say, said)
        return ""

    def takeable(self, answers: Mapping[str, object]) -> dict[str, object]:
        """The answers without those that cannot be taken."""
        wrong = self.refused(answers)
        return {name: value for name, value in answers.items() if name not in wrong}

    def reading(
        self, answers: Mapping[str, object], decided: Mapping[str, str] | None = None
    ) -> Reading:
        """The answers that can be taken, typed."""
        taken = answers_of.read(self.protocol, self.case, self.takeable(answers))
        return Reading(self.protocol, self.case, taken, decided or {})

    def findings(
        self, answers: Mapping[str, object], decided: Mapping[str, str] | None = None
    ) -> Findings:
        """The findings; an answer that cannot be taken yet counts as not asked."""
        return find(self.reading(answers, decided))

    def of(self, content: VisitContent) -> Findings:
        """The findings of a visit's content."""
        return self.judged(content.standing, content.decisions, content.flag_actions)

    def judged(
        self,
        answers: Mapping[str, object],
        decisions: Iterable[Decision],
        actions: Collection[FlagAction],
    ) -> Findings:
        """The findings with what the clinician decided and did; of the actions only those that
        are enough for the flag as it stands.
        """
        said = {one.subject: one.decided for one in decisions}
        if not actions:
            return self.findings(answers, said)
        fired = red_flags(self.reading(answers))
        done = {f"flag.{one.id}": "acted" for one in fired if acted.settled(one, actions)}
        return self.findings(answers, said | done)


def reckoning(
    library: Library, who: Patient, row: CaseRow, visit: Visit, session: chart.Reading
) -> Reckoning:
    """The visit's own protocol version with the case as it was on the day of care, and what was
    answered in it before that day.
    """
    protocol = protocol_of(library, visit.protocol, visit.protocol_version)
    case = clinical_case(who, row, visit.care_at)
    if visit.signed_at is not None:
        held = chart.evaluation(session, visit.id)
        case = _as_signed(case, held.person if held is not None else {})
    return Reckoning(protocol, replace(case, earlier=_earlier(session, protocol, case, visit)))


def before(session: chart.Reading, visit: Visit) -> tuple[tuple[Visit, Evaluation], ...]:
    """The signed evaluations of the case before this visit, the newest first."""
    mine = (visit.care_at, visit.number)
    return tuple(
        (one, held)
        for one, held in chart.evaluations(session, [visit.case_id])
        if one.id != visit.id and (one.care_at, one.number) < mine
    )


def _earlier(
    session: chart.Reading, protocol: Protocol, case: Case, visit: Visit
) -> tuple[Earlier, ...]:
    found = []
    for one, held in before(session, visit):
        if held.protocol == protocol.id:
            then = Reckoning(protocol, replace(case, on=words.local(one.care_at).date()))
            taken = answers_of.read(protocol, then.case, then.takeable(held.answers))
            found.append(Earlier(then.case.on, taken))
    return tuple(found)
