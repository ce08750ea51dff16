"""A decision in words: what was suggested, what was decided, by whom, when and why.

The note, the letter and the cards of an evaluation say it alike.
"""

from collections.abc import Iterable, Mapping

from clinic_desk.clinical.findings import Urgency
from clinic_desk.clinical.protocol import Protocol
from clinic_desk.usecases import words
from clinic_desk.usecases.decision_history import day_of
from clinic_desk.usecases.visit_views import Decision

PLAN, LEAVE = "request", "not_now"  # of a test
SECONDARY, NOT_THIS = "secondary", "not_this"  # of a pattern beside the primary one
GIVEN = "given"  # of an advice card
_PLAIN = {
    PLAN: "plan it",
    LEAVE: "not now",
    SECONDARY: "secondary pattern",
    NOT_THIS: "not this pattern",
    GIVEN: "given to the patient",
}


def about(protocol: Protocol, subject: str) -> str:
    """What a decision is about: "strain grade", "MRI of the thigh"."""
    kind, _, name = subject.partition(":")
    match kind:
        case "grade":
            return "strain grade"
        case "urgency":
            return "urgency"
        case "stage":
            return "home program"
        case "pattern" if not name:
            return "primary pattern"
    labels = {
        "pattern": {one.id: one.label for one in protocol.patterns.values()},
        "imaging": {one.id: one.label for one in protocol.imaging},
        "advice": {one.id: one.label for one in protocol.advice},
        "flag": {one.id: one.label for one in protocol.flags.values()},
    }.get(kind, {})
    label = words.lowered(protocol.say(labels[name])) if name in labels else name
    return f"red flag, {label}" if kind == "flag" else label


def value(
    protocol: Protocol, subject: str, decided: str | None, programs: Mapping[str, str]
) -> str:
    """What is suggested or decided: "2 (moderate)", "plan it", the name of a program."""
    if decided is None:
        return "nothing"
    kind, _, name = subject.partition(":")
    if kind == "grade" and protocol.grade is not None and decided.isdigit():
        names = protocol.grade.names
        if int(decided) < len(names):
            return f"{decided} ({words.lowered(protocol.say(names[int(decided)]))})"
    if kind == "pattern" and not name and decided in protocol.patterns:
        return words.lowered(protocol.say(protocol.patterns[decided].label))
    if kind == "urgency" or (kind == "flag" and decided in set(Urgency)):
        return words.lowered(protocol.say(f"urgency.{decided}"))
    if kind == "stage":
        return words.lowered(programs.get(decided, decided))
    return _PLAIN.get(decided, decided.replace("_", " "))


def line(protocol: Protocol, one: Decision, programs: Mapping[str, str]) -> str:
    """ "30 Jan 2026: 2 (moderate) suggested, 1 (mild) decided, Dana Demo; reason: walks well"."""
    suggested = value(protocol, one.subject, one.suggested, programs)
    decided = value(protocol, one.subject, one.decided, programs)
    if one.suggested == one.decided:
        said = f"{day_of(one)}: {decided} decided, as suggested, {one.by}"
    else:
        said = f"{day_of(one)}: {suggested} suggested, {decided} decided, {one.by}"
    if one.reason.strip():
        said += f"; reason: {one.reason.strip().rstrip('.')}"
    if one.superseded_at is not None:
        said += "; changed later in the same visit"
    return said


def earlier(
    protocol: Protocol, decisions: Iterable[Decision], programs: Mapping[str, str]
) -> tuple[str, ...]:
    """One sentence for each subject that was decided before, in the order of time."""
    by_subject: dict[str, list[Decision]] = {}
    for one in sorted(decisions, key=lambda one: one.at):
        by_subject.setdefault(one.subject, []).append(one)
    return tuple(
        words.sentence(
            f"earlier on {about(protocol, subject)}: "
            + ". ".join(line(protocol, one, programs) for one in held)
        )
        for subject, held in by_subject.items()
    )
