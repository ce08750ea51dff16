"""One answer in words: for the note, the letter and the field beside a pair.

Phrases stand in `resources/letters/phrases/`, by protocol and item; an item without one is said
as its label with its answer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from clinic_desk.clinical import births, measures, medicines, units
from clinic_desk.clinical.change import Change, change
from clinic_desk.clinical.measures import Side
from clinic_desk.clinical.protocol import Case, Item, Kind
from clinic_desk.library.phrases import Phrases
from clinic_desk.usecases import body_words, outcome_words, words

Say = Callable[[str], str]

BAR_DEGREES = 40  # the deficit that fills the bar; a working value for the drawing only
_STRENGTH_UNITS = frozenset({"N", "Nm", "kg"})
NOT_ANSWERED = frozenset({"not_asked", "not_testable"})


@dataclass(frozen=True, slots=True)
class Difference:
    """Both sides of a pair and what lies between them."""

    left: float | None
    right: float | None
    deficit: float | None  # in the item's unit, or percent where the item shows percent
    text: str  # "14° less", "28 % weaker", "equal", "Enter right side"

    @property
    def complete(self) -> bool:
        return self.left is not None and self.right is not None


def is_given(value: object) -> bool:
    """Whether anything was answered; not asked and not testable are no answer."""
    if value is None or (isinstance(value, str) and value in NOT_ANSWERED):
        return False
    if isinstance(value, Mapping) and ("left" in value or "right" in value):
        return value.get("left") is not None or value.get("right") is not None
    if isinstance(value, Mapping) and ("score" in value or "answers" in value):
        return value.get("score") is not None or bool(value.get("answers"))
    return value != ""


def numeric(value: object) -> float | None:
    """The number of an answer, given plainly or with its unit."""
    if isinstance(value, Mapping):
        value = value.get("value")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)


def amount_of(item: Item, value: object) -> float | None:
    """The number of an answer in the item's own unit, whatever unit it was given in."""
    number = numeric(value)
    unit = value.get("unit") if isinstance(value, Mapping) else None
    if number is None or not unit or not item.unit or item.kind is Kind.DURATION:
        return number
    return units.convert(number, str(unit), item.unit)


def difference(item: Item, value: object, side: Side | None) -> Difference | None:
    """The two sides of a pair; none where neither side is given."""
    if item.kind is not Kind.PAIR or not isinstance(value, Mapping):
        return None
    left, right = numeric(value.get("left")), numeric(value.get("right"))
    if left is None and right is None:
        return None
    if left is None:
        return Difference(left, right, None, "Enter left side")
    if right is None:
        return Difference(left, right, None, "Enter right side")
    if left == right:
        return Difference(left, right, 0.0, "equal")
    if side not in (Side.LEFT, Side.RIGHT):
        return Difference(left, right, None, _unsided(item, left, right))
    affected, sound = (left, right) if side is Side.LEFT else (right, left)
    worse = item.worse or "lower"
    amount = measures.deficit(affected, sound, worse)
    if item.show == "percent":
        percent = measures.deficit_percent(affected, sound, worse)
        if percent is not None:
            return Difference(left, right, percent, _percent(item, percent))
    return Difference(left, right, amount, _absolute(item, amount))


def _percent(item: Item, percent: float) -> str:
    if round(percent) == 0:
        return "equal"
    better, worse = ("stronger", "weaker") if item.unit in _STRENGTH_UNITS else ("more", "less")
    return f"{abs(round(percent))} % {worse if percent > 0 else better}"


def _absolute(item: Item, amount: float) -> str:
    """Degrees are said as movement: worse is always less of it. Others by their own size."""
    said = words.with_unit(abs(amount), item.unit)
    if item.unit == "°" or item.worse != "higher":
        return f"{said} {'less' if amount > 0 else 'more'}"
    return f"{said} {'more' if amount > 0 else 'less'}"


def change_of(item: Item, before: object, now: object, side: Side | None) -> Change | None:
    """What became of a value; none where it has no better and worse, or is not there twice.

    A measurement error is that of one reading, so where it is known the affected side's own
    reading is compared; else the difference between the sides.
    """
    if item.kind is not Kind.PAIR:
        old, new = amount_of(item, before), amount_of(item, now)
        if item.worse is None or old is None or new is None:
            return None
        return change(old, new, item.worse, item.mdc)
    earlier, later = difference(item, before, side), difference(item, now, side)
    if earlier is None or later is None:
        return None
    if item.mdc is not None and side in (Side.LEFT, Side.RIGHT):
        old, new = getattr(earlier, side.value), getattr(later, side.value)
        if old is not None and new is not None:
            return change(old, new, item.worse or "lower", item.mdc)
    if earlier.deficit is None or later.deficit is None:
        return None
    return change(earlier.deficit, later.deficit, "higher")


def gain_words(item: Item, found: Change) -> str:
    """ "7° better"; empty where nothing changed."""
    gain = round(found.gain, 1)
    if not gain:
        return ""
    if item.show == "percent" and found.error is None:
        amount = f"{words.number(round(abs(gain)))} points"
    else:
        amount = words.with_unit(abs(gain), _unit(item.unit, abs(gain)))
    return f"{amount} {'better' if gain > 0 else 'worse'}"


def error_words(item: Item, found: Change) -> str:
    """ "within measurement error (15°)"; empty where nothing changed or no error is known."""
    if found.error is None or not round(found.gain, 1):
        return ""
    error = words.with_unit(found.error, _unit(item.unit, found.error))
    than = "more than" if found.beyond_error else "within"
    return f"{than} measurement error ({error})"


def _unsided(item: Item, left: float, right: float) -> str:
    return f"{words.with_unit(abs(left - right), item.unit)} apart"


def side_value(item: Item, value: float | None) -> str:
    """One side's reading, or that it was not tested."""
    return "not tested" if value is None else words.with_unit(value, item.unit)


def phrase(item: Item, value: object, side: Side | None, say: Say, phrases: Phrases) -> str:
    """The answer in words without a full stop; empty where there is none."""
    if value == "not_testable":
        return f"{words.lowered(say(item.label))}: not testable"
    if not is_given(value):
        return ""
    if item.kind is Kind.OUTCOME:
        return outcome_words.phrase(item, value)
    own = phrases.get(item.id, {})
    alone = isinstance(value, list | tuple) and len(value) == 1  # such as "none of these"
    only = value[0] if alone and isinstance(value, list | tuple) else value
    if isinstance(only, str) and only in own:
        return own[only]
    said = answer(item, value, side, say)
    if item.kind is Kind.BODY_CHART and said != body_words.NOTHING:
        return said  # it names the complaint and the place itself
    if "value" in own:
        return own["value"].replace("{value}", said)
    label = own.get("label", words.lowered(say(item.label)))
    return f"{label}: {said}"


def answer(item: Item, value: object, side: Side | None, say: Say) -> str:
    """Only the answer: "yes", "34° left, 20° right (14° less on the left)", "7 of 10"."""
    if item.kind is Kind.PAIR:
        return _pair(item, value, side)
    if item.kind is Kind.OUTCOME:
        return outcome_words.answer(item, value)
    if item.measure is not None and item.measure.score.of_change and numeric(value) is not None:
        return outcome_words.value(item, numeric(value) or 0.0)
    if item.kind is Kind.BODY_CHART:
        return body_words.answer(value)
    if item.kind is Kind.SCALE:
        found = numeric(value)
        return "" if found is None else f"{words.number(found)} of 10"
    if item.kind is Kind.MEDICINES:
        return _medicines(item, value)
    if isinstance(value, list | tuple):
        return words.listed([_choice(item, one, say) for one in value])
    if isinstance(value, Mapping):
        amount, unit = numeric(value), value.get("unit")
        return (
            words.with_unit(amount, _unit(str(unit or item.unit), amount))
            if amount is not None
            else ""
        )
    if item.kind is Kind.DATE and isinstance(value, str):
        return words.day(date.fromisoformat(value))
    if item.kind is Kind.CHOICE:
        return _choice(item, value, say)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return words.with_unit(float(value), _unit(item.unit, float(value)))
    return str(value)


def _medicines(item: Item, value: object) -> str:
    """Each medicine with its dose; one of unknown class says so, as no rule has looked at it."""
    parts = value if isinstance(value, list | tuple) else ()
    said = []
    for part in parts:
        entry = part if isinstance(part, Mapping) else {"name": part}
        name, dose = medicines.parted(item, str(entry.get("name", "")))
        dose = str(entry.get("dose") or dose)
        text = f"{name} {dose}" if dose else name
        known = entry.get("class") or medicines.classes(item, name)
        said.append(text if known else f"{text} (class not known)")
    return words.listed(said) if said else "none taken"


_UNITS = {"d": ("day", "days"), "wk": ("week", "weeks"), "h": ("hour", "hours")}


def _unit(unit: str, amount: float) -> str:
    one, many = _UNITS.get(unit, (unit, unit))
    return one if amount == 1 else many


def _choice(item: Item, value: object, say: Say) -> str:
    for choice in item.choices:
        if choice.id == value or value in choice.also:
            return words.lowered(say(choice.label))
    return str(value)


def _pair(item: Item, value: object, side: Side | None) -> str:
    found = difference(item, value, side)
    if found is None:
        return ""
    sides = f"{side_value(item, found.left)} left, {side_value(item, found.right)} right"
    if not found.complete:
        return sides
    on = f" on the {side.value}" if side in (Side.LEFT, Side.RIGHT) and found.deficit else ""
    return f"{sides} ({found.text}{on})"


def fraction(item: Item, found: Difference) -> float | None:
    """How much of the bar a deficit fills, 0 to 1; none while a side is missing."""
    if found.deficit is None or found.left is None or found.right is None:
        return None
    if item.show == "percent":
        full: float = 100
    elif item.unit == "°":
        full = BAR_DEGREES
    else:
        full = max(abs(found.left), abs(found.right), 1)
    return min(1.0, abs(found.deficit) / full)


def problem(item: Item, value: object, case: Case, say: Say, otherwise: str) -> str:
    """What is wrong with a typed value, for the person at the field."""
    if item.kind is Kind.OUTCOME and isinstance(value, Mapping):
        day = _wrong_day(value.get("on"), case)
        if day:
            return day
        value = value.get("score")
    if item.kind is Kind.DATE:
        return _wrong_day(value, case) or otherwise
    if item.kind is Kind.MEDICINES:
        return _wrong_medicines(value) or otherwise
    numbers = (
        [value.get("left"), value.get("right")]
        if item.kind is Kind.PAIR and isinstance(value, Mapping)
        else [value]
    )
    amounts = (amount_of(item, one) for one in numbers)
    found = [one for one in amounts if one is not None]
    for amount in found:
        if item.minimum is not None and amount < item.minimum:
            return f"At least {words.with_unit(item.minimum, item.unit)}."
        if item.maximum is not None and amount > item.maximum:
            likely = units.other_scale(item, amount)
            said = f"At most {words.with_unit(item.maximum, item.unit)}."
            if likely is None:
                return said
            return f"{said} {amount:g} looks like Fahrenheit: that is {likely:g} °C."
        if item.whole and amount % 1:
            return "A whole number."
    if item.kind is Kind.SCALE:
        return "A whole number from 0 to 10."
    if item.kind is Kind.CHOICE:
        return f"One of: {words.listed([say(one.label) for one in item.choices], 'or')}."
    return otherwise


def _wrong_day(value: object, case: Case) -> str:
    """Why a day cannot stand, in words; empty where it can, or is none."""
    try:
        on = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return ""
    born = births.between(case.birth_date, case.birth_part)
    if on is not None and on > case.on:
        return f"This day lies after the visit, which was on {words.day(case.on)}."
    if on is not None and born is not None and on < born[0]:
        return (
            f"This day lies before the patient was born ({case.birth_part or words.day(born[0])})."
        )
    return ""


def _wrong_medicines(value: object) -> str:
    """Why a list of medicines cannot stand, in words."""
    parts = value if isinstance(value, list | tuple) else ()
    names = [str(one.get("name", "")) if isinstance(one, Mapping) else str(one) for one in parts]
    seen: set[str] = set()
    for name in names:
        if medicines.says_none(name):
            return f'"{name}" is no medicine. Take it off; "Takes none" says that none is taken.'
        if medicines.folded(name) in seen:
            return f"{name} is on the list twice."
        seen.add(medicines.folded(name))
    for part, name in zip(parts, names, strict=True):
        dose = str(part.get("dose", "")) if isinstance(part, Mapping) else ""
        if len(dose) > medicines.LONGEST_DOSE:
            return f"The dose of {name} is too long: at most {medicines.LONGEST_DOSE} signs."
    return ""
