"""Text that no database or page can hold, and legs that don't match, on the way to paper."""

import json
from dataclasses import replace
from io import BytesIO
from uuid import UUID

import pytest
from pypdf import PdfReader

from clinic_desk.clinical.measures import Side
from clinic_desk.drawing.shapes import Picture
from clinic_desk.errors import InvalidInput
from clinic_desk.storage import chart_queries as chart
from clinic_desk.usecases import cases, letters, papers, patients, programs, shelf, visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.visits import Decision, FlagAction, VisitContent
from tests.usecases.answers import STRAIN

BROKEN = "a\0b\ud800c"  # a NUL and half a surrogate pair: PostgreSQL keeps neither


def test_every_draft_holds_only_what_both_databases_can_keep(
    desk: Desk, strain: UUID, surgeon: UUID
) -> None:
    visit = visits.start(desk, strain)
    by, now = desk.actor.name, desk.now()
    content = VisitContent(
        answers=STRAIN | {"free": BROKEN},
        decisions=(Decision("grade", "2", "1", BROKEN, by, now),),
        flag_actions=(FlagAction("rf_dvt_gate", "phoned", BROKEN, by, now),),
        written={"plan": BROKEN},
    )
    visits.keep(desk, visit, content)
    letter = letters.compose(desk, strain, "referral-gp", surgeon)
    part = replace(letter.parts[0], text=BROKEN)
    letters.keep(desk, strain, replace(letter, parts=(part,), copies=(BROKEN,)))
    program = programs.from_template(desk, strain, "acute_g2_late")
    programs.keep(desk, strain, replace(program, note=BROKEN))
    with desk.store.reading() as session:
        held = [json.dumps(one.payload) for one in chart.drafts(session)]
    assert len(held) == 3
    assert all("abc" in one for one in held)
    assert not any("\\u0000" in one or "\\ud800" in one for one in held)


def test_a_recorded_reason_has_a_limit_that_names_it(desk: Desk, strain: UUID) -> None:
    visit = visits.start(desk, strain)
    done = FlagAction("rf_dvt_gate", "override", "x" * 50_001, desk.actor.name, desk.now())
    with pytest.raises(InvalidInput) as refused:
        visits.keep(desk, visit, VisitContent(flag_actions=(done,)))
    assert list(refused.value.fields) == ["flag_actions[0].text"]


def test_a_handout_is_previewed_as_it_will_be_kept(desk: Desk, strain: UUID) -> None:
    content = programs.from_template(desk, strain, "acute_g2_late")
    line = replace(content.lines[0], load=BROKEN, note=BROKEN)
    broken = replace(content, note=BROKEN, lines=(line, *content.lines[1:]))
    assert papers.preview_handout(desk, strain, broken).pdf
    long = papers.preview_handout(desk, strain, replace(content, note="x" * 3_000))
    assert [(one.field, one.blocking) for one in long.problems] == [("note", True)]
    assert long.pdf == b""


def test_a_line_for_the_leg_that_is_not_sore_is_noticed(desk: Desk, alex: UUID) -> None:
    case = cases.open_case(desk, alex, cases.CaseDetails("hamstring strain", Side.RIGHT))
    content = programs.from_template(desk, case, "acute_g2_late")
    sided = [n for n, one in enumerate(content.lines) if one.side == "right"]
    assert sided
    place = sided[0]
    before = papers.preview_handout(desk, case, content).problems
    assert not [one for one in before if one.field.endswith(".side")]
    wrong = replace(content.lines[place], side="left")
    lines = (*content.lines[:place], wrong, *content.lines[place + 1 :])
    found = papers.preview_handout(desk, case, replace(content, lines=lines)).problems
    said = [one for one in found if one.field == f"lines[{place}].side"]
    assert [one.blocking for one in said] == [False]
    assert "left leg; the sore side is the right" in said[0].text


def test_each_leg_has_its_own_figure(desk: Desk) -> None:
    known = shelf.exercises(desk.library)
    sided = [name for name, one in known.items() if one.exercise.laterality.value == "affected"]
    assert sided
    for name in sided:
        left, right = (shelf.pictures(desk.library, name, side)[0] for side in ("left", "right"))
        assert isinstance(left, Picture)
        assert left != right, name


def test_an_unknown_birth_date_is_said_plainly_on_every_paper(desk: Desk, surgeon: UUID) -> None:
    who = patients.register(desk, patients.PatientDetails("Sample", "Sam"))
    case = cases.open_case(desk, who, cases.CaseDetails("hamstring strain", Side.LEFT))
    content = programs.from_template(desk, case, "acute_g2_late")
    for pdf in (
        papers.preview_handout(desk, case, content).pdf,
        letters.preview(desk, case, letters.compose(desk, case, "referral-gp", surgeon)).pdf,
    ):
        for page in PdfReader(BytesIO(pdf)).pages:
            text = " ".join(page.extract_text().split())
            assert "Sam SAMPLE, birth date unknown, CD-00001" in text
            assert "born birth" not in text
