"""A reading that is typed on finds what a fresh one would find, whatever was typed before."""

import random

from hypothesis import given
from hypothesis import strategies as st

from clinic_desk.clinical.answers import read
from clinic_desk.clinical.evaluate import findings
from clinic_desk.clinical.measures import Answer
from clinic_desk.clinical.reading import Reading
from tests.clinical.test_properties import EVERY, PASSES, shipped, value
from tests.support.protocols import CASE

KEYSTROKES = 12


@EVERY
@PASSES
@given(seed=st.integers(0, 10**9), share=st.floats(0.05, 1.0))
def test_a_reading_typed_on_finds_what_a_fresh_one_does(name: str, seed: int, share: float) -> None:
    dice = random.Random(seed)
    protocol = shipped(name)
    asked = [item for item in protocol.items.values() if item.id not in protocol.derived]

    def some(item: str) -> dict[str, Answer]:
        return dict(read(protocol, CASE, {item: value(protocol.item(item), dice)}))

    answers: dict[str, Answer] = {}
    for item in asked:
        if dice.random() < share:
            answers |= some(item.id)
    decisions: dict[str, str] = {}
    typed = Reading(protocol, CASE, answers, decisions)
    findings(typed)
    for _ in range(KEYSTROKES):
        changed = dice.choice(asked).id
        answers = {one: held for one, held in answers.items() if one != changed}
        if dice.random() < 0.7:
            answers |= some(changed)
        if dice.random() < 0.15:
            decisions = {} if decisions else {"grade": str(dice.randint(0, 3))}
        typed = typed.with_answers(answers, decisions)
        assert findings(typed) == findings(Reading(protocol, CASE, answers, decisions))
