"""The practice's snippets: kept, filled from a case, refused where they make no sense."""

from uuid import UUID

import pytest

from clinic_desk.errors import EditConflict, InvalidInput
from clinic_desk.usecases import snippets
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.snippets import Snippet


def test_a_new_practice_begins_with_a_few_examples(desk: Desk) -> None:
    assert "hep" in {one.key for one in snippets.listed(desk)}


def test_the_fields_are_filled_from_the_case(desk: Desk, strain: UUID) -> None:
    before = snippets.listed(desk)
    snippets.save(desk, before, (Snippet("Who", "{given_name}, {side}, goal: {goal}"),))
    (one,) = snippets.for_case(desk, strain)
    assert one.key == "who"
    assert "{" not in one.text
    assert one.text.split(",")[0]


def test_what_is_not_recorded_is_said_and_not_left_out() -> None:
    assert snippets.filled("Since {onset}.", {}) == "Since [onset not recorded]."


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        (";hep", "", "hep"),
        ("Today ;", "", ""),
        ("(;hep", "", "hep"),
        ("word;hep", "", None),
        ("5;hep", "", None),
        (";hep", "s", None),
        (";hep ", "", None),
        ("no semicolon", "", None),
    ],
)
def test_a_key_begins_at_a_semicolon_that_no_word_touches(
    before: str, after: str, key: str | None
) -> None:
    assert snippets.key_at(before, after) == key


@pytest.mark.parametrize(
    ("made", "field"),
    [
        (Snippet("two words", "Text"), "key"),
        (Snippet("", "Text"), "key"),
        (Snippet("x" * 21, "Text"), "key"),
        (Snippet("hep", "Text"), "key"),
        (Snippet("new", ""), "text"),
        (Snippet("new", "{password}"), "text"),
        (Snippet("new", "x" * 2001), "text"),
    ],
)
def test_a_snippet_that_makes_no_sense_is_refused(desk: Desk, made: Snippet, field: str) -> None:
    before = snippets.listed(desk)
    with pytest.raises(InvalidInput) as refused:
        snippets.save(desk, before, (*before, made))
    assert field in refused.value.fields
    assert snippets.listed(desk) == before


def test_a_list_that_changed_meanwhile_is_not_overwritten(desk: Desk) -> None:
    before = snippets.listed(desk)
    snippets.save(desk, before, (*before, Snippet("one", "One")))
    with pytest.raises(EditConflict):
        snippets.save(desk, before, (*before, Snippet("two", "Two")))
    assert "two" not in {one.key for one in snippets.listed(desk)}
