"""What a person says about a file: title, kind, day, where it comes from, case, note."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.dates import DateField
from clinic_desk.ui.widgets.texts import TextArea, TextField
from clinic_desk.usecases import files
from clinic_desk.usecases.files import FileDetails


class FileForm(Form):
    """The fields of one file."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(2, parent)
        self.title = TextField()
        self.title.setObjectName("fileTitle")
        self.kind = ComboBox()
        self.kind.setObjectName("fileKind")
        self.kind.fill(list(files.KINDS.items()))
        self.dated = DateField(_("Its day"), latest=today)
        self.source = TextField(placeholder=_("Sample Imaging"))
        self.case = ComboBox()
        self.note = TextArea(lines=2, most=6)
        self.add("title", _("Title"), self.title, required=True, span=2)
        self.add("kind", _("Kind"), self.kind)
        self.add("dated_on", _("Its day"), self.dated)
        self.add("source", _("From"), self.source, span=2)
        self.add("case_id", _("Case"), self.case, span=2)
        self.add("note", _("Note"), self.note, span=2)
        self._before: FileDetails | None = None

    def show_details(
        self, details: FileDetails, cases: Sequence[tuple[UUID, str]], fixed_case: bool
    ) -> None:
        self._before = details
        self.case.fill(list(cases), none=_("No case"))
        self.case.setEnabled(not fixed_case)
        self.title.set_value(details.title)
        self.kind.set_value(details.kind)
        self.dated.set_day(details.dated_on)
        self.source.set_value(details.source)
        self.case.set_value(details.case_id)
        self.note.set_value(details.note)
        self.clear_problems()

    def details(self) -> FileDetails:
        kind, case = self.kind.value(), self.case.value()
        return FileDetails(
            kind=kind if isinstance(kind, str) else "other",
            title=self.title.value(),
            dated_on=self.dated.day(),
            source=self.source.value(),
            note=self.note.value(),
            case_id=case if isinstance(case, UUID) else None,
        )

    @property
    def touched(self) -> bool:
        """Whether anything was changed since it was shown."""
        return self._before is not None and self.details() != self._before

    def wrong(self) -> dict[str, str]:
        """What cannot be read as it is typed."""
        return {"dated_on": self.dated.problem()} if self.dated.problem() else {}
