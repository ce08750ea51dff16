"""The answers of a visit in hand, typed once: a keystroke reads its own answer and no other."""

from collections.abc import Mapping

from clinic_desk.clinical import answers as answers_of
from clinic_desk.clinical.evaluate import findings as find
from clinic_desk.clinical.evaluate import red_flags
from clinic_desk.clinical.findings import Findings
from clinic_desk.clinical.measures import Answer
from clinic_desk.clinical.reading import Reading
from clinic_desk.errors import InvalidInput
from clinic_desk.usecases import acted
from clinic_desk.usecases.reckoning import Reckoning
from clinic_desk.usecases.visit_views import VisitContent


class TypedOnce:
    """Reads contents that follow each other in one visit. The findings are those of
    `Reckoning.of`; only what was read before is not read again.
    """

    def __init__(self, reckoned: Reckoning) -> None:
        self._reckoned = reckoned
        self._read: dict[str, tuple[object, Answer | None]] = {}
        self._last: Reading | None = None
        self._bare: Reading | None = None  # without decisions, for what the actions are enough for

    def reading(self, content: VisitContent) -> Reading:
        """The content with the clinician's decisions, and of the actions those that are enough."""
        taken = self._taken(content.standing)
        said = {one.subject: one.decided for one in content.decisions}
        if content.flag_actions:
            self._bare = self._after(self._bare, taken, {})
            for flag in red_flags(self._bare):
                if acted.settled(flag, content.flag_actions):
                    said[f"flag.{flag.id}"] = "acted"
        self._last = self._after(self._last, taken, said)
        return self._last

    def _after(
        self, before: Reading | None, taken: Mapping[str, Answer], said: Mapping[str, str]
    ) -> Reading:
        if before is None:
            return Reading(self._reckoned.protocol, self._reckoned.case, taken, said)
        return before.with_answers(taken, said)

    def findings(self, content: VisitContent) -> Findings:
        """What the content leads to."""
        return find(self.reading(content))

    def _taken(self, given: Mapping[str, object]) -> dict[str, Answer]:
        protocol = self._reckoned.protocol
        if any(name in protocol.derived for name in given):
            # what is reckoned as a rule was given by hand: it is weighed against the others
            whole = self._reckoned.takeable(given)
            return dict(answers_of.read(protocol, self._reckoned.case, whole))
        taken = {}
        for name, value in given.items():
            held = self._read.get(name)
            if held is None or held[0] is not value:
                held = self._read[name] = (value, self._one(name, value))
            if held[1] is not None:
                taken[name] = held[1]
        return taken

    def _one(self, name: str, value: object) -> Answer | None:
        """One answer typed; none where it cannot be taken, such as a number half typed."""
        protocol, case = self._reckoned.protocol, self._reckoned.case
        try:
            return answers_of.read(protocol, case, {name: value}).get(name)
        except InvalidInput:
            return None
