"""Clinicians in Settings: added, corrected and let go by real clicks on a real store."""

from dataclasses import replace

from clinic_desk.ui.refs import Place
from clinic_desk.ui.screens.settings import SettingsScreen
from clinic_desk.usecases import people, unlock_people
from clinic_desk.usecases.desk import Actor, Desk
from tests.support.records import PASSPHRASE
from tests.ui.desk_stage import press

OWN = "the student's own words"


def _type(card, again: str = OWN) -> None:
    card.form.name.set_value("Sam Student")
    card.form.role.set_value("student")
    card.form.role.chosen.emit("student")
    card.form.own.set_value(PASSPHRASE)
    card.form.fresh.set_value(OWN)
    card.form.again.set_value(again)


def _edit(card, name: str) -> None:
    place = [one.details.name for one in card._people].index(name)
    buttons = [
        one
        for one in card._rows[place].findChildren(type(card.new))
        if one.accessibleName() == f"Edit {name}"
    ]
    press(buttons[0])


def test_a_student_is_added_with_a_supervisor_and_a_passphrase(stage, desk: Desk) -> None:
    at = stage(SettingsScreen)
    at.open(Place.SETTINGS)
    at.settle()
    card = at.screen.people
    press(card.new)
    assert card.form.under.isHidden()  # a physiotherapist has no supervisor
    _type(card, again="another one")
    assert not card.form.under.isHidden()
    press(card.form.save)
    assert "again" in card.form.keys.problems()
    _type(card)
    press(card.form.save)
    at.settle()
    added = next(one for one in people.people(desk) if not one.me)
    assert (added.details.role, added.details.supervisor_id) == ("student", desk.actor.id)
    assert added.details.profession == "student"
    assert len(unlock_people.offered(desk.store.folder)) == 2
    assert card.form.isHidden()
    assert card.form.own.value() == ""


def test_a_wrong_own_passphrase_is_said_in_the_form(stage, desk: Desk) -> None:
    at = stage(SettingsScreen)
    at.open(Place.SETTINGS)
    at.settle()
    card = at.screen.people
    press(card.new)
    _type(card)
    card.form.own.set_value("not the passphrase")
    press(card.form.save)
    at.settle()
    assert "does not open" in card.form.problem.text
    assert len(people.people(desk)) == 1


def test_who_leaves_is_listed_as_not_here_and_can_be_let_in_again(stage, desk: Desk) -> None:
    at = stage(SettingsScreen)
    at.open(Place.SETTINGS)
    at.settle()
    card = at.screen.people
    press(card.new)
    _type(card)
    press(card.form.save)
    at.settle()
    _edit(card, "Sam Student")
    press(card.form.leave)
    at.settle()
    assert unlock_people.offered(desk.store.folder) == ()
    _edit(card, "Sam Student")
    assert card.form.leave.isHidden()
    for field, words in (
        (card.form.own, PASSPHRASE),
        (card.form.fresh, OWN),
        (card.form.again, OWN),
    ):
        field.set_value(words)
    press(card.form.renew)
    at.settle()
    assert [one.active for one in people.people(desk)] == [True, True]


def test_a_student_sees_the_list_and_changes_nobody(stage, desk: Desk) -> None:
    at = stage(SettingsScreen)
    student = replace(desk, actor=Actor(desk.actor.id, "Sam Student", "student"))
    screen = SettingsScreen(student, at.lanes)
    assert screen.people.new.isHidden()
    screen.deleteLater()
