"""A card is made anew only when what it is made of is another."""

from clinic_desk.ui.parts.made_once import MadeOnce


def test_the_same_parts_give_what_was_made_and_others_make_it_anew() -> None:
    made, times = MadeOnce(), []

    def make() -> int:
        times.append(1)
        return len(times)

    assert [made.of("grade", (1, ("a",)), make) for _ in range(2)] == [1, 1]
    assert made.of("stage", (1, ("a",)), make) == 2
    assert made.of("grade", (1, ("b",)), make) == 3
    assert made.of("grade", (1, ("a",)), make) == 4  # only the last one is kept
