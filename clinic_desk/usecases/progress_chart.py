"""A case's progress as charts and as tables: the same for the page, for paper and for CSV."""

from clinic_desk.drawing import progress as drawn
from clinic_desk.drawing.progress import Chart, Mark, Series
from clinic_desk.drawing.shapes import Picture
from clinic_desk.i18n import _
from clinic_desk.usecases import words
from clinic_desk.usecases.progress import Taken, Track

DIFFERENCE, SIDES = "difference", "sides"  # the two pictures of a pair


def ways(track: Track) -> tuple[str, ...]:
    """Which pictures a measure has: a score has one, a pair without a sore side only its sides."""
    if track.kind == "score":
        return (DIFFERENCE,)
    return (DIFFERENCE, SIDES) if track.has_difference else (SIDES,)


def chart(track: Track, way: str = DIFFERENCE) -> Chart:
    """One measure as curves."""
    way = way if way in ways(track) else ways(track)[0]
    if way == SIDES:
        return _sides(track)
    points = [one for one in track.taken if one.amount is not None and one.comparable]
    first = points[0].on
    said = _short if track.kind == "score" else lambda one: _value(one.amount, track.unit)
    marks = tuple(Mark((one.on - first).days, one.amount or 0.0, said(one)) for one in points)
    goal = track.goal
    held = [one.value for one in marks] + ([goal.below] if goal else [])
    low, high = drawn.span(held)
    if track.lowest is not None and track.highest is not None:
        low, high = drawn.scale(track.lowest, track.highest, [*held, *(track.band or ())])
    return Chart(
        series=(Series(marks),),
        lowest=low,
        highest=high,
        days=_days(points),
        goal=goal.below if goal else None,
        goal_said=goal.said if goal else "",
        band=track.band,
        band_said=track.band_said,
    )


def picture(track: Track, way: str = DIFFERENCE) -> Picture:
    """The chart as shapes; screen and paper draw the very same."""
    return drawn.picture(chart(track, way))


def header(track: Track) -> tuple[str, ...]:
    """The columns of the table of a measure."""
    if track.kind == "score":
        return (_("Day"), _("Score"), _("Note"))
    return (_("Day"), _("Left"), _("Right"), _("Difference"), _("Note"))


def rows(track: Track) -> tuple[tuple[str, ...], ...]:
    """What the chart shows, in words, the oldest first; what was not measured says so."""
    return tuple(_row(track, one) for one in track.taken)


def _row(track: Track, one: Taken) -> tuple[str, ...]:
    note = [] if one.signed else [_("not signed")]
    if not one.comparable:
        note.append(_("other activities were rated"))
    said = "; ".join(note)
    if track.kind == "score":
        return (words.day(one.on), one.said, said)
    sides = (_side(one.left, track.raw_unit), _side(one.right, track.raw_unit))
    return (words.day(one.on), *sides, one.said, said)


def _side(value: float | None, unit: str) -> str:
    return _("not measured") if value is None else words.with_unit(value, unit)


def _sides(track: Track) -> Chart:
    points = [one for one in track.taken if one.left is not None or one.right is not None]
    first = points[0].on
    series = []
    for name, side in ((_("Left"), "left"), (_("Right"), "right")):
        marks = tuple(
            Mark((one.on - first).days, value, _value(value, track.raw_unit))
            for one in points
            if (value := one.left if side == "left" else one.right) is not None
        )
        # the sore side is drawn through; where none is, the left
        sore = track.side.value if track.side and track.side.value in ("left", "right") else "left"
        if marks:
            series.append(Series(marks, name, main=side == sore))
    low, high = drawn.span(mark.value for one in series for mark in one.marks)
    return Chart(tuple(series), low, high, _days(points))


def _days(points: list[Taken]) -> tuple[tuple[int, str], ...]:
    first = points[0].on
    return tuple(dict.fromkeys(((one.on - first).days, words.short_day(one.on)) for one in points))


def _value(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    short = round(value) if unit in ("%", "N", "Nm") else round(value, 1)
    return words.with_unit(short, unit) if unit in ("°", "%") else f"{short:g}"


def _short(one: Taken) -> str:
    return f"{one.amount:.1f}".removesuffix(".0") if one.amount is not None else ""
