"""Letters for many on screen: checked, left out by choice, issued, stopped half-way, saved."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clinic_desk.clinical.measures import Side
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screens.batch import BatchScreen
from clinic_desk.ui.screens.letters import LettersScreen
from clinic_desk.ui.screens.tasks import TasksScreen
from clinic_desk.usecases import (
    address_book,
    batch,
    case_contacts,
    cases,
    letters,
    papers,
    patients,
    todos,
)
from clinic_desk.usecases.address_book import Address, Entry
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.todos import TodoDetails
from tests.ui.desk_stage import Stage, press
from tests.usecases.answers import STRAIN
from tests.usecases.test_letters import evaluated


def _case(desk: Desk, name: str, doctor: UUID | None) -> UUID:
    details = patients.PatientDetails(
        name, "Alex", birth_date=date(1990, 1, 1), address="1 Way", consent_on=date(2026, 1, 23)
    )
    who = patients.register(desk, details)
    case = cases.open_case(desk, who, cases.CaseDetails("hamstring strain", Side.LEFT))
    if doctor is not None:
        case_contacts.put(desk, case, doctor, "gp")
    evaluated(desk, case, STRAIN)
    return case


@pytest.fixture
def at(stage, desk: Desk) -> Stage:
    address = Address("postal", "9 Surgery Road", "EX1 1AA", "Sampletown")
    entry = Entry("Pat Sample", "Dr", "Dr Sample", "gp", addresses=(address,))
    doctor = address_book.save(desk, entry).id
    for name in ("One", "Two", "Three"):
        _case(desk, name, doctor)
    _case(desk, "Nobody", None)
    at = stage(BatchScreen)
    at.open(Place.BATCH)
    _rest(at)
    return at


def _rest(at: Stage) -> None:
    at.qtbot.waitUntil(lambda: not at.screen.work.working, timeout=20_000)
    at.settle()


def _states(at: Stage) -> list[str]:
    return [row.state for row in at.screen.model.rows()]


def _ask(at: Stage) -> None:
    at.screen.texts["question"].set_value("Would you please see this patient again?")
    press(at.screen.again)
    at.settle()
    _rest(at)


def _ready(at: Stage) -> None:
    _ask(at)
    press(at.screen.leave_out)


def test_the_letters_list_leads_to_letters_for_many(stage) -> None:
    at = stage(LettersScreen)
    at.open(Place.LETTERS)
    press(at.screen.many)
    assert at.asked == [Ref(Place.BATCH)]


def test_what_fails_is_listed_with_the_reason_and_keeps_all_from_being_issued(at: Stage) -> None:
    assert _states(at) == ["failed"] * 4
    assert at.screen.text_card.isVisible()
    _ask(at)
    assert [state == "failed" for state in _states(at)] == [False, False, False, True]
    assert "Nobody of this role" in at.screen.model.rows()[3].why[0]
    assert not at.screen.issue.isEnabled()
    press(at.screen.leave_out)
    assert at.screen.issue.isEnabled()
    assert at.screen.issue.text() == "Issue 3 letters"


def test_the_letters_are_issued_each_in_its_case_and_saved_in_order(
    at: Stage, desk: Desk, tmp_path: Path
) -> None:
    _ready(at)
    press(at.screen.primary())
    _rest(at)
    made = [row for row in at.screen.model.rows() if row.document_id]
    assert [papers.open_document(desk, row.document_id).case_id for row in made] == [
        row.case_id for row in made
    ]
    assert len(made) == 3
    assert at.said[-1] == ("3 letters issued. Print them in order now.", "done")
    at.screen.save_to(tmp_path / "all.pdf")
    at.settle()
    pages = sum(papers.page_count(papers.open_document(desk, row.document_id).pdf) for row in made)
    assert papers.page_count((tmp_path / "all.pdf").read_bytes()) == pages


def test_cancel_half_way_leaves_whole_letters_and_tells_which(
    at: Stage, desk: Desk, monkeypatch
) -> None:
    _ready(at)
    issue = batch.issue

    def issue_and_cancel(desk: Desk, one: batch.Planned) -> batch.Planned:
        at.screen.work._meter.stopped = True  # pressed while the first is in hand
        return issue(desk, one)

    monkeypatch.setattr(batch, "issue", issue_and_cancel)
    press(at.screen.primary())
    _rest(at)
    assert [state == "issued" for state in _states(at)] == [True, False, False, False]
    assert at.said[-1] == ("Stopped: 1 letter issued, 2 not. The list tells which.", "info")
    assert len([row for row in letters.recent(desk) if row.state == "issued"]) == 1
    monkeypatch.undo()
    press(at.screen.primary())  # the rest can still be issued
    _rest(at)
    assert [state == "issued" for state in _states(at)] == [True, True, True, False]


def test_a_letter_is_left_out_and_taken_back_by_key(at: Stage) -> None:
    _ready(at)
    at.screen.rows.choose(0)
    QTest.keyClick(at.screen.rows, Qt.Key.Key_Return)
    assert at.screen.issue.text() == "Issue 2 letters"
    QTest.keyClick(at.screen.rows, Qt.Key.Key_Return)
    assert at.screen.issue.text() == "Issue 3 letters"


def test_the_letter_that_fails_is_opened_where_it_is_mended(at: Stage) -> None:
    at.screen.rows.choose(3)
    row = at.screen.rows.current()
    press(at.screen.mend)
    assert at.asked == [Ref(Place.LETTER, row.case_id, extra=row.kind)]


def test_a_choice_that_nobody_fits_says_so(at: Stage) -> None:
    at.screen.choice.whom.set_value("overdue")
    at.screen.choice.whom.chosen.emit("overdue")
    at.settle()
    _rest(at)
    assert at.screen.pages.currentWidget() is at.screen.empty
    assert not at.screen.issue.isEnabled()


def test_the_tasks_page_starts_the_letters_of_the_recalls_that_are_due(stage, desk: Desk) -> None:
    today = desk.today()
    for name, days in (("One", 0), ("Two", -4), ("Later", 9)):
        details = patients.PatientDetails(name, "Alex", address="1 Way\nTown")
        who = patients.register(desk, details)
        cases.open_case(desk, who, cases.CaseDetails("hamstring strain", Side.LEFT))
        due = today + timedelta(days=days)
        todos.add(desk, TodoDetails("how was the season?", due, recall=True, patient_id=who))
    homeless = patients.register(desk, patients.PatientDetails("Homeless", "Alex"))
    todos.add(desk, TodoDetails("no case yet", today, recall=True, patient_id=homeless))
    tasks = stage(TasksScreen)
    tasks.open(Place.TASKS)
    tasks.settle()
    press(tasks.screen.letters)
    assert tasks.asked[-1] == Ref(Place.BATCH, extra="recalls")

    at = stage(BatchScreen)
    at.screen.open(tasks.asked[-1])
    at.settle()
    _rest(at)
    assert not at.screen.choice.role.isEnabled()
    assert [row.patient for row in at.screen.model.rows()] == [
        "TWO, Alex",
        "ONE, Alex",
        "HOMELESS, Alex",
    ]
    press(at.screen.leave_out)
    press(at.screen.issue)
    at.settle()
    _rest(at)
    assert _states(at) == ["issued", "issued", "failed"]
    assert len(todos.board(desk).open) == 4
