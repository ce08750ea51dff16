"""Two prescribed programs side by side: what was added, taken out, or given in another dose."""

from dataclasses import dataclass, fields

from clinic_desk.usecases import supersets
from clinic_desk.usecases.program_views import Line, ProgramContent

_ASIDE = ("exercise", "override_reason", "superset")


@dataclass(frozen=True, slots=True)
class Row:
    """One exercise in both. `state`: same, added, removed, changed."""

    exercise: str
    state: str
    before: Line | None
    after: Line | None
    changed: tuple[str, ...] = ()  # fields of the dose


def compared(before: ProgramContent, after: ProgramContent) -> tuple[Row, ...]:
    """Every exercise of both, in the later one's order, then what it left out."""
    then = {line.exercise: line for line in before.lines}
    turned_then, turned_now = _turned(before), _turned(after)
    rows = []
    for line in after.lines:
        old = then.pop(line.exercise, None)
        if old is None:
            rows.append(Row(line.exercise, "added", None, line))
            continue
        names = [one.name for one in fields(Line) if one.name not in _ASIDE]
        changed = [name for name in names if getattr(old, name) != getattr(line, name)]
        if (line.exercise in turned_then) != (line.exercise in turned_now):
            changed.append("superset")
        state = "changed" if changed else "same"
        rows.append(Row(line.exercise, state, old, line, tuple(changed)))
    rows += [Row(line.exercise, "removed", line, None) for line in then.values()]
    return tuple(rows)


def _turned(content: ProgramContent) -> set[str]:
    """The exercises that are done in turn with another."""
    return {
        content.lines[place].exercise
        for block in supersets.blocks(content.lines)
        if block.together
        for place in block.places
    }
