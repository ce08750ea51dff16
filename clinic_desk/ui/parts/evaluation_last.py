"""What a value was at the last visit, and whether it is better now."""

from dataclasses import dataclass
from datetime import date

from clinic_desk.clinical.protocol import Item, Kind
from clinic_desk.i18n import _
from clinic_desk.ui.parts.visit_draft import VisitDraft
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.usecases import answer_words, outcome_words, words


@dataclass(frozen=True, slots=True)
class LastValue:
    text: str
    change: str = ""
    better: bool = True


def last_value(draft: VisitDraft, item: Item, day: date) -> LastValue | None:
    """The answer of the last visit in words; none where there was none.

    For pairs its deficit, with how much less or more of it there is now.
    """
    held = draft.last.answers.get(item.id) if draft.last else None
    if not answer_words.is_given(held):
        return None
    if item.measure is not None:
        return _measured(item, held, draft.answer(item.id), day)
    side = draft.play.case.side
    if item.kind is not Kind.PAIR:
        said = answer_words.answer(item, held, side, draft.play.say)
        return LastValue(_("{day}: {value}").format(day=written_day(day), value=said))
    before = answer_words.difference(item, held, side)
    if before is None:
        return None
    if not before.complete:
        return LastValue(_("one side only"))
    now = answer_words.difference(item, draft.answer(item.id), side)
    if now is None or now.deficit is None or before.deficit is None:
        return LastValue(before.text)
    gain = round(before.deficit - now.deficit, 1)
    if not gain:
        return LastValue(before.text)
    if item.show == "percent":
        amount = _("{n} points").format(n=words.number(round(abs(gain))))
    else:
        amount = words.with_unit(abs(gain), item.unit)
    word = _("{amount} better") if gain > 0 else _("{amount} worse")
    return LastValue(before.text, word.format(amount=amount), gain > 0)


def _measured(item: Item, before: object, now: object, day: date) -> LastValue | None:
    """A measure's last score, and what its change means."""
    held = outcome_words.read(item, before)
    if held is None or held.score is None:
        return None
    on = held.on or day
    said = _("{day}: {value}").format(
        day=written_day(on), value=outcome_words.value(item, held.score)
    )
    change = outcome_words.compared(item, before, now)
    found = outcome_words.changed(item, before, now)
    return LastValue(f"{said};" if change else said, change, found is None or found.amount >= 0)
