"""The finding rules of a protocol file: red flags, grade, patterns, tests, paths and advice."""

from collections.abc import Iterable, Mapping

from clinic_desk.clinical import rules as ruling
from clinic_desk.clinical.logic import Condition
from clinic_desk.clinical.protocol import Item, Kind
from clinic_desk.library.protocol_file import FlagTable, GradeTable, PathTable
from clinic_desk.library.protocol_rules import Rules
from clinic_desk.library.toml_file import Trail


def numbered(text_id: str, place: int) -> str:
    """A text id for the first, second, … of several: plain, then with .2, .3, …"""
    return text_id if place == 0 else f"{text_id}.{place + 1}"


def flags(rules: Rules) -> dict[str, ruling.Flag]:
    found = {}
    for place, table in enumerate(rules.table.flag):
        trail: Trail = ("flag", place)
        rules.known((*trail, "group"), "group", table.group, rules.vocabulary.groups)
        cases = _flag_cases(rules, trail, table)
        name = f"flag.{table.id}"
        found[table.id] = ruling.Flag(
            id=table.id,
            group=table.group,
            label=rules.text(f"{name}.label", table.label),
            cases=tuple(sorted(cases, key=lambda case: -case.urgency.rank)),
            why=rules.text(f"{name}.why", table.why),
            source=table.source,
            working=table.working,
            not_strain=table.not_strain,
        )
    _check_circles(rules, found)
    return found


def _flag_cases(rules: Rules, trail: Trail, table: FlagTable) -> list[ruling.FlagCase]:
    recipients = {one.id for one in rules.table.recipient}
    name = f"flag.{table.id}"
    cases = []
    for number, case in enumerate(table.case):
        inner = (*trail, "case", number)
        for recipient in case.refer_to:
            rules.known((*inner, "refer_to"), "recipient", recipient, recipients)
        if not case.refer_to:
            rules.fault(inner, "a case needs somebody in refer_to")
        if case.target_days is not None and case.urgency.value != "urgent_2w":
            rules.fault((*inner, "target_days"), "only urgent_2w has target days")
        when = rules.condition((*inner, "when"), case.when)
        if when is None:
            continue
        outside = [asked for asked in when.flags if not asked.startswith(("flag:", "flag_group:"))]
        if outside:
            rules.fault((*inner, "when"), "a red flag may look at items and other flags only")
            continue
        cases.append(
            ruling.FlagCase(
                when=when,
                urgency=case.urgency,
                refer_to=tuple(case.refer_to),
                action=rules.text(numbered(f"{name}.action", number), case.action),
                label=rules.text(f"{name}.label.{number + 1}", case.label),
                target_days=case.target_days,
                because=rules.text(numbered(f"{name}.because", number), case.because),
                working=case.working,
            )
        )
    return cases


def _check_circles(rules: Rules, flags_found: Mapping[str, ruling.Flag]) -> None:
    members: dict[str, set[str]] = {}
    for flag in flags_found.values():
        members.setdefault(flag.group, set()).add(flag.id)

    def looks_at(flag: ruling.Flag) -> set[str]:
        names: set[str] = set()
        for case in flag.cases:
            for asked in case.when.flags:
                kind, name = asked.split(":", 1)
                names |= {name} if kind == "flag" else members.get(name, set())
        return names

    for place, table in enumerate(rules.table.flag):
        seen: set[str] = set()
        waiting = looks_at(flags_found[table.id])
        while waiting:
            name = waiting.pop()
            if name not in seen and name in flags_found:
                seen.add(name)
                waiting |= looks_at(flags_found[name])
        if table.id in seen:
            rules.fault(("flag", place), "this flag looks at itself through other flags")


def grade(rules: Rules) -> ruling.GradeRule | None:
    table = rules.table.grade
    if table is None:
        return None
    trail: Trail = ("grade",)
    if table.cuts != sorted(set(table.cuts)) or not all(0 < cut < 1 for cut in table.cuts):
        rules.fault((*trail, "cuts"), "the cuts must rise between 0 and 1")
    if len(table.names) != len(table.cuts) + 1:
        rules.fault((*trail, "names"), f"{len(table.cuts)} cuts need {len(table.cuts) + 1} names")
    for number, group in enumerate(table.required):
        for item in group.any:
            rules.known((*trail, "required", number, "any"), "item", item, rules.items)
    return ruling.GradeRule(
        title=rules.text("grade.title", table.title),
        note=rules.text("grade.note", table.note),
        source=table.source,
        needed=table.needed,
        cuts=tuple(table.cuts),
        names=tuple(rules.text(f"grade.name.{n}", name) for n, name in enumerate(table.names)),
        zero=_grade_condition(rules, (*trail, "zero"), table.zero),
        required=tuple(tuple(group.any) for group in table.required),
        items=_grade_items(rules, table),
        hard=_hard(rules, table),
        withhold=tuple(
            ruling.Ground(when, rules.text(f"grade.withhold.{n + 1}", one.because))
            for n, one in enumerate(table.withhold)
            if (when := _grade_condition(rules, ("grade", "withhold", n, "when"), one.when))
        ),
        bounds=_bounds(rules, table),
        either=_either(rules, table),
        **_first_days(rules, table),  # type: ignore[arg-type]  # each has its field's own type
    )


def _first_days(rules: Rules, table: GradeTable) -> dict[str, object]:
    """What of the rule tells the injury from its recovery."""
    trail: Trail = ("grade",)
    day = rules.items.get(table.injured_on)
    if (table.fresh_days is None) != (not table.injured_on):
        rules.fault(trail, "fresh_days and injured_on go together")
    elif table.injured_on and (day is None or day.kind is not Kind.DATE):
        rules.fault((*trail, "injured_on"), f"`{table.injured_on}` is no date item")
    for item in rules.items.values():
        if (item.ages or item.stands_in) and table.fresh_days is None:
            rules.fault(trail, f"`{item.id}` speaks of the first days: fresh_days is missing")
        if item.stands_in:
            _check_stand_in(rules, trail, item)
    for number, one in enumerate(table.report):
        if one.grade > len(table.cuts):
            rules.fault((*trail, "report", number, "grade"), "there is no such grade")
    return {
        "fresh_days": table.fresh_days,
        "injured_on": table.injured_on,
        "reports": tuple(
            ruling.Report(when, rules.text(f"grade.report.{n + 1}", one.because), one.grade)
            for n, one in enumerate(table.report)
            if (when := _grade_condition(rules, ("grade", "report", n, "when"), one.when))
        ),
        "doubts": tuple(
            ruling.Ground(when, rules.text(f"grade.doubt.{n + 1}", one.because))
            for n, one in enumerate(table.doubt)
            if (when := _grade_condition(rules, ("grade", "doubt", n, "when"), one.when))
        ),
    }


def _check_stand_in(rules: Rules, trail: Trail, item: Item) -> None:
    """A stand-in is asked like what it stands for, or its answer would mean something else."""
    place = f"`{item.id}` stands in for `{item.stands_in}`"
    whole = rules.items.get(item.stands_in)
    if whole is None:
        rules.fault(trail, f"{place}, which is no item")
        return
    aging = {one.id for one in rules.items.values() if one.ages}
    derived = next((one for one in rules.table.derived if one.id == whole.id), None)
    if whole.id not in aging and (
        derived is None or not any(one in derived.value for one in aging)
    ):
        rules.fault(trail, f"{place}, which does not age")
    same = (item.kind, item.unit, item.worse, tuple(one.id for one in item.choices))
    if same != (whole.kind, whole.unit, whole.worse, tuple(one.id for one in whole.choices)):
        rules.fault(trail, f"{place}, but is not answered alike")


def _grade_condition(rules: Rules, trail: Trail, text: str) -> Condition | None:
    when = rules.condition(trail, text)
    if when is not None and "grade" in when.flags:
        rules.fault(trail, "the grade cannot be worked out from the grade")
        return None
    return when


def _grade_items(rules: Rules, table: GradeTable) -> tuple[ruling.GradeItem, ...]:
    found = []
    for number, item in enumerate(table.item):
        trail: Trail = ("grade", "item", number)
        scoring = rules.scoring(trail, item, whole=True)
        others = [
            rules.scoring((*trail, "or_else", n), other, whole=False)
            for n, other in enumerate(item.or_else)
        ]
        because = rules.text(f"grade.item.{item.value}", item.because)
        none = rules.text(f"grade.item.{item.value}.none", item.because_none)
        if none and not item.bands:
            rules.fault((*trail, "because_none"), "only a number can be 0 or less")
        if scoring is not None:
            or_else = tuple(other for other in others if other is not None)
            found.append(ruling.GradeItem(scoring, because, or_else, none))
    return tuple(found)


def _hard(rules: Rules, table: GradeTable) -> tuple[ruling.HardSign, ...]:
    return tuple(
        ruling.HardSign(when, rules.text(f"grade.hard.{n + 1}", one.because), one.decisive)
        for n, one in enumerate(table.hard)
        if (when := _grade_condition(rules, ("grade", "hard", n, "when"), one.when))
    )


def _bounds(rules: Rules, table: GradeTable) -> tuple[ruling.Bound, ...]:
    found = []
    for number, bound in enumerate(table.bound):
        trail: Trail = ("grade", "bound", number)
        if (bound.at_least is None) == (bound.at_most is None):
            rules.fault(trail, "a bound has either at_least or at_most")
        when = _grade_condition(rules, (*trail, "when"), bound.when)
        if max(bound.at_least or 0, bound.at_most or 0) > len(table.cuts):
            rules.fault(trail, f"there is no grade above {len(table.cuts)}")
        if when is not None:
            text = rules.text(f"grade.bound.{number + 1}", bound.because)
            found.append(ruling.Bound(when, text, bound.at_least, bound.at_most))
    return tuple(found)


def _either(rules: Rules, table: GradeTable) -> tuple[ruling.Either, ...]:
    found = []
    for number, one in enumerate(table.either):
        trail: Trail = ("grade", "either", number)
        if not all(0 <= value <= len(table.cuts) for value in one.grades):
            rules.fault((*trail, "grades"), f"the grades are 0 to {len(table.cuts)}")
        when = _grade_condition(rules, (*trail, "when"), one.when)
        if when is not None:
            text = rules.text(f"grade.either.{number + 1}", one.because)
            found.append(ruling.Either(when, text, tuple(one.grades)))
    return tuple(found)


def patterns(rules: Rules) -> dict[str, ruling.Pattern]:
    found = {}
    for place, table in enumerate(rules.table.pattern):
        trail: Trail = ("pattern", place)
        for key, weights in (("supports", table.supports), ("contradicts", table.contradicts)):
            check_findings(rules, (*trail, key), weights)
        name = f"pattern.{table.id}"
        found[table.id] = ruling.Pattern(
            id=table.id,
            label=rules.text(f"{name}.label", table.label),
            direction=rules.text(f"{name}.direction", table.direction),
            supports=dict(table.supports),
            contradicts=dict(table.contradicts),
            first=table.first,
            hides_stretch=table.hides_stretch,
            source=table.source,
            drill=table.drill,
            remeasure=rules.text(f"{name}.remeasure", table.remeasure),
            retest=tuple(table.retest),
        )
        for item in table.retest:
            rules.known((*trail, "retest"), "item", item, rules.items)
    return found


def check_findings(rules: Rules, trail: Trail, names: Iterable[str]) -> None:
    for name in names:
        item = rules.items.get(name)
        if item is None:
            rules.fault(trail, f"unknown item `{name}`")
        elif item.kind not in (Kind.YES_NO, Kind.YES_NO_UNSURE):
            rules.fault(trail, f"`{name}` is a {item.kind.value} item, not a yes/no finding")


def safety(rules: Rules) -> dict[str, tuple[str, ...]]:
    for place, table in enumerate(rules.table.safety):
        for item in table.items:
            rules.known(("safety", place, "items"), "item", item, rules.items)
        rules.text(f"safety.{table.id}.title", table.title)
    return {table.id: tuple(table.items) for table in rules.table.safety}


def imaging(rules: Rules) -> tuple[ruling.Imaging, ...]:
    groups = {one.id for one in rules.table.safety}
    found = []
    for place, table in enumerate(rules.table.imaging):
        trail: Trail = ("imaging", place)
        for group in table.safety:
            rules.known((*trail, "safety"), "safety group", group, groups)
        name = f"imaging.{table.id}"
        cases = []
        for number, case in enumerate(table.case):
            when = rules.condition((*trail, "case", number, "when"), case.when)
            if when is not None:
                text = rules.text(numbered(f"{name}.because", number), case.because)
                cases.append(ruling.ImagingCase(when, case.urgency, text))
        found.append(
            ruling.Imaging(
                id=table.id,
                label=rules.text(f"{name}.label", table.label),
                cases=tuple(sorted(cases, key=lambda case: -case.urgency.rank)),
                safety=tuple(table.safety),
                source=table.source,
                working=table.working,
            )
        )
    return tuple(found)


def paths(rules: Rules) -> tuple[ruling.Path, ...]:
    found = []
    for place, table in enumerate(rules.table.path):
        trail: Trail = ("path", place)
        when = rules.condition((*trail, "when"), table.when)
        steps = _path_steps(rules, trail, table)
        if when is not None:
            text = rules.text(f"path.{table.id}.because", table.because)
            found.append(ruling.Path(table.id, when, text, steps))
    return tuple(found)


def _path_steps(rules: Rules, trail: Trail, table: PathTable) -> tuple[ruling.PathStep, ...]:
    found = []
    for number, step in enumerate(table.step):
        leave = rules.condition((*trail, "step", number, "leave"), step.leave)
        text = rules.text(f"path.{table.id}.step.{number + 1}", step.because)
        found.append(ruling.PathStep(step.template, step.stage, leave, text))
    return tuple(found)


def advice(rules: Rules) -> tuple[ruling.Advice, ...]:
    found = []
    for place, table in enumerate(rules.table.advice):
        when = rules.condition(("advice", place, "when"), table.when)
        label = rules.text(f"advice.{table.id}.label", table.label)
        if when is not None:
            found.append(ruling.Advice(table.id, label, when, table.waits))
    return tuple(found)
