"""What keeps the program from starting is said in a window, with the place and what to do."""

from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile
from PySide6.QtWidgets import QApplication

from clinic_desk import launch
from clinic_desk.errors import Locked, StorageUnavailable
from clinic_desk.mending import Mending
from clinic_desk.ui.first_run import FirstRunPages
from clinic_desk.ui.single_instance import LOCK, SingleInstance
from clinic_desk.ui.start_fault import StartFault


def fault_of(window: object) -> StartFault:
    (page,) = [one for one in window.findChildren(StartFault) if one.isVisible()]  # type: ignore[attr-defined]
    assert page.where.text()
    assert page.todo.text()
    return page


def test_a_folder_that_another_copy_holds_is_tried_again(
    qtbot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.setattr(SingleInstance, "ask_to_raise", lambda _self: False)
    lock = QLockFile(str(tmp_path / LOCK))
    assert lock.tryLock(0)
    with pytest.raises(Locked) as held:
        launch.taken(tmp_path)
    mending = Mending(qapp, tmp_path, held.value, launch.taken)
    qtbot.addWidget(mending.window)
    mending.window.show()
    page = fault_of(mending.window)
    assert "already open" in page.what.text
    assert page.where.text() == str(tmp_path)
    page.retry.click()
    assert mending.instance is None
    lock.unlock()
    page.retry.click()
    assert mending.instance is not None
    mending.instance.release()
    assert "already open" in capsys.readouterr().err


def test_why_a_folder_takes_no_file_is_said_as_the_system_says_it(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QLockFile, "tryLock", lambda *_given: False)
    monkeypatch.setattr(QLockFile, "error", lambda _self: QLockFile.LockError.UnknownError)

    def full(path: Path, _data: bytes) -> int:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(StorageUnavailable, match="No space left on device"):
        launch.taken(tmp_path)


def test_a_missing_key_file_is_said_before_a_passphrase_is_typed(started, folder: Path) -> None:
    keys = folder / "clinic.keys"
    keys.rename(folder / "elsewhere")
    program = started(folder)
    page = fault_of(program.window)
    assert "clinic.keys" in page.what.text
    assert not page.other.isVisible()
    assert program.desk.unlock is None
    (folder / "elsewhere").rename(keys)
    program.press(page.retry)
    program.unlock()
    assert program.desk.navigator is not None


def test_a_missing_data_file_is_not_taken_for_a_new_practice(started, folder: Path) -> None:
    (folder / "clinic.db").unlink()
    program = started(folder)
    page = fault_of(program.window)
    assert "clinic.db" in page.what.text
    program.press(page.other)
    assert program.window.findChildren(FirstRunPages)
    assert (folder / "clinic.keys").exists()


def test_a_damaged_file_is_said_with_its_folder(started, folder: Path) -> None:
    (folder / "clinic.db").write_bytes(b"no database" * 1000)
    program = started(folder)
    program.unlock()
    assert str(folder) in program.unlock_page.problem.text
