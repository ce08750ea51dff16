"""What signing waits for."""

from collections.abc import Iterable

from clinic_desk.clinical.findings import Findings, FlagFinding
from clinic_desk.usecases.reckoning import Reckoning
from clinic_desk.usecases.visit_views import Blocker, FlagAction, VisitContent

TICKS = frozenset({"noted"})  # enough for a routine flag, not for one that blocks


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
        if flag.urgency.blocks_signing:
            if any(_settles(one) for one in actions):
                continue
            if any(one.kind == "override" for one in actions):
                text = f"{label}: setting it aside needs a reason."
            else:
                text = f"{label}: record what was done about it."
        elif actions:
            continue
        else:
            text = f"{label}: tick that it is noted."
        waiting.append(Blocker("red_flag", text, flag.id))
    for decision in content.decisions:
        differs = decision.suggested is not None and decision.decided != decision.suggested
        if differs and not decision.reason.strip():
            subject = decision.subject.replace("imaging:", "imaging ").replace("_", " ")
            text = f"The decision on {subject} differs from what was suggested: give your reason."
            waiting.append(Blocker("decision_reason", text, decision.subject))
    for item, problem in reckoned.refused(content.answers).items():
        waiting.append(Blocker("answer", problem, item))
    note = content.note
    if not any(
        part.strip() for part in (note.subjective, note.objective, note.assessment, note.plan)
    ):
        waiting.append(Blocker("empty_note", "The note is empty."))
    return tuple(waiting)


def settled(flag: FlagFinding, actions: Iterable[FlagAction]) -> bool:
    """Whether enough was done about a flag for signing."""
    own = [one for one in actions if one.flag == flag.id]
    return any(_settles(one) for one in own) if flag.urgency.blocks_signing else bool(own)


def _settles(action: FlagAction) -> bool:
    if action.kind == "override":
        return bool(action.text.strip())
    return action.kind not in TICKS
