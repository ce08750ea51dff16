"""The tables and drawings of a letter in another language, and the measures in sentences."""

from collections.abc import Iterator
from dataclasses import replace

from clinic_desk.clinical import outcomes
from clinic_desk.clinical.measures import Side
from clinic_desk.clinical.protocol import Kind
from clinic_desk.documents.content import LetterChart, LetterTrend
from clinic_desk.library.letters import LetterKind
from clinic_desk.usecases import letter_trends, letter_words, words
from clinic_desk.usecases import tongue_answers as answers
from clinic_desk.usecases.answer_words import change_of, difference
from clinic_desk.usecases.letter_record import Record
from clinic_desk.usecases.outcomes import History
from clinic_desk.usecases.tongue import Tongue

Rows = tuple[tuple[str, ...], ...]


def table(tongue: Tongue, record: Record, kind: LetterKind) -> Rows:
    """The table of a kind; empty without a row. Raises Unsaid."""
    if not kind.has_measures:
        return _findings(tongue, record)
    rows = [*_outcomes(tongue, record), *_pairs(tongue, record)]
    if not rows:
        return ()
    heads = ("head_measure", "head_first", "head_now", "head_change", "head_meaning")
    return (tuple(map(tongue.word, heads)), *rows)


def _findings(tongue: Tongue, record: Record) -> Rows:
    before, rows = record.earlier, []
    for item in letter_words.pairs(record):
        now = difference(item, record.newest.answers.get(item.id), record.side)
        then = difference(item, before.answers.get(item.id), record.side) if before else None
        if now is None:
            continue
        row = [
            words.capital(tongue.name(item)),
            answers.one_side(tongue, item, now.left),
            answers.one_side(tongue, item, now.right),
            answers.deficit(tongue, item, now),
        ]
        if before:
            known = then is not None and then.complete
            row.append(
                answers.deficit(tongue, item, then)
                if then is not None and known
                else tongue.word("not_tested")
            )
        rows.append(tuple(row))
    if not rows:
        return ()
    head = [tongue.word(one) for one in ("head_test", "head_left", "head_right", "head_deficit")]
    if before:
        day = tongue.day(words.local(before.care_at).date())
        head.append(f"{tongue.word('head_deficit')}{tongue.word('comma')}{day}")
    return (tuple(head), *rows)


def _outcomes(tongue: Tongue, record: Record) -> Iterator[tuple[str, ...]]:
    comma = tongue.word("comma")

    def at(one: History, place: int) -> str:
        point = one.points[place]
        return f"{answers.score(tongue, one.item, point.score)}{comma}{tongue.short_day(point.on)}"

    for one in record.outcomes:
        name = words.capital(answers.measure_name(tongue, one.item))
        now, score = at(one, -1), one.measure.score
        if score.of_change:
            yield name, "", now, "", tongue.word("against_start")
            continue
        first, found = one.first(), one.since_first()
        if first is None or found is None:
            why = "other_activities" if len(one.points) > 1 else "recorded_once"
            yield name, "", now, "", tongue.word(why)
            yield from _singles(tongue, one, name)
            continue
        change = answers.score_change(tongue, score, found)
        meaning = answers.score_meaning(tongue, score, found) if found.amount else ""
        yield name, at(one, one.points.index(first)), now, change, meaning
        yield from _singles(tongue, one, name)


def _singles(tongue: Tongue, one: History, measure: str) -> Iterator[tuple[str, ...]]:
    """Each activity by itself, below the mean: it has a larger error of its own."""
    alone = outcomes.single(one.measure.score)
    comma = tongue.word("comma")
    for name, point, found in one.singles():
        if alone is None:
            return
        yield (
            f"{measure}: {tongue.typed(name)}",
            f"{tongue.number(found.before)}{comma}{tongue.short_day(point.on)}",
            f"{tongue.number(found.now)}{comma}{tongue.short_day(one.last.on)}",
            answers.score_change(tongue, alone, found),
            answers.score_meaning(tongue, alone, found) if found.amount else "",
        )


def _pairs(tongue: Tongue, record: Record) -> Iterator[tuple[str, ...]]:
    """The affected side's readings of the first and the newest evaluation, where both are there."""
    first, side = record.first, record.side
    if first is None or side not in (Side.LEFT, Side.RIGHT):
        return
    for item in record.reckoned.protocol.items.values():
        if item.kind is not Kind.PAIR:
            continue
        before, now = first.answers.get(item.id), record.newest.answers.get(item.id)
        then, late = difference(item, before, side), difference(item, now, side)
        if then is None or late is None or not (then.complete and late.complete):
            continue
        found = change_of(item, before, now, side)
        yield (
            f"{words.capital(tongue.name(item))}{tongue.word('comma')}{tongue.where(side)}",
            *(
                f"{answers.one_side(tongue, item, getattr(one, side.value))} "
                f"({answers.deficit(tongue, item, one)})"
                for one in (then, late)
            ),
            (answers.gain(tongue, item, found) if found else "") or tongue.word("unchanged"),
            answers.gain_meaning(tongue, item, found) if found else tongue.word("error_unknown"),
        )


def measures(tongue: Tongue, record: Record) -> list[str]:
    """Each measure with its change since the first that it can be compared with."""
    return [_measure(tongue, one) for one in record.outcomes]


def _measure(tongue: Tongue, one: History) -> str:
    score, last = one.measure.score, one.last
    said = tongue.word(
        "measure_on",
        name=answers.measure_name(tongue, one.item),
        value=answers.score(tongue, one.item, last.score),
        day=tongue.day(last.on),
    )
    comma, semicolon = tongue.word("comma"), tongue.word("semicolon")
    if score.of_change:
        meant = answers.score_meaning(tongue, score, outcomes.standing(score, last.score))
        return tongue.sentence(f"{said}{comma}{meant}" if last.score else said)
    first, found = one.first(), one.since_first()
    if first is not None and found is not None:
        said += semicolon + answers.score_change(tongue, score, found, first.on)
        if found.amount:
            said += comma + answers.score_meaning(tongue, score, found)
    elif len(one.points) > 1:
        said += semicolon + tongue.word("other_activities")
    said += "".join(semicolon + each for each in _each(tongue, one))
    return tongue.sentence(said)


def _each(tongue: Tongue, one: History) -> Iterator[str]:
    """Each activity with its change, and what that is worth beside its own error."""
    alone = outcomes.single(one.measure.score)
    for name, _, found in one.singles():
        if alone is None:
            return
        said = f"{tongue.typed(name)} {answers.score_change(tongue, alone, found)}"
        comma = tongue.word("comma")
        if found.amount:
            said += comma + answers.score_meaning(tongue, alone, found)
        yield said


def trends(tongue: Tongue, record: Record) -> tuple[LetterTrend, ...]:
    """The curves with their names and notes in the language. Raises Unsaid."""
    made = []
    for one in record.outcomes:
        for drawn in letter_trends.of([one]):
            first = one.first() or one.last
            span = tongue.word("trend", first=tongue.day(first.on), last=tongue.day(one.last.on))
            way = tongue.word(f"{one.measure.score.better}_better")
            trend = replace(
                drawn.trend,
                first_said=tongue.decimals(drawn.trend.first_said),
                last_said=tongue.decimals(drawn.trend.last_said),
            )
            name = words.capital(answers.measure_name(tongue, one.item))
            made.append(LetterTrend(name, trend, f"{span}\n{way}"))
    return tuple(made)


def chart(tongue: Tongue, drawn: LetterChart) -> LetterChart:
    """The body chart with the language's names of its views and complaints."""
    return replace(
        drawn,
        views=tuple((view, tongue.word(f"view_{view}")) for view, _ in drawn.views),
        legend=tuple((key, words.capital(tongue.speech.types[key])) for key, _ in drawn.legend),
        right=tongue.word("head_right"),
        left=tongue.word("head_left"),
        rated=tongue.word("chart_rated"),
    )
