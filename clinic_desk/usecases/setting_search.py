"""Finding a setting by its words, or by what people call it otherwise: "dark", "font", "paper"."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from clinic_desk.storage.folding import fold

MOST = 6  # lines of an answer
_ALIKE = 0.75  # of a mistyped word to the one that was meant
_SHORTEST_GUESS = 4  # letters; of fewer, any other word would be alike

# What a setting is also called, by its key.
ALSO = {
    "name": "clinic company firm title",
    "address": "street town place location letterhead",
    "registrations": "licence number company tax",
    "phone": "telephone call number",
    "email": "mail",
    "website": "internet page url",
    "paper": "page size format letter print a4 sheet",
    "envelope": "window post mail fold",
    "emergency_number": "ambulance 112 911 999",
    "logo": "picture image brand letterhead",
    "clinician": "therapist physiotherapist my name sign author",
    "profession": "job title role",
    "registration": "licence number",
    "signature": "sign picture",
    "people": "clinicians colleagues students assistants staff users accounts roles supervisor",
    "theme": "dark light night mode colour color contrast appearance look",
    "zoom": "font text size bigger larger smaller letters magnify scale",
    "unreviewed": "translation language handout warning",
    "language": "translation english german french spanish portuguese arabic handout",
    "weight": "units kilogram pound kg lb metric imperial load",
    "soon": "reminders tasks recalls ahead days due notice",
    "retest": "reminders re-evaluation review weeks days due",
    "country": "retention keep delete years archive law rule phone prefix region",
    "retention": "keep delete years due archive hold",
    "contacts": "address book doctors gp recipients insurers",
    "snippets": "shortcut text block semicolon expand abbreviation macro",
    "notes": "note layout soap free headings templates",
    "templates": "letters texts kinds wording",
    "export": "archive out csv fhir save backup copy all",
    "import": "csv fhir in take bring",
    "lock": "idle screen timeout minutes privacy away automatic",
    "passphrase": "password secret lock key change security",
    "place": "folder data where database file disk",
}


@dataclass(frozen=True, slots=True)
class Spot:
    """One setting: its key, its name on screen, and the card that it stands in."""

    key: str
    name: str
    card: str


def found(typed: str, spots: Sequence[Spot]) -> tuple[Spot, ...]:
    """The settings that all typed words fit, best first: the name, then what it is also called.

    Only when no setting fits are words taken as mistyped.
    """
    words = fold(typed).split()
    if not words:
        return ()
    ranked = _ranked(words, spots)
    if not ranked:
        known = sorted({word for one in spots for text in _texts(one) for word in text.split()})
        meant = [_meant(word, known) for word in words]
        ranked = _ranked(meant, spots) if meant != words else []
    return tuple(ranked[:MOST])


def _ranked(words: Sequence[str], spots: Sequence[Spot]) -> list[Spot]:
    ranks = []
    for place, one in enumerate(spots):
        texts = _texts(one)
        best = [_rank(word, texts) for word in words]
        if None not in best:
            ranks.append((sum(rank for rank in best if rank is not None), place, one))
    return [one for _rank_, _place, one in sorted(ranks, key=lambda row: row[:2])]


def _texts(one: Spot) -> tuple[str, str, str]:
    return fold(one.name), fold(ALSO.get(one.key, "")), fold(one.card)


def _rank(word: str, texts: Sequence[str]) -> int | None:
    """Where a word begins one of the words; none when it does nowhere."""
    for place, text in enumerate(texts):
        if f" {text}".find(f" {word}") >= 0:
            return place
    return None


def _meant(word: str, known: Sequence[str]) -> str:
    if len(word) < _SHORTEST_GUESS or any(one.startswith(word) for one in known):
        return word
    return next(iter(difflib.get_close_matches(word, known, 1, _ALIKE)), word)
