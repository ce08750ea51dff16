"""Which kind of letter, and in which language where it is there in more than one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.usecases.letters import KindRow

ENGLISH = "en"


class KindField(QWidget):
    """`chosen` gives the kind's id, with its language: "certificate-work@fr"."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds: dict[str, KindRow] = {}
        self.kind = ComboBox(_("Template"))
        self.kind.setObjectName("letterKind")
        self.kind.chosen.connect(self._kind_chosen)
        self.language = ComboBox(_("Language of the letter"))
        self.language.setObjectName("letterLanguage")
        self.language.setToolTip(_("Language of the letter"))
        self.language.setFixedWidth(theme.px(112))
        self.language.chosen.connect(self._language_chosen)
        line = layout.row(self, tokens.XS)
        line.addWidget(self.kind, 1)
        line.addWidget(self.language)
        self.setFocusProxy(self.kind)

    def fill(self, kinds: Sequence[KindRow]) -> None:
        self._kinds = {kind.id: kind for kind in kinds}
        self.kind.fill([(kind.id, kind.name) for kind in kinds])

    def set_value(self, kind: str) -> None:
        """Show a kind in its language."""
        base, _at, language = kind.partition("@")
        self.kind.set_value(base)
        row = self._kinds.get(base)
        languages = row.languages if row else ()
        self.language.fill(languages)
        self.language.set_value(language or ENGLISH)
        self.language.setVisible(len(languages) > 1)

    def row(self) -> KindRow | None:
        """The chosen kind, whatever the language."""
        return self._kinds.get(str(self.kind.value()))

    def _kind_chosen(self, kind: object) -> None:
        """Another kind keeps the language where it has it."""
        row = self._kinds.get(str(kind))
        has = [code for code, _name in row.languages] if row else []
        wanted = str(self.language.value() or ENGLISH)
        self.chosen.emit(_named(str(kind), wanted if wanted in has else ENGLISH))

    def _language_chosen(self, language: object) -> None:
        self.chosen.emit(_named(str(self.kind.value()), str(language)))


def _named(kind: str, language: str) -> str:
    return kind if language == ENGLISH else f"{kind}@{language}"
