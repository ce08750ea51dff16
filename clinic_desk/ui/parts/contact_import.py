"""A file of contacts before it is taken: each with what becomes of it, chosen by the person."""

from collections import Counter
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _, ngettext
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.lists.rows import Chipped, Column, RowsModel, RowsView
from clinic_desk.ui.parts import contact_words, layout
from clinic_desk.ui.parts.contact_columns import ColumnsCard
from clinic_desk.ui.parts.work_bar import WorkBar
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.labels import FieldLabel, Label, stacked
from clinic_desk.usecases.contact_files import DELIMITERS, ENCODINGS, Candidate, Looked

STATES = {
    "new": (_("New"), "good", "plus"),
    "same": (_("In the book"), "outline", "check"),
    "alike": (_("Looks alike"), "caution", "users"),
    "refused": (_("Refused"), "flag", "circle-x"),
}
CHOICES = {"add": _("Add"), "leave": _("Leave out"), "fill": _("Fill in what the book lacks")}
WHYS = {
    "name": _("the same name as {name}"),
    "email": _("the same e-mail as {name}"),
    "phone": _("the same number as {name}"),
    "near_name": _("nearly the name of {name}"),
}
_SIGNS = {
    ",": _("Comma"),
    ";": _("Semicolon"),
    "\t": _("Tab"),
    "|": _("Upright bar"),
    "^": _("Caret"),
    "~": _("Tilde"),
}


def why(row: Candidate) -> str:
    """The reason in words, and what of the card or the row is not taken."""
    reason = _reason(row)
    told = row.told[:1].upper() + row.told[1:] if not reason else row.told
    return "; ".join(part for part in (reason, told) if part)


def _reason(row: Candidate) -> str:
    if row.state == "alike":
        words = WHYS[row.why].format(name=row.match_name)
        return _("{words}, in this file").format(words=words) if row.in_file else words
    if row.state == "same":
        return _("twice in this file") if row.in_file else _("nothing new in it")
    return row.why


def _chip(row: Candidate) -> Chipped:
    words, kind, icon = STATES[row.state]
    return Chipped(words, kind, icon)


COLUMNS = (
    Column(_("Where"), lambda row: row.place, width=130, type="caption"),
    Column(_("Name"), lambda row: row.name, type="strong"),
    Column(
        _("Role"),
        lambda row: contact_words.role(row.entry.role) if row.entry else "",
        width=130,
        spare=1,
    ),
    Column(_("Found"), _chip, width=130, sort=lambda row: row.state),
    Column(_("Why"), why),
    Column(
        _("What becomes of it"),
        lambda row: CHOICES[row.choice],
        width=200,
        sort=lambda row: row.choice,
    ),
)


class ImportPage(QWidget):
    """`again` asks to read with another delimiter or encoding."""

    take_asked = Signal()
    closed = Signal()
    again = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looked: Looked | None = None
        self._rows: list[Candidate] = []
        self._declared = False  # whether the person said what the columns are
        self.told = Label("", "body", wrap=True)
        self.delimiter = ComboBox(_("Columns are parted by"))
        self.delimiter.fill([(sign, _SIGNS[sign]) for sign in DELIMITERS])
        self.encoding = ComboBox(_("Encoding"))
        for combo in (self.delimiter, self.encoding):
            combo.setMinimumWidth(theme.px(150))
            combo.chosen.connect(self._other)
        self.part = stacked(FieldLabel(_("Columns are parted by"), self.delimiter), self.delimiter)
        self.state = ComboBox(_("Which rows"))
        self.state.setMinimumWidth(theme.px(190))
        self.state.chosen.connect(self._show)
        top = layout.row(spacing=tokens.M)
        top.addWidget(self.told, 1)
        top.addWidget(self.part)
        top.addWidget(stacked(FieldLabel(_("Encoding"), self.encoding), self.encoding))
        top.addWidget(stacked(FieldLabel(_("Which rows"), self.state), self.state))
        self.columns = ColumnsCard()
        self.columns.asked.connect(self._other)
        self.columns.hide()
        self.show_columns = Button(_("Columns"), "columns-2", compact=True)
        self.show_columns.setObjectName("showColumns")
        self.show_columns.clicked.connect(self._fold_columns)
        self.model = RowsModel(COLUMNS)
        self.rows = RowsView(self.model, _("Contacts of the file"))
        self.rows.opened.connect(self._turn)
        self.rows.chosen.connect(self._offer)
        self.turn = Button(_("Another choice for this one"), compact=True, hint="Enter")
        self.turn.setObjectName("turnChoice")
        self.turn.clicked.connect(self._turn_current)
        self.all = ComboBox(_("All that look alike"))
        self.all.fill(list(CHOICES.items()), none=_("All that look alike …"))
        self.all.setMinimumWidth(theme.px(230))
        self.all.chosen.connect(self._turn_all)
        self.card = Card(_("What the file holds"), flush=True)
        self.card.add_to_header(self.show_columns)
        self.card.add_to_header(self.turn)
        self.card.add_to_header(self.all)
        self.card.add(self.rows, 1)
        self.work = WorkBar()
        self.back = Button(_("Back without taking anything"), "arrow-left", "link")
        self.back.setObjectName("dropImport")
        self.back.clicked.connect(self.closed)
        self.take = PrimaryButton(_("Take in"))
        self.take.setObjectName("takeContacts")
        self.take.clicked.connect(self.take_asked)
        page = QWidget()
        column = layout.column(page, tokens.M, tokens.XL)
        column.addLayout(top)
        column.addWidget(self.columns)
        column.addWidget(self.card, 1)
        column.addWidget(self.work)
        whole = layout.column(self)
        whole.addWidget(page, 1)
        whole.addWidget(layout.Footer([self.back], [self.take]))

    def waiting(self, name: str) -> None:
        """A file is being read; nothing of it is known yet."""
        self._looked, self._rows, self._declared = None, [], False
        self.columns.hide()
        self.told.setText(_("Reading {name}").format(name=name))
        self._show()

    def show_looked(self, looked: Looked) -> None:
        """Show what the file holds."""
        self._looked, self._rows = looked, list(looked.candidates)
        told = _("{name}, read as {encoding}.").format(
            name=looked.name, encoding=looked.encoding or "utf-8"
        )
        if looked.kind == "csv" and not looked.encoding_sure:
            told += " " + _("The encoding is a guess: look at the accents.")
        if looked.left_out:
            columns = ", ".join(looked.left_out)
            told += " " + _("Columns left out: {columns}.").format(columns=columns)
        self.told.setText(told)
        self.part.setVisible(looked.kind == "csv")
        self.show_columns.setVisible(looked.kind == "csv")
        self.columns.show_columns(looked.columns, looked.lacking)
        self.columns.setVisible(bool(looked.lacking))
        self.delimiter.set_value(looked.delimiter)
        known = [looked.encoding] if looked.encoding not in ("", *ENCODINGS) else []
        self.encoding.fill([(name, name) for name in (*known, *ENCODINGS)])
        self.encoding.set_value(looked.encoding or "utf-8")
        counts = Counter(row.state for row in self._rows)
        states = [(key, f"{STATES[key][0]}, {counts[key]:,}") for key in STATES if counts[key]]
        self.state.fill(states, none=_("All, {n}").format(n=f"{len(self._rows):,}"))
        self._show()
        self.rows.setFocus()

    def chosen(self) -> tuple[Candidate, ...]:
        """All rows with what was chosen for each."""
        return tuple(self._rows)

    def fields(self) -> dict[str, str] | None:
        """The columns as they were declared; None while they were only guessed."""
        guessed = dict(self._looked.columns) if self._looked else {}
        declared = self.columns.fields()
        return None if declared == guessed and not self._declared else declared

    def _fold_columns(self) -> None:
        self.columns.setVisible(self.columns.isHidden())

    def _other(self, _value: object = None) -> None:
        self._declared = self._declared or self.sender() is self.columns
        self.again.emit(str(self.delimiter.value() or ""), str(self.encoding.value() or ""))

    def _show(self, _state: object = None) -> None:
        wanted = self.state.value()
        current = self.rows.current()
        shown = [row for row in self._rows if wanted is None or row.state == wanted]
        self.model.set_rows(shown)
        place = next(
            (n for n, row in enumerate(shown)
             if isinstance(current, Candidate) and row.place == current.place),
            0,
        )  # fmt: skip
        self.rows.choose(place)
        self._offer(self.rows.current())
        self._count()

    def _count(self) -> None:
        choices = Counter(row.choice for row in self._rows)
        taken = choices["add"] + choices["fill"]
        words = ngettext("Take in {n} contact", "Take in {n} contacts", taken)
        self.take.setText(words.format(n=f"{taken:,}"))
        self.take.setEnabled(bool(taken) and not self.work.working)
        told = _("{add} added, {fill} filled up, {leave} left out").format(
            add=f"{choices['add']:,}", fill=f"{choices['fill']:,}", leave=f"{choices['leave']:,}"
        )
        self.card.header.set(_("What the file holds"), told)
        self.all.setVisible(any(row.state == "alike" for row in self._rows))

    def _offer(self, row: object) -> None:
        self.turn.setEnabled(isinstance(row, Candidate) and len(row.choices) > 1)

    def _turn_current(self) -> None:
        self._turn(self.rows.current())

    def _turn(self, row: object) -> None:
        """The next of what may become of a row."""
        if not isinstance(row, Candidate) or len(row.choices) < 2:
            return
        after = row.choices[(row.choices.index(row.choice) + 1) % len(row.choices)]
        place = next(n for n, one in enumerate(self._rows) if one is row)
        self._rows[place] = replace(row, choice=after)
        self._show()

    def _turn_all(self, choice: object) -> None:
        self.all.set_value(None)
        self._rows = [
            replace(row, choice=str(choice))
            if row.state == "alike" and str(choice) in row.choices
            else row
            for row in self._rows
        ]
        self._show()

    def working(self, on: bool) -> None:
        """While work goes on nothing else may be chosen."""
        for widget in (
            self.card,
            self.columns,
            self.back,
            self.delimiter,
            self.encoding,
            self.state,
        ):
            widget.setEnabled(not on)
        self._count()
