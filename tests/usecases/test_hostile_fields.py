"""Hostile text and pastes of a megabyte in the fields around a letter: requests and their answers,
templates, contacts, reasons; and in every part of every kind, where each is refused with its limit
or laid out in bounded time.
"""

import time
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from uuid import UUID

import pytest

from clinic_desk.clinical.findings import Urgency
from clinic_desk.clinical.measures import Side
from clinic_desk.errors import InvalidInput, Locked
from clinic_desk.usecases import (
    contacts,
    letter_templates,
    letters,
    loops,
    record_print,
    typed,
)
from clinic_desk.usecases.contacts import ContactDetails
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.imaging_results import ImagingDetails
from clinic_desk.usecases.loop_views import OrderDetails
from tests.usecases.test_letter_hostile import NAUGHTY, assert_plain
from tests.usecases.test_loops import answer
from tests.usecases.test_preflight_kinds import KINDS

MEGABYTE = "pasted words " * 80_000
BOUND = 5.0  # seconds of work, at the most


def _refused(act: Callable[[], object], field: str = "") -> None:
    begun = time.process_time()
    with pytest.raises(InvalidInput, match=r"at most|longer than") as refused:
        act()
    assert time.process_time() - begun < BOUND
    assert not field or field in refused.value.fields


def test_a_request_and_its_end_keep_hostile_text_as_text(
    desk: Desk, strain: UUID, alex: UUID
) -> None:
    for text, _printable in NAUGHTY.values():
        line = typed.line(text)
        title = f"MRI {line}".strip()
        details = OrderDetails("imaging", f"MRI {text}", text, Urgency.URGENT_2W, note=text)
        made = loops.order(desk, strain, details)
        loops.chase(desk, made, "phone", text)
        seen = loops.open_loop(desk, made)
        assert (seen.row.title, seen.row.recipient) == (title, line)
        assert [one.text for one in seen.chases] == [typed.block(text)]
        loops.keep(desk, made, {"summary": text})
        loops.end(desk, made, seen.row.version, f"Ended: {text}")
        (closed,) = [one for one in loops.of_patient(desk, alex) if one.id == made]
        assert closed.summary == f"Ended: {line}".strip()


def test_an_answer_and_what_imaging_showed_keep_hostile_text_as_text(
    desk: Desk, strain: UUID, alex: UUID, tmp_path: Path
) -> None:
    details = OrderDetails("imaging", "MRI left thigh")
    told = {}
    for place, (text, _printable) in enumerate(NAUGHTY.values()):
        made = loops.order(desk, strain, details)
        answer(desk, alex, made, tmp_path, f"reply {place}.pdf")
        report = ImagingDetails("mri", desk.today(), Side.LEFT, text, text=f"Says: {text}")
        row = loops.open_loop(desk, made).row
        loops.sign_off(desk, made, row.version, f"Read: {text}", report)
        view = loops.open_loop(desk, made)
        (result,) = view.results
        assert view.row.summary == f"Read: {typed.line(text)}".strip()
        assert result.details.site == typed.line(text)
        assert result.details.text == typed.block(f"Says: {text}")
        assert typed.line(text) in result.line
        assert "\n" not in result.line
        told[made] = result.line
    assert len(told) == len(NAUGHTY)
    assert_plain(record_print.whole(desk, alex))


def test_an_imaging_result_refuses_a_megabyte_in_each_field(
    desk: Desk, strain: UUID, alex: UUID, tmp_path: Path
) -> None:
    made = loops.order(desk, strain, OrderDetails("imaging", "MRI left thigh"))
    answer(desk, alex, made, tmp_path)
    for field in ("site", "text"):
        report = replace(
            ImagingDetails("mri", desk.today(), Side.LEFT, text="Oedema."), **{field: MEGABYTE}
        )
        _refused(lambda report=report: loops.sign_off(desk, made, 1, "Read", report), field)


def test_a_request_refuses_a_megabyte_in_each_field(desk: Desk, strain: UUID) -> None:
    fine = OrderDetails("imaging", "MRI", "Sample Imaging", Urgency.URGENT_2W)
    for name in ("title", "recipient", "note"):
        _refused(
            lambda name=name: loops.order(desk, strain, replace(fine, **{name: MEGABYTE})), name
        )
    made = loops.order(desk, strain, fine)
    _refused(lambda: loops.chase(desk, made, "phone", MEGABYTE), "text")
    _refused(lambda: loops.end(desk, made, 1, MEGABYTE), "reason")
    _refused(lambda: loops.sign_off(desk, made, 1, MEGABYTE), "summary")


def test_a_contact_refuses_a_megabyte_in_each_field(desk: Desk) -> None:
    for one in fields(ContactDetails):
        details = replace(ContactDetails("Dr X", address="A\nB"), **{one.name: MEGABYTE})
        begun = time.process_time()
        with pytest.raises(InvalidInput):
            contacts.add(desk, details)
        assert time.process_time() - begun < BOUND, one.name


def test_a_template_takes_hostile_text_as_text_or_names_the_line(
    desk: Desk, strain: UUID, surgeon: UUID
) -> None:
    kept = refused = 0
    for name, (text, _printable) in NAUGHTY.items():
        edited = letter_templates.edit(desk, "letter-free")
        parts = tuple(
            replace(one, text=f"Before. {text} After.") if one.id == "body" else one
            for one in edited.parts
        )
        wished = replace(edited, parts=parts, valediction="Yours")
        faults = letter_templates.faults(wished)
        if faults:
            assert all(one.part == "body" and one.line >= 1 and one.text for one in faults), name
            with pytest.raises(InvalidInput):
                letter_templates.save(desk, wished)
            refused += 1
            continue
        letter_templates.save(desk, wished)
        draft = letters.compose(desk, strain, "letter-free", surgeon)
        (body,) = [one.text for one in draft.parts if one.id == "body"]
        assert (body[:7], body[-6:]) == ("Before.", "After."), name
        for word in typed.line(text).split():
            assert word in typed.line(body), (name, word)
        kept += 1
    assert (kept > 20, refused >= 2) == (True, True)


def test_a_template_refuses_a_megabyte_in_each_field(desk: Desk) -> None:
    edited = letter_templates.edit(desk, "referral-gp")
    wished = [replace(edited, name=MEGABYTE), replace(edited, valediction=MEGABYTE)]
    for part in edited.parts:
        for change in ({"text": MEGABYTE}, {"title": MEGABYTE}):
            if part.headed or "text" in change:
                parts = tuple(
                    replace(one, **change) if one.id == part.id else one for one in edited.parts
                )
                wished.append(replace(edited, parts=parts))
    for one in wished:
        _refused(lambda one=one: letter_templates.save(desk, one))
    _refused(lambda: letter_templates.copy(desk, "referral-gp", MEGABYTE), "name")
    _refused(lambda: letter_templates.save(desk, edited, MEGABYTE), "note")


def test_a_reason_refuses_a_megabyte_and_keeps_hostile_text(
    desk: Desk, strain: UUID, surgeon: UUID
) -> None:
    draft = letters.compose(desk, strain, "referral-gp", surgeon)
    _refused(lambda: letters.set_aside(desk, draft, "consent", MEGABYTE), "reason")
    for text, _printable in NAUGHTY.values():
        held = letters.set_aside(desk, draft, "consent", text, "No consent.")
        letters.keep(desk, strain, held)
        again = letters.kept(desk, strain)
        assert again is not None
        assert [one.reason for one in again.overrides] == (
            [typed.line(text)] if typed.line(text) else []
        )


@pytest.mark.parametrize("kind", [*KINDS, "referral-gp@ar"])
def test_every_part_of_every_kind_refuses_a_megabyte_and_names_its_limit(
    desk: Desk, strain: UUID, surgeon: UUID, kind: str
) -> None:
    draft = letters.compose(desk, strain, kind, surgeon)
    parts = tuple(replace(one, included=True, text=MEGABYTE, sentences=()) for one in draft.parts)
    huge = replace(draft, parts=parts)
    begun = time.process_time()
    seen = letters.preview(desk, strain, huge)
    with pytest.raises(Locked):
        letters.issue(desk, strain, huge)
    assert time.process_time() - begun < BOUND
    named = {one.field for one in seen.problems if "at most 50,000 fit in one part" in one.text}
    assert (named, seen.pdf) == ({one.id for one in parts}, b"")


@pytest.mark.parametrize(
    "text",
    ["pasted words ", "x\n", "ألم في الفخذ ", "左侧大腿后方疼痛", "a", "left and right ", "[a "],
)
def test_the_longest_letter_is_drawn_in_bounded_time_or_refused(
    desk: Desk, strain: UUID, surgeon: UUID, text: str
) -> None:
    draft = letters.compose(desk, strain, "referral-gp", surgeon)
    full = (text * typed.NOTE)[: typed.NOTE - 1]
    for much in (1, len(draft.parts)):
        parts = tuple(
            replace(one, included=True, text=full if place < much else "Please see.", sentences=())
            for place, one in enumerate(draft.parts)
        )
        begun = time.process_time()
        seen = letters.preview(desk, strain, replace(draft, parts=parts))
        assert time.process_time() - begun < BOUND
        too_long = [one for one in seen.problems if one.check == "length:letter"]
        assert bool(seen.pdf) is not bool(too_long)
        assert all("at most 100,000 in 5,000 fit" in one.text for one in too_long)
    assert too_long
