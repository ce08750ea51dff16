"""The record of a case as letters read it: the newest evaluation, and what those before it know.

A re-evaluation asks less than a first one. What it does not ask anew is told with the day on
which it was asked, and never as not asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from clinic_desk.clinical.findings import Findings, FlagFinding
from clinic_desk.clinical.measures import Side
from clinic_desk.clinical.protocol import Item
from clinic_desk.library.phrases import PhraseBook
from clinic_desk.usecases import decision_words, screening, words
from clinic_desk.usecases.answer_words import is_given
from clinic_desk.usecases.measured import Evaluated
from clinic_desk.usecases.outcomes import History
from clinic_desk.usecases.reckoning import Reckoning
from clinic_desk.usecases.screening import Screen
from clinic_desk.usecases.visit_views import Decision, FlagAction


@dataclass(frozen=True, slots=True)
class Record:
    """What a letter is composed from: the newest evaluation, the one before, and the rest."""

    reckoned: Reckoning
    newest: Evaluated
    earlier: Evaluated | None
    found: Findings
    book: PhraseBook
    past: tuple[Decision, ...] = ()  # all that was ever decided in the case
    first: Evaluated | None = None  # the first evaluation of the case, where there are two
    outcomes: tuple[History, ...] = ()  # each outcome measure of the case over time
    before: tuple[Evaluated, ...] = ()  # the evaluations before the newest, the last one first

    @property
    def side(self) -> Side | None:
        return self.reckoned.case.side

    @property
    def day(self) -> date:
        return self.reckoned.case.on

    @property
    def patterns(self) -> tuple[str, ...]:
        """The labels of the patterns that a letter tells: the one decided on, then those found,
        without what the clinician decided it is not.
        """
        decided, known = self._decided, self.reckoned.protocol.patterns
        primary = decided.get("pattern", "")
        found = [one.id for one in self.found.patterns]
        told = [primary, *(one for one in found if one != primary)]
        return tuple(
            known[one].label
            for one in told
            if one in known and decided.get(f"pattern:{one}") != decision_words.NOT_THIS
        )

    @property
    def tests(self) -> tuple[str, ...]:
        """The labels of the tests to consider, without those decided not to be done now."""
        return tuple(
            one.label
            for one in self.found.imaging
            if self._decided.get(f"imaging:{one.id}") != decision_words.LEAVE
        )

    @property
    def _decided(self) -> Mapping[str, str]:
        return {one.subject: one.decided for one in self.newest.decisions}

    @property
    def screened(self) -> Evaluated:
        """The evaluation that asked the red flags last; the newest where none did."""
        flags = screening.flag_items(self.reckoned)
        asked = (one for one in (self.newest, *self.before) if _asks(one, flags))
        return next(asked, self.newest)

    @property
    def screened_on(self) -> date:
        return words.local(self.screened.care_at).date()

    @property
    def screen(self) -> Screen:
        return screening.screen(self.reckoned, self.screened.answers, self.book)

    @property
    def acted(self) -> tuple[tuple[FlagFinding, FlagAction], ...]:
        """What was done about the red flags of that screen and of the newest evaluation, on the
        day of the screen and since.
        """
        asked, since = self.screened, []
        for one in (self.newest, *self.before):
            since.append(one)
            if one is asked:
                break
        flags = {flag.id: flag for flag in self.found.red_flags}
        if asked is not self.newest:
            then = self.reckoned.findings(asked.standing, {}).red_flags
            flags = {flag.id: flag for flag in then} | flags
        return tuple(
            (flag, done)
            for flag in flags.values()
            for one in reversed(since)
            for done in one.flag_actions
            if done.flag == flag.id
        )

    def known(self, item: Item) -> tuple[object, date] | None:
        """What an earlier evaluation says of an item that the newest is silent about, with its
        day; none where it was said to be no longer known.
        """
        if item.id in self.newest.withdrawn:
            return None
        for one in self.before:
            if is_given(one.standing.get(item.id)):
                taken = self.reckoned.takeable(one.standing).get(item.id)
                day = words.local(one.care_at).date()
                return (taken, day) if is_given(taken) else None
            if item.id in one.withdrawn:
                return None
        return None


def _asks(one: Evaluated, flags: Sequence[str]) -> bool:
    return any(one.answers.get(flag) in ("yes", "no", "unsure") for flag in flags)
