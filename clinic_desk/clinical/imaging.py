"""Imaging and tests: which are indicated, how soon, and which safety questions are open."""

from clinic_desk.clinical import flags, wording
from clinic_desk.clinical.findings import ImagingFinding, Reason, Truth
from clinic_desk.clinical.logic import Missing, World
from clinic_desk.clinical.measures import State
from clinic_desk.clinical.protocol import Protocol
from clinic_desk.clinical.rules import Imaging, ImagingCase


def find(protocol: Protocol, world: World) -> tuple[ImagingFinding, ...]:
    """All indicated tests, the most urgent first, then in the order of the file."""
    found = []
    for test in protocol.imaging:
        true = [case for case in test.cases if case.when.holds(world)]
        if true:
            reasons = tuple(r for case in true for r in _reasons(protocol, case, world))
            open_questions = _unanswered(protocol, test, world)
            found.append(
                ImagingFinding(test.id, test.label, true[0].urgency, reasons, open_questions)
            )
    return tuple(sorted(found, key=lambda one: -one.urgency.rank))


def undecided(test: Imaging, world: World) -> Missing:
    """What would settle whether a test is indicated, while no case of it is true."""
    missing: Missing = ()
    for case in test.cases:
        truth, lacking = case.when.judge(world)
        if truth is Truth.TRUE:
            return ()
        missing += lacking
    return missing


def _reasons(protocol: Protocol, case: ImagingCase, world: World) -> tuple[Reason, ...]:
    decided = flags.deciding_items(case.when, world)
    if case.because:
        return (wording.because(protocol, world, case.because, decided),)
    return wording.answer_reasons(protocol, world, decided)


def _unanswered(protocol: Protocol, test: Imaging, world: World) -> Missing:
    """Safety questions without a clear answer; "not testable" is none either."""
    open_questions = []
    for group in test.safety:
        for item in protocol.safety[group]:
            answer = world.answer(item)
            derived = item in protocol.derived and world.answered(item)[0] is Truth.TRUE
            if not derived and (answer is None or answer.state is not State.GIVEN):
                open_questions.append(item)
    return tuple(dict.fromkeys(open_questions))
