"""The clinic's program templates: the list, one in full beside it, and the page that makes one."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QStackedWidget, QWidget

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _, ngettext
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.lists.rows import Chipped, Column, RowsModel, RowsView
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.doing import Doing
from clinic_desk.ui.parts.template_form import TemplateForm
from clinic_desk.ui.parts.template_pane import TemplatePane, state_words
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Card, Scroller
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases import clinic_templates, template_library
from clinic_desk.usecases.clinic_templates import EditedTemplate
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.template_library import TemplateCard, TemplatesView, TemplateView

PANE = 420


class TemplatesPage(QWidget):
    """Lies over the exercise library; `closed` goes back to it."""

    closed = Signal()
    said = Signal(str, str)
    undoable = Signal(str, object)
    headed = Signal(str, str)  # title, what is open

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._lanes = desk, lanes
        self._seen = TemplatesView(())
        self._chosen = ""
        self._edited: EditedTemplate | None = None
        self.doing = Doing(desk, lanes, self)
        self.doing.changed.connect(self.look)
        self.touched = False
        self.pages = QStackedWidget()
        self.pages.addWidget(self._shelf())
        self.pages.addWidget(self._editor())
        layout.column(self).addWidget(self.pages)

    def _shelf(self) -> QWidget:
        self.back = Button(_("Back to the exercises"), "arrow-left")
        self.back.setObjectName("toExercises")
        self.back.clicked.connect(self.closed)
        self.add = PrimaryButton(_("Add template"))
        self.add.setObjectName("addTemplate")
        self.add.clicked.connect(self._add)
        self.faults = Label("", "problem", wrap=True)
        self.faults.setObjectName("templateFaults")
        self.model = RowsModel(
            [
                Column(_("Template"), lambda row: row.name, type="strong"),
                Column(_("Stage"), lambda row: str(row.stage), 64),
                Column(_("Exercises"), lambda row: str(row.exercises), 92, spare=1),
                Column(_("Minutes"), lambda row: str(row.minutes), 84),
                Column(_("State"), _state, 150),
            ]
        )
        self.rows = RowsView(self.model, _("Program templates"))
        self.rows.chosen.connect(self._row_chosen)
        self.rows.opened.connect(self._row_opened)
        self.card = card = Card(flush=True)
        card.add(self.rows, 1)
        left = QWidget()
        column = layout.column(left, tokens.M)
        column.setContentsMargins(tokens.XL, tokens.L, tokens.M, tokens.L)
        top = layout.row(spacing=tokens.S)
        top.addWidget(self.back)
        top.addStretch(1)
        top.addWidget(self.add)
        column.addLayout(top)
        column.addWidget(self.faults)
        column.addWidget(card, 1)
        self.pane = TemplatePane()
        self.pane.asked.connect(self._act)
        self.pane.hide()
        both = QWidget()
        row = layout.row(both, 0)
        row.addWidget(left, 1)
        row.addWidget(self.pane)
        return both

    def _editor(self) -> QWidget:
        self.form = TemplateForm()
        self.form.changed.connect(self._touch)
        scroller = Scroller(tokens.L)
        scroller.column.addWidget(self.form)
        self.problem = Label("", "problem", wrap=True)
        self.problem.hide()
        self.cancel = Button(_("Drop the changes"))
        self.cancel.setObjectName("dropTemplate")
        self.cancel.clicked.connect(self.close_form)
        self.save = PrimaryButton(_("Save template"))
        self.save.setObjectName("saveTemplate")
        self.save.clicked.connect(self._save)
        whole = QWidget()
        column = layout.column(whole)
        column.addWidget(scroller, 1)
        column.addWidget(self.problem)
        column.addWidget(layout.Footer([self.cancel], [self.save]))
        return whole

    # What the screen asks

    @property
    def editing(self) -> bool:
        """Whether the form is open."""
        return self.pages.currentIndex() == 1

    def primary(self) -> QAbstractButton:
        return self.save if self.editing else self.add

    def look(self, then: str = "") -> None:
        """Read the list again, with `then` or the same one open."""
        self._chosen = then or self._chosen
        self._lanes.run(
            lambda: template_library.listing(self._desk),
            self._show,
            self._refused,
            replace_key="templates: read",
        )

    def close_form(self) -> None:
        """Leave the form; what was typed is gone."""
        self.touched, self._edited = False, None
        self.pages.setCurrentIndex(0)
        self.headed.emit(_("Program templates"), "")
        self.look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.pane.setFixedWidth(min(theme.px(PANE), max(320, self.width() * 2 // 5)))

    # The list

    def _show(self, seen: TemplatesView) -> None:
        self._seen = seen
        self.faults.setText("\n".join(seen.faults))
        self.faults.setVisible(bool(seen.faults))
        words = ngettext("{n} template", "{n} templates", len(seen.cards))
        self.card.header.set("", words.format(n=len(seen.cards)))
        self.model.set_rows(seen.cards)
        known = [card.id for card in seen.cards]
        place = known.index(self._chosen) if self._chosen in known else 0
        if known:
            self.rows.choose(place)
            self.rows.scrollTo(self.model.index(place, 0))
            self._open(known[place])
        self.rows.setFocus()

    def _row_chosen(self, row: object) -> None:
        if isinstance(row, TemplateCard) and row.id != self._chosen:
            self._open(row.id)

    def _row_opened(self, row: object) -> None:
        if isinstance(row, TemplateCard):
            self._edit(row.id)

    def _open(self, template: str) -> None:
        self._chosen = template
        self._lanes.run(
            lambda: template_library.view(self._desk, template),
            self._opened,
            self._refused,
            replace_key="templates: view",
        )

    def _opened(self, view: TemplateView) -> None:
        if view.card.id == self._chosen:
            self.pane.show_view(view)
            self.pane.show()

    # Acts

    def _act(self, act: str) -> None:
        key, desk = self._chosen, self._desk
        match act:
            case "edit":
                self._edit(key)
            case "copy":
                self._read(lambda: clinic_templates.copy(desk, key), self._begin_copy)
            case "hide":
                words = _("{name} is no longer offered. Programs that began with it stay.")
                self._do(partial(clinic_templates.hide, desk, key), words)
            case "bring_back":
                self._do(partial(clinic_templates.bring_back, desk, key), _("{name} is back."))
            case "keep_mine":
                words = _("{name} stays as the practice wrote it.")
                self._do(partial(clinic_templates.keep_mine, desk, key), words)
            case "take_shipped":
                words = _("The shipped version of {name} is taken.")
                self._do(partial(clinic_templates.take_shipped, desk, key), words)

    def _read(self, work: Callable[[], object], done: Callable[..., object]) -> None:
        self._lanes.run(work, done, self._refused)

    def _do(self, act: Callable[[], object], words: str) -> None:
        name = self.pane.view.card.name if self.pane.view is not None else ""
        self.doing.do(act, words.format(name=name), failed=self._refused)

    # The form

    def _add(self) -> None:
        self._read(lambda: clinic_templates.edit(self._desk), self._begin)

    def _edit(self, template: str) -> None:
        self._read(lambda: clinic_templates.edit(self._desk, template), self._begin)

    def _begin_copy(self, edited: EditedTemplate) -> None:
        self._begin(edited)
        self.touched = True  # nothing of it is kept yet

    def _begin(self, edited: EditedTemplate) -> None:
        self._edited = edited
        others = [(card.id, card.name) for card in self._seen.cards if card.id != edited.id]
        self.form.begin(edited.tables, self._seen.exercises, others)
        self._show_problems({})
        self.touched = False
        self.pages.setCurrentIndex(1)
        title = _("Change template") if edited.id else _("Add template")
        self.headed.emit(title, str(edited.tables.get("name", "")))
        self.form.focus_first()

    def _touch(self) -> None:
        self.touched = True

    def _save(self) -> None:
        if self._edited is None:
            return
        edited = EditedTemplate(
            self._edited.id,
            self._edited.version,
            self.form.tables(),
            self._edited.based_on,
            self._edited.shipped,
        )
        self.doing.do(
            partial(clinic_templates.save, self._desk, edited),
            _("Saved. New programs can begin with it from now on."),
            self._saved,
            self._refused,
        )

    def _saved(self, template: str) -> None:
        self._chosen = template
        self.close_form()

    def _show_problems(self, fields: dict[str, str]) -> None:
        left = self.form.show_problems(fields)
        self.problem.setText("\n".join(left))
        self.problem.setVisible(bool(left))

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        if isinstance(error, InvalidInput) and self.editing:
            self._show_problems(error.fields)
            return
        self.said.emit(f"{error} {error.hint}".strip(), "problem")


def _state(row: TemplateCard) -> Chipped:
    caution = row.withdrawn or row.origin == "outdated"
    return Chipped(state_words(row), "caution" if caution else "outline")
