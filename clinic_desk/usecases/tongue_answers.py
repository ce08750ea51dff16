"""One answer in another language: the counterpart of `answer_words` and `outcome_words`."""

from collections.abc import Mapping
from datetime import date

from clinic_desk.clinical import medicines
from clinic_desk.clinical.change import Change
from clinic_desk.clinical.findings import Truth
from clinic_desk.clinical.measures import BodyChart, Mark, Place, Side
from clinic_desk.clinical.outcomes import Change as ScoreChange
from clinic_desk.clinical.protocol import Item, Kind, Score
from clinic_desk.usecases import body_words, outcome_words
from clinic_desk.usecases.answer_words import Difference, difference, is_given, numeric
from clinic_desk.usecases.tongue import Tongue, Unsaid

_STRENGTH = frozenset({"N", "Nm", "kg"})
_YES_NO = (Kind.YES_NO, Kind.YES_NO_UNSURE)


def phrase(tongue: Tongue, item: Item, value: object) -> str:
    """The answer in words without a full stop; empty where there is none. Raises Unsaid."""
    if value == "not_testable":
        return tongue.word("named", name=tongue.name(item), value=tongue.word("not_testable"))
    if not is_given(value):
        return ""
    if item.kind is Kind.OUTCOME:
        return measure(tongue, item, value)
    own = tongue.phrases(item)
    alone = isinstance(value, list | tuple) and len(value) == 1
    only = value[0] if alone and isinstance(value, list | tuple) else value
    if isinstance(only, str) and only in own:
        return own[only]
    said = answer(tongue, item, value)
    if item.kind is Kind.BODY_CHART and said != tongue.word("nothing_marked"):
        return said
    if "value" in own:
        return own["value"].replace("{value}", said)
    return tongue.word("named", name=tongue.name(item), value=said)


def finding(tongue: Tongue, item: Item, value: object) -> str:
    """As `phrase`; a yes or no whose phrase only names the sign gets its answer."""
    if item.kind in _YES_NO and str(value) not in tongue.phrases(item):
        return tongue.word("named", name=tongue.name(item), value=yes_no(tongue, value))
    return phrase(tongue, item, value)


def sign(tongue: Tongue, item: Item, value: str) -> str:
    """The name of a red-flag question without its answer."""
    own = tongue.phrases(item)
    return own[value] if value in own else tongue.name(item)


def yes_no(tongue: Tongue, value: object) -> str:
    """Yes, no or not sure, and nothing else."""
    if value not in ("yes", "no", "unsure"):
        raise Unsaid(str(value))
    return tongue.word(str(value))


def answer(tongue: Tongue, item: Item, value: object) -> str:
    """Only the answer. Raises Unsaid."""
    if item.kind in _YES_NO:
        return yes_no(tongue, value)
    if item.kind is Kind.PAIR:
        return _pair(tongue, item, value)
    if item.kind is Kind.OUTCOME:
        return _outcome(tongue, item, value)
    amount = numeric(value)
    if item.measure is not None and item.measure.score.of_change and amount is not None:
        return score(tongue, item, amount)
    if item.kind is Kind.BODY_CHART:
        chart = body_words.chart_of(value)
        return "" if chart is None else _chart(tongue, chart)
    if item.kind is Kind.SCALE:
        return "" if amount is None else tongue.word("of", value=tongue.number(amount), most="10")
    if item.kind is Kind.MEDICINES:
        return _medicines(tongue, item, value)
    if isinstance(value, list | tuple):
        said = [_choice(tongue, item, one) for one in value]
        return tongue.listed(said) if said else tongue.word("none_chosen")
    if isinstance(value, Mapping):
        unit = str(value.get("unit") or item.unit)
        return tongue.amount(amount, unit) if amount is not None else ""
    if item.kind is Kind.DATE and isinstance(value, str):
        return tongue.day(date.fromisoformat(value))
    if item.kind is Kind.CHOICE:
        return _choice(tongue, item, value)
    if amount is not None:
        return tongue.amount(amount, item.unit)
    return tongue.typed(str(value))


def _choice(tongue: Tongue, item: Item, value: object) -> str:
    for choice in item.choices:
        if choice.id == value or value in choice.also:
            return tongue.text(choice.label)
    return tongue.typed(str(value))


def _medicines(tongue: Tongue, item: Item, value: object) -> str:
    parts = value if isinstance(value, list | tuple) else ()
    said = []
    for part in parts:
        entry = part if isinstance(part, Mapping) else {"name": part}
        name, dose = medicines.parted(item, str(entry.get("name", "")))
        dose = str(entry.get("dose") or dose)
        text = tongue.typed(f"{name} {dose}" if dose else name)
        known = entry.get("class") or medicines.classes(item, name)
        said.append(text if known else tongue.word("class_unknown", medicine=text))
    return tongue.listed(said) if said else tongue.word("none_taken")


# Two sides


def deficit(tongue: Tongue, item: Item, found: Difference) -> str:
    """ "14° weniger", "gleich"; of a pair of which both sides are known."""
    if found.left is None or found.right is None:
        return tongue.word("one_side")
    if found.deficit is None:
        return tongue.word("apart", amount=tongue.amount(abs(found.left - found.right), item.unit))
    if found.text == "equal":  # as near as it is said
        return tongue.word("equal")
    if item.show == "percent" and " % " in found.text:
        better, worse = ("stronger", "weaker") if item.unit in _STRENGTH else ("more", "less")
        key = worse if found.deficit > 0 else better
        return tongue.word(key, amount=f"{abs(round(found.deficit))}\u00a0%")
    said = tongue.amount(abs(found.deficit), item.unit)
    lessens = item.unit == "°" or item.worse != "higher"
    return tongue.word("less" if lessens == (found.deficit > 0) else "more", amount=said)


def one_side(tongue: Tongue, item: Item, value: float | None) -> str:
    """One side's reading, or that it was not tested."""
    return tongue.word("not_tested") if value is None else tongue.amount(value, item.unit)


def _pair(tongue: Tongue, item: Item, value: object) -> str:
    found = difference(item, value, tongue.side)
    if found is None:
        return ""
    left, right = one_side(tongue, item, found.left), one_side(tongue, item, found.right)
    sides = tongue.word("pair", left=left, right=right)
    if not found.complete:
        return sides
    said = deficit(tongue, item, found)
    where = ""
    if tongue.side in (Side.LEFT, Side.RIGHT) and found.deficit:
        where = tongue.where(tongue.side)
    return tongue.word("pair_deficit", sides=sides, deficit=said, where=where).replace(" )", ")")


def gain(tongue: Tongue, item: Item, found: Change) -> str:
    """ "7° besser"; empty where nothing changed."""
    size = round(found.gain, 1)
    if not size:
        return ""
    if item.show == "percent" and found.error is None:
        said = tongue.counted(round(abs(size)), "points")
    else:
        said = tongue.amount(abs(size), item.unit)
    return tongue.word("better" if size > 0 else "worse", amount=said)


def gain_meaning(tongue: Tongue, item: Item, found: Change) -> str:
    """What a gain is worth against the error of measuring."""
    if found.error is None or not round(found.gain, 1):
        return tongue.word("error_unknown")
    error = tongue.amount(found.error, item.unit)
    return tongue.word("error_over" if found.beyond_error else "error_within", error=error)


# Outcome measures


def measure_name(tongue: Tongue, item: Item) -> str:
    """An abbreviation is the same in every language; other names have words of their own."""
    if item.measure is None:
        raise Unsaid(item.id)
    name = outcome_words.name(item.measure)
    known = tongue.speech.measures.get(name, "")
    if not known and name != name.upper():
        raise Unsaid(name)
    return known or name


def measure(tongue: Tongue, item: Item, raw: object) -> str:
    """A measure with its answer. Raises Unsaid."""
    said = _outcome(tongue, item, raw)
    return f"{measure_name(tongue, item)} {said}" if said else ""


def score(tongue: Tongue, item: Item, number: float) -> str:
    """ "4,3 von 10", "70 %", "+3 (von -5 bis 5)"."""
    if item.measure is None:
        return tongue.amount(number, item.unit)
    of = item.measure.score
    said = f"{number:.1f}" if item.kind is Kind.OUTCOME and not of.whole else ""
    said = tongue.decimals(said or outcome_words.amount(of, number))
    low, high = f"{of.minimum:g}", f"{of.maximum:g}"
    if of.of_change:
        return tongue.word("span", value=f"+{said}" if number > 0 else said, low=low, high=high)
    if of.unit:
        return tongue.amount(number, of.unit)
    if item.kind not in (Kind.OUTCOME, Kind.SCALE):
        return said
    if of.minimum == 0:
        return tongue.word("of", value=said, most=high)
    return tongue.word("span", value=said, low=low, high=high)


def _outcome(tongue: Tongue, item: Item, raw: object) -> str:
    held = outcome_words.read(item, raw)
    if held is None or item.measure is None:
        return ""
    whole = held.score is not None
    said = score(tongue, item, held.score or 0.0) if whole else tongue.word("answered_in_part")
    inner = [*_parts(tongue, item, raw)]
    inner += [tongue.day(held.on)] if held.on else []
    inner += [tongue.typed(held.note)] if held.note else []
    return f"{said} ({tongue.word('comma').join(inner)})" if inner else said


def _parts(tongue: Tongue, item: Item, raw: object) -> list[str]:
    """What the patient named, each with its rating."""
    given = raw.get("answers") if isinstance(raw, Mapping) else None
    if not isinstance(given, Mapping) or item.measure is None:
        return []
    found: list[str] = []
    named = ""
    for one in item.measure.questionnaire.items.values():
        held = given.get(one.id)
        if one.kind is Kind.TEXT:
            named = held if isinstance(held, str) else ""
        elif named.strip():
            rated = isinstance(held, int | float) and not isinstance(held, bool)
            mark = tongue.decimals(str(held)) if rated else tongue.word("not_rated")
            found.append(f"{tongue.typed(named)} {mark}")
            named = ""
    return found


def score_change(tongue: Tongue, of: Score, found: ScoreChange, since: date | None = None) -> str:
    """ "2 besser als am 30. Januar 2026"; without a day only the size."""
    when = tongue.day(since)
    if not found.amount:
        return tongue.word("unchanged_since", day=when) if when else tongue.word("unchanged")
    size = abs(found.amount)
    if of.unit == "%":
        said = tongue.counted(size, "points")
    else:
        plain = tongue.number(size) if of.whole else tongue.decimals(f"{size:.1f}")
        said = tongue.amount(size, of.unit) if of.unit else plain
    key = "better" if found.amount > 0 else "worse"
    if not when:
        return tongue.word(key, amount=said)
    return tongue.word(f"{key}_than", amount=said, day=when)


def score_meaning(tongue: Tongue, of: Score, found: ScoreChange) -> str:
    """What a change is worth: against the error of measuring, and to the patient."""
    parts: list[str] = []
    if of.mdc is not None:
        key = "error_over" if found.beyond_error is Truth.TRUE else "error_within"
        key = "error_at" if abs(found.amount) == of.mdc else key
        parts.append(tongue.word(key, error=tongue.decimals(f"{of.mdc:g}")))
    if found.important is not Truth.UNKNOWN:
        said = tongue.word("important" if found.important is Truth.TRUE else "unimportant")
        parts.append(tongue.word("working", text=said) if of.working else said)
    return tongue.listed(parts) if parts else tongue.word("meaning_open")


def since(tongue: Tongue, item: Item, earlier: object, now: object, on: date) -> str:
    """The change of a measure since an earlier day, with what it is worth; empty where none."""
    if item.measure is None:
        return ""
    found = outcome_words.changed(item, earlier, now)
    if found is None:
        if not outcome_words.compared(item, earlier, now):
            return ""
        return tongue.word("other_activities_then", day=tongue.day(on))
    said = score_change(tongue, item.measure.score, found, on)
    if not found.amount:
        return said
    return f"{said}{tongue.word('comma')}{score_meaning(tongue, item.measure.score, found)}"


# The body chart


def _chart(tongue: Tongue, chart: BodyChart) -> str:
    if not chart.marks:
        return tongue.word("nothing_marked")
    return tongue.semicolons([mark(tongue, one) for one in body_words.grouped(chart)])


def mark(tongue: Tongue, one: Mark) -> str:
    """ "Schmerz 6 von 10: Oberschenkel hinten, oberes Drittel, links"."""
    complaint = tongue.speech.types[one.type]
    places = tongue.semicolons([_place(tongue, place) for place in one.places or ()])
    if one.intensity is None:
        return tongue.word("mark", complaint=complaint, places=places)
    rating = tongue.word("of", value=str(one.intensity), most="10")
    return tongue.word("mark_rated", complaint=complaint, rating=rating, places=places)


def _place(tongue: Tongue, place: Place) -> str:
    label = tongue.text(f"region.{place.region}")
    if place.side is None:
        return label
    return f"{label}{tongue.word('comma')}{tongue.where(place.side)}"
