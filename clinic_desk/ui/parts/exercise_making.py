"""The page that makes or changes an exercise: what is typed there is kept, saved or dropped."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui.forms.sheet import Sheet
from clinic_desk.ui.parts import paper_words
from clinic_desk.ui.parts.doing import Doing
from clinic_desk.ui.parts.exercise_editor import ExerciseEditor
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases import clinic_exercises, exercise_drafts
from clinic_desk.usecases.clinic_exercises import Edited
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.exercise_drafts import HalfTyped
from clinic_desk.usecases.programs import ExerciseCard

SAVED = _("Saved. New programs have it from now on.")


class ExerciseMaking(Screen):
    """The page and its draft; the screen adds the library that it lies over."""

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        self.doing = Doing(desk, lanes, self)
        self.doing.changed.connect(self._read_again)
        self._dropped: HalfTyped | None = None  # what was dropped, to bring it back
        self.sheet = Sheet(self._keep, self)  # of what is half typed
        self._editor: ExerciseEditor | None = None  # is built when it is first asked for
        self.pages = QStackedWidget()

    @property
    def editor(self) -> ExerciseEditor:
        """The page."""
        if self._editor is None:
            self._editor = editor = ExerciseEditor(self.pages)
            editor.save_asked.connect(self._save)
            editor.closed.connect(self._drop)
            editor.typed.connect(self._typed)
            editor.photo_chosen.connect(self._read_photo)
            self.pages.addWidget(editor)
        return self._editor

    def cards(self) -> Sequence[ExerciseCard]:
        """The exercises that one can lead to."""
        raise NotImplementedError

    def _read(self, then: str = "") -> None:
        raise NotImplementedError

    def _read_again(self) -> None:
        self._read()

    def _refused(self, error: Exception) -> None:
        raise NotImplementedError

    @property
    def _editing(self) -> bool:
        return self._editor is not None and self.pages.currentWidget() is self._editor

    def unkept(self) -> bool:
        return self.sheet.refused

    def _add(self) -> None:
        self._edit("")

    def _edit(self, exercise: str) -> None:
        self.lanes.run(
            lambda: clinic_exercises.edit(self.desk, exercise), self._begin, self._refused
        )

    def _begin(self, edited: Edited, by_photos: bool | None = None) -> None:
        if self._editing:  # what is half typed came first
            return
        self.sheet.load({})
        others = [(card.id, card.name) for card in self.cards() if card.id != edited.id]
        self.pages.setCurrentWidget(self.editor)
        title = _("Change exercise") if edited.id else _("Add exercise")
        self.heading_changed.emit(title, str(edited.tables.get("name", "")))
        self.editor.begin(edited, others, by_photos)

    def _save(self) -> None:
        edited = self.editor.edited()
        if edited is not None:
            self.sheet.load({})  # the draft ends with the saving: nothing may be kept after it
            act = partial(clinic_exercises.save, self.desk, edited, ends_draft=True)
            self.doing.do(act, SAVED, self._saved, self._not_saved)

    def _not_saved(self, error: Exception) -> None:
        self._typed()  # it is still only on the page
        self._refused(error)

    # What is half typed

    def _typed(self) -> None:
        if self._editing:
            self.sheet.put("typed", True)

    def _keep(self, _values: dict[str, object]) -> None:
        typed = self.editor.half_typed()
        if typed is not None:
            self.lanes.run(
                lambda: exercise_drafts.keep(self.desk, typed), self._kept, self._not_kept
            )

    def _kept(self, at: datetime) -> None:
        if self._editing:
            self.status_changed.emit(paper_words.kept_at(at))

    def _not_kept(self, error: Exception) -> None:
        self.sheet.not_kept(error)
        self.status_changed.emit(paper_words.not_kept())
        self._refused(error)

    def _resume(self, typed: HalfTyped | None) -> None:
        """Go on with what was half typed when the program was closed, or was dropped just now."""
        if typed is None or self._editing:
            return
        self._begin(typed.edited, typed.by_photos)
        self.editor.touched = True
        if typed.lost:
            words = _("The figure could not be read again and stands as at first: {why}")
            self.said.emit(words.format(why=typed.lost), "problem")
        else:
            self.said.emit(_("This is what you had typed. Save it, or drop the changes."), "info")

    def _drop(self) -> None:
        """Leave the page. What was typed is gone, and comes back by undo."""
        self._dropped = self.editor.half_typed() if self.editor.touched else None
        self.sheet.load({})
        if self._dropped is not None:
            self.lanes.run(lambda: exercise_drafts.discard(self.desk), self._gone, self._refused)
        self._leave_page()
        self._read()

    def _gone(self, _nothing: object) -> None:
        self.undoable.emit(_("The changes are dropped."), self._undrop)

    def _undrop(self) -> None:
        if self._dropped is not None and not self._editing:
            self._resume(self._dropped)
            self._typed()

    def _saved(self, exercise: str) -> None:
        self.sheet.load({})
        if self._editing:
            self._leave_page()
        self._read(exercise)

    def _leave_page(self) -> None:
        self.pages.setCurrentIndex(0)
        self.status_changed.emit("")
        self.heading_changed.emit(_("Exercises"), "")

    def _read_photo(self, path: Path) -> None:
        self.lanes.run(
            lambda: clinic_exercises.photo(path.read_bytes()),
            self.editor.take_photo,
            self._refused,
            lane="papers",
        )
