"""Protocols, programs and advice cards name each other only where the other exists."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from clinic_desk import paths
from clinic_desk.clinical.conditions import ConditionFault, Vocabulary, parse
from clinic_desk.clinical.protocol import Choice, Item, Kind

Table = dict[str, Any]


def read(path: Path) -> Table:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def programs() -> list[Table]:
    return [read(path) for path in sorted((paths.resources() / "programs").glob("*.toml"))]


@cache
def protocol() -> Table:
    return read(paths.resources() / "protocols" / "posterior-thigh" / "1.0.0.toml")


def item(table: Table) -> Item:
    choices = tuple(Choice(each["id"], each["label"]) for each in table.get("choice", ()))
    return Item(
        table["id"],
        Kind(table["kind"]),
        table["label"],
        choices=choices,
        ordered=table.get("ordered", False),
        worse=table.get("worse"),
    )


@cache
def vocabulary() -> Vocabulary:
    asked = [
        table
        for step in protocol()["step"]
        for section in step["section"]
        for table in section["item"]
    ]
    return Vocabulary({table["id"]: item(table) for table in [*asked, *protocol()["derived"]]})


def conditions() -> list[tuple[str, str]]:
    return [
        (program["id"], criterion["when"])
        for program in programs()
        for criterion in program["criterion"]
        if "when" in criterion
    ]


@pytest.mark.parametrize(("program", "when"), conditions())
def test_what_a_criterion_asks_can_be_answered_in_the_protocol(program: str, when: str) -> None:
    assert parse(when, vocabulary()).reads, program


def test_a_criterion_over_something_never_asked_would_be_seen() -> None:
    with pytest.raises(ConditionFault):
        parse("shoe_size > 40", vocabulary())


def test_the_ways_of_a_protocol_lead_to_programs_of_the_stage_they_say() -> None:
    stages = {program["id"]: program["stage"] for program in programs()}
    for way in protocol()["path"]:
        for step in way["step"]:
            assert stages[step["template"]] == step["stage"], (way["id"], step["template"])


def test_the_advice_of_a_protocol_has_its_cards() -> None:
    cards = {path.stem for path in (paths.resources() / "advice").glob("*.toml")}
    assert {advice["id"] for advice in protocol()["advice"]} <= cards
