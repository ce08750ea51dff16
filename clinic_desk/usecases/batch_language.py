"""In which language each letter of a batch is written.

Patients are written to in the language that their file names, where the kind has it; whoever
chooses may set one language for all. Colleagues read the practice's own language.
"""

from collections.abc import Sequence
from dataclasses import replace

from clinic_desk.library.handout_words import language_name
from clinic_desk.library.letter_kind import PATIENT
from clinic_desk.library.letters import LetterKind
from clinic_desk.usecases import addressee, charts, letter_kinds, words
from clinic_desk.usecases.batch_views import Planned
from clinic_desk.usecases.desk import Desk

THEIRS = ""  # the patient's own; any other choice is the code of a language
SOURCE = "en"


def set_in(
    desk: Desk, kind: str, letters: Sequence[Planned], wanted: str = THEIRS
) -> tuple[Planned, ...]:
    """The letters of a kind, those to patients each in its language."""
    found = letter_kinds.in_use(desk, kind)
    if found.role != PATIENT:
        return tuple(letters)
    has = [code for code, _own in letter_kinds.languages(desk, found)] or [found.language]
    with desk.store.reading() as session:
        theirs = {}
        for one in letters:
            who = addressee.registered(session, charts.patient(session, one.patient_id))
            theirs[one.patient_id] = who.language
    return tuple(_in(found, one, wanted or theirs[one.patient_id], has) for one in letters)


def _in(kind: LetterKind, one: Planned, wanted: str, has: Sequence[str]) -> Planned:
    """The letter in a language; where the kind lacks it, in the kind's own, and that is said."""
    code = wanted.split("-")[0].lower() or SOURCE
    if code in has:
        named = kind.id if code == kind.language else f"{kind.base}@{code}"
        return replace(one, kind=named, language=_name(code))
    lacking = f"The letter is not there in {_name(code)}; it goes in {_name(kind.language)}."
    return replace(one, language=_name(kind.language), said=(*one.said, lacking))


def _name(code: str) -> str:
    return words.capital(language_name(code, SOURCE))
