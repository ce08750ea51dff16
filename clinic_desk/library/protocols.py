"""Protocol files: read, checked throughout, and built into what `clinical` plays.

All faults of a file are collected; a file with any fault is not used.
"""

import math
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from clinic_desk import paths
from clinic_desk.clinical import protocol as model
from clinic_desk.clinical import rules as ruling
from clinic_desk.clinical.measures import Side
from clinic_desk.clinical.protocol import Case, Kind, Protocol, Texts
from clinic_desk.clinical.reading import Reading
from clinic_desk.errors import LibraryInvalid, NotFound
from clinic_desk.library import (
    protocol_care,
    protocol_checks,
    protocol_depth,
    protocol_findings,
    protocol_links,
    protocol_others,
    protocol_scores,
    protocol_worlds,
    toml_file,
)
from clinic_desk.library.protocol_file import ProtocolTable
from clinic_desk.library.protocol_rules import Rules
from clinic_desk.library.protocol_scores import Measures, no_measures
from clinic_desk.library.toml_file import Fault, TomlFault, TomlFile, Trail


@dataclass(frozen=True, slots=True)
class Checked:
    """A file as it was found: the protocol unless there are faults."""

    protocol: Protocol | None
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...] = ()  # worth knowing, yet the file can be used


def load(path: Path, *, placed: bool = False, measures: Measures | None = None) -> Protocol:
    """A protocol ready to be played; LibraryInvalid names every fault with its line."""
    checked = check(path, placed=placed, measures=measures)
    if checked.protocol is None:
        raise LibraryInvalid("\n".join(str(fault) for fault in checked.faults))
    return checked.protocol


def check(
    path: Path,
    *,
    placed: bool = False,
    thorough: bool = False,
    measures: Measures | None = None,
) -> Checked:
    """Read a file and collect all that is wrong with it.

    `measures`: finds its outcome measures; without it they are read beside it, else as shipped.

    `placed`: it stands in a library, where folder and file are named for its id and version.
    `thorough`: every combination of answers is tried on each rule, too slow for every start.
    """
    name = shown(path)
    try:
        file = toml_file.read(path, name)
    except TomlFault as problem:
        return Checked(None, (problem.fault,))
    found = measures or partial(_measure, (path.parent.parent, paths.resources() / "protocols"))
    try:
        checked = build(file, thorough=thorough, measures=found)
    except RecursionError:
        return Checked(None, (file.fault((), "its rules look at each other too deeply"),))
    if checked.protocol is None or not (placed or thorough):
        return checked
    return _placed(checked, checked.protocol, file, path, placed=placed, thorough=thorough)


def shown(path: Path) -> str:
    """How a file is called in a fault: with its folder, which is the protocol's id."""
    return "/".join(part for part in (path.parent.name, path.name) if part)


def _placed(
    checked: Checked,
    protocol: Protocol,
    file: TomlFile,
    path: Path,
    *,
    placed: bool,
    thorough: bool,
) -> Checked:
    """A file without faults of its own, looked at where it stands and in what it points to."""
    faults, notes = protocol_links.misplaced(
        file, protocol.id, protocol.version, path, placed=placed
    )
    if thorough:
        table = ProtocolTable.model_validate(file.data)
        (faults if placed else notes).extend(protocol_links.dangling(file, table))
        notes.extend(protocol_links.unused(file, table))
    faults.sort(key=lambda fault: fault.line)
    notes.sort(key=lambda fault: fault.line)
    return Checked(None if faults else protocol, tuple(faults), (*notes, *checked.warnings))


def _measure(roots: tuple[Path, ...], name: str) -> Protocol | None:
    """The newest version of a questionnaire, from the first folder that has it without fault."""
    for root in roots:
        known = versions(root).get(name)
        if known:
            found = check(root / name / f"{known[-1]}.toml", measures=no_measures).protocol
            if found is not None:
                return found
    return None


def build(file: TomlFile, *, thorough: bool = False, measures: Measures = no_measures) -> Checked:
    """A protocol from a file's data, or its faults; `measures` finds its outcome measures."""
    try:
        table = ProtocolTable.model_validate(file.data)
    except ValidationError as error:
        return Checked(None, _shape_faults(file, error))
    rules = Rules(file, table, measures)
    protocol = _assembled(rules)
    faults = [*rules.faults, *protocol_depth.too_long(file, protocol)]
    if not faults:
        protocol = _with_spans(protocol)
        faults += protocol_checks.check(file, table, protocol, rules.conditions)
        if thorough and not faults:
            faults += protocol_worlds.contradictions(file, protocol, rules.conditions)
            faults += protocol_worlds.tautologies(file, protocol, rules.conditions)
            faults += protocol_worlds.overshadowed(file, protocol, rules.conditions)
            faults += protocol_care.faults(file, table, protocol, rules.conditions)
    faults.sort(key=lambda fault: fault.line)
    if faults:
        return Checked(None, tuple(faults))
    warnings = protocol_care.untranslated(file, protocol) if thorough else ()
    return Checked(protocol, (), warnings)


def _shape_faults(file: TomlFile, error: ValidationError) -> tuple[Fault, ...]:
    faults = []
    for problem in error.errors(include_url=False):
        trail: Trail = tuple(problem["loc"])
        reason = problem["msg"]
        if problem["type"] == "extra_forbidden":
            reason = "there is no such key here"
        elif problem["type"] == "missing":
            reason = "this key is missing"
        faults.append(file.fault(trail, reason))
    return tuple(sorted(faults, key=lambda fault: fault.line))


def _assembled(rules: Rules) -> Protocol:
    table = rules.table
    derived = rules.derived()
    steps = _steps(rules)
    for place, step in enumerate(table.step):
        for part, section in enumerate(step.section):
            for number, item in enumerate(section.item):
                if item.implied and item.id in rules.items:
                    trail = ("step", place, "section", part, "item", number)
                    rules.check_implied(trail, derived, item.id)
    groups = {
        group.id: ruling.Group(
            group.id,
            rules.text(f"group.{group.id}.title", group.title),
            rules.text(f"group.{group.id}.safety_net", group.safety_net),
        )
        for group in table.group
    }
    for recipient in table.recipient:
        rules.text(f"recipient.{recipient.id}", recipient.label)
    parts = {
        "flags": protocol_findings.flags(rules),
        "grade": protocol_findings.grade(rules),
        "patterns": protocol_findings.patterns(rules),
        "differentials": protocol_others.differentials(rules),
        "banners": protocol_others.banners(rules),
        "holds": protocol_others.holds(rules),
        "safety": protocol_findings.safety(rules),
        "imaging": protocol_findings.imaging(rules),
        "paths": protocol_findings.paths(rules),
        "advice": protocol_findings.advice(rules),
        "scores": protocol_scores.scores(rules),
    }
    return Protocol(
        id=table.id,
        version=table.version,
        title=rules.text("protocol.title", table.title),
        status=rules.text("protocol.status", table.status),
        steps=steps,
        items=rules.items,
        derived=derived,
        recipients=tuple(recipient.id for recipient in table.recipient),
        groups=groups,
        examples=_examples(rules),
        purpose=table.purpose,
        score_only=table.items == "score_only",
        licence=rules.text("protocol.licence", table.licence),
        texts=Texts(
            {
                **table.texts,
                "en": {**protocol_care.SHARED, **rules.texts, **table.texts.get("en", {})},
            }
        ),
        **parts,  # type: ignore[arg-type]  # each part has its field's own type
    )


def _steps(rules: Rules) -> tuple[model.Step, ...]:
    steps = []
    for place, step in enumerate(rules.table.step):
        trail: Trail = ("step", place)
        sections = []
        for part, section in enumerate(step.section):
            inner: Trail = (*trail, "section", part)
            for number, item in enumerate(section.item):
                when = rules.condition((*inner, "item", number, "when"), item.when)
                implied = rules.implied((*inner, "item", number), item)
                odds = rules.at_odds((*inner, "item", number), item)
                if item.id in rules.items:
                    rules.items[item.id] = replace(
                        rules.items[item.id], when=when, implied=implied, at_odds=odds
                    )
            sections.append(
                model.Section(
                    id=section.id,
                    title=rules.text(f"section.{section.id}.title", section.title),
                    items=tuple(item.id for item in section.item),
                    hint=rules.text(f"section.{section.id}.hint", section.hint),
                    red_flags=section.red_flags,
                    when=rules.condition((*inner, "when"), section.when),
                )
            )
        steps.append(
            model.Step(
                id=step.id,
                title=rules.text(f"step.{step.id}.title", step.title),
                sections=tuple(sections),
                hint=rules.text(f"step.{step.id}.hint", step.hint),
                when=rules.condition((*trail, "when"), step.when),
            )
        )
    return tuple(steps)


def _examples(rules: Rules) -> tuple[ruling.Example, ...]:
    return tuple(
        ruling.Example(
            name=example.name,
            request={
                "patient": example.patient.model_dump(exclude_none=True),
                "date": example.date,
                "side": example.side,
                "answers": example.answers,
                "decisions": example.decisions,
            },
            before=example.before,
            expect=example.expect,
            line=rules.file.line(("example", place)),
        )
        for place, example in enumerate(rules.table.example)
    )


def _with_spans(protocol: Protocol) -> Protocol:
    """Give each derived number the range that its inputs allow, where the file says none."""
    nothing = Reading(protocol, Case(on=date.max, side=Side.LEFT), {})
    items = dict(protocol.items)
    for name in protocol.derived:
        item = items[name]
        if item.kind is not Kind.NUMBER:
            continue
        low, high, _ = nothing.amount(name)
        items[name] = replace(
            item,
            minimum=low if item.minimum is None and math.isfinite(low) else item.minimum,
            maximum=high if item.maximum is None and math.isfinite(high) else item.maximum,
        )
    return replace(protocol, items=items)


def versions(root: Path) -> dict[str, tuple[str, ...]]:
    """Each protocol's versions in a folder, oldest first."""
    found: dict[str, tuple[str, ...]] = {}
    for folder in sorted(root.iterdir() if root.is_dir() else ()):
        names = [path.stem for path in folder.glob("*.toml")] if folder.is_dir() else []
        if names:
            found[folder.name] = tuple(sorted(names, key=_rank))
    return found


def _rank(version: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdecimal() else -1 for part in version.split("."))


def find(root: Path, protocol_id: str, version: str | None = None) -> Path:
    """The file of a protocol, the newest where no version is named; NotFound says what there is."""
    known = versions(root)
    if protocol_id not in known:
        names = ", ".join(known) or "none"
        raise NotFound(f"There is no protocol “{protocol_id[:80]}”.", f"There are: {names}.")
    if version is not None and version not in known[protocol_id]:
        names = ", ".join(known[protocol_id])
        raise NotFound(
            f"Protocol “{protocol_id}” has no version “{version[:80]}”.", f"It has: {names}."
        )
    return root / protocol_id / f"{version or known[protocol_id][-1]}.toml"
