"""What a value was at an earlier visit, and whether it is better now."""

from dataclasses import dataclass
from datetime import date

from clinic_desk.clinical.measures import Side
from clinic_desk.clinical.protocol import Item, Kind
from clinic_desk.i18n import _
from clinic_desk.ui.parts.visit_draft import VisitDraft
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.usecases import answer_words, outcome_words


@dataclass(frozen=True, slots=True)
class LastValue:
    text: str  # in words; for pairs the difference between the sides
    change: str = ""
    better: bool = True
    mark: str = ""  # what is tinted until it is touched
    error: str = ""  # whether the change is more than measurement error, in words


def last_value(draft: VisitDraft, item: Item, day: date) -> LastValue | None:
    """The latest earlier answer in words, with its own day; none where there was none.

    What changed is said against the measurement error where that is known.
    """
    carried = draft.carried(item.id)
    held = carried.value if carried else draft.last.answers.get(item.id) if draft.last else None
    if not answer_words.is_given(held):
        return None
    side, on = draft.play.case.side, carried.on if carried else day
    said = answer_words.answer(item, held, side, draft.play.say)
    mark = ""
    if carried is not None and not draft.touched(item.id) and not draft.read_only:
        words = _("From {day}") if carried.fact else _("{day}: {value}")
        if item.kind is Kind.PAIR and on == day and not carried.fact:
            words = "{value}"  # its day stands above the column of last values
            said = _pair_words(item, held, side) or said
        day_words = _("the {source}").format(source=carried.source) if carried.source else ""
        mark = words.format(day=day_words or written_day(on), value=said)
    if item.measure is not None:
        return _measured(item, held, draft.answer(item.id), on, mark)
    found = answer_words.change_of(item, held, draft.answer(item.id), side)
    change = answer_words.gain_words(item, found) if found else ""
    error = answer_words.error_words(item, found) if found else ""
    better = found is None or found.gain > 0
    if item.kind is not Kind.PAIR:
        text = _("{day}: {value}").format(day=written_day(on), value=said)
        quiet = carried is not None and carried.fact and draft.answer(item.id) == held
        return LastValue("" if mark or quiet else text, change, better, mark, error)
    before = answer_words.difference(item, held, side)
    if before is None:
        return None
    text = before.text if before.complete else _("one side only")
    if on != day:
        text = _("{value}, {day}").format(value=text, day=written_day(on))
    return LastValue(text, change, better, mark, error)


def _pair_words(item: Item, held: object, side: Side | None) -> str:
    """Both readings alone: what lies between them stands in its own column."""
    found = answer_words.difference(item, held, side)
    if found is None:
        return ""
    left, right = (answer_words.side_value(item, one) for one in (found.left, found.right))
    return _("{left} left, {right} right").format(left=left, right=right)


def _measured(item: Item, before: object, now: object, day: date, mark: str) -> LastValue | None:
    """A measure's last score, and what its change means; `mark` says it while it is tinted."""
    held = outcome_words.read(item, before)
    if held is None or held.score is None:
        return None
    said = _("{day}: {value}").format(
        day=written_day(held.on or day), value=outcome_words.value(item, held.score)
    )
    change = outcome_words.compared(item, before, now)
    each = outcome_words.singles(item, before, now)
    change = "; ".join(part for part in (change, each) if part)
    found = outcome_words.changed(item, before, now)
    text = f"{said}; {change}" if change else said
    better = found is None or found.amount >= 0
    return LastValue("" if mark and not change else text, "", better, mark)
