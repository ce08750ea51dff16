"""What the plan says to re-test next time: suggested with its reason, and what was picked."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.visit_draft import VisitDraft
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.choices import CheckChip
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases.carrying import in_order

WAIT_MS = 150  # suggestions follow when typing rests
WIDTH = 282  # px of a chip, which its pane allows


class RetestCard(Card):
    """Ticks for the next visit. Nothing is ticked until the clinician does it."""

    def __init__(self) -> None:
        super().__init__(_("Re-test next time"), "")
        self.setObjectName("retestCard")
        self.body.setSpacing(tokens.XS)
        self._draft: VisitDraft | None = None
        self._lines: dict[str, CheckChip] = {}
        self._offered: tuple[tuple[str, str], ...] | None = None
        self._list = layout.column(spacing=tokens.XS)
        self.body.addLayout(self._list)
        self.take = Button(_("Take what is suggested"), "check", compact=True)
        self.take.setObjectName("takeRetest")
        self.take.clicked.connect(self._take)
        self.body.addWidget(self.take, 0, Qt.AlignmentFlag.AlignLeft)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self.refresh)
        self.hide()

    def begin(self, draft: VisitDraft) -> None:
        """Show another visit."""
        self._draft, self._offered = draft, None
        self.refresh()

    def refresh_soon(self) -> None:
        """Follow the answers once they rest."""
        self._timer.start()

    def refresh(self) -> None:
        draft = self._draft
        if draft is None:
            return
        why = {one.item: draft.play.say(one.because) for one in draft.worth_retesting()}
        picked, protocol = draft.retest(), draft.play.protocol
        names = in_order(protocol, (*picked, *(one for one in why if one not in picked)))
        offered = tuple((one, why.get(one, _("picked by you"))) for one in names)
        if offered != self._offered:
            self._offered = offered
            self._build(draft, offered)
        for item, chip in self._lines.items():
            chip.setChecked(item in picked)
            chip.setEnabled(not draft.read_only)
        self.take.setVisible(not draft.read_only and not set(why) <= set(picked))
        self.setVisible(bool(offered))

    def _build(self, draft: VisitDraft, offered: tuple[tuple[str, str], ...]) -> None:
        while (entry := self._list.takeAt(0)) is not None:
            widget = entry.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._lines = {}
        for item, because in offered:
            label = draft.play.say(draft.play.item(item).label)
            line = QWidget()
            column = layout.column(line, 1)
            chip = CheckChip(item, label)
            chip.setObjectName(f"retest:{item}")
            chip.setAccessibleName(_("Re-test next time: {label}").format(label=label))
            chip.setToolTip(label)
            chip.setMaximumWidth(theme.px(WIDTH))
            chip.clicked.connect(self._ticked)
            column.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
            column.addWidget(Label(because, "caption", wrap=True))
            self._list.addWidget(line)
            self._lines[item] = chip

    def _ticked(self) -> None:
        chip = self.sender()
        if isinstance(chip, CheckChip) and self._draft is not None:
            self._draft.set_retest(chip.key, chip.isChecked())

    def _take(self) -> None:
        if self._draft is not None:
            names = [one.item for one in self._draft.worth_retesting()]
            self._draft.take_retests(names)
