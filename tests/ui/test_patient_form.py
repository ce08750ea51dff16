"""The patient's form: sections, lists, one undo, and nothing half typed is lost."""

import json
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clinic_desk import settings
from clinic_desk.ui.parts.patient_form import PatientForm
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screens.new_patient import NewPatientScreen
from clinic_desk.ui.screens.patient import PatientScreen
from clinic_desk.ui.widgets.part_dates import parse_birth
from clinic_desk.usecases import patients, registrations
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.patient_details import Allergy, PatientDetails
from tests.ui.desk_stage import press
from tests.usecases.test_patient_file import WHOLE

TODAY = date(2026, 2, 3)
NAUGHTY = (
    "", " ", "\t\n", "\0", "\ud800", "a\ud800b", "﷽", "ﷺ" * 40, "Ω≈ç√∫˜µ≤≥÷",
    "田中さんにあげて下さい",
    "👩‍👩‍👧‍👦 🇺🇳", "الكل في المجمو عة", "\u202eevil\u202c", "<script>alert(0)</script>",
    "'; DROP TABLE patients; --", "{{ 7*7 }}", "%s%n%d", "../../../etc/passwd", "=1+1", "NULL",
    "Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮", "\ufeff", "\u200b", "1e400", "-0", "true", "x" * 200,
)  # fmt: skip


@pytest.fixture
def form(shown) -> PatientForm:
    made = PatientForm(TODAY)
    return shown(made, 900, 700)


def test_a_registration_asks_first_for_what_takes_ten_seconds(form: PatientForm) -> None:
    assert list(form._who.rows) == [
        "family_name", "given_name", "birth_date", "sex", "phone", "email"
    ]  # fmt: skip
    assert not any(section.opened for section in form.sections.values())


def test_details_shown_and_read_again_are_the_same(form: PatientForm) -> None:
    form.fill(WHOLE)
    assert form.details() == WHOLE
    assert not form.touched()


def test_a_section_folds_by_key_and_says_what_it_holds(form: PatientForm) -> None:
    form.fill(WHOLE)
    section = form.sections["warnings"]
    assert "penicillin" in section.fold.accessibleName()
    section.fold.setFocus()
    QTest.keyClick(section.fold, Qt.Key.Key_Space)
    assert section.opened
    assert "unfolded" in section.fold.accessibleName()


def test_nothing_asked_of_allergies_does_not_read_as_none(form: PatientForm) -> None:
    assert "not asked" in form.sections["warnings"].fold.accessibleName()
    form.fill(PatientDetails("Example", "", no_allergies=True))
    assert "No known allergies" in form.sections["warnings"].fold.accessibleName()


def test_a_row_is_added_and_removed_by_keyboard_and_undone_whole(form: PatientForm) -> None:
    form.sections["warnings"].set_opened(True)
    rows = form.rows("allergy_list")
    QTest.keyClick(rows.add_button, Qt.Key.Key_Space)
    QTest.keyClicks(rows.controls()[0], "latex")
    assert form.details().allergy_list == (Allergy("latex"),)
    form.sheet.undo()
    assert form.details().allergy_list == ()
    form.sheet.redo()
    assert form.details().allergy_list == (Allergy("latex"),)


def test_undo_takes_back_word_by_word_in_every_field(form: PatientForm) -> None:
    QTest.keyClicks(form.family_name, "Example")
    QTest.keyClicks(form.phone, "555")
    QTest.keyClick(form.phone, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (form.family_name.value(), form.phone.value()) == ("Example", "")
    QTest.keyClick(form.phone, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert form.family_name.value() == ""


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1991", (None, "1991")),
        ("jun 1991", (None, "1991-06")),
        ("1991-6", (None, "1991-06")),
        ("6/1991", (None, "1991-06")),
        ("14 jun 1991", (date(1991, 6, 14), "")),
        ("", (None, "")),
    ],
)
def test_a_birth_date_is_read_as_far_as_it_is_known(
    typed: str, read: tuple[date | None, str]
) -> None:
    assert parse_birth(typed, TODAY) == read


@pytest.mark.parametrize("typed", ["13/1991", "2027", "mar 2026", "03/02/1991", "19", "foo 1991"])
def test_a_birth_date_that_cannot_be_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"\."):
        parse_birth(typed, TODAY)


def test_a_consent_without_a_day_is_refused_beside_its_section(form: PatientForm) -> None:
    section = form.sections["consents"]
    section.set_opened(True)
    rows = form.rows("consents")
    press(rows.add_button)
    QTest.keyClicks(rows.controls()[3], "her mother")
    assert "consents" in form.wrong()
    section.set_opened(False)
    form.show_problems(form.wrong())
    assert section.opened


def test_a_consent_in_which_only_a_choice_was_made_is_not_dropped(form: PatientForm) -> None:
    form.sections["consents"].set_opened(True)
    rows = form.rows("consents")
    press(rows.add_button)
    QTest.keyClick(rows.controls()[0], Qt.Key.Key_Down)
    assert form.wrong() == {"consents": "Line 1: say when it was given."}
    rows.set_value([])
    assert form.wrong() == {}


@pytest.mark.parametrize("text", NAUGHTY)
def test_whatever_is_typed_is_kept_or_refused_and_breaks_nothing(stage, desk, text: str) -> None:
    at = stage(NewPatientScreen)
    at.open(Place.NEW_PATIENT)
    form = at.screen.form
    for key in ("family_name", "given_name", "phone", "alerts", "preferred_name", "claim_number"):
        form.controls[key].set_value("Naughty" if key == "family_name" else text)
    form.rows("allergy_list").set_value([{"substance": text, "reaction": text, "severity": ""}])
    form.rows("identifiers").set_value([{"system": text, "value": text, "note": text}])
    form.sheet.set("phone", text)
    at.screen.leave()
    at.settle()
    press(at.screen.register)
    at.settle()
    place = at.asked[-1]
    kept = patients.open_file(desk, place.id).details
    assert kept.family_name == "Naughty"
    at.open(Place.NEW_PATIENT)
    assert form.family_name.value() == ""


def test_half_typed_it_is_there_again_after_a_restart(stage, desk: Desk) -> None:
    at = stage(NewPatientScreen)
    at.open(Place.NEW_PATIENT)
    QTest.keyClicks(at.screen.form.family_name, "Half")
    QTest.keyClicks(at.screen.form.birth_date.field, "14 ju")
    at.screen.leave()
    at.settle()
    again = stage(NewPatientScreen)  # a new window on the same record
    again.open(Place.NEW_PATIENT)
    assert again.screen.form.family_name.value() == "Half"
    assert again.screen.form.birth_date.text() == "14 ju"
    assert again.said[-1][1] == "info"
    assert not again.screen.afresh.isHidden()


def test_what_is_half_typed_never_leaves_the_encryption(stage, desk: Desk) -> None:
    at = stage(NewPatientScreen)
    at.open(Place.NEW_PATIENT)
    QTest.keyClicks(at.screen.form.family_name, "Halfsecret")
    at.screen.leave()
    at.settle()
    (one,) = registrations.begun(desk)
    assert "Halfsecret" in json.dumps(one.values)
    folder = Path(str(desk.store.folder))
    assert not [
        path for path in folder.rglob("*") if path.is_file() and b"Halfsecret" in path.read_bytes()
    ]


def test_another_person_is_begun_and_the_first_one_waits(stage, desk: Desk) -> None:
    at = stage(NewPatientScreen)
    at.open(Place.NEW_PATIENT)
    QTest.keyClicks(at.screen.form.family_name, "Half")
    press(at.screen.afresh) if not at.screen.afresh.isHidden() else at.screen._start_afresh()
    at.settle()
    assert at.screen.form.family_name.value() == ""
    assert len(at.screen.begun.rows) == 1
    at.screen.begun.go_on.emit(registrations.begun(desk)[0].id)
    at.settle()
    assert at.screen.form.family_name.value() == "Half"
    assert at.screen.begun.isHidden()


def test_dropped_it_can_be_taken_back(stage, desk: Desk) -> None:
    at = stage(NewPatientScreen)
    undo: list[object] = []
    at.screen.undoable.connect(lambda _text, act: undo.append(act))
    at.open(Place.NEW_PATIENT)
    QTest.keyClicks(at.screen.form.family_name, "Half")
    press(at.screen.cancel)
    at.settle()
    assert registrations.begun(desk) == ()
    undo[-1]()
    at.settle()
    assert at.asked[-1] == Ref(Place.NEW_PATIENT)
    assert at.screen.form.family_name.value() == "Half"


def test_registered_nothing_half_typed_is_left(stage, desk: Desk) -> None:
    at = stage(NewPatientScreen)
    at.open(Place.NEW_PATIENT)
    QTest.keyClicks(at.screen.form.family_name, "Whole")
    at.screen.leave()
    press(at.screen.register)
    at.settle()
    assert registrations.begun(desk) == ()
    assert [row.family_name for row in patients.find(desk, "whole")] == ["Whole"]


def test_a_closed_history_is_not_typed_over(stage, desk: Desk, alex: UUID) -> None:
    from clinic_desk.usecases import lockbox

    lockbox.close_part(desk, alex, lockbox.HISTORY)
    at = stage(PatientScreen)
    at.open(Place.PATIENT, alex)
    press(at.screen.edit)
    assert not at.screen.form.controls["history"].isEnabled()


def test_a_new_file_begins_with_the_language_that_the_practice_chose(stage, desk: Desk) -> None:
    assert desk.store.folder is not None
    settings.save(desk.store.folder, settings.Settings(language="de"))
    at = stage(NewPatientScreen)
    at.open(Place.NEW_PATIENT)
    assert at.screen.form.details().language == "de"
    assert not at.screen.form.touched()
