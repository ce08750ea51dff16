"""The retention clock reports by the country's rule and deletes nothing."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from clinic_desk.errors import InvalidInput, LibraryInvalid, Locked, NotFound
from clinic_desk.library import retention as rules
from clinic_desk.usecases import cases, patient_states, patients, retention, visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.patient_details import PatientDetails
from tests.support.desk import Clock

GB = next(rule for rule in rules.load() if rule.country == "GB")
DE = next(rule for rule in rules.load() if rule.country == "DE")
PL = next(rule for rule in rules.load() if rule.country == "PL")


@pytest.mark.parametrize(
    ("rule", "last", "born", "until"),
    [
        (DE, date(2016, 2, 29), (date(1991, 6, 14),) * 2, date(2026, 3, 1)),
        (DE, date(2016, 2, 3), None, date(2026, 2, 3)),
        (GB, date(2016, 2, 3), (date(1991, 6, 14),) * 2, date(2024, 2, 3)),
        (GB, date(2016, 2, 3), (date(2010, 6, 14),) * 2, date(2035, 6, 14)),
        (GB, date(2016, 2, 3), (date(1998, 1, 1), date(1998, 12, 31)), date(2024, 2, 3)),
        (GB, date(2016, 2, 3), None, date(2041, 2, 3)),  # as young as can be
        (PL, date(2016, 2, 3), (date(2012, 1, 1),) * 2, date(2036, 2, 3)),
        (PL, date(2016, 2, 3), (date(2015, 1, 1),) * 2, date(2037, 1, 1)),
    ],
)
def test_a_file_is_kept_as_long_as_the_rule_asks(
    rule: rules.Rule, last: date, born: tuple[date, date] | None, until: date
) -> None:
    assert retention.kept_until(rule, last, born) == until


@pytest.fixture
def quiet(desk: Desk, clock: Clock) -> UUID:
    who = patients.register(desk, PatientDetails("Quiet", "Q", birth_date=date(1960, 1, 1)))
    case = cases.open_case(desk, who, cases.CaseDetails("knee pain"))
    visits.discard(desk, visits.start(desk, case, "follow_up"))
    clock.move(days=365.25 * 10 + 5)
    patients.register(desk, PatientDetails("New", "N"))
    return who


def test_without_a_country_nothing_is_said_to_be_due(desk: Desk, quiet: UUID) -> None:
    assert retention.listed(desk) == retention.RetentionList(None, (), (), more=False)


def test_who_was_not_seen_for_so_long_is_listed_and_still_there(desk: Desk, quiet: UUID) -> None:
    assert retention.choose_country(desk, "de") == ""
    (row,) = retention.listed(desk).due
    assert (row.patient_id, row.last_contact, row.kept_until) == (
        quiet, date(2026, 2, 3), date(2036, 2, 3)
    )  # fmt: skip
    assert patients.open_file(desk, quiet).details.family_name == "Quiet"
    with pytest.raises(NotFound):
        retention.choose_country(desk, "XX")


def test_a_visit_since_begins_the_clock_anew(desk: Desk, quiet: UUID) -> None:
    retention.choose_country(desk, "DE")
    visits.start(desk, patients.open_file(desk, quiet).cases[0].id, "follow_up")
    assert retention.listed(desk).due == ()


def test_a_legal_hold_is_never_due_and_is_named(desk: Desk, quiet: UUID) -> None:
    retention.choose_country(desk, "DE")
    with pytest.raises(InvalidInput):
        patient_states.hold(desk, quiet, " ")
    patient_states.hold(desk, quiet, "Claim 2030/12")
    seen = retention.listed(desk)
    assert (seen.due, [row.hold_reason for row in seen.held]) == ((), ["Claim 2030/12"])
    patient_states.release(desk, quiet)
    assert len(retention.listed(desk).due) == 1


def test_the_archived_leave_the_everyday_list_and_are_still_found(
    desk: Desk, alex: UUID, strain: UUID
) -> None:
    visit = visits.start(desk, strain)
    with pytest.raises(Locked):
        patient_states.archive(desk, alex)
    visits.discard(desk, visit)
    patient_states.archive(desk, alex)
    assert patients.find(desk, "") == ()
    assert [row.archived for row in patients.find(desk, "example")] == [True]
    assert patients.banner(desk, alex).archived
    patient_states.restore(desk, alex)
    assert [row.archived for row in patients.find(desk, "")] == [False]


def test_every_rule_has_a_source_and_a_country_stands_once(tmp_path: Path) -> None:
    assert all(rule.source and rule.years for rule in rules.load())
    twice = tmp_path / "retention.toml"
    one = '[[rule]]\ncountry = "DE"\nname = "G"\nyears = 1\nsource = "s"\n'
    twice.write_text(one + one, encoding="utf-8")
    with pytest.raises(LibraryInvalid, match="twice"):
        rules.load(twice)
