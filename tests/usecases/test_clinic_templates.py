"""The clinic's program templates: copied, changed, hidden, kept through an update, never lost."""

from dataclasses import replace
from uuid import UUID

import pytest

from clinic_desk.errors import EditConflict, InvalidInput, NotFound
from clinic_desk.storage.models import ClinicTemplate
from clinic_desk.usecases import (
    clinic_library,
    clinic_templates,
    programs,
    shelf,
    taking_back,
    template_library,
)
from clinic_desk.usecases.clinic_templates import EditedTemplate
from clinic_desk.usecases.desk import Desk

SHIPPED = "subacute"


def changed(desk: Desk, **other: object) -> EditedTemplate:
    found = clinic_templates.edit(desk, SHIPPED)
    return replace(found, tables={**found.tables, **other})


def card(desk: Desk, template: str) -> template_library.TemplateCard:
    return next(one for one in template_library.listing(desk).cards if one.id == template)


def offered(desk: Desk, case: UUID) -> set[str]:
    return {row.id for row in programs.builder(desk, case).templates}


def test_a_copy_is_a_template_of_the_clinics_own(desk: Desk, strain: UUID) -> None:
    copied = clinic_templates.copy(desk, SHIPPED)
    made = clinic_templates.save(desk, replace(copied, tables={**copied.tables, "pain_limit": 1}))
    assert made.startswith("own_")
    assert made in offered(desk, strain)
    content = programs.from_template(desk, strain, made)
    assert content.pain_limit == 1
    shipped = programs.from_template(desk, strain, SHIPPED)
    assert [line.exercise for line in content.lines] == [line.exercise for line in shipped.lines]
    assert card(desk, made).origin == "own"


def test_two_copies_of_the_same_name_have_ids_of_their_own(desk: Desk) -> None:
    first = clinic_templates.save(desk, clinic_templates.copy(desk, SHIPPED))
    second = clinic_templates.save(desk, clinic_templates.copy(desk, SHIPPED))
    assert second == f"{first}_2"


@pytest.mark.parametrize(
    ("other", "key"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 300}, "name"),
        ({"exercises": []}, "exercises"),
        ({"exercises": ["no_such_exercise"]}, "exercises[0]"),
        ({"exercises": ["s2_bridge", "s2_bridge"]}, "exercises"),
        ({"next": "no_such_program"}, "next"),
        ({"next": SHIPPED}, "next"),
        ({"pain_limit": 11}, "pain_limit"),
    ],
)
def test_what_no_shipped_one_may_be_is_refused_by_its_key(
    desk: Desk, other: dict[str, object], key: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        clinic_templates.save(desk, changed(desk, **other))
    assert key in refused.value.fields


def test_a_changed_one_stands_in_for_what_ships_and_can_be_given_up(
    desk: Desk, strain: UUID
) -> None:
    clinic_templates.save(desk, changed(desk, name="Our middle weeks"))
    assert card(desk, SHIPPED).origin == "changed"
    assert shelf.template(desk.library, SHIPPED).name == "Our middle weeks"
    rows = template_library.view(desk, SHIPPED).compared
    assert [row[:2] for row in rows] == [("Name", "Our middle weeks")]
    _none, undo = taking_back.doing(desk, lambda: clinic_templates.take_shipped(desk, SHIPPED))
    assert card(desk, SHIPPED).origin == ""
    undo()
    assert shelf.template(desk.library, SHIPPED).name == "Our middle weeks"


def test_the_clinics_version_stays_when_what_ships_has_changed(desk: Desk) -> None:
    clinic_templates.save(desk, changed(desk, notes="Ours"))
    with desk.store.unit(desk.actor.id) as unit:
        row = unit.session.query(ClinicTemplate).one()
        row.based_on = "of an older version"
        unit.audit("test", "template", None)
        unit.commit()
    clinic_library.refresh(desk)
    assert card(desk, SHIPPED).origin == "outdated"
    assert shelf.template(desk.library, SHIPPED).notes == "Ours"
    clinic_templates.keep_mine(desk, SHIPPED)
    assert card(desk, SHIPPED).origin == "changed"


def test_a_hidden_one_is_no_longer_offered_but_its_programs_keep_its_name(
    desk: Desk, strain: UUID
) -> None:
    content = programs.from_template(desk, strain, "comp_2")
    clinic_templates.hide(desk, "comp_2")
    assert "comp_2" not in offered(desk, strain)
    assert card(desk, "comp_2").withdrawn
    assert shelf.template(desk.library, content.template or "").name
    clinic_templates.bring_back(desk, "comp_2")
    assert "comp_2" in offered(desk, strain)


def test_a_broken_entry_is_named_and_the_rest_loads(desk: Desk, strain: UUID) -> None:
    made = clinic_templates.save(desk, clinic_templates.copy(desk, SHIPPED))
    clinic_templates.save(desk, changed(desk, notes="Ours"))
    with desk.store.unit(desk.actor.id) as unit:
        for row in unit.session.query(ClinicTemplate):
            row.content = {**(row.content or {}), "exercises": ["no_such_exercise"]}
        unit.audit("test", "template", None)
        unit.commit()
    clinic_library.refresh(desk)
    seen = template_library.listing(desk)
    reason = "exercises[0]: “no_such_exercise” is no exercise of the library"
    assert set(seen.faults) == {f"{made}.toml: {reason}", f"{SHIPPED}.toml: {reason}"}
    assert made not in offered(desk, strain)
    assert shelf.template(desk.library, SHIPPED).exercises[0] == "s2_bridge"  # as it ships


def test_what_another_desk_saved_is_seen_when_the_list_is_opened(desk: Desk) -> None:
    other = replace(desk, library=clinic_library.of(desk.store, desk.library))
    template_library.listing(other)
    made = clinic_templates.save(desk, clinic_templates.copy(desk, SHIPPED))
    assert made in {one.id for one in template_library.listing(other).cards}


def test_an_older_version_overwrites_nothing(desk: Desk) -> None:
    clinic_templates.save(desk, changed(desk, notes="First"))
    older = clinic_templates.edit(desk, SHIPPED)
    clinic_templates.save(desk, changed(desk, notes="Second"))
    with pytest.raises(EditConflict):
        clinic_templates.save(desk, older)
    with pytest.raises(NotFound):
        clinic_templates.edit(desk, "no_such_program")
