"""The practice's country in Settings: how long files are kept, and how phone numbers are read."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.errors import ClinicError
from clinic_desk.i18n import _
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.doing import Doing
from clinic_desk.ui.parts.retention_words import rule_words
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases import retention
from clinic_desk.usecases.desk import Desk


class RetentionCard(Card):
    """The country and its rule; the files that are due have a page of their own."""

    said = Signal(str, str)
    undoable = Signal(str, object)
    list_asked = Signal()
    kept = Signal()  # the practice's row is another version now

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(_("Retention"), _("applies at once"), parent)
        self._desk, self._lanes = desk, lanes
        self.doing = Doing(desk, lanes, self)
        self.doing.changed.connect(self._again)
        self.country = ComboBox(_("Country of the practice"))
        self.country.fill(
            [("", _("Not chosen")), *((one.country, one.name) for one in retention.countries())]
        )
        self.country.chosen.connect(self._choose)
        self.form = Form(1)
        self.form.add(
            "country",
            _("Country of the practice"),
            self.country,
            help=_("How long files are kept, and how phone numbers without a prefix are read."),
        )
        self.add(self.form)
        self.rule = Label("", "quiet", wrap=True)
        self.add(self.rule)
        self.list = Button(_("Files that are due"), "arrow-right")
        self.list.clicked.connect(self.list_asked)
        line = layout.row()
        line.addWidget(self.list)
        line.addStretch(1)
        self.body.addLayout(line)

    def look(self) -> None:
        """Read the country again."""
        self._lanes.run(
            partial(retention.chosen_country, self._desk), self._show, replace_key="retention card"
        )

    def _show(self, country: str) -> None:
        self.country.set_value(country)
        rule = next((one for one in retention.countries() if one.country == country), None)
        self.rule.setText(rule_words(rule))

    def _choose(self, country: object) -> None:
        act = partial(retention.choose_country, self._desk, str(country or ""))
        self.doing.do(act, _("Country changed."), failed=self._refused)

    def _again(self) -> None:
        self.look()
        self.kept.emit()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.said.emit(str(error), "problem")
        self.look()
