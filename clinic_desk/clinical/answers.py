"""Reading raw answers: a plain JSON value for an item becomes a typed one, or is refused.

A refusal names the item, what was given and what is allowed. Nothing is guessed: a text is
never a number, true is never yes, and another unit is converted only within its dimension.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from difflib import get_close_matches
from itertools import islice

from clinic_desk.clinical import births, medicines, outcomes, units
from clinic_desk.clinical.body_chart import ChartFault, read_chart
from clinic_desk.clinical.findings import Truth
from clinic_desk.clinical.measures import (
    Answer,
    Answers,
    Medicine,
    Pair,
    Refused,
    Scored,
    State,
    Value,
)
from clinic_desk.clinical.protocol import Case, Item, Kind, Protocol
from clinic_desk.clinical.reading import Reading
from clinic_desk.errors import InvalidInput

NOT_ASKED = "not_asked"
NOT_TESTABLE = "not_testable"
_LARGEST_SHOWN = 1e30
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

_OUTCOME_KEYS = frozenset({"answers", "score", "on", "note"})
_LONGEST_NOTE = 200
_MOST_MEDICINES = 60
_MOST_NEAR = 12  # unknown names that near ones are looked for; it takes long, and nobody reads on

DURATION_UNITS = ("s", "min", "h", "d", "wk")


def read(protocol: Protocol, case: Case, given: Mapping[str, object]) -> Answers:
    """Every given value as a typed answer; items that were not asked are left out.

    Raises InvalidInput with one text for each item that cannot be taken.
    """
    taken: dict[str, Answer] = {}
    faults: dict[str, str] = {}
    words = protocol.words
    for name, value in given.items():
        if type(value) is str and name in words:
            known = words[name].get(value)
            if known is not None:
                taken[name] = known
                continue
        item = protocol.items.get(name)
        if item is None:
            faults[name] = (
                f"given {shown(value)}, but {_no_item(protocol, name, len(faults) < _MOST_NEAR)}"
            )
            continue
        try:
            answer = read_one(item, value, case)
        except InvalidInput as fault:
            faults.update(fault.fields)
            continue
        if answer is not None:
            taken[name] = answer
    for name in taken:
        if name in protocol.derived and name not in faults:
            text = _beside_its_inputs(protocol, taken, name) or _against_patient_data(
                protocol, case, name, taken[name]
            )
            if text:
                faults[name] = f"given {shown(given[name])}, but {text}"
    if faults:
        raise InvalidInput(faults)
    return taken


_NEITHER = Pair()


def read_one(item: Item, value: object, case: Case) -> Answer | None:
    """One value as a typed answer; None where it was not asked. Raises InvalidInput."""
    if isinstance(value, str) and value == NOT_ASKED:
        return None
    if isinstance(value, str) and value == NOT_TESTABLE:
        return Answer(State.NOT_TESTABLE)
    if item.kind is Kind.YES_NO_UNSURE and value == "unsure":
        return Answer(State.UNSURE)
    try:
        typed = _typed(item, value, case)
    except Refused as refusal:
        text = f"given {shown(value)}; allowed is {refusal}, {NOT_ASKED} or {NOT_TESTABLE}"
        raise InvalidInput({item.id: text}) from refusal
    if (
        typed is None
        or (isinstance(typed, Pair) and typed == _NEITHER)
        or (isinstance(typed, str) and not typed.strip())
    ):
        return None  # nothing was said: an empty reason closes no question
    return Answer(State.GIVEN, typed)


def allowed(item: Item) -> str:
    """What may be given for an item, in words."""
    match item.kind:
        case Kind.YES_NO:
            return '"yes", "no"'
        case Kind.YES_NO_UNSURE:
            return '"yes", "no", "unsure"'
        case Kind.CHOICE:
            return "one of " + ", ".join(f'"{choice.id}"' for choice in item.choices)
        case Kind.MANY:
            return "a list of " + ", ".join(f'"{choice.id}"' for choice in item.choices)
        case Kind.SCALE | Kind.NUMBER:
            return _span(item)
        case Kind.PAIR:
            return '{"left": …, "right": …}, each null or ' + _span(item)
        case Kind.DATE:
            return "a date written as 2026-02-03"
        case Kind.DURATION:
            units = "|".join(DURATION_UNITS)
            return f'{{"value": …, "unit": "{units}"}}, {_span(item)}'
        case Kind.TEXT:
            return "a text"
        case Kind.OUTCOME:
            score = f'{{"score": {_span(item)}, "on": a date, "note": a text}}'
            full = item.measure is not None and not item.measure.questionnaire.score_only
            return f'{{"answers": …}} or {score}' if full else score
        case Kind.MEDICINES:
            return 'a list of names or {"name": …, "class": …, "dose": …}, [] for none taken'
        case Kind.BODY_CHART:
            return (
                '{"marks": [{"region": …, "side": …, "type": …, "intensity": 0 to 10 or null} or '
                '{"view": …, "path": [[x, y], …], "type": …, "intensity": …}]}'
            )


def choices(item: Item) -> tuple[str, ...]:
    """The words that answer an item: the ids of its choices, or yes, no and unsure."""
    if item.kind is Kind.YES_NO:
        return ("yes", "no")
    if item.kind is Kind.YES_NO_UNSURE:
        return ("yes", "no", "unsure")
    return tuple(choice.id for choice in item.choices)


def _typed(item: Item, value: object, case: Case) -> Value:
    match item.kind:
        case Kind.YES_NO | Kind.YES_NO_UNSURE:
            if isinstance(value, str) and value in ("yes", "no"):
                return value == "yes"
        case Kind.CHOICE:
            if isinstance(value, str):
                return _choice(item, value)
        case Kind.MANY:
            return _many(item, value)
        case Kind.SCALE | Kind.NUMBER:
            return _number(item, value)
        case Kind.PAIR:
            return _pair(item, value)
        case Kind.DATE:
            return _date(item, value, case)
        case Kind.DURATION:
            if isinstance(value, Mapping):
                return _number(item, value)
        case Kind.TEXT:
            if isinstance(value, str):
                return value
        case Kind.OUTCOME:
            return _outcome(item, value, case)
        case Kind.MEDICINES:
            return _medicines(item, value)
        case Kind.BODY_CHART:
            try:
                return read_chart(value)
            except ChartFault as fault:
                raise Refused(str(fault)) from fault
    raise Refused(allowed(item))


def _choice(item: Item, value: str) -> str:
    for choice in item.choices:
        if value == choice.id:
            return choice.id
    spelled = " ".join(value.split()).casefold()
    for choice in item.choices:
        if spelled in (also.casefold() for also in choice.also):
            return choice.id
    raise Refused(allowed(item))


def _many(item: Item, value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(part, str) for part in value):
        raise Refused(allowed(item))
    chosen = [_choice(item, part) for part in value]
    if len(set(chosen)) != len(chosen):
        raise Refused("each choice once, from " + allowed(item))
    return tuple(choice.id for choice in item.choices if choice.id in chosen)


def _medicines(item: Item, value: object) -> tuple[Medicine, ...]:
    if not isinstance(value, list | tuple):
        raise Refused(allowed(item))
    if len(value) > _MOST_MEDICINES:
        raise Refused(f"at most {_MOST_MEDICINES} medicines (there are {len(value)})")
    taken = tuple(_medicine(item, part) for part in value)
    if len({medicines.folded(one.name) for one in taken}) != len(taken):
        raise Refused("each medicine once, in " + allowed(item))
    return taken


def _medicine(item: Item, value: object) -> Medicine:
    given = {"name": value} if isinstance(value, str) else value
    if not isinstance(given, Mapping) or not set(given) <= {"name", "class", "dose"}:
        raise Refused(allowed(item))
    typed, dose, stated = given.get("name"), given.get("dose", ""), given.get("class")
    if not isinstance(typed, str) or not isinstance(dose, str):
        raise Refused(allowed(item))
    if len(dose) > medicines.LONGEST_DOSE:
        raise Refused(allowed(item))
    name, dose_typed = medicines.parted(item, typed)
    if not name or len(name) > medicines.LONGEST_NAME:
        raise Refused(f"a name of at most {medicines.LONGEST_NAME} letters")
    if medicines.says_none(name):
        raise Refused(f'a medicine\'s name, not "{name}"; an empty list says that none is taken')
    found = medicines.classes(item, name)
    if stated is not None and stated not in found:
        if not isinstance(stated, str) or item.choice(stated) is None:
            known = ", ".join(choice.id for choice in item.choices)
            raise Refused(f"a class from: {known}")
        found = (*found, stated)
    return Medicine(name, found, dose or dose_typed)


def _number(item: Item, value: object) -> float:
    given = item.unit
    if isinstance(value, Mapping):
        if set(value) != {"value", "unit"}:
            raise Refused(allowed(item) + units.spelled(item))
        given, value = value["unit"], value["value"]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused(allowed(item))
    try:
        number = round(_in_its_unit(item, float(value), given), 9)
    except OverflowError as error:
        raise Refused(allowed(item)) from error
    outside = (item.minimum is not None and number < item.minimum) or (
        item.maximum is not None and number > item.maximum
    )
    if not math.isfinite(number) or outside or (item.whole and number != int(number)):
        likely = units.other_scale(item, number) if outside else None
        hint = f" ({number:g} °F would be {likely:g} {item.unit})" if likely is not None else ""
        raise Refused(allowed(item) + hint)
    return number


def _in_its_unit(item: Item, value: float, given: object) -> float:
    """A value that was given in some unit, in the item's own."""
    if given == item.unit:
        return value
    found = units.convert(value, given, item.unit) if isinstance(given, str) else None
    if found is None:
        raise Refused(allowed(item) + units.instead(item, given, value))
    return found


def _pair(item: Item, value: object) -> Pair:
    if not isinstance(value, Mapping) or not set(value) <= {"left", "right"} or not value:
        raise Refused(allowed(item))
    left, right = value.get("left"), value.get("right")
    return Pair(
        None if left is None else _number(item, left),
        None if right is None else _number(item, right),
    )


def _date(item: Item, value: object, case: Case) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        day = value
    elif isinstance(value, str) and _ISO_DATE.fullmatch(value):
        try:
            day = date.fromisoformat(value)
        except ValueError as error:
            raise Refused(allowed(item)) from error
    else:
        raise Refused(allowed(item))
    if day > case.on:
        raise Refused(f"a date no later than the evaluation ({case.on.isoformat()})")
    born = births.between(case.birth_date, case.birth_part)
    if born is not None and day < born[0]:
        known = case.birth_part or born[0].isoformat()
        raise Refused(f"a date no earlier than birth ({known})")
    return day


def _outcome(item: Item, value: object, case: Case) -> Value:
    """A questionnaire item by item, or its score; None where nothing of it was answered."""
    measure = item.measure
    if measure is None or not isinstance(value, Mapping):
        raise Refused(allowed(item))
    if not set(value) <= _OUTCOME_KEYS or ("score" in value) == ("answers" in value):
        raise Refused(allowed(item))
    note = value.get("note", "")
    if not isinstance(note, str) or len(note) > _LONGEST_NOTE:
        raise Refused(f"a note of at most {_LONGEST_NOTE} characters")
    on = None if value.get("on") is None else _date(item, value["on"], case)
    if "score" in value:
        if value["score"] is None:
            return None
        score = _number(item, value["score"])
        return Scored(score, score, on=on, note=note.strip())
    given = value["answers"]
    if measure.questionnaire.score_only or not isinstance(given, Mapping):
        raise Refused(allowed(item))
    try:
        taken = read(measure.questionnaire, case, given)
    except InvalidInput as fault:
        said = "; ".join(f"{name}: {text}" for name, text in fault.fields.items())
        raise InvalidInput({item.id: said}) from fault
    return (
        replace(outcomes.scored(measure, case, taken), on=on, note=note.strip()) if taken else None
    )


def _span(item: Item) -> str:
    kind = "a whole number" if item.whole else "a number"
    low, high = item.minimum, item.maximum
    unit = f" {item.unit}" if item.unit else ""
    if low is not None and high is not None:
        return f"{kind} from {low:g} to {high:g}{unit}"
    if low is not None:
        return f"{kind} of at least {low:g}{unit}"
    if high is not None:
        return f"{kind} of at most {high:g}{unit}"
    return f"{kind} in {item.unit}" if unit else kind


def _no_item(protocol: Protocol, name: str, near: bool) -> str:
    text = f"{protocol.id} has no item of this name"
    close = get_close_matches(name[:60].lower(), protocol.items, n=3) if near else []
    if close:
        return f"{text}; allowed are its item ids, like {', '.join(close)}"
    return f"{text}; clinic-desk protocol items {protocol.id} lists them"


def _beside_its_inputs(protocol: Protocol, taken: Answers, name: str) -> str:
    """Why a derived value may not be given here; empty where it may."""
    there = [
        part
        for part in protocol.under(name)
        if part in taken and taken[part].state is not State.NOT_TESTABLE
    ]
    if there:
        return "it is worked out from " + ", ".join(there) + ", which is given too; give one only"
    return ""


def _against_patient_data(protocol: Protocol, case: Case, name: str, given: Answer) -> str:
    """Why a value that the patient's own data settle is wrong; empty where it agrees."""
    if protocol.under(name) or given.state is not State.GIVEN:
        return ""
    alone = Reading(protocol, case, {})
    if isinstance(given.value, bool):
        truth, _ = alone.truth(name)
        agrees = truth is Truth.UNKNOWN or given.value is (truth is Truth.TRUE)
        said = "yes" if truth is Truth.TRUE else "no"
    else:
        low, high, _ = alone.amount(name)
        agrees = low != high or given.value == low
        said = f"{low:g}"
    return "" if agrees else f"the patient's data make it {said}; leave it out"


def shown(value: object, depth: int = 3) -> str:
    """A given value as it stood in the request, cut where it is long or deep."""
    if isinstance(value, str):
        text = f'"{value}"'
    elif isinstance(value, bool):
        text = "true" if value else "false"
    elif value is None:
        text = "null"
    elif isinstance(value, Mapping | list | tuple) and value and depth == 0:
        text = "…"
    elif isinstance(value, Mapping):
        parts = (f"{key}: {shown(part, depth - 1)}" for key, part in islice(value.items(), 9))
        text = "{" + ", ".join(parts) + "}"
    elif isinstance(value, list | tuple):
        text = "[" + ", ".join(shown(part, depth - 1) for part in islice(value, 30)) + "]"
    elif isinstance(value, int | float) and abs(value) > _LARGEST_SHOWN:
        text = "a number out of all range"
    else:
        text = str(value)
    text = "".join(sign if sign.isprintable() else "\ufffd" for sign in text)
    return text if len(text) <= 80 else text[:77] + "…"
