"""The record behind a letter as it was read once, so that each key needs no reading of its own."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clinic_desk.library.letters import LetterKind
from clinic_desk.usecases import flag_state, letter_draft, letter_kinds
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.flag_state import FlagState
from clinic_desk.usecases.letter_draft import Source
from clinic_desk.usecases.practice import PracticeView
from clinic_desk.usecases.practice import view as practice_view


@dataclass(frozen=True, slots=True)
class Ground:
    """What a preview rests on. Issuing never takes it: it reads the record itself."""

    case_id: UUID
    on: date
    kind: LetterKind
    seen: PracticeView
    found: Source
    flags: FlagState

    def fits(self, case_id: UUID, kind: str, today: date) -> bool:
        """Whether it is this case's, for this kind, of this day."""
        return (self.case_id, self.kind.id, self.on) == (case_id, kind, today)


def read(desk: Desk, case_id: UUID, kind: str) -> Ground:
    """The record as it is now. Raises NotFound."""
    wanted = letter_kinds.in_use(desk, kind)
    seen = practice_view(desk)
    with desk.store.reading() as session:
        found = letter_draft.source(desk, session, case_id, wanted)
        flags = flag_state.of_case(session, case_id)
    return Ground(case_id, desk.today(), wanted, seen, found, flags)
