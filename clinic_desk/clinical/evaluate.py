"""One pass over a protocol: answers in, all findings out."""

from collections.abc import Mapping
from dataclasses import replace

from clinic_desk.clinical import answers as reading_of
from clinic_desk.clinical import (
    differentials,
    doubts,
    holds,
    imaging,
    outcomes,
    patterns,
    progression,
)
from clinic_desk.clinical.findings import (
    AdviceFinding,
    Findings,
    FlagFinding,
    ImagingFinding,
    PatternFinding,
    Truth,
    Urgency,
)
from clinic_desk.clinical.flow import Flow
from clinic_desk.clinical.logic import Missing, deciding
from clinic_desk.clinical.protocol import Case, Protocol
from clinic_desk.clinical.reading import Reading
from clinic_desk.clinical.wording import answer_reasons


def evaluate(
    protocol: Protocol,
    case: Case,
    answers: Mapping[str, object],
    decisions: Mapping[str, str] | None = None,
) -> Findings:
    """All findings for plain answers; raises InvalidInput where one cannot be taken.

    `decisions` are the clinician's: `grade` the decided grade as a digit, `flag.<id>` any text
    once an action or a reasoned override of that red flag is recorded.
    """
    return findings(Reading(protocol, case, reading_of.read(protocol, case, answers), decisions))


def findings(reading: Reading) -> Findings:
    """All findings of a reading that is already typed."""
    protocol = reading.protocol
    fired = red_flags(reading)
    grade = reading.grade_finding()
    found: dict[str, PatternFinding] = {}
    for name in protocol.patterns:
        pattern = reading.pattern_finding(name)[0]
        if pattern is not None:
            found[name] = pattern
    hide_stretch = any(protocol.patterns[name].hides_stretch for name in found)
    acted_on = frozenset(
        name.removeprefix("flag.")
        for name, text in reading.decisions.items()
        if name.startswith("flag.") and text
    )
    tests = imaging.find(protocol, reading)
    others, others_open = differentials.ranked(map(reading.differential, protocol.differentials))
    flow = Flow(protocol, reading, reading.injury.recorded)
    if grade is not None:
        grade = replace(grade, missing=flow.reachable(grade.missing))
    program = progression.suggest(
        protocol,
        reading,
        fired,
        acted_on,
        hide_stretch,
        no_strain=grade.withheld if grade is not None and grade.no_strain else None,
    )
    return Findings(
        protocol=protocol.id,
        version=protocol.version,
        red_flags=fired,
        urgency=fired[0].urgency if fired else None,
        grade=grade,
        patterns=patterns.ranked(protocol, found),
        imaging=tests,
        program=program,
        advice=_advice(reading, locked=program is not None and program.blocked),
        missing=_missing(reading, flow, tests, others_open),
        differentials=others,
        banners=holds.banners(reading),
        holds=holds.find(reading),
        outcomes=outcomes.found(reading),
        doubtful=doubts.find(reading),
    )


def red_flags(reading: Reading) -> tuple[FlagFinding, ...]:
    """What fired, the most urgent first, then in the order of the file."""
    found = (reading.judged(name).finding for name in reading.protocol.flags)
    return tuple(sorted((flag for flag in found if flag), key=lambda flag: -flag.urgency.rank))


def _advice(reading: Reading, *, locked: bool) -> tuple[AdviceFinding, ...]:
    """Cards that fit; those that wait are not named while red flags lock the exercises."""
    found = []
    for card in reading.protocol.advice:
        if not (locked and card.waits) and card.when.holds(reading):
            decided = deciding(card.when.node, reading)
            reasons = answer_reasons(reading.protocol, reading, decided)
            found.append(AdviceFinding(card.id, card.label, reasons))
    return tuple(found)


# Which kind of question is more useful to ask next; lower is earlier.
_FIRST = {
    Urgency.EMERGENCY_NOW: 0,
    Urgency.SAME_DAY: 2,
    Urgency.URGENT_2W: 4,
    Urgency.ROUTINE_GP: 6,
}
_GRADE_REQUIRED, _GRADE, _PATTERN, _IMAGING, _PROGRAM, _ADVICE = 1, 3, 5, 7, 8, 9


def _missing(
    reading: Reading,
    flow: Flow,
    tests: tuple[ImagingFinding, ...],
    others_open: tuple[Missing, ...],
) -> Missing:
    """The items that would settle something: by what they settle, then by how much."""
    protocol = reading.protocol
    best: dict[str, int] = {}
    times: dict[str, int] = {}

    def note(priority: int, items: Missing) -> None:
        for item in dict.fromkeys(items):
            best[item] = min(priority, best.get(item, priority))
            times[item] = times.get(item, 0) + 1

    for name in protocol.flags:
        for urgency, lacking in reading.judged(name).open:
            note(_FIRST[urgency], lacking)
    grade = reading.grade_finding()
    if grade is not None and protocol.grade is not None:
        for group in protocol.grade.required:
            if not any(reading.answered(item)[0] is Truth.TRUE for item in group):
                note(_GRADE_REQUIRED, reading.lacking(group[0]))
        note(_GRADE, grade.missing)
    for name in protocol.patterns:
        found, (truth, lacking) = reading.pattern_finding(name)
        note(_PATTERN, found.missing if found else lacking if truth is Truth.UNKNOWN else ())
    for missing in others_open:
        note(_PATTERN, missing)
    indicated = {test.id for test in tests}
    for test in protocol.imaging:
        if test.id not in indicated:
            note(_IMAGING, imaging.undecided(test, reading))
    for test_found in tests:
        open_questions = (reading.lacking(item) for item in test_found.safety_missing)
        note(_IMAGING, tuple(item for items in open_questions for item in items))
    note(_PROGRAM, progression.undecided(protocol, reading))
    for card in protocol.advice:
        note(_ADVICE, card.when.judge(reading)[1])
    order = protocol.order
    ordered = sorted(best, key=lambda item: (best[item], -times[item], order.get(item, 0)))
    emergency = flow.reachable(item for item in ordered if best[item] == 0)
    first = sorted(emergency, key=lambda item: _directness(protocol, item, order.get(item, 0)))
    return tuple(dict.fromkeys((*first, *flow.reachable(ordered))))


def _directness(protocol: Protocol, item: str, place: int) -> tuple[int, int]:
    """What is an emergency by itself comes before what opens a group, in the order of the file;
    what only touches an emergency keeps its place behind them.
    """
    if item in protocol.emergencies:
        return 0, place
    section = protocol.places[item][1] if item in protocol.places else None
    return (1, place) if section is not None and section.red_flags else (2, 0)
