"""What the columns of a list mean: a field for each, what has to be declared, and the result."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.lists.rows import Column, RowsModel, RowsView
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card, Scroller
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.dates import DateField, written_day
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases import import_assistant
from clinic_desk.usecases.import_assistant import DAY, PEOPLE, Intake

_BY = {
    "name": _("by its name"),
    "near_name": _("by a near name"),
    "values": _("by its values"),
}
_DELIMITERS = (
    (",", _("comma")),
    (";", _("semicolon")),
    ("\t", _("tab")),
    ("|", _("bar")),
    ("^", _("caret")),
    ("~", _("tilde")),
)
_ENCODINGS = ("utf-8", "cp1252", "cp1250", "iso8859_15", "cp1251", "mac_roman", "utf-16")
_ANSWERS = {
    "dmy": _("Day first: 03/04 is 3 April"),
    "mdy": _("Month first: 03/04 is 4 March"),
    "family": _("Family name first"),
    "given": _("Given name first"),
    "female": _("Female"),
    "male": _("Male"),
    "other": _("Other"),
    "unknown": _("Not known"),
}
_SHOWN = 40  # signs of an example
PREVIEW = (
    Column(_("Row"), lambda one: one.place, width=90),
    Column(_("Family name"), lambda one: one.family_name, type="strong"),
    Column(_("Given name"), lambda one: one.given_name),
    Column(_("Born"), lambda one: written_day(one.birth_date), width=120),
    Column(_("Sex"), lambda one: one.sex.value if one.sex else "", width=90, spare=2),
    Column(_("Phone"), lambda one: one.phone, width=150, spare=1),
)


DAY_PREVIEW = (
    Column(_("Row"), lambda one: one.place, width=90),
    Column(_("Day"), lambda one: written_day(one.day), width=120, spare=1),
    Column(_("Time"), lambda one: one.time, width=90),
    Column(
        _("Patient"),
        lambda one: (
            ", ".join(part for part in (one.family_name, one.given_name) if part) or one.number
        ),
        type="strong",
    ),
    Column(_("Kind"), lambda one: one.visit_kind, width=150, spare=2),
    Column(_("Arrived"), lambda one: one.arrived, width=100, spare=3),
)


class ImportColumns(QWidget):
    """The step for lists. `declared` when the person chose anything."""

    declared = Signal()
    reread = Signal(str, str, object, str)  # delimiter, encoding, header or not, what it is of
    day_said = Signal(object)  # of the day list, or None
    load_asked = Signal()
    save_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[str, ComboBox] = {}
        self._asked: dict[str, ComboBox] = {}
        self._answers: dict[str, str] = {}

        self.delimiter = ComboBox(_("Delimiter"))
        self.delimiter.fill(list(_DELIMITERS))
        self.encoding = ComboBox(_("Encoding"))
        self.encoding.fill([(name, name) for name in _ENCODINGS])
        self.header = ComboBox(_("First row"))
        self.header.fill([(True, _("names of columns")), (False, _("already a person"))])
        self.of = ComboBox(_("What the list is of"))
        self.of.fill([(PEOPLE, _("patients")), (DAY, _("appointments of a day"))])
        for box in (self.delimiter, self.encoding, self.header, self.of):
            box.chosen.connect(self._form_chosen)
        self.day = DateField(_("Day of the list"))
        self.day.changed.connect(self._day_typed)
        self.day_words = Label(_("Day of the list, where its rows name none"), "label", wrap=True)
        self.form = Card(_("How the file is read"))
        what = layout.row(spacing=tokens.M)
        for heading, field in ((Label(_("What the list is of"), "label"), self.of),
                               (self.day_words, self.day)):  # fmt: skip
            part = layout.column(spacing=tokens.XS)
            part.addWidget(heading)
            part.addWidget(field)
            what.addLayout(part, 1)
        self.form.body.addLayout(what)
        line = layout.row(spacing=tokens.M)
        for label, box in (
            (_("Delimiter"), self.delimiter),
            (_("Encoding"), self.encoding),
            (_("First row"), self.header),
        ):
            part = layout.column(spacing=tokens.XS)
            part.addWidget(Label(label, "label"))
            part.addWidget(box)
            line.addLayout(part, 1)
        self.form.body.addLayout(line)
        self.unsure = Label("", "caution", wrap=True)
        self.form.add(self.unsure)

        self.questions = Card(_("This could mean two things"))
        self._questions = layout.column(spacing=tokens.M)
        self.questions.body.addLayout(self._questions)

        self.columns = Card(_("Columns"))
        load = Button(_("Load mapping"), kind="link", compact=True)
        load.clicked.connect(self.load_asked)
        save = Button(_("Save mapping"), kind="link", compact=True)
        save.clicked.connect(self.save_asked)
        self.columns.add_to_header(load)
        self.columns.add_to_header(save)
        self._grid_holder = QWidget()
        self._grid = QGridLayout(self._grid_holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(tokens.M)
        self._grid.setVerticalSpacing(tokens.S)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self.columns.add(self._grid_holder)

        self.model = RowsModel(PREVIEW)
        self.rows = RowsView(self.model, _("Preview"))
        self.preview = Card(_("Preview"), _("as the first rows are read"), flush=True)
        self.day_model = RowsModel(DAY_PREVIEW)
        self.day_rows = RowsView(self.day_model, _("Preview"))
        self.preview.add(self.rows, 1)
        self.preview.add(self.day_rows, 1)

        left = Scroller(0)
        for card in (self.questions, self.columns, self.form):
            left.column.addWidget(card)
        left.column.addStretch(1)
        across = layout.row(self, tokens.L)
        across.addWidget(left, 1)
        across.addWidget(self.preview, 1)

    def show_intake(self, intake: Intake) -> None:
        """Show a list with what was guessed and what is asked."""
        csv = intake.csv
        if csv is None:
            return
        table = csv.table
        self.delimiter.set_value(table.delimiter)
        if self.encoding.findData(table.encoding) < 0:
            self.encoding.addItem(table.encoding, table.encoding)
        self.encoding.set_value(table.encoding)
        self.header.set_value(table.has_header)
        self.unsure.setText(
            _("The encoding was guessed. Look in the preview whether names are right.")
        )
        self.unsure.setVisible(not table.encoding_sure)
        self._show_columns(intake)
        self._show_questions(intake)
        day_list = import_assistant.is_day_list(intake)
        self.of.set_value(csv.of)
        shown = day_list and "day" not in csv.mapping.columns.values()
        self.day.setVisible(shown)
        self.day_words.setVisible(shown)
        if self.day.day() != csv.mapping.day:
            self.day.set_day(csv.mapping.day)
        self.rows.setVisible(not day_list)
        self.day_rows.setVisible(day_list)
        (self.day_model if day_list else self.model).set_rows(import_assistant.preview(intake))

    def _show_columns(self, intake: Intake) -> None:
        csv = intake.csv
        if csv is None or tuple(self._fields) == csv.table.columns:
            self._set_columns(intake)
            return
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._fields = {}
        guessed = {one.column: _BY[one.by] for one in csv.guesses}
        for place, column in enumerate(csv.table.columns):
            cells = (row.cells[place].strip() for row in csv.table.rows[:200])
            example = next((cell for cell in cells if cell), "")
            box = ComboBox(_("Field of {column}").format(column=column))
            box.fill(list(import_assistant.fields(intake)), none=_("not taken"))
            box.chosen.connect(self._chosen)
            self._fields[column] = box
            self._grid.addWidget(Label(column, "strong", wrap=True), place, 0)
            shown = example if len(example) <= _SHOWN else f"{example[:_SHOWN]} …"
            self._grid.addWidget(Label(shown, "quiet"), place, 1)
            self._grid.addWidget(box, place, 2)
            self._grid.addWidget(Label(guessed.get(column, ""), "caption"), place, 3)
        self._set_columns(intake)

    def _set_columns(self, intake: Intake) -> None:
        if intake.csv is not None:
            for column, box in self._fields.items():
                box.set_value(intake.csv.mapping.columns.get(column))

    def _show_questions(self, intake: Intake) -> None:
        csv = intake.csv
        if csv is None:
            return
        open_ones = {one.field for one in csv.questions}
        if not open_ones - set(self._asked):
            self.questions.setVisible(bool(self._asked))
            return
        for one in csv.questions:
            if one.field in self._asked:
                continue
            box = ComboBox(f"{one.column}: {one.text}")
            options = [
                (answer, _ANSWERS.get(answer) or _("{first} to {last}").format(
                    first=answer, last=int(answer) + 99))
                for answer in one.options
            ]  # fmt: skip
            box.fill(options, none=_("choose"))
            box.chosen.connect(self._chosen)
            self._asked[one.field] = box
            part = layout.column(spacing=tokens.XS)
            part.addWidget(Label(f"{one.column}: {one.text}", "label", wrap=True))
            part.addWidget(box)
            self._questions.addLayout(part)
        self.questions.show()

    def forget(self) -> None:
        """Another file: nothing that was said holds for it."""
        self._asked = {}
        while (item := self._questions.takeAt(0)) is not None:
            inner = item.layout()
            while inner is not None and (one := inner.takeAt(0)) is not None:
                if (widget := one.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
        self.questions.hide()
        self._fields = {}

    def said(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """The field of each column, and the answer to each question."""
        columns = {name: str(box.value()) for name, box in self._fields.items() if box.value()}
        answers = {name: str(box.value()) for name, box in self._asked.items() if box.value()}
        return columns, answers

    def _chosen(self, _value: object) -> None:
        self.declared.emit()

    def _form_chosen(self, _value: object) -> None:
        self.reread.emit(
            str(self.delimiter.value()),
            str(self.encoding.value()),
            self.header.value(),
            str(self.of.value()),
        )

    def _day_typed(self) -> None:
        if self.day.isVisible():
            self.day_said.emit(self.day.day())
