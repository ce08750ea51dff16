"""A TOML file that knows its lines, so that a fault can be named where it stands."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Trail = tuple[str | int, ...]

_KEY = re.compile(
    r"""^\s*((?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)(?:\s*\.\s*(?:"[^"]*"|[\w-]+))*)\s*="""
)
_HEADER = re.compile(r"^\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(?:#.*)?$")
# What opens or closes something on a line; texts and comments are stepped over as a whole.
_TOKEN = re.compile(r""""{3}|'{3}|"(?:\\.|[^"\\])*(?:"|\\?$)|'[^']*(?:'|$)|#.*|[\[{\]}]""")
_ENDS = {
    '"""': re.compile(r'(?:\\.|[^\\])*?"""'),
    "'''": re.compile(r".*?'''"),
}
_LARGEST = 8 << 20  # bytes; the largest that ships has half a megabyte
_NAME = re.compile(r""""([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+)""")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a file, and where."""

    file: str
    line: int
    where: str
    reason: str

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        return f"{self.file}:{self.line}: {where}{self.reason}"


class TomlFault(ValueError):
    """The file is not TOML, or cannot be read."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


@dataclass(frozen=True)
class TomlFile:
    """The data of a file with the line of each table and key."""

    name: str
    data: dict[str, Any]
    lines: dict[Trail, int]

    def line(self, trail: Trail) -> int:
        """The line of the nearest thing on the way to `trail` that has one."""
        for length in range(len(trail), 0, -1):
            if trail[:length] in self.lines:
                return self.lines[trail[:length]]
        return 1

    def fault(self, trail: Trail, reason: str) -> Fault:
        return Fault(self.name, self.line(trail), self.called(trail), reason)

    def called(self, trail: Trail) -> str:
        """A trail in words: the tables by their ids where they have one."""
        words: list[str] = []
        part: Any = self.data
        for step in trail:
            part = _inside(part, step)
            if isinstance(step, int):
                known = part.get("id") or part.get("name") if isinstance(part, dict) else None
                words[-1] += f" {known}" if isinstance(known, str) else f" {step + 1}"
            else:
                words.append(step)
        return " > ".join(words)


def _inside(part: Any, step: str | int) -> Any:
    if isinstance(part, dict):
        return part.get(step)
    if isinstance(part, list) and isinstance(step, int) and step < len(part):
        return part[step]
    return None


def read(path: Path, name: str = "") -> TomlFile:
    """Read a file; TomlFault names the line that is not TOML."""
    shown = name or path.name
    try:
        with path.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise TomlFault(Fault(shown, 1, "", f"the file is larger than {_LARGEST >> 20} MB"))
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise TomlFault(Fault(shown, 1, "", error.strerror or "cannot be read")) from error
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TomlFault(Fault(shown, line, "", "the file is not UTF-8")) from error
    return parse(text, shown)


def parse(text: str, name: str) -> TomlFile:
    """Read a text as TOML; TomlFault names the line."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise TomlFault(Fault(name, line, "", str(error))) from error
    except RecursionError as error:
        raise TomlFault(Fault(name, 1, "", "the file is nested too deeply")) from error
    return TomlFile(name, data, dict(_lines(text)))


def _names(dotted: str) -> list[str]:
    return [next(part for part in match if part) for match in _NAME.findall(dotted) if any(match)]


def _lines(text: str) -> Iterator[tuple[Trail, int]]:
    counts: dict[Trail, int] = {}
    table: Trail = ()
    depth = 0
    quote = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not quote and depth == 0:
            header = _HEADER.match(line)
            if header:
                table = _opened(_names(header[2]), header[1] == "[[", counts)
                yield table, number
                continue
            key = _KEY.match(line)
            if key:
                yield (*table, *_names(key[1])), number
        depth, quote = _after(line, depth, quote)


def _opened(names: list[str], array: bool, counts: dict[Trail, int]) -> Trail:
    """The trail of a table header: each array of tables on the way by its last entry."""
    trail: Trail = ()
    for place, name in enumerate(names):
        trail = (*trail, name)
        if array and place == len(names) - 1:
            counts[trail] = counts.get(trail, -1) + 1
        if trail in counts:
            trail = (*trail, counts[trail])
    return trail


def _after(line: str, depth: int, quote: str) -> tuple[int, str]:
    """How many brackets, and which multi-line text, are still open after a line."""
    place = 0
    while place < len(line):
        if quote:
            ends = _ENDS[quote].match(line, place)
            if ends is None:
                return depth, quote
            place, quote = ends.end(), ""
        for token in _TOKEN.finditer(line, place):
            said = token[0]
            if said in ('"""', "'''"):
                place, quote = token.end(), said
                break
            if said in "[{":
                depth += 1
            elif said in "]}":
                depth -= 1
        else:
            return depth, ""
    return depth, quote
