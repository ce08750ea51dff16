"""Kinds that need different things against the checks before a letter goes: said or not, stopping
or not, as the kind's own file has it, each with a place to mend it and a reason that is kept.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from clinic_desk import paths
from clinic_desk.clinical.measures import Side
from clinic_desk.library import letters as letter_files
from clinic_desk.library.letters import LetterKind
from clinic_desk.ui.parts import letter_jumps
from clinic_desk.usecases import cases, letters, patients, preflight
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letter_views import LetterDraft
from clinic_desk.usecases.paper_views import Problem
from tests.usecases.answers import STRAIN
from tests.usecases.test_preflight import signed

KINDS = {one.id: one for one in letter_files.load(paths.resources() / "letters")}
TABLE = ("imaging-request", "referral-orthopaedics", "recall")  # each needs other things
ON_THE_PAGE = {"recipient", "side", "see_by", "enclosures", "copies", "salutation"}
# what the letter's own screen mends


@pytest.fixture
def case(desk: Desk) -> UUID:
    """A left-sided case of somebody who was never asked for consent and has no address."""
    details = patients.PatientDetails("Sample", "Sam", birth_date=date(1990, 1, 1))
    who = patients.register(desk, details)
    return cases.open_case(desk, who, cases.CaseDetails("hamstring strain", Side.LEFT))


def _texts(draft: LetterDraft, text: str) -> LetterDraft:
    """Something in every part, so that only what a test takes away is missing."""
    return replace(
        draft,
        parts=tuple(
            replace(one, text=text, sentences=(), included=True, has_table=False)
            for one in draft.parts
        ),
    )


def _ask(words: str) -> Callable[[LetterDraft], LetterDraft]:
    return lambda draft: _texts(draft, words)


# what is done to a letter, and the check that finds it
FAULTS: dict[str, Callable[[LetterDraft], LetterDraft]] = {
    "recipient": lambda draft: replace(draft, recipient_id=None),
    "empty": _ask(""),
    "gap": _ask("Since […] weeks."),
    "side": _ask("The right thigh hurts."),
    "enclosure": _ask("The report is enclosed."),
    "safety": _ask("Please do an MRI of the left thigh."),
    "consent": _ask("…"),
    "date": _ask("Seen on 31 Feb 2026."),
}
PEOPLE_ASKED = {"recall"}  # about being reminded, not about sharing the record


def _found(desk: Desk, case: UUID, draft: LetterDraft, check: str) -> list[Problem]:
    names = {"question", "empty"} if check == "empty" else {check}
    if check == "recipient":
        names.add("address")  # of a letter to the patient
    problems = letters.preview(desk, case, draft).problems
    return [one for one in problems if one.check.partition(":")[0] in names]


def _stops(kind: LetterKind, check: str, one: Problem) -> bool:
    """Whether the kind's file says that this stops the letter."""
    if check == "empty":
        return one.field in kind.required
    if check == "recipient":
        return one.check == "address" or not kind.needs or "recipient" in kind.needs
    needed = {preflight.NEEDS[name] for name in kind.needs}
    return check in needed


def _raised(kind: LetterKind, check: str) -> bool:
    if check == "safety":
        return "imaging_safety" in kind.needs
    return not (check == "consent" and kind.base in PEOPLE_ASKED)


@pytest.mark.parametrize("check", FAULTS)
@pytest.mark.parametrize("kind", TABLE)
def test_a_fault_is_said_and_stops_as_the_kinds_file_has_it(
    desk: Desk, case: UUID, surgeon: UUID, kind: str, check: str
) -> None:
    signed(desk, case, STRAIN)
    held = KINDS[kind]
    draft = FAULTS[check](_texts(letters.compose(desk, case, kind, surgeon), "As agreed."))
    found = _found(desk, case, draft, check)
    assert bool(found) is _raised(held, check)
    for one in found:
        assert one.blocking is _stops(held, check, one), one
        here = one.field in ON_THE_PAGE or one.field in {part.id for part in draft.parts}
        assert here or letter_jumps.elsewhere(one.field, one.check, draft, desk.actor.id, case), one
        if not one.waivable:
            continue
        aside = letters.set_aside(desk, draft, one.check, "Agreed by telephone")
        (waived,) = [
            other
            for other in letters.preview(desk, case, aside).problems
            if other.check == one.check
        ]
        assert (waived.blocking, waived.waived) == (False, "Agreed by telephone")
