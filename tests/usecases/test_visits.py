"""A visit from its start to its signature, and what signing waits for."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from clinic_desk.clinical.measures import Sex, Side
from clinic_desk.errors import InvalidInput, Locked, NotFound
from clinic_desk.usecases import appointments, cases, evaluations, lockbox, patients, today, visits
from clinic_desk.usecases.appointments import Booking
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.today import NextFlag
from clinic_desk.usecases.visits import Decision, FlagAction, Note, VisitContent
from tests.usecases.answers import STRAIN, TINGLING
from tests.usecases.conftest import Clock

FLAG = "rf_tingle_after_injury"


def written(desk: Desk, visit: UUID, answers: dict[str, object]) -> VisitContent:
    return visits.write_into_note(
        desk, visits.open_visit(desk, visit), VisitContent(answers=answers)
    )


def action(desk: Desk, kind: str, text: str = "", flag: str = FLAG) -> FlagAction:
    return FlagAction(flag, kind, text, desk.actor.name, desk.now())


def test_a_started_visit_is_opened_again_and_never_doubled(desk: Desk, strain: UUID) -> None:
    first = visits.start(desk, strain)
    assert visits.start(desk, strain) == first
    seen = visits.open_visit(desk, first)
    assert (seen.number, seen.kind, seen.signed_at) == (1, "first_evaluation", None)
    assert (seen.day, seen.late) == (13, False)


def test_what_is_kept_is_there_after_opening_the_practice_again(desk: Desk, strain: UUID) -> None:
    visit = visits.start(desk, strain)
    content = replace(
        written(desk, visit, TINGLING),
        decisions=(Decision("grade", "2", "1", "mild", "Dana Demo", desk.now()),),
        flag_actions=(action(desk, "phoned", "GP's desk"),),
    )
    kept = visits.keep(desk, visit, content)
    seen = visits.open_visit(desk, visit)
    assert seen.content == content
    assert seen.draft_kept_at == kept


def test_half_typed_answers_are_kept_but_not_signed(desk: Desk, strain: UUID) -> None:
    visit = visits.start(desk, strain)
    content = written(desk, visit, STRAIN | {"pain_at_injury": 11, "nonsense": 3})
    visits.keep(desk, visit, content)
    assert visits.open_visit(desk, visit).content.answers["pain_at_injury"] == 11
    assert {one.kind for one in visits.blockers(desk, visit, content)} == {"answer"}
    future = replace(content, answers=content.answers | {"injury_date": "2026-02-04"})
    told = [one.text for one in visits.blockers(desk, visit, future)]
    assert "Date of the injury: this day lies after the visit, which was on 03 Feb 2026." in told
    with pytest.raises(Locked):
        visits.sign(desk, visit, content)


def test_signing_closes_the_visit_for_ever(desk: Desk, strain: UUID) -> None:
    visit = visits.start(desk, strain)
    content = written(desk, visit, STRAIN)
    signed = visits.sign(desk, visit, content)
    seen = visits.open_visit(desk, visit)
    assert (seen.signed_at, seen.signed_by, seen.draft_kept_at) == (signed, "Dana Demo", None)
    assert dict(seen.content.answers) == STRAIN
    assert seen.content.note == content.note
    for refused in (
        lambda: visits.keep(desk, visit, content),
        lambda: visits.sign(desk, visit, content),
        lambda: visits.discard(desk, visit),
    ):
        with pytest.raises(Locked):
            refused()
    assert desk.store.verify_audit() is None


def test_a_birth_date_that_is_corrected_changes_no_signed_visit(
    desk: Desk, strain: UUID, alex: UUID
) -> None:
    visit = visits.start(desk, strain)
    visits.sign(desk, visit, written(desk, visit, STRAIN | {"ok_patella": "no"}))
    before = visits.open_visit(desk, visit)
    found = evaluations.play(desk, before).findings(before.content.answers)
    file = patients.open_file(desk, alex)
    other = replace(file.details, birth_date=date(1950, 6, 14), sex=Sex.MALE)
    patients.correct(desk, alex, file.version, other)
    seen = visits.open_visit(desk, visit)
    assert (seen.case.birth_date, seen.case.sex) == (before.case.birth_date, before.case.sex)
    assert evaluations.play(desk, seen).findings(seen.content.answers) == found
    again = visits.open_visit(desk, visits.start(desk, strain))
    assert (again.case.birth_date, again.case.sex) == (date(1950, 6, 14), Sex.MALE)


def test_an_addendum_is_added_to_signed_visits_only(desk: Desk, strain: UUID, alex: UUID) -> None:
    visit = visits.start(desk, strain)
    with pytest.raises(Locked):
        visits.add_addendum(desk, visit, "Later thought")
    visits.sign(desk, visit, written(desk, visit, STRAIN))
    with pytest.raises(InvalidInput):
        visits.add_addendum(desk, visit, " \n ")
    visits.add_addendum(desk, visit, "Later <b>thought</b> {{ x }}")
    (one,) = visits.open_visit(desk, visit).addenda
    assert one.text == "Later <b>thought</b> {{ x }}"
    assert patients.open_file(desk, alex).journal[0].kind in ("addendum", "visit")


def test_an_urgent_flag_blocks_until_something_was_done(desk: Desk, strain: UUID) -> None:
    visit = visits.start(desk, strain)
    content = written(desk, visit, TINGLING)
    (one,) = visits.blockers(desk, visit, content)
    assert (one.kind, one.flag) == ("red_flag", FLAG)
    with pytest.raises(Locked, match="Tingling since the injury"):
        visits.sign(desk, visit, content)
    for kind, text, waits in (
        ("noted", "", True),
        ("override", " ", True),
        ("override", "Seen by the surgeon yesterday", False),
        ("phoned", "", False),
    ):
        done = replace(content, flag_actions=(action(desk, kind, text),))
        assert bool(visits.blockers(desk, visit, done)) is waits, kind


def test_who_is_next_shows_their_red_flag_with_the_visit_it_fired_in(
    desk: Desk, alex: UUID, strain: UUID, clock: Clock
) -> None:
    visit = visits.start(desk, strain)
    content = written(desk, visit, TINGLING)
    visits.keep(desk, visit, content)
    assert today.today(desk).next_flag == NextFlag("Red flag open", True, visit)
    visits.sign(desk, visit, replace(content, flag_actions=(action(desk, "referred", "Letter"),)))
    assert today.today(desk).next_flag is None  # nobody is next
    clock.move(days=4)
    appointments.book(desk, Booking(desk.today(), "10:30", alex))
    acted = today.today(desk).next_flag
    assert acted == NextFlag("Red flag, referral sent 03 Feb", False, visit)
    again = visits.start(desk, strain)
    visits.keep(desk, again, written(desk, again, TINGLING))
    clock.move(days=1)
    calf = cases.open_case(desk, alex, cases.CaseDetails("Calf strain", Side.LEFT))
    appointments.book(desk, Booking(desk.today(), "10:30", alex, case_id=calf))
    assert today.today(desk).next_flag == NextFlag("Red flag open", True, again)
    lockbox.close_part(desk, alex, lockbox.CASE, strain)
    assert today.today(desk).next_flag == NextFlag("Red flag open, in a closed part", True, None)


def test_a_flag_rings_in_the_banner_until_acted_on_and_stays_visible(
    desk: Desk, alex: UUID, strain: UUID, clock: Clock
) -> None:
    visit = visits.start(desk, strain)
    content = written(desk, visit, TINGLING)
    visits.keep(desk, visit, content)
    assert patients.banner(desk, alex).red_flag_text == "Red flag open"
    assert today.today(desk).needs[0].kind == "red_flag"
    content = replace(content, flag_actions=(action(desk, "referred", "Letter"),))
    visits.sign(desk, visit, content)
    clock.move(days=4)
    visits.keep(desk, visits.start(desk, strain), VisitContent())
    seen = patients.banner(desk, alex)
    assert (seen.red_flag, seen.red_flag_text) == ("acted", "Red flag, referral sent 03 Feb")
    assert [need.kind for need in today.today(desk).needs] == ["unsigned"]


def test_a_differing_decision_needs_its_reason(desk: Desk, strain: UUID) -> None:
    visit = visits.start(desk, strain)
    content = written(desk, visit, STRAIN)
    differs = Decision("grade", "2", "1", " ", "Dana Demo", desk.now())
    same = replace(differs, decided="2")
    assert not visits.blockers(desk, visit, replace(content, decisions=(same,)))
    (one,) = visits.blockers(desk, visit, replace(content, decisions=(differs,)))
    assert one.kind == "decision_reason"
    reasoned = replace(content, decisions=(replace(differs, reason="Walks well"),))
    visits.sign(desk, visit, reasoned)
    assert visits.open_visit(desk, visit).content.decisions == reasoned.decisions


def test_an_empty_note_is_not_signed(desk: Desk, strain: UUID) -> None:
    visit = visits.start(desk, strain)
    assert [one.kind for one in visits.blockers(desk, visit, VisitContent())] == ["empty_note"]


def test_care_and_entry_time_are_both_kept_and_a_late_entry_is_marked(
    desk: Desk, alex: UUID, strain: UUID, clock: Clock
) -> None:
    care = clock.at - timedelta(days=2)
    visit = visits.start(desk, strain, care_at=care)
    signed = visits.sign(desk, visit, written(desk, visit, STRAIN))
    seen = visits.open_visit(desk, visit)
    assert (seen.care_at, seen.signed_at, seen.late, seen.day) == (care, signed, True, 11)
    assert "Late entry" in patients.open_file(desk, alex).journal[0].summary
    with pytest.raises(InvalidInput):
        visits.start(desk, strain, care_at=clock.at + timedelta(minutes=1))


def test_a_discarded_visit_is_gone(desk: Desk, strain: UUID) -> None:
    visit = visits.start(desk, strain)
    visits.discard(desk, visit)
    with pytest.raises(NotFound):
        visits.open_visit(desk, visit)
    assert today.today(desk).visits == ()


def test_the_last_signed_visit_stands_beside_todays(desk: Desk, strain: UUID, clock: Clock) -> None:
    assert visits.last_signed(desk, strain) is None
    visit = visits.start(desk, strain)
    visits.sign(desk, visit, written(desk, visit, STRAIN))
    clock.move(days=3)
    later = visits.start(desk, strain)
    last = visits.last_signed(desk, strain, later)
    assert last is not None
    assert (last.id, dict(last.answers)) == (visit, STRAIN)


def test_a_visit_is_compared_with_no_later_one(desk: Desk, strain: UUID, clock: Clock) -> None:
    first = visits.start(desk, strain)
    visits.sign(desk, first, written(desk, first, STRAIN))
    clock.move(days=14)
    third = visits.start(desk, strain)
    visits.sign(desk, third, written(desk, third, STRAIN))
    assert visits.last_signed(desk, strain, first) is None  # read again, it was the first
    late = visits.start(desk, strain, care_at=desk.now() - timedelta(days=7))
    last = visits.last_signed(desk, strain, late)
    assert last is not None
    assert last.id == first


def test_the_evaluation_writes_all_four_parts(desk: Desk, strain: UUID) -> None:
    note = written(desk, visits.start(desk, strain), STRAIN).note
    assert "while sprinting" in note.subjective
    assert "13 asked, 0 yes, 13 no" in note.subjective
    assert "gap below the sitting bone" in note.subjective
    assert "34° left, 20° right (14° less on the left)" in note.objective
    assert "182 N left, 254 N right (28 % weaker on the left)" in note.objective
    assert "suggested by the working rule" in note.assessment
    assert "not decided yet" in note.assessment
    assert "Suggested home program:" in note.plan


def test_a_decided_grade_is_said_with_who_decided(desk: Desk, strain: UUID) -> None:
    visit = visits.start(desk, strain)
    decision = Decision("grade", "2", "1", "Walks well", "Dana Demo", desk.now())
    content = VisitContent(answers=STRAIN, decisions=(decision,))
    note = visits.write_into_note(desk, visits.open_visit(desk, visit), content).note
    assert "grade 1 (mild), decided by Dana Demo; the working rule suggested 2" in note.assessment
    assert "not decided" not in note.assessment


def test_what_was_not_asked_is_never_written(desk: Desk, strain: UUID) -> None:
    answers: dict[str, object] = {"pop": "not_asked", "pain_at_injury": "not_testable"}
    note = written(desk, visits.start(desk, strain), answers).note
    assert "pop" not in note.subjective
    assert "not testable" in note.subjective
    assert "0" not in note.subjective


def test_touched_text_is_never_overwritten(desk: Desk, strain: UUID) -> None:
    visit = visits.start(desk, strain)
    view = visits.open_visit(desk, visit)
    content = written(desk, visit, STRAIN)
    mine = replace(content.note, subjective=content.note.subjective + " Sleeps well.")
    content = replace(content, note=mine, answers=TINGLING)
    again = visits.write_into_note(desk, view, content)
    assert again.note.subjective == mine.subjective
    assert "Red flag" in again.note.assessment
    cleared = replace(again, note=Note(), answers=STRAIN)
    assert visits.write_into_note(desk, view, cleared).note == content_note(desk, visit)


def content_note(desk: Desk, visit: UUID) -> Note:
    return written(desk, visit, STRAIN).note


def test_a_long_paste_is_kept_and_a_huge_one_refused_by_its_part(desk: Desk, strain: UUID) -> None:
    visit = visits.start(desk, strain)
    long = VisitContent(note=Note(subjective="word " * 4_000))
    visits.keep(desk, visit, long)
    assert visits.open_visit(desk, visit).content.note == long.note
    with pytest.raises(InvalidInput) as refused:
        visits.keep(desk, visit, VisitContent(note=Note(plan="x" * 1_000_000)))
    assert list(refused.value.fields) == ["plan"]


def test_care_before_birth_is_refused(desk: Desk, strain: UUID) -> None:
    with pytest.raises(InvalidInput) as refused:
        visits.start(desk, strain, care_at=datetime(1991, 6, 13, 12, tzinfo=UTC))
    assert "birth" in refused.value.fields["care_at"]


def test_an_unusual_value_is_named_at_signing_and_holds_nothing_up(
    desk: Desk, strain: UUID
) -> None:
    visit = visits.start(desk, strain)
    content = written(desk, visit, STRAIN | {"ake": {"left": 100, "right": 20}})
    assert visits.blockers(desk, visit, content) == ()
    (named,) = visits.unconfirmed(desk, visit, content)
    assert (named.kind, named.flag) == ("doubt", "ake")
    assert "100°" in named.text
    said = replace(content, confirmed={"ake": {"left": 100, "right": 20}})
    assert visits.unconfirmed(desk, visit, said) == ()
    other = replace(said, answers=said.answers | {"ake": {"left": 101, "right": 20}})
    assert visits.unconfirmed(desk, visit, other)
    visits.keep(desk, visit, said)
    assert visits.open_visit(desk, visit).content.confirmed == said.confirmed
    visits.sign(desk, visit, content)


def test_medicines_stand_in_the_note_with_dose_and_unknown_class(desk: Desk, strain: UUID) -> None:
    visit = visits.start(desk, strain)
    taken = [{"name": "apixaban", "class": "anticoagulant", "dose": "5 mg"}, {"name": "Newdrug"}]
    said = written(desk, visit, STRAIN | {"medicines": taken}).note.subjective
    assert "apixaban 5 mg and Newdrug (class not known)" in said
    none = written(desk, visit, STRAIN | {"medicines": []}).note.subjective
    assert "none taken" in none
    assert "edicines taken now" not in written(desk, visit, STRAIN).note.subjective
