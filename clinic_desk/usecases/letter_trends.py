"""The outcome measures of a case as curves for a letter."""

from collections.abc import Iterable

from clinic_desk.clinical import outcomes
from clinic_desk.documents.content import LetterTrend
from clinic_desk.drawing import progress
from clinic_desk.drawing.trend import Trend
from clinic_desk.usecases import outcome_words, words
from clinic_desk.usecases.outcomes import History

_WAYS = {"lower": "lower is better", "higher": "higher is better"}


def of(histories: Iterable[History]) -> tuple[LetterTrend, ...]:
    """A curve for each measure with two scores that can be compared; the others have none.

    A score that is itself a change since the start has no curve either.
    """
    return tuple(drawn for drawn in map(_drawn, histories) if drawn is not None)


def _drawn(one: History) -> LetterTrend | None:
    score = one.measure.score
    if score.of_change:
        return None
    points = [point for point in one.points if outcomes.comparable(point.held, one.last.held)]
    if len(points) < 2:
        return None
    first, last = points[0], points[-1]
    scores = [point.score for point in points]
    lowest, highest = progress.scale(score.minimum, score.maximum, scores)
    return LetterTrend(
        name=one.name,
        trend=Trend(
            points=tuple(((point.on - first.on).days, point.score) for point in points),
            lowest=lowest,
            highest=highest,
            first_said=outcome_words.amount(score, first.score),
            last_said=outcome_words.amount(score, last.score),
        ),
        note=f"{words.day(first.on)} to {words.day(last.on)}\n{_WAYS[score.better]}",
    )
