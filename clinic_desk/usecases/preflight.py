"""What is wrong with a letter before it goes: each problem with the field that mends it."""

import re
from datetime import date

from clinic_desk.clinical.measures import Side
from clinic_desk.documents.content import LetterContent
from clinic_desk.library.letters import LetterKind
from clinic_desk.usecases import charts, letter_draft, letter_words, papers, typed, words
from clinic_desk.usecases.contacts import ContactDetails
from clinic_desk.usecases.flag_state import FlagState
from clinic_desk.usecases.letter_draft import Source
from clinic_desk.usecases.letter_views import LetterDraft
from clinic_desk.usecases.paper_views import Problem

_BODY = (
    "thigh|leg|hamstring|knee|calf|buttock|hip|foot|ankle|side|sitting bone|groin|biceps femoris"
)
_SIDED = re.compile(
    rf"\b(left|right)(?:[- ](?:posterior|sore|affected|upper|lower))*[- ](?:{_BODY}|sided)s?\b"
    rf"|\b(?:{_BODY}|pain|tear|injury|strain) (?:on|of|in) the (left|right)\b",
    re.I,
)
_GAP = re.compile(r"_{3,}|\[\s*(?:\.{3}|…)?\s*\]|\?{3}")
_BOTH_SIDED = frozenset({"findings", "red_flags"})  # they speak of both sides by their nature
_FIELDS = {"recipient": "recipient", "salutation": "recipient", "identity": "patient"}


def problems(
    kind: LetterKind,
    draft: LetterDraft,
    found: Source,
    recipient: ContactDetails | None,
    flags: FlagState,
    content: LetterContent,
    today: date,
) -> list[Problem]:
    """All problems, the blocking ones first."""
    checks = [
        *_recipient(recipient),
        *_parts(draft),
        *_older(kind, draft, found),
        *_visit(draft, found),
        *_flags(draft, found, flags),
        *_sides(draft, found),
        *_identity(found),
        *_dates(draft, today),
        *_unprintable(draft, content),
    ]
    return sorted(checks, key=lambda one: not one.blocking)


def _recipient(recipient: ContactDetails | None) -> list[Problem]:
    if recipient is None:
        return [Problem("Choose who the letter goes to.", True, "recipient")]
    if not recipient.address.strip():
        return [Problem(f"{recipient.name} has no address.", True, "recipient")]
    return []


def _parts(draft: LetterDraft) -> list[Problem]:
    found = []
    for part in draft.parts:
        if part.required and not (part.included and part.text.strip()):
            found.append(Problem(f"{part.title} is required and still empty.", True, part.id))
        elif part.included and not part.text.strip() and not (part.has_table and draft.table):
            found.append(Problem(f"{part.title} is ticked but empty.", False, part.id))
        if part.included and _GAP.search(part.text):
            found.append(Problem(f"{part.title} has a gap to fill in.", False, part.id))
        if len(part.text) > typed.NOTE:
            text = f"{part.title} has {len(part.text)} characters; at most {typed.NOTE} fit."
            found.append(Problem(text, True, part.id))
    return found


def _older(kind: LetterKind, draft: LetterDraft, found: Source) -> list[Problem]:
    """Parts that tell what the record no longer says."""
    now = {one.id: one.fill(found.values) for one in kind.parts}
    table = letter_words.table(found.record, kind)
    chart = letter_words.body_chart(found.record) if found.record else None
    return [
        Problem(f"The record has changed since {one.title} was composed.", False, one.id)
        for one in draft.parts
        if one.included
        and (
            now.get(one.id, one.composed) != one.composed
            or (one.has_table and draft.table != table)
            or (one.has_chart and draft.chart != chart)
        )
    ]


def _visit(draft: LetterDraft, found: Source) -> list[Problem]:
    """An unsigned visit stops a letter, unless its red flag waits for this very letter."""
    if found.record is None:
        return [Problem("No evaluation is recorded in this case.", False, "visit")]
    if found.visit_signed:
        return []
    text = "The visit behind this letter is not signed."
    return [Problem(text, not letter_draft.referred_flags(draft, found), "visit")]


def _flags(draft: LetterDraft, found: Source, flags: FlagState) -> list[Problem]:
    problems = []
    protocol = found.record.reckoned.protocol if found.record else None
    referred = {one.id for one in letter_draft.referred_flags(draft, found)}
    for one in flags.open:
        if protocol and one.urgency.blocks_signing and one.id not in referred:
            label = words.lowered(protocol.say(one.label))
            text = f"A red flag without action is not part of this letter: {label}."
            problems.append(Problem(text, False, "red_flags"))
    if letter_draft.emergency(found):
        text = "An emergency or same-day flag: a letter alone is too slow. Phone as well."
        problems.append(Problem(text, False, "red_flags"))
    return problems


def _sides(draft: LetterDraft, found: Source) -> list[Problem]:
    """Left and right of the text against the side of the case."""
    side = charts.side_of(found.case)
    problems = []
    if draft.side and side and draft.side != side.value and side is not Side.BOTH:
        text = f"The letter was composed for the {draft.side} side; the case is {side.value}."
        problems.append(Problem(text, True, "side"))
    if side not in (Side.LEFT, Side.RIGHT):
        return problems
    other = words.other(side).value
    if other in _sides_named(found.case.title):
        text = f"The case is on the {side.value}, but its title speaks of the {other} side."
        problems.append(Problem(text, False, "side"))
    for part in draft.parts:
        if part.included and part.id not in _BOTH_SIDED and other in _sides_named(part.text):
            text = f"{part.title} speaks of the {other} side; the case is on the {side.value}."
            problems.append(Problem(text, False, part.id))
    return problems


def _sides_named(text: str) -> set[str]:
    return {(match[1] or match[2]).lower() for match in _SIDED.finditer(text)}


def _identity(found: Source) -> list[Problem]:
    problems = []
    if found.patient.consent_on is None:
        text = "No consent to share the record is noted for this patient."
        problems.append(Problem(text, False, "consent"))
    if found.patient.birth_date is None and found.patient.birth_part:
        text = f"Of the birth date only {found.patient.birth_part} is known."
        problems.append(Problem(text, False, "patient"))
    elif found.patient.birth_date is None:
        problems.append(Problem("The birth date is not known.", False, "patient"))
    return problems


def _dates(draft: LetterDraft, today: date) -> list[Problem]:
    if draft.see_by is not None and draft.see_by < today:
        return [Problem("The day to be seen by lies in the past.", True, "see_by")]
    return []


def _unprintable(draft: LetterDraft, content: LetterContent) -> list[Problem]:
    """Characters that no font has; one in a part is named with that part."""
    shown = [
        one
        for one in draft.parts
        if one.included and (one.text.strip() or (one.has_table and draft.table))
    ]
    problems = []
    for one in papers.unprintable(content, _FIELDS):
        match = re.search(r"parts (\d+)", one.text)
        if match and int(match[1]) <= len(shown):
            part = shown[int(match[1]) - 1]
            text = re.sub(r" in parts \d+.* cannot", f" in {part.title} cannot", one.text)
            problems.append(Problem(text, True, part.id))
        else:
            problems.append(one)
    return problems
