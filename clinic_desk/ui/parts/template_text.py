"""The texts of one letter template: which part, its heading, its words, the fields to put in."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.lists.rows import Column, RowsModel, RowsView
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.template_part_bar import TemplatePartBar
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.labels import FieldLabel, Label, Problem, stacked
from clinic_desk.ui.widgets.texts import TextArea, TextField
from clinic_desk.ui.widgets.toggle import CheckBox
from clinic_desk.usecases import template_parts, template_preview
from clinic_desk.usecases.letter_templates import Edited, Fault
from clinic_desk.usecases.template_preview import FieldRow

_COLUMNS = (
    Column(_("Field"), lambda row: row.said, type="body"),
    Column(_("Written as"), lambda row: row.name, width=150, type="caption", spare=1),
)


_DRAWN = {
    "table": _("A table of the record stands in this part, above its text."),
    "chart": _("The body chart is drawn in this part."),
}


class TemplateText(QWidget):
    """`changed` holds the template as it is on the page now, and in which text it was typed."""

    changed = Signal(object, str)  # Edited
    turned = Signal()  # another part is in view

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edited: Edited | None = None
        self._part = ""
        self._fields = template_preview.fields()
        self.name = TextField(_("Name"))
        self.name.setObjectName("templateName")
        self.name.changed.connect(self._named)
        self.valediction = TextField(_("Before the signature"))
        self.valediction.setObjectName("templateValediction")
        self.valediction.changed.connect(self._signed)
        self.bar = TemplatePartBar(self)
        self.bar.chosen.connect(self._chosen)
        self.bar.added.connect(self._add)
        self.bar.removed.connect(self._remove)
        self.bar.moved.connect(self._move)
        self.required = CheckBox(_("Required"))
        self.required.setObjectName("templateRequired")
        self.required.clicked.connect(self._demand)
        self.heading = TextField(_("Heading"))
        self.heading.setObjectName("templateHeading")
        self.heading.changed.connect(self._headed)
        self.included = CheckBox(_("Ticked at first"))
        self.included.setObjectName("templateIncluded")
        self.included.clicked.connect(self._ticked)
        self.text = TextArea(_("Text"), lines=8, most=12)
        self.text.setObjectName("templateText")
        self.text.changed.connect(self._typed)
        self.problem = Problem()
        self.search = TextField(_("Find a field"), placeholder=_("Find a field"), icon="search")
        self.search.setObjectName("templateFindField")
        self.search.changed.connect(self._filter)
        self.search.returnPressed.connect(self._insert)
        self.model = RowsModel(_COLUMNS)
        self.fields = RowsView(self.model, _("Fields"))
        self.fields.setObjectName("templateFields")
        self.fields.opened.connect(self._insert)
        self.fields.setMinimumHeight(theme.px(150))
        self.insert = Button(_("Insert field"), "plus", compact=True)
        self.insert.setObjectName("insertField")
        self.insert.clicked.connect(self._insert)
        self._lay_out()
        self._filter()

    def _lay_out(self) -> None:
        whole = layout.column(self, tokens.M)
        first = layout.row(spacing=tokens.M)
        first.addWidget(stacked(FieldLabel(_("Name"), self.name), self.name), 1)
        signed = FieldLabel(_("Before the signature"), self.valediction)
        first.addWidget(stacked(signed, self.valediction), 1)
        second = layout.row(spacing=tokens.M)
        second.addWidget(stacked(FieldLabel(_("Part"), self.bar), self.bar), 3)
        second.addWidget(stacked(FieldLabel(_("Heading"), self.heading), self.heading), 2)
        whole.addLayout(first)
        whole.addLayout(second)
        head = layout.row(spacing=tokens.S)
        head.addWidget(FieldLabel(_("Text"), self.text), 1)
        head.addWidget(self.required)
        head.addWidget(self.included)
        whole.addLayout(head)
        self.drawn = Label("", "caption", wrap=True)
        whole.addWidget(self.drawn)
        whole.addWidget(self.text)
        whole.addWidget(self.problem)
        below = layout.row(spacing=tokens.S)
        below.addWidget(self.search, 1)
        below.addWidget(self.insert)
        whole.addLayout(below)
        whole.addWidget(self.fields, 1)

    @property
    def shown_part(self) -> str:
        """Which part is in view."""
        return self._part

    def show_template(self, edited: Edited) -> None:
        """Show a template; the part stays the same where it has it."""
        self._edited = edited
        self.name.set_value(edited.name)
        self.valediction.set_value(edited.valediction)
        if self._part not in [one.id for one in edited.parts]:
            self._part = edited.parts[0].id
        self._show_part()

    def show_part(self, part: str) -> None:
        """Go to a part, such as the one with a fault."""
        if part == "name":
            self.name.setFocus()
        elif part == "valediction":
            self.valediction.setFocus()
        elif self._edited is not None and part in [one.id for one in self._edited.parts]:
            self._part = part
            self._show_part()
            self.text.setFocus()

    def show_faults(self, faults: tuple[Fault, ...]) -> None:
        """Say what is wrong with the part in view."""
        mine = [one for one in faults if one.part == self._part]
        said = _("Line {line}: {text}")
        self.problem.set(" ".join(said.format(line=one.line, text=one.text) for one in mine))

    def _show_part(self) -> None:
        edited = self._edited
        if edited is None:
            return
        one = edited.part(self._part)
        self._show_state()
        self.heading.set_value(one.title)
        self.heading.setEnabled(one.headed)
        self.drawn.setText(_DRAWN.get(one.shows, ""))
        self.drawn.setVisible(bool(one.shows))
        self.text.setAccessibleName(one.title)
        self.text.set_value(one.text)

    def _show_state(self) -> None:
        """The boxes and the order of the part in view."""
        edited = self._edited
        if edited is None:
            return
        one = edited.part(self._part)
        self.bar.show_parts(edited, self._part)
        self.required.setChecked(one.required)
        self.required.setEnabled(one.headed and not template_parts.is_held(edited, one.id))
        self.included.setEnabled(one.headed and not one.required)
        self.included.setChecked(one.included)

    def _filter(self) -> None:
        words = self.search.value().casefold().split()
        rows = [
            row
            for row in self._fields
            if all(word in f"{row.said} {row.name} {row.group}".casefold() for word in words)
        ]
        self.model.set_rows(rows)
        self.fields.choose(0)
        self.insert.setEnabled(bool(rows))

    def _insert(self, _row: object = None) -> None:
        """Put the chosen field where the cursor stands."""
        row = self.fields.current()
        if isinstance(row, FieldRow):
            self.text.insertPlainText(row.insert)
            self.text.setFocus()
            self._typed()

    def _chosen(self, part: object) -> None:
        self._part = str(part)
        self._show_part()
        self.turned.emit()

    # What the person changes

    def _named(self) -> None:
        if self._edited is not None:
            self._take(self._edited.changed(name=self.name.value()), "name")

    def _signed(self) -> None:
        if self._edited is not None:
            self._take(self._edited.changed(valediction=self.valediction.value()), "valediction")

    def _headed(self) -> None:
        self._set_part("title", title=self.heading.value())

    def _typed(self) -> None:
        self._set_part("text", text=self.text.toPlainText())

    def _ticked(self) -> None:
        self._set_part("", included=self.included.isChecked())

    def _demand(self) -> None:
        """A required part is ticked at first, and stays so when it is no longer required."""
        self._set_part("", required=self.required.isChecked(), included=True)

    def _set_part(self, cell: str, **changes: object) -> None:
        if self._edited is not None:
            made = self._edited.with_part(self._part, **changes)
            self._take(made, cell and f"{self._part}:{cell}")

    def _add(self) -> None:
        if self._edited is not None:
            made, self._part = template_parts.add(self._edited, self._part, _("New part"))
            self._take(made)
            self._show_part()
            self.heading.setFocus()
            self.heading.selectAll()

    def _remove(self) -> None:
        edited = self._edited
        if edited is None:
            return
        place = [one.id for one in edited.parts].index(self._part)
        made = template_parts.remove(edited, self._part)
        if made is not edited:
            self._part = made.parts[min(place, len(made.parts) - 2)].id  # not the closing
            self._take(made)
            self._show_part()

    def _move(self, step: int) -> None:
        if self._edited is not None:
            self._take(template_parts.move(self._edited, self._part, step))

    def _take(self, edited: Edited, cell: str = "") -> None:
        self._edited = edited
        self._show_state()
        self.changed.emit(edited, cell)
