"""Outcome measures in protocol files: the scores of a questionnaire, and items that stand for one.

A questionnaire is a protocol with `purpose = "questionnaire"` and `[[score]]` tables. An item
names it by `measure = "psfs"`, or one of its scores by `measure = "cramp-diary.attacks"`.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from clinic_desk.clinical import conditions
from clinic_desk.clinical.condition_parts import ConditionFault
from clinic_desk.clinical.logic import Amount
from clinic_desk.clinical.protocol import Kind, Measure, Protocol, Purpose, Score
from clinic_desk.library.protocol_file import ItemTable, ScoreTable
from clinic_desk.library.toml_file import Trail

if TYPE_CHECKING:
    from clinic_desk.library.protocol_rules import Rules

Measures = Callable[[str], Protocol | None]
_CAN_BE_MEASURES = (Kind.OUTCOME, Kind.SCALE, Kind.NUMBER, Kind.DURATION)


def no_measures(_name: str) -> Protocol | None:
    """Where there are no questionnaires: within a questionnaire."""
    return None


def measure(rules: "Rules", trail: Trail, item: ItemTable, measures: Measures) -> Measure | None:
    """The outcome measure that an item stands for; a fault where it names none that fits."""
    trail = (*trail, "measure")
    if not item.measure:
        if item.kind is Kind.OUTCOME:
            rules.fault(trail, 'an outcome item names its questionnaire: measure = "psfs"')
        return None
    if item.kind not in _CAN_BE_MEASURES:
        rules.fault(trail, f"a {item.kind.value} item is no outcome measure")
        return None
    name, _, score_id = item.measure.partition(".")
    questionnaire = measures(name)
    if questionnaire is None or questionnaire.purpose is not Purpose.QUESTIONNAIRE:
        rules.fault(trail, f"there is no questionnaire `{name}` without fault")
        return None
    known = questionnaire.scores
    score = known.get(score_id) if score_id else None
    if not score_id and len(known) == 1:
        score = next(iter(known.values()))
    if score is None:
        named = ", ".join(f"{name}.{one}" for one in known)
        rules.fault(trail, f"say which score of `{name}` is meant: {named}")
        return None
    if item.kind is not Kind.OUTCOME:
        _fits(rules, trail, item, score)
    return Measure(questionnaire, score)


def _fits(rules: "Rules", trail: Trail, item: ItemTable, score: Score) -> None:
    """A number that is a measure has the measure's unit, and nothing outside its range."""
    scale = item.kind is Kind.SCALE
    low = 0.0 if scale or item.kind is Kind.DURATION else item.min
    high = 10.0 if scale else item.max
    if item.unit != score.unit:
        rules.fault(trail, f"`{item.id}` has the unit “{item.unit}”, its measure “{score.unit}”")
    if item.kind is Kind.DURATION:
        return
    if low is None or high is None or low < score.minimum or high > score.maximum:
        span = f"{score.minimum:g} to {score.maximum:g}"
        rules.fault(trail, f"`{item.id}` goes beyond the range of its measure, {span}")


def scores(rules: "Rules") -> dict[str, Score]:
    """The scores of a questionnaire, with what is wrong about the whole of it."""
    table = rules.table
    questionnaire = table.purpose is Purpose.QUESTIONNAIRE
    if questionnaire != bool(table.score):
        says = "needs a score" if questionnaire else "has no score; is its purpose “questionnaire”?"
        rules.fault(("purpose" if questionnaire else "score",), f"this protocol {says}")
    if table.items == "score_only":
        _only_a_number(rules)
    if questionnaire and any(item.kind is Kind.OUTCOME for item in rules.items.values()):
        rules.fault(("step",), "a questionnaire holds no other questionnaire")
    found = {}
    for place, one in enumerate(table.score):
        value = _value(rules, ("score", place), one)
        if (one.mdc_single is None) != (not one.mdc_single_source.strip()):
            rules.fault(
                ("score", place, "mdc_single"), "a measurement error and its source go together"
            )
        if value is not None:
            found[one.id] = _score(rules, one, value)
    return found


def _only_a_number(rules: "Rules") -> None:
    """A licensed questionnaire: its total and the licence, and none of its items."""
    if [item.kind for item in rules.items.values()] != [Kind.NUMBER]:
        rules.fault(("items",), "with `score_only` the one item is the total, as a number")
    if not rules.table.licence:
        rules.fault(("items",), "with `score_only` the licence must be said")


def _value(rules: "Rules", trail: Trail, table: ScoreTable) -> Amount | None:
    if table.min >= table.max:
        rules.fault((*trail, "min"), "min must be below max")
    try:
        return conditions.parse_amount(table.value, rules.vocabulary)
    except ConditionFault as fault:
        rules.fault((*trail, "value"), str(fault))
        return None


def _score(rules: "Rules", table: ScoreTable, value: Amount) -> Score:
    return Score(
        id=table.id,
        label=rules.text(f"score.{table.id}.label", table.label),
        value=value,
        minimum=table.min,
        maximum=table.max,
        better=table.better,
        whole=table.whole,
        unit=table.unit,
        of_change=table.of_change,
        mcid=table.mcid,
        mcid_pct=table.mcid_pct,
        mcid_source=table.mcid_source,
        mdc=table.mdc,
        mdc_source=table.mdc_source,
        mdc_single=table.mdc_single,
        mdc_single_source=table.mdc_single_source,
        working=table.working,
    )
