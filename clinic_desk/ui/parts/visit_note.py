"""The note under its headings, each field beside what the last signed visit said there."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout, visit_headings
from clinic_desk.ui.parts.visit_draft import VisitDraft
from clinic_desk.ui.parts.visit_keys import BROUGHT, LAYOUT, NOTE
from clinic_desk.ui.parts.visit_section import NoteArea, SectionField
from clinic_desk.ui.parts.visit_typing import SheetUndo
from clinic_desk.ui.parts.visit_words import late_words
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.usecases.visit_views import SOAP, NoteLayout, Section


class NoteCard(Card):
    """`typed(section)` while a person types; `built` when there are other fields than before."""

    typed = Signal(str)
    built = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Note"), "", parent)
        self._shown = True
        self._draft: VisitDraft | None = None
        self.layout_choice = ComboBox(_("Layout of the note"))
        self.layout_choice.setObjectName("noteLayout")
        self.layout_choice.chosen.connect(self._choose)
        self.add_to_header(self.layout_choice)
        self.toggle = Button(_("Hide last visit"), "columns-2", compact=True)
        self.toggle.setObjectName("toggleLast")
        self.toggle.clicked.connect(self._toggle)
        self.add_to_header(self.toggle)
        self._undo = SheetUndo(self)
        self._fields: dict[str, SectionField] = {}
        self._sections: tuple[tuple[str, str], ...] = ()
        holder = QWidget()
        self._column = layout.column(holder, tokens.M)
        self.add(holder)

    @property
    def areas(self) -> dict[str, NoteArea]:
        """The text fields, by section."""
        return {key: one.area for key, one in self._fields.items()}

    @property
    def first(self) -> NoteArea:
        """Where writing begins."""
        return next(iter(self._fields.values())).area

    def begin(self, draft: VisitDraft) -> None:
        """Show a visit's note beside the last one."""
        self._draft = draft
        names = [("", _("SOAP"))]
        names += [(one.name, one.name) for one in draft.templates]
        held = draft.content().layout.name
        if held and held not in dict(names):
            names.append((held, held))  # the template changed or went; the note keeps it
        self.layout_choice.fill(names)
        self.layout_choice.setVisible(len(names) > 1)
        self.layout_choice.setEnabled(not draft.read_only)
        self.toggle.setVisible(draft.last is not None)
        self._build()
        self.header.set(_("Note"), late_words(draft.view))

    def follow(self, key: str) -> None:
        """A text changed elsewhere, by undo or from the evaluation; or the layout did."""
        draft = self._draft
        if draft is None or not key.startswith((NOTE, BROUGHT, LAYOUT)):
            return
        section = key.partition(":")[2]
        if key == LAYOUT or (section not in self._fields and draft.sheet.value(key)):
            self._build()
        elif section in self._fields:
            self._show_one(draft, section)

    def _build(self) -> None:
        """The fields anew, unless they have the same headings as before."""
        draft = self._draft
        if draft is None:
            return
        sections = visit_headings.sections(draft)
        self.layout_choice.set_value(draft.content().layout.name)
        headings = tuple((one.id, one.title) for one in sections)
        if headings != self._sections:
            self._sections = headings
            self._make(sections)
        day = written_day(draft.last.care_at.astimezone().date()) if draft.last else ""
        for one in sections:
            field = self._fields[one.id]
            field.section = one
            field.area.setReadOnly(draft.read_only)
            field.show_last(day, visit_headings.last_words(draft, one))
            self._show_one(draft, one.id)
        self._show_last(draft.last is not None and self._shown)

    def _make(self, sections: tuple[Section, ...]) -> None:
        for field in self._fields.values():
            self._column.removeWidget(field)
            field.hide()
            field.deleteLater()
        self._fields = {}
        for one in sections:
            field = self._fields[one.id] = SectionField(one)
            field.area.installEventFilter(self._undo)
            field.typed.connect(self.typed)
            field.carry.connect(self._carry)
            self._column.addWidget(field)
        self.built.emit()

    def _show_one(self, draft: VisitDraft, section: str) -> None:
        field, last = self._fields[section], draft.last
        text = draft.sheet.value(NOTE + section)
        field.show_text(text)
        untouched = visit_headings.untouched(draft, section)
        day = written_day(last.care_at.astimezone().date()) if last and untouched else ""
        words = bool(visit_headings.last_words(draft, field.section))
        field.show_carried(day, words and not draft.read_only and not str(text or "").strip())

    def _carry(self, section: str) -> None:
        draft = self._draft
        if draft is not None:
            found = [one for one in visit_headings.sections(draft) if one.id == section]
            self._fields[section].area.setFocus()
            for one in found:
                visit_headings.carry_forward(draft, one)

    def _choose(self) -> None:
        draft, name = self._draft, self.layout_choice.value()
        if draft is None or name == draft.content().layout.name:
            return
        wanted: NoteLayout = SOAP
        for one in draft.templates:
            if one.name == name:
                wanted = one.layout()
        visit_headings.take_layout(draft, wanted)

    def _show_last(self, on: bool) -> None:
        for field in self._fields.values():
            field.show_beside(on)
        self.toggle.setText(_("Hide last visit") if on else _("Show last visit"))
        self.toggle.updateGeometry()

    def _toggle(self) -> None:
        self._shown = not self._shown
        self._show_last(self._shown)
