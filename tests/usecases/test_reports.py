"""Reports over a small invented practice; every number here was counted by hand.

Three patients, two clinicians. Dana: Alex's strain (onset 21 Jan, opened 03 Feb, two evaluations
with pain 7 then 4, grade 2, closed 24 Feb) and Bo's strain (opened 03 Mar, one unsigned visit).
Robin: Cleo's strain (opened 10 Feb, pain 3 then 3, signed a day late). Bo gave no consent.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from clinic_desk.clinical.adherence import Day
from clinic_desk.clinical.findings import Urgency
from clinic_desk.clinical.measures import Side
from clinic_desk.errors import InvalidInput, NotFound
from clinic_desk.library import Library
from clinic_desk.storage.models import Audit, Clinician
from clinic_desk.usecases import (
    adherence,
    cases,
    lockbox,
    loops,
    patients,
    programs,
    report_days,
    report_paper,
    report_versions,
    reports,
    reports_outcomes,
    visits,
)
from clinic_desk.usecases.desk import Actor, Desk
from clinic_desk.usecases.loop_views import OrderDetails
from clinic_desk.usecases.report_views import (
    TOO_FEW,
    Behind,
    Period,
    Report,
    middle,
    share,
)
from clinic_desk.usecases.visit_views import Decision, VisitContent
from tests.documents.reading import pages
from tests.support.desk import Clock
from tests.usecases.answers import STRAIN

SPRING = Period(date(2026, 2, 1), date(2026, 3, 31))


@dataclass
class Practice:
    desk: Desk
    alex: UUID
    bo: UUID
    cleo: UUID
    of_alex: UUID
    of_bo: UUID
    of_cleo: UUID


def evaluated(
    desk: Desk, clock: Clock, case: UUID, pain: int | None, *, grade: str = "", late: bool = False
) -> None:
    visit = visits.start(desk, case)
    answers = STRAIN | ({} if pain is None else {"pain_now": pain})
    content = VisitContent(answers=answers)
    view = visits.open_visit(desk, visit)
    if grade:
        decision = Decision("grade", None, grade, "As examined.", desk.actor.name, desk.now())
        content = replace(content, decisions=(decision,))
    content = visits.write_into_note(desk, view, content)
    if late:
        clock.move(days=1)
    visits.sign(desk, visit, content)


def registered(desk: Desk, family: str, given: str, consent: date | None) -> UUID:
    details = patients.PatientDetails(family, given, consent_on=consent)
    return patients.register(desk, details)


def strained(desk: Desk, patient: UUID, onset: date) -> UUID:
    return cases.open_case(
        desk, patient, cases.CaseDetails("hamstring strain", Side.LEFT, onset_on=onset)
    )


@pytest.fixture
def practice(desk: Desk, clock: Clock, alex: UUID, strain: UUID, surgeon: UUID) -> Practice:
    with desk.store.unit(desk.actor.id) as unit:
        row = Clinician(name="Robin Report")
        unit.session.add(row)
        unit.session.flush()
        unit.audit("add", "clinician", row.id)
        unit.commit()
        robin = replace(desk, actor=Actor(row.id, "Robin Report"))
    evaluated(desk, clock, strain, 7, grade="2")  # 03 Feb
    order = OrderDetails("referral", "Orthopaedics", "Dr Robin Sample", Urgency.URGENT_2W)
    loops.order(desk, strain, order)
    clock.move(days=7)  # 10 Feb
    evaluated(desk, clock, strain, 4)
    program = programs.prescribe(
        desk, strain, programs.from_template(desk, strain, "acute_g2_late")
    )
    cleo = registered(robin, "Third", "Cleo", date(2026, 2, 10))
    of_cleo = strained(robin, cleo, date(2026, 2, 1))
    evaluated(robin, clock, of_cleo, 3, late=True)  # care 10 Feb, signed 11 Feb
    clock.move(days=6)  # 17 Feb
    adherence.record(desk, program, date(2026, 2, 10), [Day(2, 1), Day(1, 2)])
    evaluated(robin, clock, of_cleo, 3)
    clock.move(days=7)  # 24 Feb
    cases.close_case(desk, strain, "Back to running.")
    clock.move(days=7)  # 03 Mar
    bo = registered(desk, "Second", "Bo", None)
    of_bo = strained(desk, bo, date(2026, 3, 1))
    visits.start(desk, of_bo)
    clock.move(days=1)
    return Practice(desk, alex, bo, cleo, strain, of_bo, of_cleo)


def texts(report: Report, table: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row] for row in report.tables[table].rows]


def behind(report: Report, row: int, column: int, table: int = 0) -> Behind:
    cell = report.tables[table].rows[row][column]
    assert cell.behind is not None, cell
    return cell.behind


def test_the_case_load_by_month_and_by_clinician(practice: Practice) -> None:
    found = reports.make(practice.desk, "load", SPRING)
    assert texts(found) == [["Feb 2026", "2", "1", "1"], ["Mar 2026", "1", "0", "2"]]
    assert texts(found, 1) == [
        ["Dana Demo", "2", "1", "1", "3"],
        ["Robin Report", "1", "0", "1", "2"],
        ["All", "3", "1", "2", "5"],
    ]
    assert found.bars is not None
    assert [row.values for row in found.bars.rows] == [(2, 1), (1, 0)]


def test_each_number_of_the_case_load_opens_as_many_rows(practice: Practice) -> None:
    found = reports.make(practice.desk, "load", SPRING)
    opened = 0
    for table in found.tables:
        for row in table.rows:
            for cell in row[1:]:
                if cell.behind is None:
                    assert cell.text == "0"
                    continue
                assert len(reports.listed(practice.desk, cell.behind).rows) == int(cell.text)
                opened += 1
    assert opened == 16
    mine = reports.listed(practice.desk, behind(found, 1, 3, table=1))
    assert [one.who for one in mine.rows] == ["THIRD, Cleo"]


def test_outcomes_are_changes_against_the_mcid(practice: Practice) -> None:
    found = reports.make(practice.desk, "outcomes", SPRING)
    assert texts(found) == [
        ["Pain now (NPRS)", "2", "1", "1", "0", "0", "1 of 2, too few to say", TOO_FEW]
    ]
    assert texts(found, 1) == [
        ["Grade 2 (moderate)", "Pain now (NPRS)", "1", "1", "0", "0", "0",
         "1 of 1, too few to say", TOO_FEW],
        ["No grade decided", "Pain now (NPRS)", "1", "0", "1", "0", "0",
         "0 of 1, too few to say", TOO_FEW],
    ]  # fmt: skip
    better = reports.listed(practice.desk, behind(found, 0, 2))
    assert [one.case_id for one in better.rows] == [practice.of_alex]
    early = reports.make(practice.desk, "outcomes", Period(date(2026, 1, 1), date(2026, 2, 9)))
    assert texts(early) == []  # only one score by then


def test_the_days_to_the_end_of_the_case_count_from_the_injury(practice: Practice) -> None:
    found = reports.make(practice.desk, "return", SPRING)
    assert texts(found) == [["Grade 2", "0", "", "0", "", "1", TOO_FEW]]
    assert (
        reports.make(practice.desk, "return", Period(date(2026, 3, 1), SPRING.last)).tables[0].rows
        == ()
    )


def test_adherence_counts_what_came_back_and_never_the_missing_as_not_done(
    practice: Practice,
) -> None:
    found = reports.make(practice.desk, "adherence", SPRING)
    name = texts(found)[0][0]
    assert texts(found) == [[name, "1", "1", "1 of 1, too few to say", TOO_FEW, TOO_FEW]]
    assert reports.listed(practice.desk, behind(found, 0, 2)).rows[0].case_id == practice.of_alex


def test_the_note_audit_names_what_is_missing(practice: Practice) -> None:
    found = reports.make(practice.desk, "notes", SPRING)
    assert found.tables[0].header[1:] == (
        "Visits", "Late", "Unsigned", "No consent", "No outcome measure", "Overdue answer",
        "Not co-signed",
    )  # fmt: skip
    assert texts(found) == [
        ["Dana Demo", "3", "0", "1", "1", "0", "1", "0"],
        ["Robin Report", "2", "1", "0", "0", "0", "0", "0"],
        ["All", "5", "1", "1", "1", "0", "1", "0"],
    ]
    late = reports.listed(practice.desk, behind(found, 1, 2))
    assert [(one.who, one.said) for one in late.rows] == [
        ("THIRD, Cleo", "First evaluation, visit 1")
    ]
    (unsigned,) = reports.listed(practice.desk, behind(found, 2, 3)).rows
    assert (unsigned.who, unsigned.said) == ("SECOND, Bo", "First evaluation, visit 1, not signed")


def test_an_evaluation_without_a_score_has_no_outcome_measure(
    practice: Practice, clock: Clock
) -> None:
    clock.move(days=1)
    (draft,) = reports.listed(
        practice.desk, behind(reports.make(practice.desk, "notes", SPRING), 0, 3)
    ).rows
    assert draft.visit_id is not None
    view = visits.open_visit(practice.desk, draft.visit_id)
    content = visits.write_into_note(practice.desk, view, VisitContent(answers=STRAIN))
    visits.sign(practice.desk, draft.visit_id, content)
    found = reports.make(practice.desk, "notes", SPRING)
    assert texts(found)[0] == ["Dana Demo", "3", "1", "0", "1", "1", "1", "0"]


@pytest.mark.parametrize("kind", ["outcomes", "notes"])
def test_evaluations_of_a_region_that_is_not_here_are_left_out_and_counted(
    practice: Practice, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    plain = report_versions.protocol_of

    def gone(library: Library, protocol: str, version: str) -> object:
        if protocol == "posterior-thigh":
            raise NotFound("no such version")
        return plain(library, protocol, version)

    monkeypatch.setattr(report_versions, "protocol_of", gone)
    monkeypatch.setattr(reports_outcomes, "protocol_of", gone)
    found = reports.make(practice.desk, kind, SPRING)
    assert "Left out" in found.note
    assert "posterior-thigh 1." in found.note


def test_referrals_by_recipient(practice: Practice) -> None:
    found = reports.make(practice.desk, "referrals", SPRING)
    assert texts(found) == [["Dr Robin Sample", "1", "0", "0", "1", "1", ""]]
    (row,) = reports.listed(practice.desk, behind(found, 0, 5)).rows
    assert row.loop_id is not None
    assert row.said == "Orthopaedics, due 17 Feb 2026"


def test_closed_parts_are_counted_and_never_named(practice: Practice) -> None:
    before = reports.make(practice.desk, "load", SPRING)
    lockbox.close_part(practice.desk, practice.cleo, lockbox.CASE, practice.of_cleo)
    after = reports.make(practice.desk, "load", SPRING)
    assert texts(after) == texts(before)
    found = reports.listed(practice.desk, behind(after, 0, 1))
    assert (len(found.rows), found.closed) == (1, 1)
    assert "Cleo" not in str(found)


def test_a_report_is_saved_as_csv_and_pdf_and_that_is_audited(practice: Practice) -> None:
    found = reports.make(practice.desk, "load", SPRING)
    lines = reports.csv(practice.desk, found).decode("utf-8-sig").splitlines()
    assert lines[:2] == ["Table,Row,Column,Value", "By month,Feb 2026,New,2"]
    read = pages(report_paper.pdf(practice.desk, found))
    assert "Case load" in read[0]
    assert "01 Feb 2026 to 31 Mar 2026" in read[0]
    assert "Robin Report" in read[0]
    with practice.desk.store.reading() as session:
        acts = [(one.act, one.subject) for one in session.query(Audit)]
    assert acts.count(("export", "report")) == 2


def test_a_period_that_ends_before_it_begins_is_refused(practice: Practice) -> None:
    with pytest.raises(InvalidInput):
        reports.make(practice.desk, "load", Period(SPRING.last, SPRING.first))


@pytest.mark.parametrize("kind", reports.KINDS)
def test_an_empty_practice_has_reports_without_numbers(desk: Desk, kind: str) -> None:
    found = reports.make(desk, kind, SPRING)
    assert all(cell.behind is None for t in found.tables for row in t.rows for cell in row)
    assert report_paper.pdf(desk, found).startswith(b"%PDF")


def test_of_a_few_there_is_neither_a_percentage_nor_a_median() -> None:
    assert share(3, 4) == "3 of 4, too few to say"
    assert share(3, 5) == "60 % (3 of 5)"
    assert share(0, 0) == ""
    assert middle([1, 2, 3, 4]) == TOO_FEW
    assert middle([10, 2, 30, 4, 5], "days") == "5 (2 to 30) days"


@pytest.mark.parametrize(
    ("choice", "first", "last"),
    [
        ("month", date(2026, 3, 1), date(2026, 3, 31)),
        ("last_month", date(2026, 2, 1), date(2026, 2, 28)),
        ("quarter", date(2026, 1, 1), date(2026, 3, 31)),
        ("twelve", date(2025, 4, 1), date(2026, 3, 31)),
        ("year", date(2026, 1, 1), date(2026, 3, 31)),
        ("last_year", date(2025, 1, 1), date(2025, 12, 31)),
        ("all", date(2024, 5, 2), date(2026, 3, 31)),
    ],
)
def test_a_period_by_its_name(choice: str, first: date, last: date) -> None:
    found = report_days.chosen(choice, date(2026, 3, 31), date(2024, 5, 2))
    assert found == Period(first, last)
    assert found.last - found.first < timedelta(days=800)
