"""What a careful reader of a protocol file would ask for, looked for only when it is checked.

Sources behind norms and working values, texts that are read, units that cannot be added or
compared, sections that ask nothing, and items whose step, section and own condition can never
hold together.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from clinic_desk.clinical.body_regions import ENGLISH as REGION_TEXTS
from clinic_desk.clinical.logic import Condition
from clinic_desk.clinical.protocol import Protocol
from clinic_desk.clinical.why_texts import ENGLISH as WHY
from clinic_desk.clinical.wording import ENGLISH
from clinic_desk.library import protocol_reach, protocol_units, protocol_words
from clinic_desk.library.protocol_file import (
    DerivedTable,
    DifferentialTable,
    FlagTable,
    ImagingTable,
    ItemTable,
    PatternTable,
    ProtocolTable,
)
from clinic_desk.library.protocol_worlds import never_together
from clinic_desk.library.toml_file import Fault, TomlFile, Trail

SHARED = {**ENGLISH, **WHY, **REGION_TEXTS}  # the texts that all protocols share
_CALLED_WORKING = re.compile(r"\bworking\b|\bsign-off\b", re.IGNORECASE)


def faults(
    file: TomlFile,
    table: ProtocolTable,
    protocol: Protocol,
    conditions: Iterable[tuple[Trail, Condition]],
) -> list[Fault]:
    """All of these that make a file wrong."""
    return [
        *_without_source(file, table),
        *_without_mark(file, table),
        *_without_text(file, table),
        *_empty(file, table),
        *_never_asked(file, protocol),
        *_never_named(file, protocol),
        *_never_found(file, table),
        *_never_scored(file, table, protocol),
        *protocol_reach.shut(file, protocol),
        *protocol_words.faults(file, table, protocol),
        *protocol_units.mixed(file, protocol, _texts(table, conditions)),
        *protocol_units.misnamed(file, table, protocol),
        *protocol_units.misspelt(file, table),
    ]


def untranslated(file: TomlFile, protocol: Protocol) -> tuple[Fault, ...]:
    """For each language, which of the file's texts fall back to English, and how many of those
    that all protocols share.
    """
    english = protocol.texts.by_language["en"]
    found = []
    for language, texts in protocol.texts.by_language.items():
        missing = [text for text in english if text not in texts]
        own = [text for text in missing if text not in SHARED]
        if language == "en" or not missing:
            continue
        lacking = [", ".join(f"`{text}`" for text in own[:3])] if own else []
        lacking += [f"{len(own) - 3} more"] if len(own) > 3 else []
        if len(own) < len(missing):
            lacking.append(f"{len(missing) - len(own)} texts that all protocols share")
        reason = f"falls back to English for {' and '.join(lacking)}"
        found.append(file.fault(("texts", language), reason))
    return tuple(found)


def _tables(table: ProtocolTable) -> Iterator[tuple[Trail, ItemTable | DerivedTable]]:
    for place, step in enumerate(table.step):
        for part, section in enumerate(step.section):
            for number, item in enumerate(section.item):
                yield ("step", place, "section", part, "item", number), item
    for place, derived in enumerate(table.derived):
        yield ("derived", place), derived


def _without_source(file: TomlFile, table: ProtocolTable) -> Iterator[Fault]:
    for trail, item in _tables(table):
        if not item.source.strip() and (item.norm or item.working):
            what = "norm" if item.norm else "working value"
            yield file.fault(trail, f"its {what} needs a source")
    if table.grade is not None and not table.grade.source.strip():
        yield file.fault(("grade",), "it needs a source")
    kinds: Mapping[str, Sequence[FlagTable | PatternTable | DifferentialTable | ImagingTable]] = {
        "flag": table.flag,
        "pattern": table.pattern,
        "differential": table.differential,
        "imaging": table.imaging,
    }
    for kind, tables in kinds.items():
        for place, one in enumerate(tables):
            if not one.source.strip():
                yield file.fault((kind, place), "it needs a source")


def _without_mark(file: TomlFile, table: ProtocolTable) -> Iterator[Fault]:
    """What its own source calls a working value, but the screen would not."""
    marked: list[tuple[Trail, ItemTable | DerivedTable | FlagTable | ImagingTable]] = [
        *_tables(table)
    ]
    marked += [(("flag", place), one) for place, one in enumerate(table.flag)]
    marked += [(("imaging", place), one) for place, one in enumerate(table.imaging)]
    for trail, one in marked:
        if _CALLED_WORKING.search(one.source) and not one.working:
            yield file.fault(trail, "its source calls it a working value; say `working = true`")


def _without_text(file: TomlFile, table: ProtocolTable) -> Iterator[Fault]:
    """Texts that a small protocol may leave out, but that a clinician or a patient reads."""
    for place, group in enumerate(table.group):
        if not group.safety_net.strip():
            yield file.fault(("group", place), "it needs a safety_net text for the patient")
    for place, test in enumerate(table.imaging):
        for number, case in enumerate(test.case):
            if not case.because.strip():
                yield file.fault(("imaging", place, "case", number), "it needs a reason (because)")
    seen: set[str] = set()
    for place, example in enumerate(table.example):
        if example.name in seen:
            yield file.fault(("example", place, "name"), "the name is used twice")
        seen.add(example.name)
    for place, flag in enumerate(table.flag):
        if not flag.why.strip():
            yield file.fault(("flag", place), "it needs a text why it matters")


def _empty(file: TomlFile, table: ProtocolTable) -> Iterator[Fault]:
    for place, step in enumerate(table.step):
        if not step.section:
            yield file.fault(("step", place), "this step has no section")
        for part, section in enumerate(step.section):
            if not section.item:
                yield file.fault(("step", place, "section", part), "this section asks nothing")


def _never_asked(file: TomlFile, protocol: Protocol) -> Iterator[Fault]:
    for place, step in enumerate(protocol.steps):
        for part, section in enumerate(step.sections):
            trail: Trail = ("step", place, "section", part)
            outer = [when for when in (step.when, section.when) if when is not None]
            if len(outer) == 2 and never_together(protocol, outer):
                yield file.fault(
                    (*trail, "when"), "this section can never be reached: it contradicts its step"
                )
                continue
            for number, name in enumerate(section.items):
                own = protocol.items[name].when
                if own is not None and outer and never_together(protocol, [*outer, own]):
                    yield file.fault(
                        (*trail, "item", number, "when"),
                        "this item can never be reached: it contradicts its section or step",
                    )


def _never_named(file: TomlFile, protocol: Protocol) -> Iterator[Fault]:
    for place, one in enumerate(protocol.differentials.values()):
        gates = [gate for gate in (one.when, one.after) if gate is not None]
        if len(gates) == 2 and never_together(protocol, gates):
            yield file.fault(
                ("differential", place, "after"),
                "it can never be named: `after` contradicts `when`",
            )


def _never_found(file: TomlFile, table: ProtocolTable) -> Iterator[Fault]:
    for place, pattern in enumerate(table.pattern):
        if len(pattern.supports) < 2:
            reason = "it can never be found: a pattern needs two supports"
            yield file.fault(("pattern", place, "supports"), reason)
    weighed: Mapping[str, Sequence[PatternTable | DifferentialTable]] = {
        "pattern": table.pattern,
        "differential": table.differential,
    }
    for kind, tables in weighed.items():
        for place, one in enumerate(tables):
            for name in one.supports.keys() & one.contradicts.keys():
                reason = f"`{name}` both supports and contradicts"
                yield file.fault((kind, place, "contradicts"), reason)


def _never_scored(file: TomlFile, table: ProtocolTable, protocol: Protocol) -> Iterator[Fault]:
    """Bands beyond what can be answered, and more answers wanted than there are questions."""
    if table.grade is None:
        return
    if table.grade.needed > len(table.grade.item):
        reason = f"only {len(table.grade.item)} items are graded: the confidence stays low for ever"
        yield file.fault(("grade", "needed"), reason)
    for place, graded in enumerate(table.grade.item):
        item = protocol.items[graded.value]
        low = -math.inf if item.minimum is None else item.minimum
        high = math.inf if item.maximum is None else item.maximum
        for band in graded.bands:
            limit = band.below if band.below is not None else band.upto
            if limit is not None and not low <= limit <= high:
                yield file.fault(
                    ("grade", "item", place, "bands"),
                    f"the limit {limit:g} lies outside of what is possible, {low:g} to {high:g}",
                )


def _texts(
    table: ProtocolTable, conditions: Iterable[tuple[Trail, Condition]]
) -> Iterator[tuple[Trail, str]]:
    for trail, condition in conditions:
        yield trail, condition.text
    for place, derived in enumerate(table.derived):
        if derived.kind == "number":
            yield ("derived", place, "value"), derived.value
    for place, score in enumerate(table.score):
        yield ("score", place, "value"), score.value
