"""The shell: keys, panes, banners, find; and what a screen reader is told."""

import gc
import subprocess
import sys
from datetime import date
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from clinic_desk.ui.first_run import FirstRunPages
from clinic_desk.ui.main_window import MainWindow
from clinic_desk.ui.shell_find import Command
from clinic_desk.ui.shortcuts import known_keys
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.unlock import UnlockPage
from clinic_desk.ui.widgets.buttons import PrimaryButton
from clinic_desk.ui.widgets.find_field import Hit, HitGroup
from clinic_desk.ui.widgets.flag_banner import FlagAlert

ENTRIES = [
    ("today", "Today", "calendar-days"),
    ("patients", "Patients", "users"),
    ("settings", "Settings", "settings"),
]


class Page(QWidget):
    def __init__(self):
        super().__init__()
        self.pressed = 0
        self.button = PrimaryButton("Sign")
        self.button.clicked.connect(self.press)
        self.field = QLineEdit()
        self.field.setAccessibleName("Search")
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.button)

    def press(self):
        self.pressed += 1

    def primary(self):
        return self.button

    def search_field(self):
        return self.field


@pytest.fixture
def window(shown, qtbot):
    made = MainWindow(ENTRIES, [Command("patient", "New patient", "user-plus", "Ctrl+N")])
    made.set_user("Dana Demo")
    made.page = Page()
    made.show_screen(made.page, "Visit", "Visit 4", "patients")
    return shown(made, 1366, 768)


def banner(**more):
    held = {
        "number": "CD-00412", "family_name": "Example", "given_name": "Alex",
        "birth_date": date(1991, 6, 14), "age": 34, "case_title": "hamstring strain",
        "side": "left", "day": 13, "red_flag": "open", "red_flag_text": "Red flag open",
        "allergies": "zinc-oxide tape", "alerts": "", "consent_on": date(2026, 1, 23),
        "preferred_name": "", "pronouns": "", "birth_part": "", "age_words": "34",
        "no_allergies": False, "interpreter": "", "closed_parts": 0, "archived": False,
    }  # fmt: skip
    return SimpleNamespace(**(held | more))


def test_ctrl_digits_ask_for_sections_and_ctrl_n_for_a_patient(window, qtbot):
    with qtbot.waitSignal(window.navigate) as asked:
        qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert asked.args == ["settings"]
    with qtbot.waitSignal(window.new_requested) as asked:
        qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert asked.args == ["patient"]


def test_ctrl_enter_presses_the_filled_button_from_within_a_field(window, qtbot):
    window.page.field.setFocus()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        qtbot.keyClick(window.page.field, key, Qt.KeyboardModifier.ControlModifier)
    assert window.page.pressed == 2


def test_ctrl_l_locks_from_within_a_field(window, qtbot):
    window.page.field.setFocus()
    ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    for held in (ctrl, ctrl | shift):
        with qtbot.waitSignal(window.lock_requested):
            qtbot.keyClick(window.page.field, Qt.Key.Key_L, held)


def test_a_disabled_button_is_not_pressed(window, qtbot):
    window.page.button.setEnabled(False)
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.page.pressed == 0


def test_escape_closes_the_message_first_and_then_goes_back(window, qtbot):
    window.message("Could not print.", "problem")
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.message_bar.isVisible()
    with qtbot.waitSignal(window.back_requested):
        qtbot.keyClick(window, Qt.Key.Key_Escape)


def test_a_slash_is_typed_in_a_field_and_focuses_the_search_elsewhere(window, qtbot):
    window.page.button.setFocus()
    qtbot.keyClick(window.page.button, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.focusWidget() is window.page.field
    qtbot.keyClicks(window.page.field, "1/2")
    assert window.page.field.text() == "1/2"


def test_alt_shows_the_menu_and_the_way_on_stays_open(window, qtbot):
    for shown in (True, False):
        qtbot.keyClick(window, Qt.Key.Key_Alt)
        assert window._menu.isVisible() is shown
    gc.collect()
    qtbot.wait(1)
    window.show_screen(window.page, "Again")  # which fills the menu of the page anew
    assert window._menu.page.actions()


def test_the_message_runs_its_action_once(window, qtbot):
    undone = []
    window.message("Grade 2 decided.", "done", "Undo", lambda: undone.append(1))
    window.message_bar.action.click()
    assert undone == [1]
    assert not window.message_bar.isVisible()


def test_f6_goes_round_the_panes(window, qtbot):
    window.page.field.setFocus()
    seen = []
    for _turn in range(3):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        seen.append(window.focusWidget())
    assert window.rail.isAncestorOf(seen[0])
    assert window.bar.isAncestorOf(seen[1])
    assert window.page.isAncestorOf(seen[2])


def test_the_rail_is_narrow_below_1400(window, qtbot):
    assert window.rail.narrow
    window.resize(1440, 900)
    assert not window.rail.narrow


def test_chips_collapse_before_identity_shrinks(window, qtbot):
    window.set_patient_banner(
        banner(alerts="Pacemaker", allergies="zinc-oxide tape and latex gloves")
    )
    window.resize(1100, 768)
    shown_chips = [c for c in window.patient_banner.chips._chips if c.isVisible()]
    assert window.patient_banner.chips._more.isVisible()
    assert shown_chips[0].kind == "flag"
    name = window.patient_banner.name
    assert name.width() >= name.sizeHint().width()
    case = window.patient_banner.case
    assert case.text() == "Left hamstring strain, day 13"
    assert case.width() >= case.sizeHint().width()


def test_the_red_flag_says_so_in_words_and_calls_its_action(window, qtbot):
    acted = []
    alert = FlagAlert(
        "See today", "Why", "same_day", (("refer", "Write referral", "mail"),), acted.append
    )
    window.set_red_flag(alert)
    assert window.flag_banner.isVisible()
    assert window.flag_banner.filled
    assert window.flag_banner._word.text() == "RED FLAG"
    window.flag_banner.buttons[0].click()
    assert acted == ["refer"]


def test_find_shows_groups_and_enter_opens_the_chosen_one(window, qtbot):
    lanes = Lanes(window)
    hits = (Hit("EXAMPLE, Alex", "14 Jun 1991", "one"), Hit("EXAMPLE, Ann", "02 May 1958", "two"))
    window.set_find(lambda words: [HitGroup("Patients", hits)], lanes)
    field = window.bar.find_field
    field.setFocus()
    qtbot.keyClicks(field, "exa")
    qtbot.waitUntil(lambda: field.popup_open)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    with qtbot.waitSignal(window.find_opened) as opened:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert opened.args == ["two"]
    assert not field.popup_open
    assert lanes.stop()


def test_find_forgets_its_words_when_it_is_left_and_esc_gives_the_focus_back(window, qtbot):
    window.page.field.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    field = window.bar.find_field
    qtbot.keyClicks(field, "exa")
    window.page.field.setFocus()
    assert field.text() == ""
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert field.hasFocus()
    with qtbot.assertNotEmitted(window.back_requested):
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert window.page.field.hasFocus()


def test_the_flag_keeps_its_words_beside_the_longest_name_and_title(window, qtbot):
    window.set_patient_banner(banner(family_name="N" * 200, case_title="x" * 200))
    for width in (1366, 1200):
        window.resize(width, 768)
        qtbot.waitUntil(lambda wide=width: window.width() == wide)
        shown_chips = [c for c in window.patient_banner.chips._chips if c.isVisible()]
        assert [chip.kind for chip in shown_chips][:1] == ["flag"]
        assert shown_chips[0].width() >= shown_chips[0].sizeHint().width()
        assert window.patient_banner.number.isVisible()
    window.patient_banner.grab()
    assert window.patient_banner.name.toolTip().startswith("N" * 200)


def test_every_key_that_f1_names_for_everywhere_does_something(window):
    (_title, keys), *_rest = known_keys(len(ENTRIES))
    bound = {action.shortcut().toString() for action in window.actions()}
    for names, _words in keys:
        key = "+".join(names).replace("Enter", "Return")
        if key == "Ctrl+1–3":
            assert {"Ctrl+1", "Ctrl+2", "Ctrl+3"} <= bound
        elif key not in ("Esc", "Alt"):  # which the window takes without an action
            assert key in bound


def nameless(widget: QWidget) -> list[str]:
    QAccessible.setActive(True)
    found = []
    tab = Qt.FocusPolicy.TabFocus.value
    for one in (widget, *widget.findChildren(QWidget)):
        takes = one.focusPolicy().value & tab and one.focusProxy() is None
        if takes and one.isVisibleTo(widget):
            told = QAccessible.queryAccessibleInterface(one)
            if told is not None and not told.text(QAccessible.Text.Name):
                found.append(f"{type(one).__name__} {one.objectName()}")
    return found


def test_everything_that_takes_the_focus_has_a_name(window):
    window.set_patient_banner(banner())
    assert nameless(window) == []


@pytest.mark.parametrize("page", [UnlockPage, FirstRunPages])
def test_the_first_pages_name_everything(page, shown):
    assert nameless(shown(page())) == []


def test_unlock_asks_once_while_busy_and_takes_the_refusal(shown, qtbot):
    page = shown(UnlockPage())
    asked = []
    page.unlock_asked.connect(asked.append)
    page.unlock.click()
    assert asked == []
    qtbot.keyClicks(page.passphrase, "open it now")
    qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
    assert asked == ["open it now"]
    page.set_problem("The passphrase is wrong.")
    assert page.unlock.isEnabled()
    assert page.problem.text == "The passphrase is wrong."


def test_capital_letters_without_shift_hint_at_caps_lock(shown, qtbot):
    page = shown(UnlockPage())
    qtbot.keyClick(page.passphrase, Qt.Key.Key_A)
    assert not page.passphrase.caps.isVisible()


def test_the_set_up_walks_and_confirms_the_recovery_code(shown, qtbot):
    pages = shown(FirstRunPages(), 900, 800)
    pages.next_button.click()
    assert "name" in pages.practice.problems()
    pages.practice.rows["name"].control.setText("Example Street Physiotherapy")
    pages.next_button.click()
    pages.clinician.rows["name"].control.setText("Dana Demo")
    pages.next_button.click()
    pages.passphrase.setText("short")
    pages.next_button.click()
    assert pages.problem.text
    pages.passphrase.setText("three plain words")
    pages.again.setText("three plain words")
    with qtbot.waitSignal(pages.finished) as done:
        pages.next_button.click()
    assert done.args[0]["practice"]["name"] == "Example Street Physiotherapy"
    assert done.args[0]["clinician"]["name"] == "Dana Demo"
    pages.show_recovery("ABCDE-FGHIJ-Z2345")
    pages.confirm.setText("wrong")
    with qtbot.assertNotEmitted(pages.recovery_confirmed):
        pages.next_button.click()
    pages.confirm.setText("z2345")
    with qtbot.waitSignal(pages.recovery_confirmed):
        pages.next_button.click()


def test_the_first_paint_loads_nothing_heavy():
    code = (
        "import sys; import clinic_desk.ui.main_window, clinic_desk.ui.unlock, "
        "clinic_desk.ui.first_run, clinic_desk.ui.theme, clinic_desk.ui.problems; "
        "heavy = ('sqlalchemy', 'pydantic', 'reportlab', 'jinja2', 'alembic', 'psycopg', "
        "'pypdfium2', 'clinic_desk.usecases'); print([h for h in heavy if h in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
