"""The practice's own note templates in Settings: a name, headings, and when they are taken."""

from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui.forms.rows_field import Cell, RowsField
from clinic_desk.ui.lists.rows import Column
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.kept_list import KeptList
from clinic_desk.ui.parts.visit_words import KINDS
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.ui.widgets.toggle import CheckBox
from clinic_desk.usecases import note_templates
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.note_templates import Heading, NoteTemplate

PARTS = (
    ("subjective", _("Subjective")),
    ("objective", _("Objective")),
    ("assessment", _("Assessment")),
    ("plan", _("Plan")),
)


class NoteTemplatesCard(KeptList[NoteTemplate]):
    """Headings in their order; each is read as one of the four parts."""

    what = "note templates"
    columns = (
        Column(_("Name"), lambda one: one.name),
        Column(
            _("Headings"),
            lambda one: "; ".join(f"{row.title} ({dict(PARTS)[row.part]})" for row in one.sections),
        ),
        Column(
            _("Visits that begin with it"),
            lambda one: ", ".join(KINDS[kind] for kind in one.kinds),
        ),
    )

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            lanes,
            (_("Note templates"), _("beside SOAP")),
            _("New template"),
            _(
                "A note keeps its headings when a template changes. Letters read each heading as "
                "the part that it belongs to."
            ),
            parent,
        )
        self.name = TextField(limit=60)
        self.sections = RowsField(
            _("Heading"),
            _("Add heading"),
            [
                Cell("title", _("Heading"), stretch=2),
                Cell("part", _("Belongs to"), "choice", PARTS),
            ],
        )
        self.kinds = {kind: CheckBox(text) for kind, text in KINDS.items()}
        chosen = QWidget()
        chosen.setAccessibleName(_("Begin with it"))
        column = layout.column(chosen, 4)
        for box in self.kinds.values():
            column.addWidget(box)
        self.form.add("name", _("Name"), self.name, required=True)
        self.form.add("sections", _("Headings"), self.sections, required=True)
        self.form.add("kinds", _("Visits that begin with it"), chosen)

    def fields(self) -> dict[str, QWidget]:
        return {"name": self.name, "sections": self.sections, **self.kinds}

    def read(self) -> tuple[NoteTemplate, ...]:
        return note_templates.listed(self.desk)

    def keep(self, before: tuple[NoteTemplate, ...], after: tuple[NoteTemplate, ...]) -> None:
        note_templates.save(self.desk, before, after)

    def words(self, one: NoteTemplate) -> tuple[str, str]:
        said = ", ".join(held.title for held in one.sections)
        if one.kinds:
            kinds = ", ".join(KINDS[kind] for kind in one.kinds)
            said = _("{headings}. Begins: {kinds}.").format(headings=said, kinds=kinds)
        return one.name, said

    def fill(self, one: NoteTemplate | None) -> QWidget:
        self.name.set_value(one.name if one else "")
        held = one.sections if one else (Heading("", "subjective"),)
        self.sections.set_value([{"title": row.title, "part": row.part} for row in held])
        for kind, box in self.kinds.items():
            box.setChecked(one is not None and kind in one.kinds)
        return self.name

    def made(self) -> NoteTemplate:
        rows = self.sections.value()
        return NoteTemplate(
            self.name.value(),
            tuple(Heading(str(row["title"]), str(row["part"])) for row in rows),
            tuple(kind for kind, box in self.kinds.items() if box.isChecked()),
        )
