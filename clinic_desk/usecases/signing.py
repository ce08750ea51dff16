"""What signing waits for."""

from clinic_desk.clinical.findings import Doubt, Findings
from clinic_desk.clinical.protocol import Protocol
from clinic_desk.usecases import acted
from clinic_desk.usecases.reckoning import Reckoning
from clinic_desk.usecases.visit_views import Blocker, VisitContent
from clinic_desk.usecases.words import lowered


def blockers(reckoned: Reckoning, content: VisitContent, found: Findings) -> tuple[Blocker, ...]:
    """Every open thing, red flags first, the most urgent first.

    An emergency, same-day or urgent flag needs an action or an override with its reason; a
    routine one needs any action, `noted` included.
    """
    protocol = reckoned.protocol
    waiting: list[Blocker] = []
    for flag in found.red_flags:
        actions = [one for one in content.flag_actions if one.flag == flag.id]
        label = protocol.say(flag.label)
        if acted.settled(flag, actions):
            continue
        if not flag.urgency.blocks_signing:
            text = f"{label}: tick that it is noted."
        elif any(one.kind == "override" and not one.text.strip() for one in actions):
            text = f"{label}: setting it aside needs a reason."
        elif any(one.kind not in acted.TICKS for one in actions):
            text = f"{label}: more speaks for it now than when it was acted on; record it anew."
        else:
            text = f"{label}: record what was done about it."
        waiting.append(Blocker("red_flag", text, flag.id))
    for decision in content.decisions:
        differs = decision.suggested is not None and decision.decided != decision.suggested
        if differs and not decision.reason.strip():
            subject = decision.subject.replace("imaging:", "imaging ").replace("_", " ")
            text = f"The decision on {subject} differs from what was suggested: give your reason."
            waiting.append(Blocker("decision_reason", text, decision.subject))
    waiting += _overtaken(content, found)
    for item, fault in reckoned.refused(content.answers).items():
        if item in protocol.items:
            problem = reckoned.problem(item, content.answers[item]) or fault
            fault = f"{protocol.say(protocol.item(item).label)}: {lowered(problem)}"
        waiting.append(Blocker("answer", fault, item))
    note = content.note
    if not any(
        part.strip() for part in (note.subjective, note.objective, note.assessment, note.plan)
    ):
        waiting.append(Blocker("empty_note", "The note is empty."))
    return tuple(waiting)


def unconfirmed(reckoned: Reckoning, content: VisitContent, found: Findings) -> tuple[Blocker, ...]:
    """The doubtful values that nobody has said are right; signing names them and goes on."""
    protocol = reckoned.protocol
    found_open = []
    for one in found.doubtful:
        value = content.answers.get(one.item)
        if one.item not in content.confirmed or content.confirmed[one.item] != value:
            label = protocol.say(protocol.item(one.item).label)
            found_open.append(Blocker("doubt", f"{label}: {_said(protocol, one)}", one.item))
    return tuple(found_open)


def _said(protocol: Protocol, doubt: Doubt) -> str:
    words = protocol.say(doubt.why)
    return f"{words[:1].lower()}{words[1:]}." if words[1:2].islower() else f"{words}."


def _overtaken(content: VisitContent, found: Findings) -> list[Blocker]:
    """A grade that was decided without a reason before the answers came to suggest another, or
    none: the picture is no strain.
    """
    grade = found.grade
    if grade is None or (grade.suggested is None and not grade.no_strain):
        return []
    now = "" if grade.suggested is None else str(grade.suggested)
    what = f"grade {now}" if now else "no grade"
    text = f"The answers now suggest {what}: decide on the grade again."
    return [
        Blocker("decision_reason", text, one.subject)
        for one in content.decisions
        if one.subject == "grade"
        and now not in (one.decided, one.suggested or "")
        and not one.reason.strip()
    ]
