"""Every concept of the clinical inventory has its place in the posterior-thigh protocol."""

import importlib.util
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from clinic_desk.clinical.protocol import Protocol
from clinic_desk.library import Library

ROWS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "inventory_posterior_thigh.toml").read_text(encoding="utf-8")
)["row"]


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


@pytest.fixture(scope="module")
def protocol(library: Library) -> Protocol:
    return library.protocol("posterior-thigh")


def exists(library: Library, protocol: Protocol, place: str) -> bool:
    kind, _, name = place.partition(":")
    item, _, choice = name.partition(".")
    known: Mapping[str, Callable[[], bool]] = {
        "item": lambda: name in protocol.items,
        "choice": lambda: (
            item in protocol.places and protocol.item(item).choice(choice) is not None
        ),
        "step": lambda: name in {step.id for step in protocol.steps},
        "flag": lambda: name in protocol.flags,
        "group": lambda: name in protocol.groups,
        "grade": lambda: protocol.grade is not None and int(name) <= protocol.grade.highest,
        "pattern": lambda: name in protocol.patterns,
        "differential": lambda: name in protocol.differentials,
        "banner": lambda: name in {one.id for one in protocol.banners},
        "hold": lambda: name in {one.id for one in protocol.holds},
        "imaging": lambda: name in {one.id for one in protocol.imaging},
        "path": lambda: name in {one.id for one in protocol.paths},
        "recipient": lambda: name in protocol.recipients,
        "advice": lambda: name in library.advice() and name in {one.id for one in protocol.advice},
        "exercise": lambda: name in {one.exercise.id for one in library.exercises()},
        "program": lambda: name in {one.id for one in library.templates()},
        "module": lambda: importlib.util.find_spec(name) is not None,
        "not_used": lambda: bool(name.strip()),
    }
    return known[kind]()


def test_every_row_is_there_once() -> None:
    assert [row["number"] for row in ROWS] == list(range(1, 105))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["number"]))
def test_each_place_of_a_row_exists(
    library: Library, protocol: Protocol, row: dict[str, Any]
) -> None:
    assert row["concept"]
    assert row["places"]
    assert [place for place in row["places"] if not exists(library, protocol, place)] == []
