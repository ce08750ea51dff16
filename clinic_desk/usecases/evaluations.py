"""The guided evaluation: the protocol to play, and one pass over its answers.

`Play` holds no state of a screen: answers in, findings and progress out.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from clinic_desk.clinical import answers as answers_of
from clinic_desk.clinical import doubts, retest
from clinic_desk.clinical.evaluate import findings as find
from clinic_desk.clinical.evaluate import red_flags
from clinic_desk.clinical.findings import Findings, Reason
from clinic_desk.clinical.flow import Flow
from clinic_desk.clinical.protocol import Case, Item, Kind, Protocol, Step
from clinic_desk.clinical.reading import Reading
from clinic_desk.clinical.retest import Retest
from clinic_desk.errors import InvalidInput
from clinic_desk.usecases import answer_words, visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.reckoning import Reckoning
from clinic_desk.usecases.typed_once import TypedOnce
from clinic_desk.usecases.visit_views import VisitContent, VisitView


@dataclass(frozen=True, slots=True)
class StepProgress:
    step: Step
    visible_items: tuple[str, ...]  # in order, those that apply now
    answered: int
    flags: int  # red flags fired from this step's items
    complete: bool


@dataclass(frozen=True, slots=True)
class Deficit:
    """A pair's difference: positive when the affected side is worse."""

    text: str  # "14° less", "28 % weaker", "equal", "Enter right side"
    fraction: float | None  # 0 to 1, for the bar
    worse: bool


class Play:
    """One protocol version with the case it is played for."""

    def __init__(self, desk: Desk, visit: VisitView) -> None:
        self._reckoning: Reckoning = visits.of_view(desk, visit)

    @property
    def protocol(self) -> Protocol:
        """The protocol version that the visit is recorded with."""
        return self._reckoning.protocol

    @property
    def case(self) -> Case:
        """Who and when: the day of care, the side, the age and sex."""
        return self._reckoning.case

    def item(self, item_id: str) -> Item:
        """One question or test; KeyError where there is none of this id."""
        return self.protocol.item(item_id)

    def say(self, text: str | Reason, language: str = "en") -> str:
        """The words of a text id or of a reason."""
        return self.protocol.say(text, language)

    def check(self, item_id: str, value: object) -> str:
        """What is wrong with a value, in words; empty when it can be taken."""
        return self._reckoning.problem(item_id, value)

    def doubt(self, item_id: str, value: object, half: bool = False) -> str:
        """What is unusual about a value that can be taken, in words; empty where nothing is.

        Of a medication list each row says so itself. `half`: it is still being typed, and a side
        that is missing comes yet.
        """
        item = self.item(item_id)
        if item.kind is Kind.MEDICINES:
            return ""
        try:
            answer = answers_of.read_one(item, value, self.case)
        except InvalidInput:
            return ""
        side = None if half else self.case.side
        found = doubts.of(item, answer, side) if answer is not None else ()
        return ". ".join(self.say(one.why) for one in found)

    def progress(
        self, answers: Mapping[str, object], first: tuple[str, ...] = ()
    ) -> tuple[StepProgress, ...]:
        """The steps that have something to ask, with how far each has come; `first` is what the
        last plan said to re-test.
        """
        return self.progress_of(self._reckoning.reading(answers), first)

    def section_of(self, item: str) -> str:
        """The section that a question stands in; empty for one that is not asked."""
        place = self.protocol.places.get(item)
        return place[1].id if place else ""

    def progress_of(
        self,
        reading: Reading,
        first: tuple[str, ...] = (),
        wanted: Collection[str] = frozenset(),
    ) -> tuple[StepProgress, ...]:
        """The same for answers that are typed already; `wanted` sections are asked whatever the
        rules say.
        """
        flow = Flow(self.protocol, reading, reading.injury.recorded, wanted)
        now = flow.steps(red_flags(reading), first)
        return tuple(
            StepProgress(one.step, one.items, one.answered, one.flags, one.complete) for one in now
        )

    def asked_now(self, reading: Reading) -> Callable[[str], bool]:
        """Whether an item stands on a page, for answers that are typed already."""
        return Flow(self.protocol, reading, reading.injury.recorded).visible

    def typed_once(self) -> TypedOnce:
        """A reader for a visit that is typed into."""
        return TypedOnce(self._reckoning)

    def findings(
        self, answers: Mapping[str, object], decisions: Mapping[str, str] | None = None
    ) -> Findings:
        """All findings; an answer that cannot be taken yet counts as not asked.

        `decisions`: `grade` as a digit; `flag.<id>` once something was done about that flag.
        """
        return find(self._reckoning.reading(answers, decisions))

    def worth_retesting(self, content: VisitContent, found: Findings) -> tuple[Retest, ...]:
        """What the next visit might measure again, with its reason; the clinician picks."""
        acted = {one.flag for one in content.flag_actions}
        decided = {one.subject: one.decided for one in content.decisions}
        return retest.suggest(self._reckoning.reading(content.standing, decided), found, acted)

    def deficit(self, item_id: str, answers: Mapping[str, object]) -> Deficit | None:
        """A pair's difference; none where neither side is given."""
        item = self.item(item_id)
        found = answer_words.difference(item, answers.get(item_id), self.case.side)
        if found is None:
            return None
        worse = found.deficit is not None and found.deficit > 0
        return Deficit(found.text, answer_words.fraction(item, found), worse)


def play(desk: Desk, visit: VisitView) -> Play:
    """The visit's protocol, ready to be played."""
    return Play(desk, visit)
