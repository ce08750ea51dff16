"""The sentences of a part: parted without loss, linked, left out, moved and refreshed."""

import gc
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desk.usecases import letter_sentences as sentences
from clinic_desk.usecases.letter_views import Part, Sentence

RECORD = "Sudden pain while sprinting. Had to stop.\nAllergy: zinc oxide. No regular medicine."


def part(composed: str = RECORD) -> Part:
    made = Part("history", "History", True, False, composed, composed, "")
    return sentences.with_sentences(made, sentences.of_record(composed))


def typed(of: Part, text: str) -> Part:
    return sentences.with_sentences(of, sentences.rewritten(sentences.of(of), text))


def bodies(of: Part, included: bool = True) -> list[str]:
    return [one.text.strip() for one in sentences.of(of) if one.included is included]


@given(st.text(alphabet=st.sampled_from('aZ .!?\n\t"”)。」1'), max_size=60))
def test_parting_loses_no_sign(text: str) -> None:
    assert sentences.joined(sentences.rewritten((), text)) == text
    held = sentences.of_record(RECORD)
    assert sentences.joined(sentences.rewritten(held, text)) == text


@given(
    st.lists(
        st.tuples(st.sampled_from("tdmu"), st.integers(0, 5), st.text(" .aB\n", max_size=12)),
        max_size=8,
    )
)
def test_whatever_is_done_the_sentences_spell_the_text_and_no_record_is_lost(acts) -> None:
    now = part()
    for act, place, text in acts:
        held = sentences.of(now)
        if act == "t":
            now = typed(now, text if place == 0 else now.text + text)
        elif act == "m":
            now = sentences.with_sentences(now, sentences.moved(held, place, 1))
        elif place < len(held):
            now = sentences.with_sentences(now, sentences.included(held, place, act == "u"))
        assert sentences.joined(sentences.of(now)) == now.text
        said = {one.composed for one in sentences.of(now)}
        assert {one.composed for one in sentences.of_record(RECORD)} <= said


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("One. Two? Three.", 3),
        ("Seen by Dr. Sample. Well.", 2),
        ("Pain at night, e.g. when turning. No. 4 is sore.", 2),
        ("1. Rest\n2. Load", 2),
        ("About 7 of 10. Then less.", 2),
        ("左侧大腿后方疼痛。已经两周。", 2),
        ("ألم في الفخذ. منذ أسبوعين؟ نعم", 3),
        ("He said “stop.” Then he went.", 2),
        ("   ", 1),
        ("", 0),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, pieces: int) -> None:
    assert len(sentences.parted(text)) == pieces


def test_typing_at_the_end_is_ones_own_and_the_record_stays_linked() -> None:
    now = typed(part(), f"{RECORD} Slept well.")
    held = sentences.of(now)
    assert [one.linked for one in held] == [True, True, True, True, False]
    assert (held[-1].composed, held[-1].edited) == ("", False)


def test_a_sentence_typed_over_is_edited_and_typed_back_is_linked_again() -> None:
    now = typed(part(), RECORD.replace("Had to stop", "Had to lie down"))
    held = sentences.of(now)
    assert (held[1].edited, held[1].composed) == (True, "Had to stop.")
    assert all(one.linked for one in (held[0], *held[2:]))
    back = sentences.with_sentences(now, sentences.relinked(held, 1))
    assert back.text == RECORD
    assert all(one.linked for one in sentences.of(typed(now, RECORD)))


def test_a_deleted_sentence_of_the_record_can_be_brought_back_where_it_stood() -> None:
    now = typed(part(), RECORD.replace(" Had to stop.", ""))
    assert bodies(now, included=False) == ["Had to stop."]
    back = sentences.with_sentences(now, sentences.included(sentences.of(now), 1, True))
    assert back.text == RECORD


def test_leaving_out_the_first_of_a_paragraph_keeps_the_paragraphs() -> None:
    out = sentences.included(sentences.of(part()), 2, False)
    assert sentences.joined(out) == (
        "Sudden pain while sprinting. Had to stop.\nNo regular medicine."
    )
    more = sentences.rewritten(out, sentences.joined(out) + " Well.")
    assert sentences.joined(sentences.included(more, 2, True)) == f"{RECORD} Well."


def test_moving_changes_the_order_and_not_the_paragraphs() -> None:
    now = sentences.joined(sentences.moved(sentences.of(part()), 1, 1))
    assert now == (
        "Sudden pain while sprinting. Allergy: zinc oxide.\nHad to stop. No regular medicine."
    )
    assert sentences.joined(sentences.moved(sentences.of(part()), 0, -1)) == RECORD


def test_a_place_in_the_text_names_its_sentence() -> None:
    held = sentences.included(sentences.of(part()), 1, False)
    text = sentences.joined(held)
    assert sentences.at(held, 0) == 0
    assert sentences.at(held, text.index("Allergy") + 3) == 2
    assert sentences.at(held, len(text)) == 3
    assert sentences.at((), 0) is None


NEWER = "Sudden pain while sprinting. Had to stop at once. Bruise.\nNo regular medicine."


def test_refreshing_takes_what_changed_and_says_so_before() -> None:
    now = part()
    said = sentences.changes(now, NEWER)
    assert [(one.kind, one.after or one.before) for one in said] == [
        ("changed", "Had to stop at once."),
        ("changed", "Bruise."),
    ]
    fresh = sentences.refreshed(now, NEWER)
    assert fresh.text == NEWER
    assert not fresh.edited
    assert sentences.changes(fresh, NEWER) == ()


def test_an_edited_sentence_is_never_overwritten_and_one_left_out_stays_out() -> None:
    now = typed(part(), RECORD.replace("Had to stop.", "Stopped, I saw it."))
    now = sentences.with_sentences(now, sentences.included(sentences.of(now), 3, False))
    said = sentences.changes(now, NEWER.replace("No regular medicine.", "Takes warfarin."))
    assert [one.kept for one in said if one.before == "Had to stop."] == [True]
    fresh = sentences.refreshed(now, NEWER.replace("No regular medicine.", "Takes warfarin."))
    assert "Stopped, I saw it." in fresh.text
    assert "Had to stop at once." not in fresh.text
    assert "warfarin" not in fresh.text
    held = {one.text: one for one in sentences.of(fresh)}
    assert held["Stopped, I saw it."].composed == "Had to stop at once."


def test_an_edited_sentence_whose_ground_is_gone_stays_as_ones_own() -> None:
    now = typed(part("One. Two."), "One. Two, as I saw.")
    fresh = sentences.refreshed(now, "One.")
    assert fresh.text == "One. Two, as I saw."
    assert sentences.of(fresh)[1].composed == ""


def test_the_order_of_the_clinician_survives_a_refresh() -> None:
    now = part("One. Two. Three.")
    now = sentences.with_sentences(now, sentences.moved(sentences.of(now), 0, 1))
    fresh = sentences.refreshed(now, "One. Two here. Three. Four.")
    assert fresh.text == "Two here. One. Three. Four."


def test_a_draft_from_before_the_sentences_opens_with_its_links() -> None:
    older = Part("history", "History", True, False, RECORD + " Mine.", RECORD, "")
    held = sentences.of(older)
    assert [one.linked for one in held] == [True] * 4 + [False]
    assert sentences.of(replace(older, text="Mine."))[-1] == Sentence(
        RECORD.split("\n")[1].split(". ")[1], "No regular medicine.", " ", included=False
    )


@pytest.mark.parametrize(
    "text",
    [" " * 50_000, ". " * 25_000, "a. B " * 10_000, ".)" * 25_000, "\n" * 50_000, "x" * 1_000_000],
)
def test_a_huge_or_odd_paste_is_parted_at_once(text: str) -> None:
    # this thread's own work: the collector would walk whatever other tests have left behind
    gc.disable()
    try:
        begun = time.thread_time()
        made = sentences.rewritten(sentences.of_record(RECORD), text)
        taken = time.thread_time() - begun
    finally:
        gc.enable()
    assert sentences.joined(made) == text
    assert taken < 2
