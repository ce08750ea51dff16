"""Letter templates: the kinds, their texts with the fields to put in, and the page on a real case.

What is typed and not yet saved stays with its kind until it is saved or dropped, also while
another kind or another screen is in front, and over a lock or a restart.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from clinic_desk.errors import ClinicError
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout, list_out
from clinic_desk.ui.parts.template_faults import TemplateFaults
from clinic_desk.ui.parts.template_list import ENGLISH, TemplateList
from clinic_desk.ui.parts.template_log import TemplateLog
from clinic_desk.ui.parts.template_steps import TemplateSteps
from clinic_desk.ui.parts.template_text import TemplateText
from clinic_desk.ui.parts.template_trial import TemplateTrial
from clinic_desk.ui.parts.template_typing import TemplateTyping
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, IconButton, PrimaryButton
from clinic_desk.ui.widgets.cards import Pages, Scroller
from clinic_desk.ui.widgets.segments import Segments
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases import letter_templates, template_drafts, template_preview
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letter_templates import SHIPPED, Edited, TemplateRow, Version
from clinic_desk.usecases.template_drafts import HalfTyped
from clinic_desk.usecases.template_preview import Tried, TriedCase

NARROW = 1100  # px at 100 %: below it list, text and page have no room side by side


@dataclass(frozen=True, slots=True)
class _Opened:
    rows: tuple[TemplateRow, ...]
    languages: tuple[tuple[str, str], ...]
    cases: tuple[TriedCase, ...]
    kept: Mapping[str, HalfTyped]  # what was half typed before the screen was built


@dataclass(frozen=True, slots=True)
class _Template:
    edited: Edited
    log: tuple[Version, ...]


class LetterTemplatesScreen(TemplateTyping):
    """The list left, the texts in the middle, the page right."""

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        layout.canvas(self)
        self._language = ENGLISH
        self.doing.changed.connect(self._look_up)
        self.list = TemplateList(self._unsaved.__contains__)
        self.list.spoken.connect(self._speak)
        self.list.chosen.connect(self._chosen)
        self.list.copied.connect(self._copy)
        self.list.taken_back.connect(self._take_back)
        self.trial = TemplateTrial(desk, lanes)
        self.trial.tried.connect(self._tried)
        self.trial.refused.connect(self._refused)
        whole = layout.column(self)
        across = layout.row(spacing=0)
        list_out.of_view(self, self.list.rows, "letter_templates", self.list.card)
        across.addWidget(self.list, 26)
        across.addWidget(self._build_text(), 42)
        across.addWidget(self.trial, 32)
        whole.addLayout(across, 1)
        whole.addWidget(self._build_footer())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a narrow window the page stands in the place of the list, when asked for."""
        narrow = self.width() < theme.px(NARROW)
        instead = narrow and self.page.isChecked()
        self.page.setVisible(narrow)
        self.list.setVisible(not instead)
        self.trial.setVisible(instead or not narrow)

    def _build_text(self) -> QWidget:
        self.view = Segments([("text", _("Text")), ("log", _("Change log"))], _("Show"), view=True)
        self.view.setObjectName("templateView")
        self.view.set_value("text")
        self.view.changed.connect(self._turn)
        self.faults = TemplateFaults()
        self.faults.mend_asked.connect(self._go_to_fault)
        self.text = TemplateText()
        self.text.changed.connect(self._changed)
        self.text.turned.connect(self._turned)
        self.log = TemplateLog()
        self.log.looked.connect(self._look)
        self.log.restored.connect(self._restore)
        list_out.of_view(self, self.log.rows, "letter_template_versions")
        self.pages_of = Pages()
        self.pages_of.addWidget(self.text)
        self.pages_of.addWidget(self.log)
        held = QWidget()
        column = layout.column(held, tokens.M)
        column.setContentsMargins(tokens.S, tokens.L, tokens.L, tokens.L)
        head = layout.row(spacing=tokens.M)
        head.addWidget(self.view)
        head.addStretch(1)
        self.page = Button(_("Page"), "eye", name=_("Show the page in place of the list"))
        self.page.setObjectName("showPage")
        self.page.setCheckable(True)
        self.page.toggled.connect(self._fit)
        self.undo = self._step("undo-2", _("Undo"), "Ctrl+Z", self._undo)
        self.redo = self._step("redo-2", _("Redo"), "Ctrl+Shift+Z", self._redo)
        head.addWidget(self.page)
        head.addWidget(self.undo)
        head.addWidget(self.redo)
        column.addLayout(head)
        area = Scroller(0)
        area.column.addWidget(self.pages_of, 1)
        column.addWidget(area, 1)
        column.addWidget(self.faults)
        return held

    def _step(self, icon: str, word: str, keys: str, act: Callable[[], None]) -> IconButton:
        made = IconButton(icon, f"{word} ({keys})", compact=True)
        made.setObjectName(f"template{word}")
        made.clicked.connect(act)
        action = QAction(word, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(made.click)
        self.addAction(action)
        return made

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
        return [self.list.rows, self.text, self.trial.pages]

    def leave(self) -> None:
        self.trial.stop()
        super().leave()

    # The list

    def _look_up(self) -> None:
        spoken, resumed = self._language, self._resumed

        def work() -> _Opened:
            return _Opened(
                letter_templates.listed(self.desk, spoken),
                letter_templates.languages(self.desk),
                template_preview.cases(self.desk),
                {} if resumed else template_drafts.kept(self.desk),
            )

        self.lanes.run(work, self._listed, self._refused, replace_key="templates: list")

    def _listed(self, opened: _Opened) -> None:
        self._resume(opened.kept)
        self.trial.offer(opened.cases)
        self._kind = self.list.show_rows(opened.rows, opened.languages, self._language, self._kind)
        self.take_focus(self.list.rows)
        self._open_kind()

    def _row(self) -> TemplateRow | None:
        return self.list.row(self._kind)

    def _speak(self, language: str) -> None:
        """The same kind in another language."""
        self._language = language
        self._kind = letter_templates.in_language(self._kind, language)
        self._look_up()

    def _chosen(self, kind: str) -> None:
        if kind != self._kind:
            self._kind = kind
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
        self._steps = kept or TemplateSteps(found.edited, unsaved=older)
        self.text.show_template(self._steps.now)
        self.log.show_log(found.log)
        self.heading_changed.emit(_("Letter templates"), self._steps.now.name)
        if older:
            words = _("Version {number}, as it was. Saving makes it the newest.")
            if found.edited.revision == SHIPPED:
                words = _("The shipped one, as it is. Saving makes it the newest.")
            self.status_changed.emit(words.format(number=found.edited.revision))
            self._hold(self._steps)
            self.view.set_value("text")
            self._turn()
        self._tell()
        self.trial.show_template(self._steps.now)

    def _tell(self) -> None:
        """What the buttons and the words beside the list say of the chosen one."""
        unsaved, steps = self._kind in self._unsaved, self._steps
        self.list.tell(self._row())
        self.drop.setEnabled(unsaved)
        self.save.setEnabled(unsaved and not self._putting)
        self.what.setEnabled(unsaved)
        self.undo.setEnabled(steps is not None and steps.can_undo)
        self.redo.setEnabled(steps is not None and steps.can_redo)

    # What the person changes

    def _changed(self, edited: Edited, cell: str) -> None:
        if self._steps is not None and self._steps.put(edited, cell):
            self._follow()

    def _follow(self) -> None:
        """The template stands otherwise: mark it, and draw it soon."""
        steps = self._steps
        if steps is None:
            return
        if steps.changed:
            self._hold(steps)
        else:
            self._let_go()
        self._tell()
        self.trial.follow(steps.now)

    def _turned(self) -> None:
        """Another part is in view: its faults are said with it."""
        if self._steps is not None:
            self.trial.follow(self._steps.now)

    def _undo(self) -> None:
        if self._steps is not None:
            self.text.show_template(self._steps.undo())
            self._follow()

    def _redo(self) -> None:
        if self._steps is not None:
            self.text.show_template(self._steps.redo())
            self._follow()

    def _tried(self, found: Tried) -> None:
        if self._steps is None:
            return
        self.text.show_faults(found.faults)
        self.faults.show_for(found.faults, self._steps.now, self.text.shown_part)

    def _go_to_fault(self, part: str) -> None:
        self.view.set_value("text")
        self._turn()
        self.text.show_part(part)

    def _turn(self, _key: object = None) -> None:
        self.pages_of.setCurrentIndex(1 if self.view.value() == "log" else 0)

    # Saving and taking back

    def _save(self) -> None:
        steps, note = self._steps, self.what.value()
        if steps is None or self._kind not in self._unsaved or self._putting:
            return
        self.save.setEnabled(False)
        self._put_away(steps, note)

    def _saved(self, _kind: str) -> None:
        self.what.set_value("")
        self.status_changed.emit("")

    def _show_overtaken(self, steps: TemplateSteps, log: tuple[Version, ...]) -> None:
        self.text.show_template(steps.now)
        self.log.show_log(log)
        self._tell()

    def _drop(self) -> None:
        self._let_go()
        self.status_changed.emit("")
        self._open_kind()

    def _look(self, revision: int) -> None:
        if self._kind not in self._unsaved:
            self._open_kind(revision)
            return
        kind = self._kind
        self.lanes.run(
            lambda: letter_templates.edit(self.desk, kind, revision), self._show_page, self._refused
        )

    def _show_page(self, older: Edited) -> None:
        """Another version as a page, beside what is typed."""
        self.trial.show_template(older)
        words = _("The page shows version {number}. What you typed is untouched.")
        if older.revision == SHIPPED:
            words = _("The page shows the shipped one. What you typed is untouched.")
        self.status_changed.emit(words.format(number=older.revision))

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
        act = partial(letter_templates.restore, self.desk, kind, revision)
        words = _("Restored. The versions before it are kept.")
        self.doing.do(act, words, failed=self._refused)

    def _take_back(self) -> None:
        row = self._row()
        if row is None:
            return
        if row.state == "own":
            act = partial(letter_templates.withdraw, self.desk, row.id)
            words = _("Withdrawn. It can be restored from the change log.")
            self.doing.do(act, words, failed=self._refused)
        else:
            self._restore(SHIPPED)

    def _copy(self) -> None:
        row = self._row()
        if row is None:
            return
        name = _("{name}, our copy").format(name=row.name)[:200]
        act = partial(letter_templates.copy, self.desk, row.id, name)
        words = _("Copied. Give it a name of its own.")
        self.doing.do(act, words, self._copied, self._refused)

    def _copied(self, kind: str) -> None:
        self._kind = kind

    def _go_back(self) -> None:
        self.open_requested.emit(Ref(Place.LETTERS))

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.said.emit(str(error), "problem")
