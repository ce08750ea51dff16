"""Letter templates: the kinds, their texts with the fields to put in, and the page on a real case.

What is typed and not yet saved stays with its kind until it is saved or dropped, also while
another kind or another screen is in front.
"""

from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QFrame, QWidget

from clinic_desk.errors import ClinicError
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.lists.rows import Chipped, Column, RowsModel, RowsView
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.paper_pages import PdfPages
from clinic_desk.ui.parts.template_log import TemplateLog
from clinic_desk.ui.parts.template_text import TemplateText
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Card, Pages
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.segments import Segments
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases import letter_templates, template_preview
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letter_templates import SHIPPED, Edited, TemplateRow, Version
from clinic_desk.usecases.template_preview import Tried, TriedCase

PREVIEW_MS = 150
STATES = {
    "shipped": Chipped(_("Shipped")),
    "changed": Chipped(_("Changed"), "info", "pen-line"),
    "own": Chipped(_("Own"), "good", "star"),
    "withdrawn": Chipped(_("Withdrawn"), "caution", "minus"),
}
UNSAVED = Chipped(_("Not saved"), "caution", "pen-line")


@dataclass(frozen=True, slots=True)
class _Opened:
    rows: tuple[TemplateRow, ...]
    languages: tuple[tuple[str, str], ...]
    cases: tuple[TriedCase, ...]


@dataclass(frozen=True, slots=True)
class _Template:
    edited: Edited
    log: tuple[Version, ...]


class LetterTemplatesScreen(Screen):
    """The list left, the texts in the middle, the page right."""

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        layout.canvas(self)
        self._language = "en"
        self._kind = ""
        self._unsaved: dict[str, Edited] = {}  # by kind
        self._edited: Edited | None = None
        self._saving = False
        self._first = ""  # the part in which the first fault stands that is not in view
        self._timer = QTimer(self, singleShot=True, interval=PREVIEW_MS)
        self._timer.timeout.connect(self._try)
        whole = layout.column(self)
        across = layout.row(spacing=0)
        across.addWidget(self._build_list(), 26)
        across.addWidget(self._build_text(), 42)
        across.addWidget(self._build_page(), 32)
        whole.addLayout(across, 1)
        whole.addWidget(self._build_footer())

    def _build_list(self) -> QWidget:
        self.languages = ComboBox(_("Language"))
        self.languages.setObjectName("templateLanguage")
        self.languages.chosen.connect(self._speak)
        self.model = RowsModel(
            (
                Column(_("Template"), lambda row: row.name, type="strong"),
                Column(_("State"), self._state, width=116),
            )
        )
        self.rows = RowsView(self.model, _("Letter templates"))
        self.rows.setObjectName("templateList")
        self.rows.chosen.connect(self._chosen)
        self.note = Label("", "caption", wrap=True)
        self.copy = Button(_("Copy as my own"), "copy")
        self.copy.setObjectName("copyTemplate")
        self.copy.clicked.connect(self._copy)
        self.take_back = Button(_("Restore the shipped one"), "rotate-ccw")
        self.take_back.setObjectName("restoreShipped")
        self.take_back.clicked.connect(self._take_back)
        held = QWidget()
        column = layout.column(held, tokens.M)
        column.setContentsMargins(tokens.L, tokens.L, tokens.S, tokens.L)
        card = Card(_("Templates"), flush=True)
        card.add_to_header(self.languages)
        card.add(self.rows, 1)
        column.addWidget(card, 1)
        column.addWidget(self.note)
        column.addWidget(self.copy)
        column.addWidget(self.take_back)
        return held

    def _build_text(self) -> QWidget:
        self.view = Segments([("text", _("Text")), ("log", _("Change log"))], _("Show"), tick=True)
        self.view.setObjectName("templateView")
        self.view.set_value("text")
        self.view.changed.connect(self._turn)
        self.faults = Label("", "problem", wrap=True)
        self.faults.setObjectName("templateFaults")
        self.mend = Button(_("Go there"), "arrow-right", "link", compact=True)
        self.mend.setObjectName("goToFault")
        self.mend.clicked.connect(self._go_to_fault)
        self.text = TemplateText()
        self.text.changed.connect(self._changed)
        self.log = TemplateLog()
        self.log.looked.connect(self._look)
        self.log.restored.connect(self._restore)
        self.pages_of = Pages()
        self.pages_of.addWidget(self.text)
        self.pages_of.addWidget(self.log)
        held = QWidget()
        column = layout.column(held, tokens.M)
        column.setContentsMargins(tokens.S, tokens.L, tokens.L, tokens.L)
        head = layout.row(spacing=tokens.M)
        head.addWidget(self.view)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self.pages_of, 1)
        wrong = layout.row(spacing=tokens.S)
        wrong.addWidget(self.faults, 1)
        wrong.addWidget(self.mend)
        column.addLayout(wrong)
        return held

    def _build_page(self) -> QWidget:
        self.case = ComboBox(_("Case to try it on"))
        self.case.setObjectName("templateCase")
        self.case.chosen.connect(self._try)
        self.pages = PdfPages(self.lanes, _("Preview"))
        self.pages.setMinimumWidth(theme.px(340))
        held = QFrame()
        held.setProperty("surface", "pane-right")
        column = layout.column(held)
        column.setContentsMargins(1, 0, 0, 0)
        above = layout.row(spacing=tokens.S)
        above.setContentsMargins(tokens.M, tokens.S, tokens.M, 0)
        above.addWidget(Label(_("On the case of"), "caption"))
        above.addWidget(self.case, 1)
        column.addLayout(above)
        column.addWidget(self.pages, 1)
        return held

    def _build_footer(self) -> QWidget:
        self.back = Button(_("Back to letters"), "arrow-left", "link")
        self.back.setObjectName("backToLetters")
        self.back.clicked.connect(self._go_back)
        self.what = TextField(_("What changed"), placeholder=_("What changed, for the log"))
        self.what.setObjectName("templateWhat")
        self.what.setMinimumWidth(theme.px(260))
        self.drop = Button(_("Drop the changes"))
        self.drop.setObjectName("dropTemplate")
        self.drop.clicked.connect(self._drop)
        self.save = PrimaryButton(_("Save template"))
        self.save.setObjectName("saveTemplate")
        self.save.clicked.connect(self._save)
        return layout.Footer([self.back], [self.what, self.drop, self.save])

    # What the shell asks

    def open(self, ref: Ref) -> None:
        self.heading_changed.emit(_("Letter templates"), "")
        if ref.extra:
            self._kind = ref.extra
        self._look_up()

    def primary(self) -> QAbstractButton:
        return self.save

    def search_field(self) -> QWidget:
        return self.text.search

    def panes(self) -> list[QWidget]:
        return [self.rows, self.text, self.pages]

    def leave(self) -> None:
        self._timer.stop()

    def unkept(self) -> bool:
        return bool(self._unsaved)

    # The list

    def _look_up(self) -> None:
        spoken = self._language

        def work() -> _Opened:
            return _Opened(
                letter_templates.listed(self.desk, spoken),
                letter_templates.languages(self.desk),
                template_preview.cases(self.desk),
            )

        self.lanes.run(work, self._listed, self._refused, replace_key="templates: list")

    def _listed(self, opened: _Opened) -> None:
        self.languages.fill(opened.languages)
        self.languages.set_value(self._language)
        kept = self.case.value()
        self.case.fill([(one.id, one.name) for one in opened.cases])
        self.case.set_value(kept or (opened.cases[0].id if opened.cases else None))
        self.rows.blockSignals(True)
        self.model.set_rows(opened.rows)
        ids = [row.id for row in opened.rows]
        if self._kind not in ids and ids:
            self._kind = ids[0]
        self.rows.choose(ids.index(self._kind) if ids else 0)
        self.rows.blockSignals(False)
        self.take_focus(self.rows)
        self._open_kind()

    def _state(self, row: TemplateRow) -> Chipped:
        return UNSAVED if row.id in self._unsaved else STATES[row.state]

    def _row(self) -> TemplateRow | None:
        rows = (row for row in self.model.rows() if isinstance(row, TemplateRow))
        return next((row for row in rows if row.id == self._kind), None)

    def _speak(self, language: object) -> None:
        self._language = str(language)
        self._kind = ""
        self._look_up()

    def _chosen(self, row: object) -> None:
        if isinstance(row, TemplateRow) and row.id != self._kind:
            self._kind = row.id
            self._open_kind()

    def _open_kind(self, revision: int | None = None) -> None:
        kind = self._kind
        if not kind:
            return

        def work() -> _Template:
            edited = letter_templates.edit(self.desk, kind, revision)
            return _Template(edited, letter_templates.history(self.desk, kind))

        self.lanes.run(work, self._opened, self._refused, replace_key="templates: one")

    def _opened(self, found: _Template) -> None:
        if found.edited.id != self._kind:
            return
        older = found.edited.revision != found.edited.newest
        kept = None if older else self._unsaved.get(self._kind)
        self._edited = kept or found.edited
        self.text.show_template(self._edited)
        self.log.show_log(found.log)
        self.heading_changed.emit(_("Letter templates"), self._edited.name)
        if older:
            words = _("Version {number}, as it was. Saving makes it the newest.")
            if found.edited.revision == SHIPPED:
                words = _("The shipped one, as it is. Saving makes it the newest.")
            self.status_changed.emit(words.format(number=found.edited.revision))
            self._unsaved[self._kind] = found.edited
            self.view.set_value("text")
            self._turn()
        self._tell()
        self._try()

    def _tell(self) -> None:
        """What the buttons and the words beside the list say of the chosen one."""
        row = self._row()
        unsaved = self._kind in self._unsaved
        if row is not None:
            said = [row.fault] if row.fault else []
            if row.newer:
                newer = _("A newer shipped template is there ({version}). Yours stays as it is.")
                said.append(newer.format(version=row.newer))
            if not row.reviewed:
                said.append(
                    _("No clinician has read this translation yet. Read it before you use it.")
                )
            self.note.setText(" ".join(said))
            self.note.setVisible(bool(said))
            own = row.state in ("own", "withdrawn")
            self.take_back.setText(
                _("Withdraw it") if row.state == "own" else _("Restore the shipped one")
            )
            self.take_back.setVisible(row.state in ("changed", "own"))
            self.copy.setVisible(self._language == "en" and not (own and row.state == "withdrawn"))
        self.drop.setEnabled(unsaved)
        self.save.setEnabled(unsaved and not self._saving)
        self.what.setEnabled(unsaved)
        self.rows.viewport().update()

    # What the person changes

    def _changed(self, edited: Edited) -> None:
        self._edited = edited
        self._unsaved[edited.id] = edited
        self._tell()
        self._timer.start()

    def _try(self, _case: object = None) -> None:
        edited, case = self._edited, self.case.value()
        if edited is None:
            return
        if case is None:
            faults = letter_templates.faults(edited)
            self._tried(Tried(b"", 0, faults))
            return
        self.lanes.run(
            lambda: template_preview.tried(self.desk, edited, case),  # type: ignore[arg-type]
            self._tried,
            self._refused,
            lane="papers",
            replace_key="templates: preview",
        )

    def _tried(self, found: Tried) -> None:
        edited = self._edited
        if edited is None:
            return
        self.text.show_faults(found.faults)
        elsewhere = [one for one in found.faults if one.part != self.text.shown_part]
        self._first = elsewhere[0].part if elsewhere else ""
        titles = {one.id: one.title for one in edited.parts}
        said = _("{part}, line {line}: {text}")
        self.faults.setText(
            "\n".join(
                said.format(part=titles.get(one.part, one.part), line=one.line, text=one.text)
                if one.part
                else one.text
                for one in elsewhere[:3]
            )
        )
        self.faults.setVisible(bool(elsewhere))
        self.mend.setVisible(bool(self._first))
        if found.pdf:
            self.pages.show_pdf(found.pdf, found.pages)

    def _go_to_fault(self) -> None:
        self.view.set_value("text")
        self._turn()
        self.text.show_part(self._first)

    def _turn(self, _key: object = None) -> None:
        self.pages_of.setCurrentIndex(1 if self.view.value() == "log" else 0)

    # Saving and taking back

    def _save(self) -> None:
        edited, note = self._edited, self.what.value()
        if edited is None or self._kind not in self._unsaved or self._saving:
            return
        self._saving = True
        self.save.setEnabled(False)
        self.lanes.run(
            lambda: letter_templates.save(self.desk, edited, note), self._saved, self._not_saved
        )

    def _saved(self, _revision: int) -> None:
        self._saving = False
        self._unsaved.pop(self._kind, None)
        self.what.set_value("")
        self.status_changed.emit("")
        self.said.emit(_("Template saved. Letters use it from now on."), "done")
        self._look_up()

    def _not_saved(self, error: Exception) -> None:
        self._saving = False
        self._tell()
        self._refused(error)

    def _drop(self) -> None:
        self._unsaved.pop(self._kind, None)
        self.status_changed.emit("")
        self._open_kind()

    def _look(self, revision: int) -> None:
        if not self._busy():
            self._open_kind(revision)

    def _busy(self) -> bool:
        """Whether typed words would be lost; they are saved or dropped by the person first."""
        if self._kind in self._unsaved:
            self.said.emit(_("Save or drop what you changed in this template first."), "info")
            return True
        return False

    def _restore(self, revision: int) -> None:
        kind = self._kind
        if self._busy():
            return
        self.lanes.run(
            lambda: letter_templates.restore(self.desk, kind, revision),
            self._restored,
            self._refused,
        )

    def _restored(self, _revision: int) -> None:
        self.said.emit(_("Restored. The versions before it are kept."), "done")
        self._look_up()

    def _take_back(self) -> None:
        row = self._row()
        if row is None:
            return
        if row.state == "own":
            self.lanes.run(
                lambda: letter_templates.withdraw(self.desk, row.id),
                self._withdrawn,
                self._refused,
            )
        else:
            self._restore(SHIPPED)

    def _withdrawn(self, _revision: int) -> None:
        self.said.emit(_("Withdrawn. It can be restored from the change log."), "done")
        self._look_up()

    def _copy(self) -> None:
        row = self._row()
        if row is None:
            return
        name = _("{name}, our copy").format(name=row.name)[:200]
        self.lanes.run(
            lambda: letter_templates.copy(self.desk, row.id, name), self._copied, self._refused
        )

    def _copied(self, kind: str) -> None:
        self._kind = kind
        self.said.emit(_("Copied. Give it a name of its own."), "done")
        self._look_up()

    def _go_back(self) -> None:
        self.open_requested.emit(Ref(Place.LETTERS))

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.said.emit(str(error), "problem")
