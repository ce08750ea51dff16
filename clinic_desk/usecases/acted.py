"""What counts as done about a red flag.

An action is about the flag as it was when it was recorded. One that passed the patient on stands
as long as the flag isn't more urgent than it was then; one that set the flag aside stands only
for the answers that it was about. So a flag that fires again on other grounds waits again.
"""

from collections.abc import Iterable
from dataclasses import replace

from clinic_desk.clinical.findings import FlagFinding, Urgency
from clinic_desk.usecases.visit_views import FlagAction

TICKS = frozenset({"noted"})  # enough for a routine flag, not for one that blocks
_SET_ASIDE = frozenset({"examined_and_cleared", "override", "noted"})
_MOST = "sent_to_emergency"  # no urgency asks for more


def grounds(flag: FlagFinding) -> tuple[str, ...]:
    """The items whose answers made a flag fire."""
    return tuple(dict.fromkeys(item for reason in flag.reasons for item in reason.inputs))


def stamped(action: FlagAction, flag: FlagFinding) -> FlagAction:
    """The action with what the flag was when it was recorded."""
    return replace(
        action, urgency=flag.urgency.value, because=grounds(flag), presumed=flag.presumed
    )


def settled(flag: FlagFinding, actions: Iterable[FlagAction]) -> bool:
    """Whether enough was done about a flag as it stands now."""
    own = (one for one in actions if one.flag == flag.id)
    return any(settles(one, flag.urgency, grounds(flag), flag.presumed) for one in own)


def settles(
    action: FlagAction, urgency: Urgency, because: Iterable[str], presumed: bool = False
) -> bool:
    """Whether an action on a flag is enough for what the flag is now."""
    if action.kind == "override" and not action.text.strip():
        return False
    if urgency.blocks_signing and action.kind in TICKS:
        return False
    if not action.urgency:
        return True  # recorded without what it was about
    if urgency.rank > Urgency(action.urgency).rank and action.kind != _MOST:
        return False
    if action.kind not in _SET_ASIDE:
        return True
    return set(because) <= set(action.because) and (presumed or not action.presumed)
