"""Who the patient is: always in sight on patient screens. Chips give way before identity does."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.widgets.chips import Chip
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.ui.widgets.labels import Icon, Label, OneLine
from clinic_desk.ui.widgets.part_dates import written_birth

ROOMY = 1100  # px: from here on the preferred name stands beside the name


class Identity(Protocol):
    """What the banner shows; `usecases.patients.Banner` is one."""

    @property
    def number(self) -> str: ...
    @property
    def family_name(self) -> str: ...
    @property
    def given_name(self) -> str: ...
    @property
    def birth_date(self) -> date | None: ...
    @property
    def age(self) -> int | None: ...
    @property
    def case_title(self) -> str: ...
    @property
    def side(self) -> str | None: ...
    @property
    def day(self) -> int | None: ...
    @property
    def red_flag(self) -> str: ...
    @property
    def red_flag_text(self) -> str: ...
    @property
    def allergies(self) -> str: ...
    @property
    def alerts(self) -> str: ...
    @property
    def consent_on(self) -> date | None: ...
    @property
    def preferred_name(self) -> str: ...
    @property
    def pronouns(self) -> str: ...
    @property
    def birth_part(self) -> str: ...
    @property
    def age_words(self) -> str: ...
    @property
    def no_allergies(self) -> bool: ...
    @property
    def interpreter(self) -> str: ...
    @property
    def closed_parts(self) -> int: ...
    @property
    def archived(self) -> bool: ...


def case_words(title: str, side: str | None, day: int | None) -> str:
    """Left hamstring strain, day 13. A title that says its side already says it once."""
    words = title.strip()
    sides = {"left": _("Left"), "right": _("Right")}
    both = _("{case}, both sides").format(case=words)
    said = both.removeprefix(words).lower()
    if words and side in sides and not words.lower().startswith(sides[side].lower()):
        first = words.split(" ", 1)[0]
        lowered = words if first[1:] != first[1:].lower() else words[:1].lower() + words[1:]
        words = f"{sides[side]} {lowered}"
    elif words and side == "both" and not words.lower().endswith(said):
        words = both
    words = words[:1].upper() + words[1:]
    if words and day is not None and day >= 0:
        words = _("{case}, day {day}").format(case=words, day=day)
    return words


class _Line(QFrame):
    """An upright line between groups."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "line")
        self.setFixedSize(1, theme.px(28))


class ChipRow(QWidget):
    """Chips in one row; those without room become "+2", which names them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: list[Chip] = []
        self._more = Chip("+0", "outline", parent=self)
        self._more.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set(self, chips: list[tuple[str, str, str]]) -> None:
        """Each chip as text, kind, icon; the most important first."""
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips = [Chip(text, kind, icon, self) for text, kind, icon in chips]
        self.updateGeometry()
        self._place()

    def sizeHint(self) -> QSize:
        return QSize(max(theme.px(80), self._least()), theme.px(tokens.CHIP))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least(), theme.px(tokens.CHIP))

    def _least(self) -> int:
        """Room for the flag in words, else for the number of chips: never for nothing."""
        if not self._chips:
            return 0
        more = self._more.sizeHint().width() + theme.px(14)
        first = self._chips[0]
        return more + (first.sizeHint().width() if first.kind == "flag" else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        gap, room = theme.px(6), self.width()
        widths = [chip.sizeHint().width() for chip in self._chips]
        fits = len(widths)
        more = self._more.sizeHint().width() + theme.px(8)
        while fits and sum(widths[:fits]) + gap * (fits - 1) > (
            room if fits == len(widths) else room - more - gap
        ):
            fits -= 1
        hidden = self._chips[fits:]
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = 0
        if hidden:
            names = "\n".join(chip.text for chip in hidden)
            urgent = any(chip.kind == "flag" for chip in hidden)
            self._more.set(f"+{len(hidden)}", "flag" if urgent else "outline")
            self._more.setToolTip(names)
            self._more.setAccessibleName(names)
        shown = [*self._chips[:fits], *([self._more] if hidden else [])]
        for chip in (*hidden, self._more):
            chip.hide()
        for chip in shown:
            size = chip.sizeHint()
            top = (self.height() - size.height()) // 2
            x = room - left - size.width() if mirrored else left
            chip.setGeometry(x, top, size.width(), size.height())
            chip.show()
            left += size.width() + gap


class PatientBanner(QFrame):
    """SURNAME, First; born and age; number; case with side and day; chips."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "header")
        self.setObjectName("patientBanner")
        self.setFixedHeight(theme.px(tokens.BANNER))
        self._names = ("", "")
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.XL, 0, tokens.XL, 0)
        row.setSpacing(tokens.S)
        self.name = OneLine("", "title", least=190)
        self._born, self._born_on, self._age = (
            Label("", "quiet"),
            Label("", "strong"),
            Label("", "quiet"),
        )
        self._number_word, self.number = Label(_("Patient"), "quiet"), Label("", "strong")
        self._line1, self._line2 = _Line(), _Line()
        self._side = Icon("side-left", 18, "ink")
        self.case = OneLine("", "medium")
        self.chips = ChipRow()
        row.addWidget(self.name)
        row.addSpacing(tokens.S)
        for widget in (self._born, self._born_on, self._age):
            row.addWidget(widget)
        row.addSpacing(tokens.S)
        row.addWidget(self._number_word)
        row.addWidget(self.number)
        row.addSpacing(tokens.S)
        row.addWidget(self._line1)
        row.addSpacing(tokens.S)
        row.addWidget(self._side)
        row.addWidget(self.case)
        row.addSpacing(tokens.S)
        row.addWidget(self._line2)
        row.addSpacing(tokens.S)
        row.addWidget(self.chips, 1)
        row.setSpacing(6)

    def show_for(self, view: Identity) -> None:
        """Show a patient."""
        surname = view.family_name.upper()
        name = f"{surname}, {view.given_name}" if view.given_name else surname
        called = f"{name} ({view.preferred_name})" if view.preferred_name else name
        self._names = (name, called)
        self._say_name()
        self.name.setMaximumWidth(theme.px(420))
        self.name.setToolTip(", ".join(filter(None, (called, view.pronouns))))
        born = written_birth(view.birth_date, view.birth_part)
        self._born.setText(_("Born") if born else _("Birth date unknown"))
        self._born_on.setText(born)
        self._born_on.setVisible(bool(born))
        self._age.setText(_("({age} y)").format(age=view.age_words) if view.age_words else "")
        self._age.setVisible(bool(view.age_words))
        self.number.setText(view.number)
        words = case_words(view.case_title, view.side, view.day)
        self.case.setText(words)
        for widget in (self._line1, self.case):
            widget.setVisible(bool(words))
        self._side.setVisible(bool(words and view.side))
        if view.side:
            self._side.set(f"side-{view.side}")
        chips = chips_of(view)
        self._line2.setVisible(bool(chips))
        self.chips.set(chips)
        self.setAccessibleName(", ".join([called, born, view.number, words]))

    def _say_name(self) -> None:
        """With the preferred name where there is room for it."""
        name, called = self._names
        self.name.setText(called if self.width() >= theme.px(ROOMY) else name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_name()


def chips_of(view: Identity) -> list[tuple[str, str, str]]:
    """Each chip as text, kind, icon; what protects the patient first."""
    chips: list[tuple[str, str, str]] = []
    if view.red_flag:
        chips.append((view.red_flag_text or _("Red flag open"), "flag", ""))
    if view.allergies.strip():
        what = "; ".join(part.strip() for part in view.allergies.splitlines() if part.strip())
        chips.append((_("Allergy: {what}").format(what=_short(what)), "caution", ""))
    if view.alerts.strip():
        chips.append((_short(view.alerts), "caution", ""))
    if view.interpreter == "yes":
        chips.append((_("Interpreter needed"), "caution", ""))
    elif view.interpreter:
        text = _("Interpreter: {language}").format(language=_short(view.interpreter))
        chips.append((text, "caution", ""))
    if view.closed_parts:
        chips.append((_("Part of the file closed"), "outline", "lock"))
    if view.archived:
        chips.append((_("Archived"), "outline", "info"))
    if view.no_allergies:
        chips.append((_("No known allergies"), "neutral", "check"))
    if view.consent_on is not None:
        text = _("Consent {day}").format(day=written_day(view.consent_on))
        chips.append((text, "neutral", "check"))
    return chips


def _short(text: str, limit: int = 40) -> str:
    words = " ".join(text.split())
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"
