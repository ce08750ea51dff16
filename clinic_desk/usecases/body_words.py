"""A body chart in words: for the note, for letters, for lists, and against the last visit."""

from collections.abc import Mapping
from dataclasses import dataclass

from clinic_desk.clinical.body_chart import ChartFault, read_chart
from clinic_desk.clinical.body_regions import REGIONS, TYPES
from clinic_desk.clinical.measures import BodyChart, Mark, Place
from clinic_desk.drawing import body_chart as drawn
from clinic_desk.usecases import words

NOTHING = "nothing marked"


@dataclass(frozen=True, slots=True)
class Change:
    kind: str  # new | gone | more | less | same
    text: str  # "Pain at the back of the left knee: 6, was 4"


def chart_of(value: object) -> BodyChart | None:
    """The typed chart of a kept answer; None where there is none that can be read."""
    if not isinstance(value, Mapping):
        return None
    try:
        return drawn.resolved(read_chart(value))
    except ChartFault:
        return None


def place_words(place: Place) -> str:
    """ "at the back of the left thigh (upper third)"."""
    side = place.side.value if place.side else ""
    return REGIONS[place.region].words.replace("{side}", side)


def place_name(place: Place) -> str:
    """ "Thigh, back, upper third, left": as it stands in a list."""
    label = REGIONS[place.region].label
    return f"{label}, {place.side.value}" if place.side else label


def complaint(mark: Mark) -> str:
    """ "pain 6 of 10"."""
    rated = "" if mark.intensity is None else f" {mark.intensity} of 10"
    return TYPES[mark.type] + rated


def mark_words(mark: Mark) -> str:
    """ "pain 6 of 10 in the left buttock and at the back of the left thigh"."""
    return f"{complaint(mark)} {words.listed([place_words(one) for one in mark.places or ()])}"


def answer(value: object) -> str:
    """The whole chart as one clause: complaints by semicolons, strongest first."""
    chart = chart_of(value)
    if chart is None:
        return ""
    if not chart.marks:
        return NOTHING
    return "; ".join(mark_words(one) for one in grouped(chart))


def grouped(chart: BodyChart) -> list[Mark]:
    """One mark for each complaint of the same strength, with all its places."""
    found: dict[tuple[str, int | None], list[Place]] = {}
    for mark in chart.marks:
        found.setdefault((mark.type, mark.intensity), []).extend(mark.places or ())
    ranked = sorted(found, key=lambda key: -1 if key[1] is None else key[1], reverse=True)
    return [Mark(*key, tuple(dict.fromkeys(found[key]))) for key in ranked]


def changes(before: object, now: object) -> tuple[Change, ...]:
    """What is new, gone, more, less or the same since the last visit."""
    was, has = chart_of(before), chart_of(now)
    if was is None or has is None:
        return ()
    said = []
    for kind, place, type_, old, new in drawn.compared(was, has):
        text = words.capital(f"{TYPES[type_]} {place_words(place)}")
        earlier = "" if old is None or old.intensity is None else f"{old.intensity}"
        later = "" if new is None or new.intensity is None else f"{new.intensity}"
        if kind in ("more", "less"):
            text += f": {later}, was {earlier}"
        elif earlier or later:
            text += f": {later or earlier}" if kind != "gone" else f": was {earlier}"
        said.append(Change(kind, text))
    order = {"new": 0, "more": 1, "less": 2, "gone": 3, "same": 4}
    return tuple(sorted(said, key=lambda one: order[one.kind]))
