"""A protocol as the program knows it: steps of items, rules over them, texts by language.

Pure data, built by `library.protocols` from a file; `flow` and `evaluate` interpret it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from clinic_desk.clinical.measures import Sex, Side


class Kind(StrEnum):
    """How an item is asked and answered."""

    YES_NO = "yes_no"
    YES_NO_UNSURE = "yes_no_unsure"
    CHOICE = "choice"
    MANY = "many"
    SCALE = "scale"  # whole number 0 to 10
    NUMBER = "number"
    PAIR = "pair"  # one number a side
    DATE = "date"
    DURATION = "duration"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Choice:
    id: str
    label: str  # text id
    also: tuple[str, ...] = ()  # other spellings that are read as this choice


@dataclass(frozen=True, slots=True)
class Case:
    """What is known beside the answers: who, when, and which side is affected."""

    on: date
    side: Side | None = None
    birth_date: date | None = None
    sex: Sex = Sex.UNKNOWN


@dataclass(frozen=True, slots=True)
class Item:
    """One question or test. Texts are ids: label, help, norm."""

    id: str
    kind: Kind
    label: str
    help: str = ""
    norm: str = ""  # text id: normal value or cut-off, shown beside the field
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    ordered: bool = False
    minimum: float | None = None
    maximum: float | None = None
    whole: bool = False
    worse: Literal["higher", "lower"] | None = None  # pair items
    show: Literal["absolute", "percent"] = "absolute"  # how a pair's deficit is shown
    unsure_is_yes: bool = False
    ask: str = "patient"  # patient | exam | both | clinician | derived
    source: str = ""
    working: bool = False  # a working value, not validated


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    title: str
    items: tuple[str, ...]
    hint: str = ""
    red_flags: bool = False  # offers "all negative, asked"


@dataclass(frozen=True, slots=True)
class Step:
    id: str
    title: str
    sections: tuple[Section, ...]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts by language; a text missing in a language falls back to English."""

    by_language: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def get(self, text_id: str, language: str = "en") -> str:
        for table in (self.by_language.get(language, {}), self.by_language.get("en", {})):
            if text_id in table:
                return table[text_id]
        raise KeyError(text_id)
