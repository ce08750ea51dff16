"""Exercises and program templates as the clinic speaks of them, and when each is advised.

A gate is a lower bound by grade and time; the criteria and the clinician decide.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from clinic_desk.clinical.dosage import Dosage
from clinic_desk.clinical.findings import Reason


class Allow(StrEnum):
    """What a gate says once its day has come."""

    YES = "yes"
    CLINICIAN = "clinician"  # only if the clinician judges so
    NO_BEFORE = "no_before"  # ruled out before its day, then the clinician judges


class Laterality(StrEnum):
    """Which side does the exercise."""

    BOTH = "both"
    AFFECTED = "affected"
    EACH = "each"


@dataclass(frozen=True, slots=True)
class GateRule:
    """When an exercise may begin: days since the injury, or weeks since the repair."""

    allow: Allow
    earliest: int = 0


REGIONS: Mapping[str, str] = {
    **dict.fromkeys(("hamstrings", "front of thigh", "inner thigh"), "thigh"),
    **dict.fromkeys(("calf", "deep calf", "shin", "ankle", "foot and ankle"), "calf and foot"),
    **dict.fromkeys(("buttocks", "side of the buttock", "outer hip", "hips"), "hip"),
    **dict.fromkeys(("hip benders", "hip stabilisers", "hip turners"), "hip"),
    **dict.fromkeys(("deep tummy", "tummy", "deep back", "back", "trunk"), "trunk"),
    **dict.fromkeys(("side of the trunk", "pelvic floor", "breathing muscle"), "trunk"),
    **dict.fromkeys(("posture muscles", "shoulders"), "trunk"),
}
"""Muscles of the exercise files by region; what is in none of them is the whole body's."""
OTHER_REGION = "whole body"


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise of the library, without its pictures.

    `stage` 1 to 4; `load_class` 0 (no hamstring tension) to 5 (stretch at length);
    `pain_limit` 0 to 10; `gates` by grade 1 to 3. `easier` and `harder` are ids.
    """

    id: str
    name: str
    short_name: str
    stage: int
    load_class: int
    category: str
    position: str
    laterality: Laterality
    muscles: tuple[str, ...]
    equipment: tuple[str, ...]
    support: tuple[str, ...]
    stretch: bool
    start: str
    steps: tuple[str, ...]
    cues: tuple[str, ...]
    precautions: str
    stop: tuple[str, ...]
    pain_limit: int
    tags: tuple[str, ...]
    contraindications: tuple[str, ...]
    easier: str | None
    harder: str | None
    source: str
    dosage: Dosage
    gates: Mapping[int, GateRule]
    post_repair: GateRule

    @property
    def regions(self) -> tuple[str, ...]:
        """Where the muscles lie that it is for, in the words of the filter."""
        found = (REGIONS.get(word, OTHER_REGION) for word in self.muscles)
        return tuple(dict.fromkeys(found))

    @property
    def seconds(self) -> int:
        """Seconds at the default dose."""
        return self.dosage.seconds


@dataclass(frozen=True, slots=True)
class Criterion:
    """What must hold before the next stage: a text, and a condition where items can say it.
    A `working` one waits for clinical sign-off.
    """

    text: str
    when: str | None = None
    source: str = ""
    working: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """A ready-made program. `min_day` counts from the injury, `min_week_post_op` from a repair."""

    id: str
    name: str
    phase: str
    stage: int
    exercises: tuple[str, ...]
    add_ons: tuple[str, ...]
    frequency: str
    times_per_day: int
    days_per_week: int
    pain_limit: int
    entry: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    stop: tuple[str, ...]
    notes: str
    next: str | None
    min_day: int | None
    grade: int | None
    min_week_post_op: int | None


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether something is advised now.

    `decide` asks for the clinician's own judgement although the time has come. `earliest` is
    the day (or, after a repair, the week) from which the gate opens; `exercise` names the one
    that sets a template's gate.
    """

    advised: bool
    decide: bool
    earliest: int
    reason: Reason | None = None
    exercise: str | None = None


OPEN = Gate(advised=True, decide=False, earliest=0)


def gate(
    exercise: Exercise, grade: int | None, day: int | None, post_repair_week: int | None = None
) -> Gate:
    """Whether the exercise is advised for a grade on a day since the injury.

    After a surgical repair only the weeks since then count. Without a strain (grade None or 0)
    nothing holds an exercise back. A day that is not known counts as too early where the gate
    has a day at all.
    """
    if post_repair_week is not None:
        return _judge(exercise.post_repair, post_repair_week, "week", {"weeks": post_repair_week})
    rule = exercise.gates.get(grade) if grade else None
    if rule is None:
        return OPEN
    return _judge(rule, day, "day", {"grade": grade})


def _judge(rule: GateRule, now: int | None, unit: str, params: Mapping[str, object]) -> Gate:
    decide = rule.allow is not Allow.YES
    said = {**params, "earliest": rule.earliest, "now": now}
    if now is None and rule.earliest > 0:
        return Gate(False, decide, rule.earliest, Reason(f"gate.{unit}_unknown", said))
    if now is not None and now < rule.earliest:
        ruled_out = rule.allow is Allow.NO_BEFORE
        text = f"gate.not_before_{unit}" if ruled_out else f"gate.from_{unit}"
        return Gate(False, decide, rule.earliest, Reason(text, said))
    reason = Reason("gate.clinician_decides", said) if decide else None
    return Gate(True, decide, rule.earliest, reason)


def template_gate(
    template: Template,
    exercises: Sequence[Exercise],
    grade: int | None,
    day: int | None,
    post_repair_week: int | None = None,
) -> Gate:
    """A template's gate: the latest of its exercises' gates and of its own earliest time.

    `exercises` are the template's, without the add-ons.
    """
    own: list[Gate] = []
    if post_repair_week is not None:
        if template.min_week_post_op is not None:
            rule = GateRule(Allow.YES, template.min_week_post_op)
            own.append(_judge(rule, post_repair_week, "week", {"weeks": post_repair_week}))
    elif template.min_week_post_op is not None:
        reason = Reason("gate.only_after_repair", {"earliest": template.min_week_post_op})
        return Gate(False, False, template.min_week_post_op, reason)
    elif grade and template.min_day is not None:
        own.append(_judge(GateRule(Allow.YES, template.min_day), day, "day", {"grade": grade}))
    latest = max(own, key=lambda each: each.earliest, default=OPEN)
    setter: str | None = None
    decide = False
    for exercise in exercises:
        found = gate(exercise, grade, day, post_repair_week)
        decide = decide or found.decide
        if found.earliest > latest.earliest or (found.reason and not latest.reason):
            if found.earliest < latest.earliest:
                continue
            latest, setter = found, exercise.id
    return Gate(latest.advised, decide, latest.earliest, latest.reason, setter)
