"""What of a protocol file points out of it, and whether it stands where its name says.

A misspelt program or exercise is a fault in the library; in a draft elsewhere it is only worth
knowing, because the program may not be written yet.
"""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from clinic_desk.library.protocol_file import ProtocolTable
from clinic_desk.library.toml_file import Fault, TomlFile, Trail

_VERSION = re.compile(r"\d+\.\d+\.\d+")


def misplaced(
    file: TomlFile, protocol_id: str, version: str, path: Path, *, placed: bool
) -> tuple[list[Fault], list[Fault]]:
    """Faults, and what is only worth knowing: a file that is named otherwise than it says.

    `placed`: it stands in a library, where the program finds it by folder and name.
    """
    in_library = placed or path.absolute().parent.parent.name == "protocols"
    faults: list[Fault] = []
    notes: list[Fault] = []
    if path.parent.name != protocol_id:
        reason = f"the folder is called `{path.absolute().parent.name}`"
        fault = file.fault(("id",), reason)
        (faults if in_library else notes).append(fault)
    if path.stem != version and (in_library or _VERSION.fullmatch(path.stem)):
        faults.append(file.fault(("version",), f"the file is called `{path.name}`"))
    return faults, notes


def dangling(file: TomlFile, table: ProtocolTable) -> list[Fault]:
    """Exercises, programs and advice cards that the library has not."""
    from clinic_desk.library import Library

    library = Library()
    found: list[Fault] = []
    drills: list[tuple[Trail, str]] = [
        (("pattern", place, "drill"), one.drill)
        for place, one in enumerate(table.pattern)
        if one.drill
    ]
    templates: list[tuple[Trail, str]] = [
        (("path", place, "step", number, "template"), step.template)
        for place, one in enumerate(table.path)
        for number, step in enumerate(one.step)
    ]
    cards: list[tuple[Trail, str]] = [
        (("advice", place, "id"), one.id) for place, one in enumerate(table.advice)
    ]
    if drills:
        found += _unknown(file, drills, library.shipped().exercises, "exercise", "exercises")
    if templates:
        found += _unknown(file, templates, library.shipped_plans().templates, "program", "programs")
    if cards:
        found += _unknown(file, cards, library.advice(), "advice card", "advice")
    return found


def _unknown(
    file: TomlFile,
    named: list[tuple[Trail, str]],
    known: Collection[str],
    what: str,
    folder: str,
) -> Iterator[Fault]:
    for trail, name in named:
        if name not in known:
            yield file.fault(trail, f"there is no {what} `{name}` in resources/{folder}")


def unused(file: TomlFile, table: ProtocolTable) -> list[Fault]:
    """Groups and recipients that no red flag names, and a file that nothing tries."""
    groups = {flag.group for flag in table.flag}
    recipients = {one for flag in table.flag for case in flag.case for one in case.refer_to}
    found = [
        file.fault(("group", place), "no red flag belongs to this group")
        for place, one in enumerate(table.group)
        if one.id not in groups
    ]
    found += [
        file.fault(("recipient", place), "no red flag refers to this recipient")
        for place, one in enumerate(table.recipient)
        if one.id not in recipients
    ]
    if not table.example:
        found.append(file.fault((), "no worked example tries this file"))
    return found
