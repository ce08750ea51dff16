"""The visit in hand: its answers, note, decisions and actions on one sheet with undo, kept as a
draft while it changes. The visit and the evaluation screen each show one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from clinic_desk.clinical.evaluate import findings as find
from clinic_desk.clinical.findings import Findings, FlagFinding
from clinic_desk.clinical.reading import Reading
from clinic_desk.clinical.retest import Retest
from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui.forms.sheet import Sheet
from clinic_desk.ui.parts.made_once import MadeOnce
from clinic_desk.ui.parts.visit_keys import (
    ACTIONS,
    ANSWER,
    CONFIRMED,
    DECISION,
    DONE,
    NOTE,
    RETEST,
    SUPERSEDED,
    WRITTEN,
    content_of,
    flat,
    note_of,
)
from clinic_desk.ui.parts.visit_opened import OpenedVisit
from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases import (
    acted,
    carrying,
    decision_history,
    done_words,
    evaluations,
    visits,
    words,
)
from clinic_desk.usecases.carrying import WITHDRAWN
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.evaluations import StepProgress
from clinic_desk.usecases.visit_content import PARTS
from clinic_desk.usecases.visit_views import (
    Carried,
    Decision,
    Done,
    FlagAction,
    VisitContent,
)


class VisitDraft(QObject):
    """One visit's content. What is set here can be undone and is kept by itself."""

    changed = Signal(str)  # a key of the sheet
    kept = Signal(object)  # datetime
    failed = Signal(str)  # why the draft could not be kept; each reason once
    unkept = Signal()  # it could not be kept, each time
    _sent, behind = 0, False  # keepings begun; the one that ended last holds less than is set

    def __init__(
        self, desk: Desk, lanes: Lanes, opened: OpenedVisit, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._lanes = desk, lanes
        self.view, self.last, self.offer = opened.view, opened.last, opened.offer
        self.templates, self.typed_in = opened.templates, opened.typed_in
        self.play = evaluations.play(desk, opened.view)
        self.sheet = Sheet(self._keep, self)
        self.sheet.load(flat(opened.view.content))
        self.sheet.changed.connect(self._changed)
        self._typed = self.play.typed_once()
        self._reading: Reading | None = None
        self._content: VisitContent | None = None
        self._findings: Findings | None = None
        self._wanted: set[str] = set()  # sections that a letter asks for
        self._progress: tuple[StepProgress, ...] | None = None
        self._open: tuple[FlagFinding, ...] | None = None
        self._said = ""
        self.made = MadeOnce()  # what the findings are shown as
        self.wrong = ""  # why what was typed cannot be kept until it is mended

    @property
    def read_only(self) -> bool:
        """A signed visit is for ever."""
        return self.view.signed_at is not None

    # -- what it holds ------------------------------------------------------------

    def content(self) -> VisitContent:
        if self._content is None:
            self._content = self._with_carried(content_of(self.sheet.values()))
        return self._content

    def _with_carried(self, content: VisitContent) -> VisitContent:
        held = self.view.content
        return replace(content, carried=held.carried, planned=held.planned)

    def answers(self) -> Mapping[str, object]:
        """What counts: today's answers and the facts that were carried."""
        held = self.content().standing
        return {item: value for item, value in held.items() if value != WITHDRAWN}

    def answer(self, item: str) -> object:
        """What counts of one item; nothing that only stands beside it from last time."""
        value = self.sheet.value(ANSWER + item)
        if value is None and (fact := self.carried(item)) is not None and fact.fact:
            return fact.value
        return None if value == WITHDRAWN else value

    def carried(self, item: str) -> Carried | None:
        """What an earlier visit holds of an item."""
        return self.view.content.carried.get(item)

    def touched(self, item: str) -> bool:
        """Whether the item was confirmed or answered in this visit."""
        return self.sheet.value(ANSWER + item) is not None

    def untouched_facts(self) -> tuple[str, ...]:
        """The facts that count but were not confirmed or changed."""
        return tuple(carrying.facts(self.content()))

    def retest(self) -> tuple[str, ...]:
        """What is picked for the next visit to measure again."""
        held = self.sheet.value(RETEST)
        return held if isinstance(held, tuple) else ()

    def done(self) -> tuple[Done, ...]:
        """What was done in the clinic today."""
        held = self.sheet.value(DONE)
        return held if isinstance(held, tuple) else ()

    def worth_retesting(self) -> tuple[Retest, ...]:
        """What is suggested for it."""
        return self.play.worth_retesting(self.content(), self.findings())

    def decision(self, subject: str) -> Decision | None:
        held = self.sheet.value(DECISION + subject)
        return held if isinstance(held, Decision) else None

    def actions(self, flag: str) -> tuple[FlagAction, ...]:
        held = self.sheet.value(ACTIONS + flag)
        return held if isinstance(held, tuple) else ()

    def reading(self) -> Reading:
        """The answers and decisions as the rules see them now."""
        if self._reading is None:
            self._reading = self._typed.reading(self.content())
        return self._reading

    def findings(self) -> Findings:
        """What the answers lead to now."""
        if self._findings is None:
            self._findings = find(self.reading())
        return self._findings

    def progress(self) -> tuple[StepProgress, ...]:
        """The steps that apply now."""
        if self._progress is None:
            planned = self.view.content.planned
            self._progress = self.play.progress_of(self.reading(), planned, self._wanted)
        return self._progress

    def want(self, item: str) -> None:
        """Ask the section of a question, whatever the rules say: somebody needs its answers."""
        self._wanted = {self.play.section_of(item)} - {""}
        self._progress = None

    def open_flags(self) -> tuple[FlagFinding, ...]:
        """The flags for which nothing that counts was done, the most urgent first."""
        if self._open is None:
            still = [
                flag
                for flag in self.findings().red_flags
                if not acted.settled(flag, self.actions(flag.id))
            ]
            self._open = tuple(sorted(still, key=lambda flag: -flag.urgency.rank))
        return self._open

    # -- what the person does -----------------------------------------------------

    def set_answer(self, item: str, value: object) -> None:
        held = self.carried(item)
        if value is None and held is not None and held.fact:
            value = WITHDRAWN  # taken back, so that it does not count again by itself
        self._set(ANSWER + item, value, _("answer"))

    def confirm(self, item: str) -> None:
        """The person looked at an unusual value again: it is right, until it changes."""
        self._set(CONFIRMED + item, self.answer(item), _("confirmed"))

    def doubt(self, item: str, half: bool = False) -> str:
        """What to ask about an answer; empty where it is usual or was confirmed as it stands."""
        value = self.answer(item)
        if value is None or self.sheet.value(CONFIRMED + item) == value:
            return ""
        return self.play.doubt(item, value, half)

    def set_answers(self, values: Mapping[str, object]) -> None:
        """Several answers as one step of undo."""
        if not self.read_only:
            self.sheet.set_many({ANSWER + item: value for item, value in values.items()})

    def same_as_then(self, item: str) -> None:
        """Confirm what an earlier visit holds of an item."""
        held = self.carried(item)
        if held is not None and not self.touched(item):
            self._set(ANSWER + item, held.value, _("same as then"))

    def confirm_facts(self) -> None:
        """Confirm all facts that were carried, as one step of undo. Measurements never are."""
        if not self.read_only:
            held = carrying.facts(self.content())
            values = {ANSWER + item: one.value for item, one in held.items()}
            self.sheet.set_many(values, _("confirm facts"))

    def set_retest(self, item: str, on: bool) -> None:
        """Pick an item for the next visit, or let it go."""
        held = [one for one in self.retest() if one != item]
        self._set(RETEST, (*held, item) if on else tuple(held) or None, _("re-test"))

    def take_retests(self, items: Sequence[str]) -> None:
        """Pick several as one step."""
        wanted = tuple(dict.fromkeys((*self.retest(), *items)))
        self._set(RETEST, wanted or None, _("re-test"))

    def set_note(self, part: str, text: str) -> None:
        self._set(NOTE + part, text, _("typing"))

    def decide(self, subject: str, suggested: str | None, decided: str, reason: str) -> None:
        """The clinician's own choice, beside what was suggested."""
        now = self._desk.now()
        made = Decision(subject, suggested, decided, reason.strip(), self._desk.actor.name, now)
        self._replace_decision(subject, made)

    def undecide(self, subject: str) -> None:
        """Take a decision back; that it was made stays in the history."""
        self._replace_decision(subject, None)

    def _replace_decision(self, subject: str, made: Decision | None) -> None:
        held = self.decision(subject)
        if self.read_only or (held is None and made is None):
            return
        values: dict[str, object] = {DECISION + subject: made}
        if held is not None:
            ended = replace(held, superseded_at=self._desk.now())
            values[SUPERSEDED + subject] = (*self._superseded(subject), ended)
        self.sheet.set_many(values, _("decision"))

    def _superseded(self, subject: str) -> tuple[Decision, ...]:
        held = self.sheet.value(SUPERSEDED + subject)
        return held if isinstance(held, tuple) else ()

    def history(self, subject: str) -> tuple[Decision, ...]:
        """What was decided about it before, at earlier visits and in this one."""
        past = decision_history.about(subject, self.view.past)
        return (*past, *self._superseded(subject))

    def act(self, flag: str, kind: str, text: str) -> None:
        """Record what was done about a red flag."""
        done = FlagAction(flag, kind, text.strip(), self._desk.actor.name, self._desk.now())
        for one in self.findings().red_flags:
            if one.id == flag:
                done = acted.stamped(done, one)
        self._set(ACTIONS + flag, (*self.actions(flag), done), _("action"))

    def take_back(self, flag: str) -> None:
        """Take back what was recorded about a red flag in this visit; a letter that went stays."""
        actions, now = self.actions(flag), self._desk.now()
        sent = tuple(one for one in actions if one.letter)
        gone = tuple(
            Decision(f"flag:{flag}", one.urgency or None, one.kind, one.text, one.by, one.at, now)
            for one in actions
            if not one.letter
        )
        if gone and not self.read_only:
            history = (*self._superseded(f"flag:{flag}"), *gone)
            values = {ACTIONS + flag: sent or None, SUPERSEDED + f"flag:{flag}": history}
            self.sheet.set_many(values, _("action"))

    def write_note(self) -> bool:
        """Bring the untouched note parts up to date from the evaluation; whether any changed."""
        return self._write(PARTS)

    def follow_evaluation(self) -> bool:
        """Bring up to date what was written before and still stands as it was written."""
        note, written = note_of(self.sheet.values()), self.content().written
        held = [part for part in PARTS if written.get(part)]
        return self._write([part for part in held if getattr(note, part) == written[part]])

    def _write(self, parts: Sequence[str]) -> bool:
        before = self._by_parts()
        after = visits.write_into_note(self._desk, self.view, before, self.last)
        texts: dict[str, object] = {}
        for part in parts:
            texts[NOTE + part] = getattr(after.note, part) or None
            texts[WRITTEN + part] = after.written.get(part)
        if self.read_only or all(self.sheet.value(key) == text for key, text in texts.items()):
            return False
        self.sheet.set_many(texts, _("write from evaluation"))
        return True

    def _by_parts(self) -> VisitContent:
        """The content with the fields that the evaluation writes into, and no others."""
        return replace(self.content(), note=note_of(self.sheet.values()))

    def set_done(self, done: tuple[Done, ...]) -> None:
        """What was done, and the note's line of it while nobody touched that part: one step."""
        if self.read_only:
            return
        held = self._by_parts()
        part = "objective"
        after = visits.write_into_note(self._desk, self.view, replace(held, done=done), self.last)
        text, written = after.note.objective, after.written.get(part)
        if text == held.note.objective and text != written:  # the clinician's own words stay
            text = done_words.within(self._desk.library, text, held.done, done)
        self.sheet.set_many(
            {DONE: done or None, NOTE + part: text or None, WRITTEN + part: written},
            _("done today"),
        )

    def _set(self, key: str, value: object, word: str) -> None:
        if not self.read_only:
            self.sheet.set(key, value, word)

    # -- keeping ------------------------------------------------------------------

    def flush(self) -> None:
        """Keep now what is not kept."""
        self.sheet.flush()

    def _changed(self, key: str) -> None:
        self._content = None
        if key.startswith((ANSWER, DECISION, ACTIONS, SUPERSEDED)):
            self._reading = None
            self._findings = None
            self._progress = None
            self._open = None
        self.changed.emit(key)

    def _keep(self, values: dict[str, object]) -> None:
        content = self._with_carried(content_of(values))
        keep = partial(visits.keep, self._desk, self.view.id, content)
        self._sent = sent = self._sent + 1
        key = f"keep {self.view.id}"
        self._lanes.run(lambda: (sent, keep()), self._kept, self._not_kept, replace_key=key)

    def _kept(self, ended: tuple[int, datetime]) -> None:
        sent, when = ended
        self.behind = sent < self._sent or self.sheet.unsaved
        self._said = self.wrong = ""
        self.kept.emit(when)

    def _not_kept(self, error: Exception) -> None:
        self.unkept.emit()
        # typing on will mend what cannot be taken; a bug would show its sheet again and again
        self.sheet.failed(
            soon=not isinstance(error, InvalidInput) and isinstance(error, ClinicError)
        )
        if not isinstance(error, ClinicError):
            raise error
        why = str(error)
        if isinstance(error, InvalidInput):
            why = " ".join(f"{words.capital(name)}: {said}" for name, said in error.fields.items())
        text = _("This draft is not kept yet. {why}").format(why=why)
        self.wrong = text if isinstance(error, InvalidInput) else ""
        if text != self._said:
            self._said = text
            self.failed.emit(text)
