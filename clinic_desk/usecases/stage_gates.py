"""What the next stage of a case's program asks for, as the record stands: met, not met, not asked.

It says the same as the builder, of the template that is suggested now; what was not asked is never
taken for a no, and names the question that would settle it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from clinic_desk.clinical.logic import World
from clinic_desk.clinical.protocol import Protocol
from clinic_desk.usecases import advisability, charts, lockbox, progress, shelf
from clinic_desk.usecases.advisability import Measured
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.measured import evaluated, measured_of
from clinic_desk.usecases.program_views import CriterionState
from clinic_desk.usecases.progress import Track

MET, NOT_MET, NOT_ASKED = "met", "not_met", "not_measured"


@dataclass(frozen=True, slots=True)
class StageGate:
    """One criterion, with the question of the evaluation that settles it; "" where none does."""

    criterion: CriterionState
    item: str = ""


@dataclass(frozen=True, slots=True)
class StageGates:
    """The way to the next stage. `waits` says why no stage is suggested now."""

    now: str  # the name of the template that is suggested
    next: str  # of the one after it, or ""
    gates: tuple[StageGate, ...]
    waits: tuple[str, ...] = ()

    def count(self, state: str) -> int:
        """How many criteria stand so."""
        return sum(one.criterion.state == state for one in self.gates)


def of_case(desk: Desk, case_id: UUID) -> StageGates | None:
    """The gates of a case; None before anything was evaluated in it, and where its protocol
    has no stages. Raises NotFound; AccessDenied for a part that is closed at the patient's wish.
    """
    with desk.store.reading() as session:
        lockbox.refuse_hidden(session, case_id)
        case = charts.case(session, case_id)
        measured = measured_of(desk, session, case)
    return _gates(desk, measured)


def with_tracks(desk: Desk, case_id: UUID) -> tuple[tuple[Track, ...], StageGates | None]:
    """What was measured in a case, and its gates, in one reading: they read the same visits."""
    with desk.store.reading() as session:
        lockbox.refuse_hidden(session, case_id)
        case = charts.case(session, case_id)
        visits = evaluated(session, case_id)
        tracks = progress.tracks_of(desk, session, case, visits)
        closed = case.closed_on is not None
        measured = None if closed else measured_of(desk, session, case, visits)
    return tracks, _gates(desk, measured)


def _gates(desk: Desk, measured: Measured | None) -> StageGates | None:
    program = measured.found.program if measured else None
    if measured is None or program is None:
        return None
    templates = shelf.templates(desk.library)
    now = templates.get(program.template or "")
    if now is None:
        why = advisability.say_all(measured, program.why)
        return StageGates("", "", (), why)
    states = advisability.criteria(now, measured)
    gates = tuple(
        StageGate(state, _item(one.when, state, measured))
        for one, state in zip(now.criteria, states, strict=True)
    )
    after = templates.get(now.next or "")
    return StageGates(now.name, after.name if after else "", gates)


def _item(when: str | None, state: CriterionState, measured: Measured) -> str:
    """The question that would settle an open criterion: what is missing, else what it reads."""
    condition = advisability.condition(when, measured) if when else None
    if state.state == MET or condition is None:
        return ""
    protocol = measured.reckoned.protocol
    reading: World = measured.reckoned.reading(measured.answers, measured.decided)
    missing = condition.judge(reading)[1] if state.state == NOT_ASKED else ()
    return next(iter(_questions(protocol, missing or condition.reads)), "")


def _questions(protocol: Protocol, names: Sequence[str]) -> list[str]:
    """The items behind names, a derived value being what it is worked out from."""
    below = [deep for name in names for deep in (name, *protocol.under(name))]
    return [name for name in below if name in protocol.items and name not in protocol.derived]
