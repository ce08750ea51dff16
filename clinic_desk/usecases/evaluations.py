"""The guided evaluation: the protocol to play, and one pass over its answers.

`Play` holds no state of a screen: answers in, findings and progress out.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from clinic_desk.clinical.findings import Findings, Reason
from clinic_desk.clinical.protocol import Case, Item, Step
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.visits import VisitView


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
        raise NotImplementedError

    @property
    def case(self) -> Case:
        raise NotImplementedError

    def item(self, item_id: str) -> Item:
        raise NotImplementedError

    def say(self, text: str | Reason, language: str = "en") -> str:
        """The words of a text id or of a reason."""
        raise NotImplementedError

    def check(self, item_id: str, value: object) -> str:
        """What is wrong with a value, in words; empty when it can be taken."""
        raise NotImplementedError

    def progress(self, answers: Mapping[str, object]) -> tuple[StepProgress, ...]:
        raise NotImplementedError

    def findings(
        self, answers: Mapping[str, object], decisions: Mapping[str, str] | None = None
    ) -> Findings:
        raise NotImplementedError

    def deficit(self, item_id: str, answers: Mapping[str, object]) -> Deficit | None:
        raise NotImplementedError


def play(desk: Desk, visit: VisitView) -> Play:
    """The visit's protocol, ready to be played."""
    raise NotImplementedError
