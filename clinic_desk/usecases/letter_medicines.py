"""Medicines as letters tell them: said once, with what the patient's details and the evaluation
each hold, and never "none" where nobody asked.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from clinic_desk.clinical import medicines
from clinic_desk.clinical.protocol import Item, Kind
from clinic_desk.library.letter_fields import Value
from clinic_desk.storage.models import Patient
from clinic_desk.usecases import tongue_answers, words
from clinic_desk.usecases.answer_words import answer as answer_in_words
from clinic_desk.usecases.letter_record import Record
from clinic_desk.usecases.tongue import Tongue

_ASKED = "med_anticoagulant"  # the question that some protocols ask by itself
_THINNER = "anticoagulant"  # the class that an emergency department asks for first


def values(record: Record | None, who: Patient) -> dict[str, Value]:
    """The fields that tell of medicines; empty where nothing was asked or typed."""
    said = _evaluated(record)
    thinners = [name if on is None else _then(name, on) for name, on in _thinners(record)]
    return {
        "medicines": "; ".join(_told(on_file(who), said, _FROM_FILE, _FROM_EVALUATION)),
        "blood_thinner": ", ".join(thinners) or _no_thinner(record, who, said, "no"),
    }


def spoken(tongue: Tongue, record: Record | None, who: Patient) -> dict[str, Value]:
    """The same in another language. Raises Unsaid."""

    def dated(text: str, on: date | None) -> str:
        return text if on is None else tongue.word("asked_then", text=text, day=tongue.day(on))

    said = tongue.semicolons(
        [
            dated(text, on)
            for item, held, on in taken_down(record)
            if (text := tongue_answers.answer(tongue, item, held))
        ]
    )
    typed = tongue.typed(on_file(who))
    told = _told(typed, said, tongue.speech.words["on_file"], tongue.speech.words["evaluated"])
    thinners = tongue.listed([dated(tongue.typed(name), on) for name, on in _thinners(record)])
    return {
        "medicines": tongue.semicolons(told),
        "blood_thinner": thinners or _no_thinner(record, who, said, tongue.word("no")),
    }


def on_file(who: Patient) -> str:
    """What the patient's details say, in one line without its full stop."""
    return "; ".join(line.strip() for line in who.medicines.splitlines() if line.strip()).rstrip(
        "."
    )


def taken_down(
    record: Record | None,
) -> Iterator[tuple[Item, Sequence[object], date | None]]:
    """The lists of medicines that were taken down last, with the day where that is an earlier
    one; an empty list says that none is taken.
    """
    if record is None:
        return
    standing = record.newest.standing
    for name, item in record.reckoned.protocol.items.items():
        if item.kind is not Kind.MEDICINES:
            continue
        held, on = standing.get(name), None
        if not isinstance(held, list | tuple):
            held, on = record.known(item) or (None, None)
        if isinstance(held, list | tuple):
            yield item, held, on


def at_odds(record: Record | None, who: Patient) -> bool:
    """Whether the patient's details and the evaluation say different things."""
    return len(_told(on_file(who), _evaluated(record), "", "")) > 1


_FROM_FILE, _FROM_EVALUATION = "{text} (patient details)", "{text} (evaluation)"


def _evaluated(record: Record | None) -> str:
    if record is None:
        return ""
    say = record.reckoned.protocol.say
    return "; ".join(
        text if on is None else _then(text, on)
        for item, held, on in taken_down(record)
        if (text := answer_in_words(item, held, None, say))
    )


def _then(text: str, on: date) -> str:
    return f"{text} ({words.day(on)})"


def _told(typed: str, said: str, from_file: str, from_evaluation: str) -> list[str]:
    """Both where they differ, each with where it is from; one where they say the same."""
    if typed and said and medicines.folded(typed) != medicines.folded(said):
        return [from_file.replace("{text}", typed), from_evaluation.replace("{text}", said)]
    return [one for one in (typed or said,) if one]


def _thinners(record: Record | None) -> list[tuple[str, date | None]]:
    """The names of what thins the blood as they were taken down, with the day of an older list."""
    return [
        (name, on)
        for item, held, on in taken_down(record)
        for name, classes in _named(item, held)
        if _THINNER in classes
    ]


def _no_thinner(record: Record | None, who: Patient, said: str, no: str) -> str:
    """That no medicine is taken, or that the question about blood thinners by itself was answered
    no; empty where the record cannot tell, as where the patient's details name one all the same.
    """
    lists = [held for _, held, _on in taken_down(record)]
    if lists and not any(lists) and not on_file(who):
        return said
    denied = record is not None and record.newest.standing.get(_ASKED) == "no"
    return no if denied and not _names_thinner(record, who) else ""


def _names_thinner(record: Record | None, who: Patient) -> bool:
    """Whether the patient's details name what thins the blood, in whatever sentence."""
    items = record.reckoned.protocol.items.values() if record else ()
    typed = medicines.folded(on_file(who))
    return any(
        _THINNER in classes and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", typed)
        for item in items
        if item.kind is Kind.MEDICINES
        for name, classes in medicines.known(item).items()
    )


def _named(item: Item, held: Sequence[object]) -> Iterator[tuple[str, Sequence[str]]]:
    for one in held:
        entry = one if isinstance(one, Mapping) else {"name": one}
        name, _dose = medicines.parted(item, str(entry.get("name", "")))
        given = entry.get("class")
        yield name, (str(given),) if given else medicines.classes(item, name)
