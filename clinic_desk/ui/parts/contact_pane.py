"""One contact beside the list: all that is known, where it is used, and what can be done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _, ngettext
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import contact_words, layout
from clinic_desk.ui.parts.facts import Facts
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card, Scroller
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases.address_book import Entry, EntryRow, Merged, Uses

BORDER = 2  # px beside what stands in a card


class ContactPane(QWidget):
    """`asked` names the act: edit, archive, restore. `merge_undone` names a merge."""

    asked = Signal(str)
    merge_undone = Signal(object)  # UUID of the merge
    open_requested = Signal(object)  # Ref

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row: EntryRow | None = None
        self.name = Label("", "title", wrap=True)
        self.role = Label("", "quiet", wrap=True)
        self.edit = Button(_("Edit"), "pen-line")
        self.edit.setObjectName("editContact")
        self.archive = Button(_("Archive"))
        self.archive.setObjectName("archiveContact")
        self.restore = Button(_("Bring back"), "rotate-ccw")
        self.restore.setObjectName("restoreContact")
        for button, act in ((self.edit, "edit"), (self.archive, "archive"),
                            (self.restore, "restore")):  # fmt: skip
            button.setProperty("act", act)
            button.clicked.connect(self._ask)
        acts = layout.row(spacing=tokens.S)
        for button in (self.edit, self.archive, self.restore):
            acts.addWidget(button)
        acts.addStretch(1)
        self.facts = Facts()
        about = Card()
        about.add(self.name)
        about.add(self.role)
        about.add(self.facts)
        about.body.addLayout(acts)
        self.used = Card(_("Where used"))
        self._used = layout.column(spacing=tokens.XS)
        self.used.body.addLayout(self._used)
        self._lines: list[QWidget] = []
        self.scroller = Scroller(0)
        self.scroller.column.addWidget(about)
        self.scroller.column.addWidget(self.used)
        self.scroller.column.addStretch(1)
        layout.column(self).addWidget(self.scroller)

    def show_row(self, row: EntryRow) -> None:
        """Show an entry; where it is used comes after it."""
        self.row = row
        entry = row.entry
        self.name.setText(contact_words.breakable(entry.written_name))
        words = [contact_words.role(entry.role), entry.organisation]
        if row.archived_at is not None:
            day = written_day(row.archived_at.astimezone().date())
            words.append(_("archived {day}").format(day=day))
        self.role.setText(contact_words.breakable(", ".join(filter(None, words))))
        facts = [(word, contact_words.breakable(fact)) for word, fact in _facts(entry)]
        self.facts.show_facts(facts, _("Nothing else is known."))
        archived = row.archived_at is not None
        self.edit.setVisible(not archived)
        self.archive.setVisible(not archived)
        self.restore.setVisible(archived)
        self._clear()

    def show_uses(self, uses: Uses) -> None:
        """Where the entry is used."""
        self._clear()
        lines: list[QWidget] = []
        for one in uses.cases:
            text = f"{one.patient}: {one.case}, {contact_words.in_line(one.part)}"
            link = Button(text, kind="link", compact=True)
            room = self.scroller.viewport().width() - 2 * (tokens.L + BORDER)
            link.setMaximumWidth(room)
            link.setToolTip(text)
            link.setProperty("ref", Ref(Place.PATIENT, one.patient_id, case=one.case_id))
            link.clicked.connect(self._open)
            lines.append(link)
        if uses.letters:
            words = ngettext("{n} issued letter", "{n} issued letters", uses.letters)
            lines.append(Label(words.format(n=uses.letters), "body"))
        if uses.nowhere:
            lines.append(Label(_("No case and no letter names this contact."), "quiet", wrap=True))
        for merge in uses.merges:
            lines.extend(self._merge_lines(merge))
        won_by = any(not merge.won for merge in uses.merges)
        self.restore.setVisible(not won_by and self.restore.isVisibleTo(self))
        for line in lines:
            if isinstance(line, Button):
                self._used.addWidget(line, 0, Qt.AlignmentFlag.AlignLeft)
            else:
                self._used.addWidget(line)
        self._lines = lines

    def _merge_lines(self, merge: Merged) -> list[QWidget]:
        words = (
            _("{name} was merged into this one on {day} by {who}.")
            if merge.won
            else _("Merged into {name} on {day} by {who}.")
        )
        day = written_day(merge.at.astimezone().date())
        said = words.format(name=contact_words.breakable(merge.name), day=day, who=merge.by)
        told = Label(said, "body", wrap=True)
        back = Button(_("Take the merge back"), "undo-2", compact=True)
        back.setObjectName("undoMerge")
        back.setProperty("merge", merge.merge_id)
        back.clicked.connect(self._unmerge)
        return [told, back]

    def _ask(self) -> None:
        self.asked.emit(str(self.sender().property("act")))

    def _open(self) -> None:
        self.open_requested.emit(self.sender().property("ref"))

    def _unmerge(self) -> None:
        self.merge_undone.emit(self.sender().property("merge"))

    def _clear(self) -> None:
        for line in self._lines:
            self._used.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []


def _facts(entry: Entry) -> list[tuple[str, str]]:
    kinds = {"postal": _("Post"), "visiting": _("Visit")}
    numbers = (f"{one.number} ({one.label})" if one.label else one.number for one in entry.phones)
    return [
        (_("In letters"), entry.salutation),
        *((kinds.get(one.kind, one.kind), one.written) for one in entry.addresses),
        (_("Phone"), "\n".join(numbers)),
        (_("Fax"), entry.fax),
        (_("E-mail"), entry.email),
        (_("Letters by"), contact_words.WAYS.get(entry.preferred, "")),
        (_("Note"), entry.note),
    ]
