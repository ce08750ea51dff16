"""The practice's snippets in Settings."""

from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui.lists.rows import Column
from clinic_desk.ui.parts.kept_list import KeptList
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.texts import TextArea, TextField
from clinic_desk.usecases import snippets
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.snippets import Snippet


class SnippetsCard(KeptList[Snippet]):
    """Key and text of each."""

    what = "snippets"
    columns = (
        Column(_("Key"), lambda one: snippets.BEGINS + one.key),
        Column(_("Text"), lambda one: one.text),
    )

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            lanes,
            (_("Snippets"), _("typed in notes and letters")),
            _("New snippet"),
            _(
                "Type a semicolon and the key, such as ;hep, then Space, Tab or Enter: the text "
                "stands in its place."
            ),
            parent,
        )
        self.key = TextField(limit=snippets.LONGEST_KEY + 1)
        self.text = TextArea(lines=4, most=10)
        self.form.add("key", _("Key, without the semicolon"), self.key, required=True)
        fields = ", ".join(f"{{{name}}}" for name in snippets.FIELDS)
        said = _("Filled from the case: {fields}.").format(fields=fields)
        self.form.add("text", _("Text"), self.text, required=True, help=said)

    def read(self) -> tuple[Snippet, ...]:
        return snippets.listed(self.desk)

    def keep(self, before: tuple[Snippet, ...], after: tuple[Snippet, ...]) -> None:
        snippets.save(self.desk, before, after)

    def words(self, one: Snippet) -> tuple[str, str]:
        return snippets.BEGINS + one.key, " ".join(one.text.split())

    def fill(self, one: Snippet | None) -> QWidget:
        self.key.set_value(one.key if one else "")
        self.text.set_value(one.text if one else "")
        return self.text if one else self.key

    def made(self) -> Snippet:
        key = self.key.value().strip().removeprefix(snippets.BEGINS)
        return Snippet(key, self.text.value())
