"""Which exercises and templates are advised now, and why not: gates, flags, patterns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from clinic_desk.clinical import exercise as gates
from clinic_desk.clinical import progression
from clinic_desk.clinical.condition_parts import ConditionFault
from clinic_desk.clinical.conditions import parse, vocabulary
from clinic_desk.clinical.exercise import Exercise, Gate, Template
from clinic_desk.clinical.findings import Findings, HoldFinding, Reason
from clinic_desk.clinical.logic import Condition
from clinic_desk.library.exercises import Illustrated
from clinic_desk.usecases import words
from clinic_desk.usecases.answer_words import answer
from clinic_desk.usecases.flag_state import FlagState
from clinic_desk.usecases.program_views import CriterionState
from clinic_desk.usecases.reckoning import Reckoning


@dataclass(frozen=True, slots=True)
class Measured:
    """The newest evaluation of a case, signed or not, with what was recorded when."""

    reckoned: Reckoning
    answers: Mapping[str, object]
    decided: Mapping[str, str]
    found: Findings
    dates: Mapping[str, date]  # item -> the day of its latest value


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides the gates: the grade and who gave it, the day, open flags, hidden stretches."""

    grade: int | None
    grade_decided: bool
    day: int | None
    hide_stretch: bool
    flags: FlagState
    measured: Measured | None
    holds: tuple[HoldFinding, ...] = ()

    @property
    def locked(self) -> bool:
        """An open emergency or same-day flag locks exercises."""
        return bool(self.flags.locking)


def standing(
    measured: Measured | None, flags: FlagState, onset: date | None, today: date
) -> Standing:
    """The case as it stands today. A decided grade counts before a suggested one."""
    grade: int | None = None
    decided = measured.decided.get("grade", "") if measured else ""
    if decided.isdigit():
        grade = int(decided)
    elif measured and measured.found.grade:
        grade = measured.found.grade.suggested
    program = measured.found.program if measured else None
    return Standing(
        grade=grade,
        grade_decided=decided.isdigit(),
        day=(today - onset).days if onset and onset <= today else None,
        hide_stretch=bool(program and program.hide_stretch),
        flags=flags,
        measured=measured,
        holds=measured.found.holds if measured else (),
    )


def held_back(one: Exercise, now: Standing) -> str:
    """Why an exercise is not advised now; empty when it is."""
    if now.hide_stretch and one.stretch:
        return "Stretches are held back while the nerve is sensitive."
    hold = next((hold for hold in now.holds if _holds(hold, one)), None)
    if hold is not None and now.measured is not None:
        return hold_text(hold, now.measured)
    return gate_text(gates.gate(one, now.grade, now.day), now)


def _holds(hold: HoldFinding, one: Exercise) -> bool:
    return one.stage in hold.stages or one.load_class in hold.load_classes


def hold_text(hold: HoldFinding, measured: Measured) -> str:
    """Why exercises wait, and what is not reached yet."""
    return " ".join(say_all(measured, (hold.because, *hold.open)))


def template_text(one: Template, known: Mapping[str, Illustrated], now: Standing) -> str:
    """Why a template is not advised now; empty when it is."""
    parts = [known[name].exercise for name in one.exercises if name in known]
    hold = next((hold for hold in now.holds if any(_holds(hold, part) for part in parts)), None)
    if hold is not None and now.measured is not None:
        return hold_text(hold, now.measured)
    return gate_text(gates.template_gate(one, parts, now.grade, now.day), now)


def gate_text(gate: Gate, now: Standing) -> str:
    """A closed gate in words: "from day 3 after a grade 2 strain (suggested, not decided)"."""
    if gate.advised or gate.reason is None:
        return ""
    said = _GATE_TEXTS[gate.reason.text].format(**gate.reason.params)
    if now.grade is not None and not now.grade_decided and "grade" in gate.reason.params:
        said += " (grade suggested, not decided)"
    return said


_GATE_TEXTS: Mapping[str, str] = {
    "gate.day_unknown": "From day {earliest} after a grade {grade} strain; the day is not known",
    "gate.week_unknown": "From week {earliest} after the repair; the week is not known",
    "gate.not_before_day": "Not before day {earliest} after a grade {grade} strain",
    "gate.not_before_week": "Not before week {earliest} after the repair",
    "gate.from_day": "From day {earliest} after a grade {grade} strain",
    "gate.from_week": "From week {earliest} after the repair",
    "gate.only_after_repair": "Only after a repair, from week {earliest}",
    "gate.clinician_decides": "The clinician judges",
}


def say_all(measured: Measured, reasons: Sequence[Reason]) -> tuple[str, ...]:
    """Reasons in words."""
    return tuple(words.sentence(measured.reckoned.protocol.say(one)) for one in reasons)


def criteria(one: Template, measured: Measured | None) -> tuple[CriterionState, ...]:
    """The template's own criteria for going on: met, not met, not measured, with value and day."""
    found = []
    for criterion in one.criteria:
        state, detail = "not_measured", ""
        asked = condition(criterion.when, measured) if criterion.when and measured else None
        if asked is not None and measured is not None:
            reading = measured.reckoned.reading(measured.answers, measured.decided)
            state = progression.gate(asked, reading).value
            if state != progression.Gate.NOT_MEASURED:
                detail = _detail(asked.reads, measured)
        found.append(
            CriterionState(criterion.text, state, detail, criterion.source, criterion.working)
        )
    return tuple(found)


def condition(when: str, measured: Measured) -> Condition | None:
    """A criterion as this case's protocol can say it; None where it asks what another region's
    protocol measures, which is then simply not measured here.
    """
    try:
        return parse(when, vocabulary(measured.reckoned.protocol))
    except ConditionFault:
        return None


def _detail(reads: Sequence[str], measured: Measured) -> str:
    """The values behind a criterion with their days: "12° on 03 Feb 2026"."""
    protocol = measured.reckoned.protocol
    items: dict[str, None] = {}
    for name in reads:
        for below in (name, *protocol.under(name)):
            items[below] = None
    said = []
    for name in items:
        if name in measured.dates:
            item = protocol.item(name)
            value = measured.answers[name]
            text = answer(item, value, measured.reckoned.case.side, protocol.say)
            said.append(f"{text} on {words.day(measured.dates[name])}")
    return "; ".join(said)


def latest(visits: Sequence[tuple[datetime, Mapping[str, object]]]) -> dict[str, date]:
    """The day of each item's latest answer; `visits` from the newest to the oldest."""
    found: dict[str, date] = {}
    for at, answers in visits:
        for item in answers:
            found.setdefault(item, words.local(at).date())
    return found
