"""An outcome measure in words: its score with what it is made of, and how it has changed.

"PSFS 4.3 of 10 (running 3, stairs 5, sitting 5); 2.0 better than 30 Jan 2026, at the measurement
error of 2".
"""

from collections.abc import Iterable, Mapping
from datetime import date

from clinic_desk.clinical import answers, outcomes
from clinic_desk.clinical.findings import Truth
from clinic_desk.clinical.measures import Scored
from clinic_desk.clinical.outcomes import Change
from clinic_desk.clinical.protocol import Case, Item, Kind, Measure, Score
from clinic_desk.errors import InvalidInput
from clinic_desk.usecases import words


def read(item: Item, value: object, day: date = date.max) -> Scored | None:
    """What a raw answer scores; None where it was not answered or cannot be taken."""
    try:
        return outcomes.score_of(item, answers.read_one(item, value, Case(on=day)))
    except InvalidInput:
        return None


def name(measure: Measure) -> str:
    """The measure as it is called in notes: "PSFS"."""
    return measure.questionnaire.say(measure.score.label)


def amount(score: Score, value: float) -> str:
    """A score or a part of it: whole numbers as such, means with one decimal."""
    return words.number(value) if score.whole else f"{value:.1f}".removesuffix(".0")


def value(item: Item, number: float) -> str:
    """ "4.3 of 10", "70 %", "+3 (from -5 to 5)", "30 (11 to 44)"."""
    if item.measure is None:
        return words.with_unit(number, item.unit)
    score = item.measure.score
    said = f"{number:.1f}" if item.kind is Kind.OUTCOME and not score.whole else ""
    said = said or amount(score, number)
    if score.of_change:
        sign = "+" if number > 0 else ""
        return f"{sign}{said} (from {score.minimum:g} to {score.maximum:g})"
    if score.unit:
        return words.with_unit(number, score.unit)
    if item.kind not in (Kind.OUTCOME, Kind.SCALE):
        return said
    if score.minimum == 0:
        return f"{said} of {score.maximum:g}"
    return f"{said} ({score.minimum:g} to {score.maximum:g})"


def answer(item: Item, raw: object) -> str:
    """An outcome item's answer: the score, its parts where the patient named them, and its day."""
    held = read(item, raw)
    if held is None or item.measure is None:
        return ""
    said = "answered in part" if held.score is None else value(item, held.score)
    inner = [*_parts(item.measure, raw)]
    inner += [words.day(held.on)] if held.on else []
    inner += [held.note] if held.note else []
    return f"{said} ({', '.join(inner)})" if inner else said


def _parts(measure: Measure, raw: object) -> list[str]:
    """What the patient named, each with its rating: "running 3"."""
    given = raw.get("answers") if isinstance(raw, Mapping) else None
    if not isinstance(given, Mapping):
        return []
    found: list[str] = []
    named = ""
    for item in measure.questionnaire.items.values():
        held = given.get(item.id)
        if item.kind is Kind.TEXT:
            named = " ".join(held.split()) if isinstance(held, str) else ""
        elif named:
            rated = isinstance(held, int | float) and not isinstance(held, bool)
            found.append(f"{words.lowered(named)} {held if rated else 'not rated'}")
            named = ""
    return found


def change(score: Score, found: Change, since: str = "") -> str:
    """ "2.0 better than 30 Jan 2026, at the measurement error of 2"."""
    if not found.amount:
        return f"unchanged since {since}" if since else "unchanged"
    size = abs(found.amount)
    said = words.number(size) if score.whole else f"{size:.1f}"
    said += f" {score.unit}" if score.unit else ""
    if score.unit == "%":
        said = f"{words.number(size)} points"
    than = f" than {since}" if since else ""
    direction = "better" if found.amount > 0 else "worse"
    return f"{said} {direction}{than}, {meaning(score, found)}"


def meaning(score: Score, found: Change) -> str:
    """What a change is worth: against the error of measuring, and to the patient."""
    parts = [part for part in (_error(score, found), _importance(score, found)) if part]
    return " and ".join(parts) if parts else "what that means is not established"


def _error(score: Score, found: Change) -> str:
    if score.mdc is None:
        return ""
    how = "larger than" if found.beyond_error is Truth.TRUE else "within"
    if abs(found.amount) == score.mdc:
        how = "at"
    return f"{how} the measurement error of {score.mdc:g}"


def _importance(score: Score, found: Change) -> str:
    said = {
        Truth.TRUE: "clinically important",
        Truth.FALSE: "less than what matters to patients",
        Truth.UNKNOWN: "",
    }[found.important]
    return f"{said} (working value)" if said and score.working else said


def phrase(item: Item, raw: object, earlier: object = None, on: date | None = None) -> str:
    """A measure for a note: its name and answer, then its change since an earlier day."""
    said = answer(item, raw)
    if not said or item.measure is None:
        return ""
    said = f"{name(item.measure)} {said}"
    since = compared(item, earlier, raw, words.day(on))
    return "; ".join(part for part in (said, since, singles(item, earlier, raw)) if part)


def compared(item: Item, earlier: object, now: object, since: str = "") -> str:
    """The change from an earlier raw answer to this one in words; empty where there is none."""
    found = changed(item, earlier, now)
    if item.measure is None or found is None:
        return _not_comparable(item, earlier, now, since)
    return change(item.measure.score, found, since)


def singles(item: Item, earlier: object, now: object) -> str:
    """Each activity by itself: "each activity against the measurement error of 3: running 4
    better, beyond it; stairs 1 worse, within it"; empty where none can be compared.
    """
    before, after = read(item, earlier), read(item, now)
    if item.measure is None or before is None or after is None:
        return ""
    score = item.measure.score
    return each(score, outcomes.singles(score, before, after))


def each(score: Score, changes: Iterable[tuple[str, Change]]) -> str:
    """As `singles`, of changes that are known."""
    said = [_single(score, name, found) for name, found in changes]
    if not said:
        return ""
    return f"each activity against the measurement error of {score.mdc_single:g}: " + "; ".join(
        said
    )


def _single(score: Score, name: str, found: Change) -> str:
    if not found.amount:
        return f"{words.lowered(name)} unchanged"
    way = "better" if found.amount > 0 else "worse"
    how = "beyond" if found.beyond_error is Truth.TRUE else "within"
    how = "at" if abs(found.amount) == score.mdc_single else how
    return f"{words.lowered(name)} {words.number(abs(found.amount))} {way}, {how} it"


def changed(item: Item, earlier: object, now: object) -> Change | None:
    """The change from an earlier raw answer; None where the two cannot be compared."""
    before, after = read(item, earlier), read(item, now)
    if item.measure is None or before is None or after is None or item.measure.score.of_change:
        return None
    if before.score is None or after.score is None or not outcomes.comparable(before, after):
        return None
    return outcomes.change(item.measure.score, before.score, after.score)


def _not_comparable(item: Item, earlier: object, now: object, since: str) -> str:
    before, after = read(item, earlier), read(item, now)
    if before is None or after is None or before.score is None or after.score is None:
        return ""
    if outcomes.comparable(before, after):
        return ""
    when = f" on {since}" if since else " last time"
    return f"not comparable: other activities were rated{when}"
