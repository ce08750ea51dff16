"""The program templates of the clinic as their page shows them: all rows, and one in full."""

from dataclasses import dataclass

from clinic_desk.clinical.exercise import Template
from clinic_desk.errors import NotFound
from clinic_desk.library.programs import Plans
from clinic_desk.storage.models import ExerciseMark
from clinic_desk.usecases import clinic_library, exercise_marks, words
from clinic_desk.usecases.desk import Desk


@dataclass(frozen=True, slots=True)
class TemplateCard:
    """One template in the list."""

    id: str
    name: str
    stage: int
    minutes: float  # with this clinician's own doses
    exercises: int
    origin: str = ""  # own | changed | outdated, where the clinic made something of it
    withdrawn: bool = False  # no longer offered


@dataclass(frozen=True, slots=True)
class TemplateView:
    """One template in full, in words."""

    card: TemplateCard
    exercises: tuple[tuple[str, float], ...]  # name, minutes
    add_ons: tuple[str, ...]
    about: tuple[tuple[str, str], ...]  # lead and text
    criteria: tuple[tuple[str, str], ...]  # text, and what it reads, or ""
    compared: tuple[tuple[str, str, str], ...]  # what, here, as it ships


@dataclass(frozen=True, slots=True)
class TemplatesView:
    """All templates, hidden ones too, and what is wrong with those that could not be read."""

    cards: tuple[TemplateCard, ...]
    faults: tuple[str, ...] = ()
    exercises: tuple[tuple[str, str], ...] = ()  # id, name: what a template can take


def listing(desk: Desk) -> TemplatesView:
    """Every template by stage and name."""
    clinic_library.refresh(desk)
    plans = desk.library.plans()
    with desk.store.reading() as session:
        marks = dict(exercise_marks.of(session, desk))
    cards = [_card(desk, plans, one, marks) for one in plans.templates.values()]
    return TemplatesView(
        tuple(sorted(cards, key=lambda one: (one.stage, one.name))),
        tuple(str(one) for one in plans.problems),
        tuple((one.exercise.id, one.exercise.name) for one in desk.library.exercises()),
    )


def view(desk: Desk, template: str) -> TemplateView:
    """One template. Raises NotFound."""
    plans = desk.library.plans()
    one = plans.templates.get(template)
    if one is None:
        raise NotFound(f"There is no program “{template}” in the library.")
    with desk.store.reading() as session:
        marks = dict(exercise_marks.of(session, desk))
    known = desk.library.shelf().exercises
    parts = [known[name].exercise for name in one.exercises if name in known]
    return TemplateView(
        card=_card(desk, plans, one, marks),
        exercises=tuple(
            (part.name, round(exercise_marks.seconds(part, marks.get(part.id)) / 60, 1))
            for part in parts
        ),
        add_ons=tuple(known[name].exercise.name for name in one.add_ons if name in known),
        about=_about(desk, one),
        criteria=tuple((each.text, each.when or "") for each in one.criteria),
        compared=_compared(desk, one) if template in plans.changed else (),
    )


def _card(desk: Desk, plans: Plans, one: Template, marks: dict[str, ExerciseMark]) -> TemplateCard:
    known = desk.library.shelf().exercises
    parts = [known[name].exercise for name in one.exercises if name in known]
    return TemplateCard(
        id=one.id,
        name=one.name,
        stage=one.stage,
        minutes=round(exercise_marks.session_seconds(parts, marks) / 60, 1),
        exercises=len(parts),
        origin=plans.origin(one.id),
        withdrawn=one.id in plans.hidden,
    )


def _about(desk: Desk, one: Template) -> tuple[tuple[str, str], ...]:
    following = desk.library.plans().templates.get(one.next or "")
    earliest = [
        f"from day {one.min_day}" if one.min_day is not None else "",
        f"from week {one.min_week_post_op} after a repair" if one.min_week_post_op else "",
        f"for a grade {one.grade} strain" if one.grade is not None else "",
    ]
    said = (
        ("How often", _often(one)),
        ("Pain limit", f"{one.pain_limit} of 10"),
        ("When", words.sentence(", ".join(part for part in earliest if part))),
        ("Before it begins", "\n".join(one.entry)),
        ("Stop if", "\n".join(one.stop)),
        ("Notes", one.notes),
        ("Next", following.name if following else ""),
    )
    return tuple((lead, text) for lead, text in said if text)


def _often(one: Template) -> str:
    days = words.counted(one.days_per_week, "day a week", "days a week")
    return f"{words.counted(one.times_per_day, 'time a day', 'times a day')}, {days}"


_COMPARED = {
    "name": "Name",
    "stage": "Stage",
    "exercises": "Exercises",
    "add_ons": "Can be added",
    "times_per_day": "Times a day",
    "days_per_week": "Days a week",
    "pain_limit": "Pain limit",
    "entry": "Before it begins",
    "criteria": "To move on",
    "stop": "Stop if",
    "notes": "Notes",
    "next": "Next",
    "min_day": "From day",
    "grade": "Grade",
    "min_week_post_op": "From week after a repair",
}


def _compared(desk: Desk, mine: Template) -> tuple[tuple[str, str, str], ...]:
    """What differs from the shipped version, in words."""
    ships = desk.library.shipped_plans().templates.get(mine.id)
    if ships is None:
        return ()
    known = desk.library.shelf().exercises
    plans = desk.library.plans().templates

    def said(one: Template, name: str) -> str:
        value = getattr(one, name)
        if name in ("exercises", "add_ons"):
            return ", ".join(known[key].exercise.name if key in known else key for key in value)
        if name == "criteria":
            return "; ".join(each.text for each in value) or "–"
        if name == "next":
            return plans[value].name if value in plans else "–"
        if isinstance(value, tuple):
            return "; ".join(value) or "–"
        return "–" if value is None or value == "" else str(value)

    pairs = ((label, said(mine, key), said(ships, key)) for key, label in _COMPARED.items())
    found = [(label, here, there) for label, here, there in pairs if here != there]
    return tuple(found) or (("Details", "changed here", "as shipped"),)
