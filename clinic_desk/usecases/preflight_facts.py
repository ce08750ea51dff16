"""What the checks of a letter look at."""

from dataclasses import dataclass
from datetime import date

from clinic_desk.documents.content import LetterContent
from clinic_desk.library.letters import LetterKind
from clinic_desk.usecases import typed
from clinic_desk.usecases.contacts import ContactDetails
from clinic_desk.usecases.flag_state import FlagState
from clinic_desk.usecases.letter_draft import Source
from clinic_desk.usecases.letter_views import LetterDraft, Part, PartChanges


@dataclass(frozen=True, slots=True)
class Facts:
    """A letter with all that it rests on, as it stands now."""

    kind: LetterKind
    draft: LetterDraft
    found: Source
    recipient: ContactDetails | None
    flags: FlagState
    content: LetterContent
    today: date
    changes: tuple[PartChanges, ...] = ()
    supervised: bool = False  # who issues it is a student or an assistant

    @property
    def said(self) -> tuple[Part, ...]:
        """The parts that go with the letter and say something. One that is too long stops it for
        its length, and is read no further.
        """
        return tuple(
            one
            for one in self.draft.parts
            if one.included and one.text.strip() and len(one.text) <= typed.NOTE
        )
