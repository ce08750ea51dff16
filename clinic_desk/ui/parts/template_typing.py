"""What is typed in letter templates and not yet saved: kept while typing, taken up again after a
lock or a restart, and saved without overwriting what somebody else saved in the meantime.
"""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from clinic_desk.errors import EditConflict
from clinic_desk.i18n import _
from clinic_desk.ui.forms.sheet import Sheet
from clinic_desk.ui.parts.doing import Doing
from clinic_desk.ui.parts.template_steps import TemplateSteps
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases import letter_templates, template_drafts
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letter_templates import Edited, Version
from clinic_desk.usecases.template_drafts import HalfTyped


class TemplateTyping(Screen):
    """The drafts of the kinds; the screen adds the list, the editor and the page."""

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        self._kind = ""
        self._steps: TemplateSteps | None = None  # of the kind in view
        self._unsaved: dict[str, TemplateSteps] = {}  # by kind
        self._resumed = False  # whether what was half typed earlier is here
        self._putting = ""  # the kind that is being saved
        self.doing = Doing(desk, lanes, self)
        self.sheet = Sheet(self._keep, self)  # of what is half typed, by kind

    def _show_overtaken(self, steps: TemplateSteps, log: tuple[Version, ...]) -> None:
        """The kind in view has a newer version beside what is typed."""
        raise NotImplementedError

    def _tell(self) -> None:
        raise NotImplementedError

    def _saved(self, kind: str) -> None:
        raise NotImplementedError

    def _refused(self, error: Exception) -> None:
        raise NotImplementedError

    def leave(self) -> None:
        self.sheet.flush()

    def unkept(self) -> bool:
        return self.sheet.refused

    # Kept while typing

    def _resume(self, kept: Mapping[str, HalfTyped]) -> None:
        """Take up what was half typed before this screen was built."""
        self._resumed = True
        for kind, half in kept.items():
            if kind not in self._unsaved:
                self._unsaved[kind] = steps = TemplateSteps(half.begun)
                steps.put(half.typed)
                self.status_changed.emit(_("What was not saved in the templates is here again."))

    def _hold(self, steps: TemplateSteps) -> None:
        self._unsaved[self._kind] = steps
        self.sheet.put(self._kind, steps.now)

    def _let_go(self) -> None:
        """Nothing of the kind in view is unsaved any more."""
        kind = self._kind
        if self._unsaved.pop(kind, None) is not None:
            self.sheet.put(kind, None)
            self.lanes.run(lambda: template_drafts.discard(self.desk, kind), None, self._refused)

    def _keep(self, values: dict[str, object]) -> None:
        typed = [one for one in values.values() if isinstance(one, Edited)]

        def work() -> None:
            for one in typed:
                template_drafts.keep(self.desk, one)

        if typed:
            self.lanes.run(work, None, self._not_kept)

    def _not_kept(self, error: Exception) -> None:
        self.sheet.not_kept(error)
        self._refused(error)

    # Saved

    def _put_away(self, steps: TemplateSteps, note: str) -> None:
        """Save what is typed; its draft ends with that."""
        edited = steps.now
        self._putting = edited.id
        self.sheet.put(edited.id, None)  # nothing may be kept after the draft ended

        def work() -> str:
            letter_templates.save(self.desk, edited, note)
            template_drafts.discard(self.desk, edited.id)
            return edited.id

        words = _("Template saved. Letters use it from now on.")
        self.doing.do(work, words, self._put, self._not_saved)

    def _put(self, kind: str) -> None:
        self._putting = ""
        self._unsaved.pop(kind, None)
        self._saved(kind)

    def _not_saved(self, error: Exception) -> None:
        kind, self._putting = self._putting, ""
        if kind in self._unsaved:
            self.sheet.put(kind, self._unsaved[kind].now)
        self._tell()
        if not isinstance(error, EditConflict):
            self._refused(error)
            return
        self.lanes.run(
            lambda: (kind, letter_templates.history(self.desk, kind)),
            self._overtaken,
            self._refused,
        )

    def _overtaken(self, found: tuple[str, tuple[Version, ...]]) -> None:
        """Somebody else saved first: theirs stays in the log, what is typed here stays here."""
        kind, log = found
        steps, newest = self._unsaved.get(kind), log[0]
        if steps is None:
            return
        steps.rebase(newest.revision)
        self.sheet.put(kind, steps.now)
        if kind == self._kind:
            self._show_overtaken(steps, log)
        words = _(
            "{name} saved version {number} in the meantime. What you typed is still here; "
            "theirs is in the change log. Saving again makes yours the newest, and theirs is kept."
        )
        self.said.emit(words.format(name=newest.by, number=newest.revision), "problem")
