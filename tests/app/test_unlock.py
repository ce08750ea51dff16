"""Unlocking: a wrong passphrase is not a damaged file, and the recovery sheet opens."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clinic_desk.errors import StorageUnavailable
from clinic_desk.library import Library
from clinic_desk.ui.problems import CrashSheet
from clinic_desk.ui.screens.today import TodayScreen
from clinic_desk.usecases import practice, today
from tests.app.conftest import Running
from tests.support.records import PASSPHRASE, QUICK


def refusal(program: Running) -> str:
    page = program.unlock_page
    assert program.desk.navigator is None
    assert not page.passphrase.isReadOnly()
    assert page.passphrase.hasFocus()
    assert page.unlock.isEnabled()
    return page.problem.text


def test_a_wrong_passphrase_says_so_and_the_right_one_opens_today(started, folder: Path) -> None:
    before = (folder / "clinic.keys").read_bytes()
    program = started(folder)
    assert program.unlock_page.passphrase.hasFocus()
    program.unlock("not the passphrase")
    assert "does not open" in refusal(program)
    assert "damaged" not in refusal(program)
    assert program.unlock_page.problem.isVisible()
    assert program.unlock_page.passphrase.selectedText()  # typing replaces it
    program.unlock()
    assert isinstance(program.screen, TodayScreen)
    assert (folder / "clinic.keys").read_bytes() == before


def test_today_is_built_ahead_and_read_once_at_each_unlocking(
    started, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = started(folder)
    program.until(lambda: program.desk.ahead.screen is not None)
    readings = []
    plain = today.today

    def counted(*given: object) -> today.Today:
        readings.append(program.desk.navigator)
        return plain(*given)  # type: ignore[arg-type]

    filled = []
    fill = TodayScreen._show

    def noted(screen: TodayScreen, page: today.Today) -> None:
        filled.append(program.desk.navigator)
        fill(screen, page)

    monkeypatch.setattr(today, "today", counted)
    monkeypatch.setattr(TodayScreen, "_show", noted)
    for number in (1, 2):
        program.until(lambda: program.desk.ahead.screen is not None)
        built = program.desk.ahead.screen
        program.unlock()
        assert program.screen is built
        assert readings == filled == [None] * number  # before there was a screen in front
        program.window.lock_requested.emit()
        program.settle()


def test_a_today_that_cannot_be_read_ahead_is_told_on_its_page(
    started, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = started(folder)
    program.until(lambda: program.desk.ahead.screen is not None)
    fault = StorageUnavailable("The disk does not answer.", "Look whether it is connected.")
    monkeypatch.setattr(today, "today", raises(fault))
    program.unlock()
    assert isinstance(program.screen, TodayScreen)
    assert program.troubles.pop() == "dialog"


def raises(fault: Exception) -> Callable[..., object]:
    def work(*_given: object) -> object:
        raise fault

    return work


def test_nothing_typed_asks_for_the_passphrase(started, folder: Path) -> None:
    program = started(folder)
    program.press(program.unlock_page.unlock)
    assert refusal(program) == "Type your passphrase."


@pytest.mark.parametrize(
    ("name", "at"),
    [("clinic.db", 0), ("clinic.db", 2000), ("clinic.keys", 0), ("clinic.keys", 300)],
)
def test_a_damaged_file_is_called_damaged(started, folder: Path, name: str, at: int) -> None:
    path = folder / name
    raw = bytearray(path.read_bytes())
    raw[at : at + 8] = bytes(one ^ 0x5A for one in raw[at : at + 8])
    path.write_bytes(raw)
    program = started(folder)
    program.unlock()
    assert "damaged" in refusal(program)
    assert "does not open" not in refusal(program)
    assert path.read_bytes() == bytes(raw)


def test_a_data_file_cut_to_nothing_is_damaged_and_not_made_anew(started, folder: Path) -> None:
    (folder / "clinic.db").write_bytes(b"")
    program = started(folder)
    program.unlock()
    assert "damaged" in refusal(program)
    assert (folder / "clinic.db").read_bytes() == b""


def test_the_recovery_code_opens_and_sets_a_new_passphrase(
    started, tmp_path: Path, library: Library
) -> None:
    desk, code = practice.set_up(
        tmp_path,
        library,
        practice.PracticeDetails("Example Street Physiotherapy"),
        practice.ClinicianDetails("Dana Demo"),
        PASSPHRASE,
        kdf=QUICK,
    )
    desk.store.close()
    program = started(tmp_path)
    page = program.unlock_page
    program.press(page.lost)
    recovery = page.recovery
    assert recovery is not None
    program.type(recovery.code, "0000-0000")
    program.type(recovery.new, "four other plain words")
    program.type(recovery.again, "four other plain words")
    program.press(recovery.recover)
    assert "recovery code" in recovery.problem.text
    recovery.code.clear()
    program.type(recovery.code, code.lower().replace("-", " "))
    QTest.keyClick(recovery.code, Qt.Key.Key_Return)
    program.settle()
    assert isinstance(program.screen, TodayScreen)
    program.desk.end()

    again = started(tmp_path)
    again.unlock(PASSPHRASE)
    assert "does not open" in refusal(again)
    again.unlock("four other plain words")
    assert isinstance(again.screen, TodayScreen)


def test_an_unforeseen_fault_leaves_the_field_usable(
    started, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_: object) -> object:
        raise MemoryError

    program = started(folder)
    monkeypatch.setattr(practice, "unlock", fault)
    program.unlock()
    program.until(lambda: program.troubles == ["sheet"])
    program.troubles.clear()
    program.window.findChild(CrashSheet).accept()
    page = program.unlock_page
    assert page.unlock.isEnabled()
    assert not page.passphrase.isReadOnly()
