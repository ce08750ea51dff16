"""Outcome measures: the score of a questionnaire, and what a change of it means.

A change is positive when it is for the better. It is larger than the measurement error only from
the MDC on, and important only from the MCID on; where neither is established, that is unknown.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from clinic_desk.clinical.findings import OutcomeFinding, Truth
from clinic_desk.clinical.flow import Flow
from clinic_desk.clinical.logic import Range
from clinic_desk.clinical.measures import DECIMALS, Answer, Answers, Scored, State
from clinic_desk.clinical.protocol import Case, Item, Kind, Measure, Protocol, Score
from clinic_desk.clinical.reading import Reading


@dataclass(frozen=True, slots=True)
class Change:
    """How a score differs from an earlier one."""

    before: float
    now: float
    amount: float  # above 0: for the better
    beyond_error: Truth
    important: Truth


def scored(measure: Measure, case: Case, answers: Answers) -> Scored:
    """The score of a questionnaire's own answers, or between what it still lies."""
    questionnaire = measure.questionnaire
    low, high, missing = _run(measure.score, Reading(questionnaire, case, answers))
    about = _named(questionnaire, answers)
    return Scored(low, high, missing, about=about, rated=_rated(questionnaire, answers))


def _run(score: Score, reading: Reading) -> Range:
    """A score with the questions that are asked now and would settle it."""
    low, high, missing = score.value.run(reading)
    return low, high, Flow(reading.protocol, reading).reachable(missing)


def _named(questionnaire: Protocol, answers: Answers) -> frozenset[str]:
    """What the patient put into words and then rated; another list is another measure."""
    texts = (
        answer.value
        for item, answer in answers.items()
        if questionnaire.items[item].kind is Kind.TEXT
    )
    return frozenset(_same(text) for text in texts if isinstance(text, str))


def _same(text: str) -> str:
    """What a patient's words are recognised by at the next visit."""
    return " ".join(text.split()).casefold()


def _rated(questionnaire: Protocol, answers: Answers) -> tuple[tuple[str, float], ...]:
    """Each thing the patient named with its own rating: the number asked for after the text."""
    found: list[tuple[str, float]] = []
    named = ""
    for item in questionnaire.items.values():
        held = answers.get(item.id)
        value = None if held is None else held.value
        if item.kind is Kind.TEXT:
            named = " ".join(value.split()) if isinstance(value, str) else ""
        elif named and isinstance(value, float):
            found.append((named, value))
            named = ""
    return tuple(found)


def score_of(item: Item, answer: Answer | None) -> Scored | None:
    """What an item that is an outcome measure says; None where it was not answered."""
    if item.measure is None or answer is None or answer.state is not State.GIVEN:
        return None
    if isinstance(answer.value, Scored):
        return answer.value
    if isinstance(answer.value, float):
        return Scored(answer.value, answer.value)
    return None


def found(reading: Reading) -> tuple[OutcomeFinding, ...]:
    """The score of every outcome measure that was answered; of a questionnaire all of its own."""
    protocol = reading.protocol
    findings = []
    for item in protocol.measured:
        held = score_of(item, reading.answer(item.id))
        if held is not None and item.measure is not None:
            on: date | None = held.on
            findings.append(
                OutcomeFinding(
                    item.id,
                    item.label,
                    item.measure.questionnaire.id,
                    held.score,
                    held.low,
                    held.high,
                    held.missing,
                    on,
                    item.measure.score.mdc,
                    held.rated,
                    item.measure.score.mdc_single,
                )
            )
    for score in protocol.scores.values():
        low, high, missing = _run(score, reading)
        known = low if low == high else None
        findings.append(
            OutcomeFinding(
                score.id,
                score.label,
                protocol.id,
                known,
                low,
                high,
                missing,
                error=score.mdc,
                rated=_rated(protocol, reading.answers) if score.mdc_single else (),
                single_error=score.mdc_single,
            )
        )
    return tuple(findings)


def comparable(before: Scored, now: Scored) -> bool:
    """Whether both scores are known and are about the same."""
    known = before.score is not None and now.score is not None
    same = not (before.about and now.about) or before.about == now.about
    return known and same


def change(score: Score, before: float, now: float) -> Change:
    """The change between two scores, with its sign turned so that more is better."""
    amount = now - before if score.better == "higher" else before - now
    amount = round(amount, DECIMALS)
    return Change(
        before,
        now,
        amount,
        _reached(abs(amount), score.mdc) if amount else Truth.FALSE,
        _important(score, before, amount) if amount else Truth.FALSE,
    )


def single(score: Score) -> Score | None:
    """One rating alone as a score of its own: it errs more than the mean of several."""
    if score.mdc_single is None:
        return None
    return replace(
        score,
        whole=True,
        mcid=None,
        mcid_pct=None,
        mdc=score.mdc_single,
        mdc_source=score.mdc_single_source,
    )


def singles(score: Score, before: Scored, now: Scored) -> Iterator[tuple[str, Change]]:
    """Each rating of today that was taken of the same thing before, in today's words.

    They compare one by one, also where the lists differ and their means do not.
    """
    alone = single(score)
    if alone is None:
        return
    earlier = {_same(name): value for name, value in before.rated}
    for name, value in now.rated:
        if _same(name) in earlier:
            yield name, change(alone, earlier[_same(name)], value)


def standing(score: Score, value: float) -> Change:
    """For a score that itself says how much has changed: its distance from "no change"."""
    return change(score, 0.0, value)


def _important(score: Score, before: float, amount: float) -> Truth:
    points = _reached(abs(amount), score.mcid)
    # The percentage was established for getting better, and there is none of nothing.
    if points is Truth.TRUE or score.mcid_pct is None or amount < 0 or before == 0:
        return points
    share = _reached(round(100 * abs(amount / before), DECIMALS), score.mcid_pct)
    return share if share is Truth.TRUE or score.mcid is None else points


def _reached(amount: float, limit: float | None) -> Truth:
    if limit is None:
        return Truth.UNKNOWN
    return Truth.TRUE if amount >= limit else Truth.FALSE
