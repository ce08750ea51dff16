"""Cases of another region: the same use cases, another protocol."""

import shutil
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from clinic_desk.clinical.measures import Side
from clinic_desk.errors import InvalidInput
from clinic_desk.library import Library
from clinic_desk.usecases import advisability, cases, charts, letters, programs, visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.measured import measured_of

STRAIN: dict[str, object] = {
    "complaint": "calf_strain",
    "injury_date": "2026-01-30",
    "onset": "sudden",
    "rf_dvt_gate": "no",
    "rf_pe": "no",
    "pain_at_injury": 6,
    "bruising": "small",
}


@pytest.fixture
def calf(desk: Desk, alex: UUID) -> UUID:
    details = cases.CaseDetails("calf strain", Side.RIGHT, protocol="calf-achilles")
    return cases.open_case(desk, alex, details)


def test_the_regions_are_offered_by_name(desk: Desk) -> None:
    assert dict(cases.regions(desk)) == {
        "posterior-thigh": "Posterior thigh and knee",
        "calf-achilles": "Calf and Achilles tendon",
    }


def test_a_faulty_file_keeps_nobody_from_a_case_of_another_region(
    desk: Desk, alex: UUID, tmp_path: Path
) -> None:
    root = tmp_path / "resources"
    shutil.copytree(desk.library.root / "protocols", root / "protocols")
    shutil.copy(desk.library.root / "medicines.toml", root)
    faulty = root / "protocols" / "groin" / "1.0.0.toml"
    faulty.parent.mkdir()
    faulty.write_text('id = "groin"\n')
    whole = replace(desk, library=Library(root))
    assert set(dict(cases.regions(whole))) == {"posterior-thigh", "calf-achilles"}
    assert cases.open_case(whole, alex, cases.CaseDetails("calf pain", protocol="calf-achilles"))
    with pytest.raises(InvalidInput, match="no such protocol"):
        cases.open_case(whole, alex, cases.CaseDetails("groin pain", protocol="groin"))


def test_a_case_of_the_calf_is_noted_and_composed_by_its_own_protocol(
    desk: Desk, calf: UUID, surgeon: UUID
) -> None:
    view = visits.open_visit(desk, visits.start(desk, calf))
    assert view.protocol == "calf-achilles"
    content = visits.write_into_note(desk, view, replace(view.content, answers=STRAIN))
    assert "udden pain in the calf" in content.note.subjective
    assert "A small bruise" in content.note.objective
    visits.keep(desk, view.id, content)
    draft = letters.compose(desk, calf, "referral-orthopaedics", surgeon)
    assert "udden pain in the calf" in {part.id: part.text for part in draft.parts}["history"]


def test_a_criterion_of_another_regions_items_is_not_measured_here(desk: Desk, calf: UUID) -> None:
    view = visits.open_visit(desk, visits.start(desk, calf))
    visits.keep(desk, view.id, replace(view.content, answers=STRAIN))
    shelf = programs.builder(desk, calf)
    assert shelf.templates
    with desk.store.reading() as session:
        measured = measured_of(desk, session, charts.case(session, calf))
    assert measured is not None
    for row in shelf.templates:
        states = advisability.criteria(desk.library.template(row.id), measured)
        assert all(one.state in ("met", "not_met", "not_measured") for one in states)
