"""Supersets: neighbouring lines of a program that are done in turn, round by round."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase

from clinic_desk.usecases.program_views import Line


@dataclass(frozen=True, slots=True)
class Block:
    """One exercise alone, or a superset of several: the places of its lines."""

    places: tuple[int, ...]
    letter: str = ""  # "A", "B"; empty for one exercise alone

    @property
    def together(self) -> bool:
        return len(self.places) > 1


def blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    """A program as what is done one after the other. A number without a neighbour is alone."""
    runs: list[list[int]] = []
    for place, line in enumerate(lines):
        if runs and line.superset and lines[runs[-1][-1]].superset == line.superset:
            runs[-1].append(place)
        else:
            runs.append([place])
    found, letters = [], iter(ascii_uppercase)
    for run in runs:
        found.append(Block(tuple(run), next(letters) if len(run) > 1 else ""))
    return tuple(found)


def marks(lines: Sequence[Line]) -> tuple[str, ...]:
    """What stands before each line: "1", "A1", "A2", "4"; alone, the place in the program."""
    found = [""] * len(lines)
    for block in blocks(lines):
        for turn, place in enumerate(block.places, start=1):
            found[place] = f"{block.letter}{turn}" if block.together else str(place + 1)
    return tuple(found)


def join(lines: Sequence[Line], place: int) -> tuple[Line, ...]:
    """The lines with one of them in turn with the line above it."""
    if not 0 < place < len(lines):
        return tuple(lines)
    above = lines[place - 1]
    taken = {block.places for block in blocks(lines) if block.together}
    if not any(place - 1 in places for places in taken):
        above = replace(above, superset=max(line.superset for line in lines) + 1)
    joined = list(lines)
    joined[place - 1] = above
    joined[place] = replace(lines[place], superset=above.superset)
    return tuple(joined)


def part(lines: Sequence[Line], place: int) -> tuple[Line, ...]:
    """The lines with one of them taken out of its superset; those after it stay together."""
    parted = list(lines)
    rest = max(line.superset for line in lines) + 1
    for block in blocks(lines):
        if place in block.places:
            for other in block.places:
                if other == place:
                    parted[other] = replace(lines[other], superset=0)
                elif other > place:
                    parted[other] = replace(lines[other], superset=rest)
    return tuple(parted)
