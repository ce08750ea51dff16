"""Exercises: the clinic's library, one exercise in full beside it, and the page that makes one."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QStackedWidget, QWidget

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _, ngettext
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.exercise_columns import COLUMNS
from clinic_desk.ui.parts.exercise_files import photos_beside, write
from clinic_desk.ui.parts.exercise_making import SAVED, ExerciseMaking
from clinic_desk.ui.parts.exercise_pane import ExercisePane
from clinic_desk.ui.parts.list_out import ListOut, Read, of_view
from clinic_desk.ui.parts.program_filters import Filters
from clinic_desk.ui.parts.program_grid import CardGrid
from clinic_desk.ui.parts.template_page import TemplatesPage
from clinic_desk.ui.refs import Ref
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import EmptyState
from clinic_desk.ui.widgets.labels import Label, OneLine
from clinic_desk.usecases import (
    clinic_exercises,
    exercise_drafts,
    exercise_library,
    exercise_marks,
)
from clinic_desk.usecases.clinic_exercises import Edited
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.exercise_library import ExerciseView, LibraryView
from clinic_desk.usecases.programs import ExerciseCard

PANE = 440
READ = "exercises: read"
TEMPLATES = "templates"  # what opens the program templates


class ExercisesScreen(ExerciseMaking):
    """The library; what is being made or changed stays until it is saved or dropped."""

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        layout.canvas(self)
        self._seen = LibraryView(())
        self._chosen = ""
        self.filters = Filters(whole=True)
        self.filters.changed.connect(self._filter)
        self.grid = CardGrid(adds=False)
        self.grid.chosen.connect(self._card_chosen)
        self.nothing = EmptyState(_("No exercise fits."), _("Look in the whole library"))
        self.nothing.pressed.connect(self._clear)
        self.found = QStackedWidget()
        self.found.addWidget(self.grid)
        self.found.addWidget(self.nothing)
        self.count = OneLine("", "caption", least=60)
        self.faults = Label("", "problem", wrap=True)
        self.faults.setObjectName("exerciseFaults")
        self.templates = Button(_("Templates"), "clipboard-list")
        self.templates.setObjectName("openTemplates")
        self.templates.clicked.connect(self.show_templates)
        self.take_file = Button(_("Take a file"), "file-text")
        self.take_file.setObjectName("takeExerciseFile")
        self.take_file.clicked.connect(self._choose_file)
        self.add = PrimaryButton(_("Add exercise"))
        self.add.setObjectName("addExercise")
        self.add.clicked.connect(self._add)
        self.left = QWidget()
        column = layout.column(self.left, tokens.M)
        column.setContentsMargins(tokens.XL, tokens.L, tokens.S, tokens.L)
        column.addWidget(self.filters)
        top = layout.row(spacing=tokens.S)
        top.addWidget(self.count, 1)
        top.addWidget(self.templates)
        top.addWidget(self.take_file)
        self.out = ListOut(
            self, self, "exercises", _("Exercises"), lambda: COLUMNS, self._cards_shown
        )
        self.out.said.connect(self.said)
        top.addWidget(self.out.button)
        top.addWidget(self.add)
        column.addLayout(top)
        column.addWidget(self.faults)
        column.addWidget(self.found, 1)
        self.pane = ExercisePane()
        self.pane.asked.connect(self._act)
        self.pane.linked.connect(self.show_exercise)
        self.pane.hide()
        shelf = QWidget()
        row = layout.row(shelf, 0)
        row.addWidget(self.left, 1)
        row.addWidget(self.pane)
        self.pages.addWidget(shelf)
        self._programs: TemplatesPage | None = None  # is built when it is first asked for
        layout.column(self).addWidget(self.pages)

    @property
    def programs(self) -> TemplatesPage:
        """The page of the program templates."""
        if self._programs is None:
            self._programs = page = TemplatesPage(self.desk, self.lanes, self.pages)
            of_view(self, page.rows, "program_templates", page.card)
            page.closed.connect(self._leave_templates)
            page.said.connect(self.said)
            page.undoable.connect(self.undoable)
            page.headed.connect(self.heading_changed)
            self.pages.addWidget(page)
        return self._programs

    # What the shell asks

    def open(self, ref: Ref) -> None:
        if self._in_templates and self.programs.editing:
            self.said.emit(_("This is what you had typed. Save it, or drop the changes."), "info")
            return
        if ref.extra == TEMPLATES:
            self.show_templates()
            return
        self.heading_changed.emit(_("Exercises"), "")
        if not self._editing:
            self.pages.setCurrentIndex(0)
        else:
            self.said.emit(_("This is what you had typed. Save it, or drop the changes."), "info")
            return
        self._read()
        self.lanes.run(lambda: exercise_drafts.kept(self.desk), self._resume, self._refused)

    def primary(self) -> QAbstractButton:
        if self._in_templates:
            return self.programs.primary()
        return self.editor.save if self._editing else self.add

    def search_field(self) -> QWidget | None:
        return None if self._editing or self._in_templates else self.filters.words

    def panes(self) -> list[QWidget]:
        if self._in_templates:
            return [self.programs]
        return [self.editor] if self._editing else [self.left, self.pane]

    def leave(self) -> None:
        self.pane.figure.pause()
        self.sheet.flush()

    def unkept(self) -> bool:
        page = self._programs
        return super().unkept() or (page is not None and page.editing and page.touched)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back only where nothing would be lost."""
        if event.key() == Qt.Key.Key_Escape and self._editing:
            if not self.editor.touched:
                self._drop()
            else:
                self.said.emit(_("Not saved yet: save it, or drop the changes."), "info")
            return
        if event.key() == Qt.Key.Key_Escape and self._in_templates:
            if not self.programs.editing:
                self._leave_templates()
            elif not self.programs.touched:
                self.programs.close_form()
            else:
                self.said.emit(_("Not saved yet: save it, or drop the changes."), "info")
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.pane.setFixedWidth(min(theme.px(PANE), max(320, self.width() * 2 // 5)))
        self.filters.set_narrow(True)

    def cards(self) -> Sequence[ExerciseCard]:
        return self._seen.cards

    def _begin(self, edited: Edited, by_photos: bool | None = None) -> None:
        self.pane.figure.pause()
        super()._begin(edited, by_photos)

    # The templates

    @property
    def _in_templates(self) -> bool:
        return self._programs is not None and self.pages.currentWidget() is self._programs

    def show_templates(self) -> None:
        """The program templates instead of the exercises, unless an exercise is half typed."""
        if self._editing:
            self.said.emit(_("This is what you had typed. Save it, or drop the changes."), "info")
            return
        self.pane.figure.pause()
        self.pages.setCurrentWidget(self.programs)
        self.heading_changed.emit(_("Program templates"), "")
        self.programs.look()

    def _leave_templates(self) -> None:
        self._leave_page()
        self._read()

    # The library

    def _read(self, then: str = "") -> None:
        """Show the library as it is now, with `then` or the same exercise open."""
        self._chosen = then or self._chosen
        self.lanes.run(
            lambda: exercise_library.listing(self.desk), self._show, self._refused, replace_key=READ
        )

    def _show(self, seen: LibraryView) -> None:
        self._seen = seen
        self.filters.fill(seen.cards)
        self.faults.setText("\n".join(seen.faults))
        self.faults.setVisible(bool(seen.faults))
        self.grid.set_cards(seen.cards, ())
        self._filter()
        known = {card.id for card in seen.cards}
        if self._chosen in known:
            self.show_exercise(self._chosen)
        else:
            self._chosen = ""
            self.pane.hide()
            self.take_focus(self.filters.words)

    def _filter(self) -> None:
        self.grid.set_wanted(self.filters.wanted())
        shown = len(self.grid.shown())
        self.found.setCurrentIndex(0 if shown else 1)
        words = ngettext("{n} exercise of {all}", "{n} exercises of {all}", shown)
        self.count.setText(words.format(n=shown, all=len(self._seen.cards)))

    def _cards_shown(self) -> Read:
        cards = self.grid.shown_cards()
        return lambda: cards

    def _clear(self) -> None:
        self.filters.words.set_value("")
        self.filters.clear()

    def _card_chosen(self, exercise: str) -> None:
        """Open it; Space or Enter on the one that is open plays and pauses its figure."""
        view = self.pane.view
        if view is not None and view.card.id == exercise and self.pane.isVisible():
            self.pane.figure.toggle()
        else:
            self.show_exercise(exercise)

    def show_exercise(self, exercise: str) -> None:
        """Open one beside the others."""
        self._chosen = exercise
        self.lanes.run(
            lambda: exercise_library.view(self.desk, exercise),
            self._opened,
            self._refused,
            replace_key="exercises: view",
        )

    def _opened(self, view: ExerciseView) -> None:
        if view.card.id != self._chosen:
            return
        self.pane.show_view(view)
        self.pane.show()
        self.grid.show_chosen(view.card.id)

    # Acts

    def _act(self, act: str) -> None:
        view = self.pane.view
        if view is None:
            return
        key, desk = view.card.id, self.desk
        match act:
            case "edit":
                self._edit(key)
            case "export":
                self._export(key)
            case "star":
                star = not view.card.favourite
                self._do(
                    partial(exercise_marks.star, desk, key, star),
                    _("{name} is a favourite.") if star else _("{name} is no favourite any more."),
                )
            case "hide":
                self._do(
                    partial(clinic_exercises.hide, desk, key),
                    _("{name} is archived. Programs that have it still print it.")
                    if view.card.origin == "own"
                    else _("{name} is hidden. Programs that have it still print it."),
                )
            case "bring_back":
                self._do(partial(clinic_exercises.bring_back, desk, key), _("{name} is back."))
            case "keep_mine":
                self._do(
                    partial(clinic_exercises.keep_mine, desk, key),
                    _("{name} stays as the practice wrote it."),
                )
            case "take_shipped":
                self._do(
                    partial(clinic_exercises.take_shipped, desk, key),
                    _("The shipped version of {name} is taken."),
                )

    def _do(self, act: Callable[[], object], words: str) -> None:
        name = self.pane.view.card.name if self.pane.view is not None else ""
        self.doing.do(act, words.format(name=name), failed=self._refused)

    # Files

    def _choose_file(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Take an exercise from a file"), "", _("Exercise files (*.toml)")
        )
        if chosen:
            self.take(Path(chosen))

    def take(self, path: Path) -> None:
        """Take an author's file, with the photos beside it."""
        desk = self.desk

        def work() -> str:
            data, photos = path.read_bytes(), photos_beside(path)
            return clinic_exercises.import_file(desk, path.name, data, photos)

        self.doing.do(work, SAVED, failed=self._refused, then=self._read)

    def _export(self, exercise: str) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save the exercise"), f"{exercise}.toml", _("Exercise files (*.toml)")
        )
        if chosen:
            self.save_to(Path(chosen), exercise)

    def save_to(self, path: Path, exercise: str) -> None:
        """Write an exercise as a file, its photos beside it."""
        desk = self.desk

        def work() -> str:
            text, photos = clinic_exercises.export(desk, exercise)
            write(path, text, [one.jpeg for one in photos])
            return path.name

        self.lanes.run(work, self._written, self._refused)

    def _written(self, name: str) -> None:
        self.said.emit(_("Saved as {name}.").format(name=name), "done")

    def _refused(self, error: Exception) -> None:
        if isinstance(error, OSError):
            words = _("The file could not be read or written: {why}.")
            self.said.emit(words.format(why=error.strerror or error), "problem")
            return
        if not isinstance(error, ClinicError):
            raise error
        if isinstance(error, InvalidInput) and self._editing:
            self.editor.show_problems(error.fields)
            return
        self.said.emit(f"{error} {error.hint}".strip(), "problem")
