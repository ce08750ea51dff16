"""What can be wrong with a protocol although each of its parts reads well.

Steps that nobody can reach, rules that can never be true, texts for ids that do not exist,
files under a wrong name, and examples that expect what is not there.
"""

from collections.abc import Collection, Iterable
from datetime import date

from clinic_desk.clinical.findings import Truth
from clinic_desk.clinical.logic import Condition
from clinic_desk.clinical.protocol import Case, Protocol
from clinic_desk.clinical.reading import Reading
from clinic_desk.library import protocol_words
from clinic_desk.library.protocol_file import ProtocolTable
from clinic_desk.library.protocol_worlds import Anything
from clinic_desk.library.toml_file import Fault, TomlFile, Trail

EXPECTED = frozenset(
    {
        "grade.suggested",
        "grade.withheld",
        "grade.confidence",
        "grade.provisional",
        "urgency",
        "red_flags",
        "red_flags.include",
        "red_flags.exclude",
        "patterns",
        "patterns.first",
        "patterns.include",
        "patterns.exclude",
        "differentials",
        "differentials.include",
        "differentials.exclude",
        "banners",
        "holds",
        "imaging.include",
        "imaging.exclude",
        "program.template",
        "program.stage",
        "program.blocked",
        "missing.include",
        "missing.exclude",
        "advice.include",
        "advice.exclude",
        "score",
        "score.missing",
        "change",
        "beyond_error",
        "singles",
        "important",
    }
)


def check(
    file: TomlFile,
    table: ProtocolTable,
    protocol: Protocol,
    conditions: Iterable[tuple[Trail, Condition]],
) -> list[Fault]:
    """All such faults that are cheap enough to look for whenever a file is read."""
    return [
        *_never_true(file, protocol, conditions),
        *_strange_texts(file, table, protocol),
        *protocol_words.unfilled(file, protocol),
        *_strange_examples(file, table, protocol),
        *_beyond_its_range(file, protocol),
    ]


def _never_true(
    file: TomlFile, protocol: Protocol, conditions: Iterable[tuple[Trail, Condition]]
) -> list[Fault]:
    anything = Anything(protocol, {})
    faults = []
    for trail, condition in conditions:
        if condition.judge(anything)[0] is Truth.FALSE:
            unreachable = trail[-1] == "when" and trail[0] == "step"
            what = f"this {trail[-3]} can never be reached" if unreachable else "it can never fire"
            faults.append(file.fault(trail, f"{what}: `{condition.text}` is never true"))
    return faults


def _beyond_its_range(file: TomlFile, protocol: Protocol) -> list[Fault]:
    """Scores whose items can add up to what their range does not allow."""
    nothing = Reading(protocol, Case(on=date.max), {})
    faults = []
    for place, score in enumerate(protocol.scores.values()):
        low, high, _ = score.value.run(nothing)
        if low < score.minimum or high > score.maximum:
            span = f"{low:g} to {high:g}"
            faults.append(file.fault(("score", place, "value"), f"its items allow {span}"))
    return faults


def _strange_texts(file: TomlFile, table: ProtocolTable, protocol: Protocol) -> list[Fault]:
    known = protocol.texts.by_language["en"].keys() - table.texts.get("en", {}).keys()
    known |= {text for text in table.texts.get("en", {}) if text.split(".")[0] in _SHARED}
    return [
        file.fault(("texts", language, text), f"there is no text `{text}` to say in {language}")
        for language, texts in table.texts.items()
        for text in texts
        if text not in known
    ]


_SHARED = (
    "answer",
    "doubt",
    "urgency",
    "reason",
    "grade",
    "program",
    "rule",
    "why",
    "region",
    "complaint",
    "retest",
)


_SCORE = "score."


def _strange_examples(file: TomlFile, table: ProtocolTable, protocol: Protocol) -> list[Fault]:
    names: dict[str, Collection[str]] = {
        "red_flags": protocol.flags,
        "patterns": protocol.patterns,
        "differentials": protocol.differentials,
        "banners": [one.id for one in protocol.banners],
        "holds": [one.id for one in protocol.holds],
        "imaging": [test.id for test in protocol.imaging],
        "advice": [card.id for card in protocol.advice],
        "missing": protocol.items,
    }
    faults = []
    for place, example in enumerate(table.example):
        for key, wanted in example.expect.items():
            trail: Trail = ("example", place, "expect", key)
            if isinstance(wanted, dict):
                inner = next(iter(wanted), "…")
                said = f'`{key}` is a table here; write the whole key in quotes, "{key}.{inner}"'
                faults.append(file.fault(trail, said))
                continue
            if isinstance(wanted, list) and not all(isinstance(one, str) for one in wanted):
                faults.append(file.fault(trail, "a list to expect holds ids in quotes only"))
                continue
            if key.startswith(_SCORE) and key != "score.missing":
                if key.removeprefix(_SCORE) not in protocol.scores:
                    faults.append(file.fault(trail, f"there is no `{key}` to expect"))
                continue
            if key not in EXPECTED:
                faults.append(file.fault(trail, f"`{key}` cannot be expected"))
                continue
            known = names.get(key.split(".")[0])
            ids = wanted if isinstance(wanted, list) else [wanted]
            if known is not None:
                faults += [
                    file.fault(trail, f"there is no `{one}` to expect")
                    for one in ids
                    if one not in known
                ]
    return faults
