"""A file of contacts on screen: what it holds, what is chosen, taken or stopped."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clinic_desk.ui.refs import Place
from clinic_desk.ui.screens.contacts import ContactsScreen
from clinic_desk.usecases import address_book, contact_files
from clinic_desk.usecases.address_book import Entry
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.long_work import Stopped
from tests.ui.desk_stage import Stage, press

TABLE = "Name;Phone\nPat Sämple;555-0101\nRobin Sampel;\n;5\n"


@pytest.fixture
def at(stage, desk: Desk, tmp_path: Path) -> Stage:
    address_book.save(desk, Entry("Robin Sample"))
    at = stage(ContactsScreen)
    at.open(Place.CONTACTS)
    path = tmp_path / "contacts.csv"
    path.write_bytes(TABLE.encode("cp1252"))
    at.screen.files.read(path)
    at.settle()
    at.settle()
    return at


def _choices(at: Stage) -> list[tuple[str, str]]:
    return [(row.state, row.choice) for row in at.screen.files.model.rows()]


def test_a_file_is_shown_with_what_becomes_of_each_and_nothing_is_taken(
    at: Stage, desk: Desk
) -> None:
    files = at.screen.files
    assert at.screen.pages.currentWidget() is files
    assert _choices(at) == [("new", "add"), ("alike", "leave"), ("refused", "leave")]
    assert at.screen.primary().text() == "Take in 1 contact"
    assert "a guess" in files.told.text()
    assert files.delimiter.value() == ";"
    press(files.back)
    at.settle()
    assert address_book.find(desk).total == 1


def test_a_choice_is_turned_by_key_and_for_all_that_look_alike(at: Stage) -> None:
    files = at.screen.files
    files.rows.choose(1)
    QTest.keyClick(files.rows, Qt.Key.Key_Return)
    assert _choices(at)[1] == ("alike", "add")
    files.all.chosen.emit("fill")
    assert _choices(at) == [("new", "add"), ("alike", "fill"), ("refused", "leave")]
    files.rows.choose(2)
    assert not files.turn.isEnabled()


def test_what_was_chosen_is_taken_and_said(at: Stage, desk: Desk) -> None:
    press(at.screen.primary())
    at.settle()
    assert at.said[-1] == ("1 contact added, 2 left out.", "done")
    assert at.screen.pages.currentIndex() == 0
    assert address_book.find(desk, "samp").total == 2


def test_another_encoding_reads_the_file_again(at: Stage) -> None:
    files = at.screen.files
    files.encoding.set_value("cp1251")
    files.encoding.chosen.emit("cp1251")
    at.settle()
    assert files.model.rows()[0].name == "Pat Sдmple"


def test_a_file_that_is_none_is_refused_with_its_reason(at: Stage, tmp_path: Path) -> None:
    press(at.screen.files.back)
    path = tmp_path / "rooms.csv"
    path.write_bytes(b"BEGIN\0:nothing")
    at.screen.files.read(path)
    at.settle()
    at.settle()
    assert at.said[-1][1] == "problem"
    assert "NUL" in at.said[-1][0]
    assert at.screen.pages.currentIndex() == 0


def test_cancel_ends_the_work_and_nothing_is_taken(at: Stage, desk: Desk, monkeypatch) -> None:
    files = at.screen.files

    def slow(desk, rows, step):
        files.work.stop()
        with pytest.raises(Stopped):
            step(1, 2)
        raise Stopped

    monkeypatch.setattr(contact_files, "take", slow)
    press(at.screen.primary())
    at.settle()
    assert at.said[-1] == ("Stopped; nothing was taken.", "info")
    assert at.screen.pages.currentWidget() is files
    assert not files.work.isVisible()
    assert address_book.find(desk).total == 1


@pytest.mark.parametrize(("kind", "begins"), [("csv", b"\xef\xbb\xbfTitle"), ("3.0", b"BEGIN")])
def test_the_book_is_saved_as_a_file(at: Stage, tmp_path: Path, kind: str, begins: bytes) -> None:
    at.screen.files.save_to(tmp_path / "out", kind)
    at.settle()
    assert (tmp_path / "out").read_bytes().startswith(begins)
    assert at.said[-1] == ("Saved as out.", "done")


def test_columns_with_unknown_names_are_declared_and_read(
    at: Stage, desk: Desk, tmp_path: Path
) -> None:
    files = at.screen.files
    press(files.back)
    path = tmp_path / "strange.csv"
    path.write_text("Wer,Wo\nPat Sample,Town\n", encoding="utf-8")
    files.read(path)
    at.settle()
    at.settle()
    assert files.columns.isVisible()
    assert "No column is called Name" in files.columns.problem.text
    assert not files.take.isEnabled()
    files.columns.lists["Wer"].set_value("name")
    files.columns.lists["Wo"].set_value("town")
    press(files.columns.read)
    at.settle()
    (row,) = files.model.rows()
    assert (row.name, row.entry.addresses[0].town) == ("Pat Sample", "Town")
    press(files.take)
    at.settle()
    assert address_book.find(desk, "pat town").total == 1
