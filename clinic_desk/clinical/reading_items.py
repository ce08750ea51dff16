"""The items and the case of one evaluation as conditions see them: true, false or unknown, and
amounts as ranges.

What is worked out once is remembered; what is not known names the items that would tell.
"""

import math
from datetime import date

from clinic_desk.clinical import births, logic
from clinic_desk.clinical.body_chart import is_marked
from clinic_desk.clinical.findings import (
    Truth,
)
from clinic_desk.clinical.logic import Missing, Outcome, Range
from clinic_desk.clinical.measures import (
    Answer,
    Answers,
    BodyChart,
    Pair,
    Scored,
    Sex,
    Side,
    State,
    deficit,
    deficit_percent,
)
from clinic_desk.clinical.protocol import Case, Item, Kind, Protocol

_GIVEN = State.GIVEN
_NEVER_OLDER = 130.0  # years; where no birth date is known


class ItemsRead(logic.World):
    """The part of a reading that looks at answers alone."""

    protocol: Protocol
    case: Case
    answers: Answers
    _unsure_counts: bool
    _truths: dict[str, Outcome]
    _amounts: dict[str, Range]

    # --- items --------------------------------------------------------------------------

    def answer(self, item: str) -> Answer | None:
        return self.answers.get(item)

    def truth(self, item: str) -> Outcome:
        known = self._truths.get(item)
        if known is None:
            known = self._truths[item] = self._truth(item)
        return known

    def _truth(self, item: str) -> Outcome:
        answer = self.answers.get(item)
        if answer is None:
            derived = self.protocol.derived.get(item)
            if derived is not None and derived.test is not None:
                truth, missing = derived.test.judge(self)
                return truth, logic.unique(missing)
            return logic.OPEN, (item,)
        if answer.state is _GIVEN:
            return logic.TRUE if answer.value is True else logic.FALSE
        if answer.state is State.UNSURE:
            if self._unsure_counts and self.protocol.items[item].unsure_is_yes:
                return logic.TRUE
            return logic.OPEN, (item,)
        return logic.UNKNOWN

    def is_unsure(self, item: str) -> Outcome:
        answer = self.answers.get(item)
        if answer is None:
            return Truth.UNKNOWN, (item,)
        if answer.state is State.NOT_TESTABLE:
            return logic.UNKNOWN
        return logic.TRUE if answer.state is State.UNSURE else logic.FALSE

    def amount(self, item: str) -> Range:
        known = self._amounts.get(item)
        if known is None:
            known = self._amounts[item] = self._amount(item)
        return known

    def _amount(self, item: str) -> Range:
        answer = self.answers.get(item)
        if answer is not None and isinstance(answer.value, float):
            return answer.value, answer.value, ()
        if answer is not None and isinstance(answer.value, Scored):
            return answer.value.low, answer.value.high, () if answer.complete else (item,)
        if answer is None:
            derived = self.protocol.derived.get(item)
            if derived is not None and derived.amount is not None:
                low, high, missing = derived.amount.run(self)
                return low, high, logic.unique(missing)
        return self._span(self.protocol.items[item], () if answer else (item,))

    def _span(self, item: Item, missing: Missing) -> Range:
        low = -math.inf if item.minimum is None else item.minimum
        high = math.inf if item.maximum is None else item.maximum
        return low, high, missing

    def side_amount(self, item: str, part: str) -> Range:
        key = f"{item}.{part}"
        known = self._amounts.get(key)
        if known is None:
            known = self._amounts[key] = self._side_amount(self.protocol.items[item], part)
        return known

    def _side_amount(self, item: Item, part: str) -> Range:
        answer = self.answers.get(item.id)
        pair = answer.value if answer is not None and isinstance(answer.value, Pair) else Pair()
        side = self.case.side
        one_sided = side in (Side.LEFT, Side.RIGHT)
        tellable = one_sided or part in ("left", "right")
        missing = (item.id,) if tellable and (answer is None or answer.value) else ()
        ends = {
            "left": pair.left,
            "right": pair.right,
            "affected": pair.affected(side),
            "other": pair.other(side),
        }
        if part in ends:
            value = ends[part]
            return self._span(item, missing) if value is None else (value, value, ())
        return self._deficit(item, part, (ends["affected"], ends["other"]), missing)

    def _deficit(
        self, item: Item, part: str, ends: tuple[float | None, float | None], missing: Missing
    ) -> Range:
        affected, other = ends
        worse = item.worse or "higher"
        if affected is not None and other is not None:
            if part == "deficit":
                value = deficit(affected, other, worse)
                return value, value, ()
            percent = deficit_percent(affected, other, worse)
            if percent is not None:
                return percent, percent, ()
            missing = ()
        low, high, _ = self._span(item, ())
        if part == "deficit":
            a = (affected, affected) if affected is not None else (low, high)
            b = (other, other) if other is not None else (low, high)
            if worse == "higher":
                return a[0] - b[1], a[1] - b[0], missing
            return b[0] - a[1], b[1] - a[0], missing
        # A force that is nowhere below 0 cannot be more than wholly lost.
        return -math.inf, (100.0 if worse == "lower" and low >= 0 else math.inf), missing

    def chosen(self, item: str) -> tuple[str | None, Missing]:
        answer = self.answers.get(item)
        if answer is None:
            return None, (item,)
        return (answer.value, ()) if isinstance(answer.value, str) else (None, ())

    def picked(self, item: str) -> tuple[frozenset[str] | None, Missing]:
        """The ids chosen, or the classes of the medicines; with the item where there may be more.

        A medicine of unknown class could be of any.
        """
        answer = self.answers.get(item)
        if answer is None:
            return None, (item,)
        if not isinstance(answer.value, tuple):
            return None, ()
        ids: set[str] = set()
        open_end: Missing = ()
        for part in answer.value:
            if isinstance(part, str):
                ids.add(part)
            else:
                ids.update(part.classes)
                open_end = open_end if part.classes else (item,)
        return frozenset(ids), open_end

    def marked(self, item: str, wanted: str) -> Outcome:
        """Whether a region of a body chart is marked, on the affected side where it is one."""
        answer = self.answers.get(item)
        if answer is None:
            return Truth.UNKNOWN, (item,)
        if not isinstance(answer.value, BodyChart):
            return logic.UNKNOWN
        return is_marked(answer.value, wanted, self.case.side), ()

    def day(self, item: str) -> tuple[date | None, Missing]:
        answer = self.answers.get(item)
        if answer is None:
            return None, (item,)
        return (answer.value, ()) if isinstance(answer.value, date) else (None, ())

    def answered(self, item: str) -> Outcome:
        """Whether a value is there; a derived one counts once it is worked out."""
        if item in self.protocol.derived and item not in self.answers:
            if self.protocol.items[item].kind is Kind.NUMBER:
                low, high, _ = self.amount(item)
                return logic.TRUE if low == high else logic.FALSE
            return logic.FALSE if self.truth(item)[0] is Truth.UNKNOWN else logic.TRUE
        answer = self.answers.get(item)
        given = answer is not None and answer.state is State.GIVEN and answer.complete
        return logic.TRUE if given else logic.FALSE

    def lacking(self, item: str) -> Missing:
        """The items that would give this one a value; none where it has one or cannot have."""
        if item in self.protocol.derived and item not in self.answers:
            derived = self.protocol.derived[item]
            if derived.amount is not None:
                low, high, missing = self.amount(item)
                return () if low == high else missing
            return self.truth(item)[1]
        answer = self.answers.get(item)
        open_still = answer is None or answer.state is State.UNSURE or not answer.complete
        return (item,) if open_still else ()

    def left_out(self, item: str) -> tuple[bool, Missing]:
        """Whether a mean does without this item, and which open questions would bring it in."""
        answer = self.answers.get(item)
        if answer is not None and answer.state is State.NOT_TESTABLE:
            return True, ()
        when = self.protocol.items[item].when
        if when is None or when.judge(self)[0] is not Truth.FALSE:
            return False, ()
        return True, tuple(name for name in when.reads if name not in self.answers)

    # --- the case -----------------------------------------------------------------------

    def seen_before(self) -> Outcome:
        """Whether an earlier visit of the case was evaluated by this protocol."""
        return logic.TRUE if self.case.earlier else logic.FALSE

    def age(self) -> Range:
        found = births.ages(self.case.birth_date, self.case.birth_part, self.case.on)
        if found is None:
            return 0.0, _NEVER_OLDER, ()
        return float(found[0]), float(found[1]), ()

    def sex(self) -> str | None:
        """Female or male; None where norms that differ by sex cannot be told."""
        return self.case.sex.value if self.case.sex in (Sex.FEMALE, Sex.MALE) else None

    def side(self) -> str | None:
        return self.case.side.value if self.case.side is not None else None

    def days_since(self, item: str) -> Range:
        day, missing = self.day(item)
        if day is None:
            return 0.0, math.inf, missing
        days = float((self.case.on - day).days)
        return days, days, ()
