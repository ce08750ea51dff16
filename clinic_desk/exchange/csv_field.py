"""What a column of a list can be, and the names that it goes by in other programs' exports."""

from dataclasses import dataclass

from clinic_desk.exchange.csv_values import fold


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the neutral record, or a part that is put together into one (`into`)."""

    id: str
    kind: str  # text, block, date, sex, phone, email, language, side, yes_no
    label: str
    names: tuple[str, ...]  # folded, so that case, accents and punctuation don't matter
    into: str = ""  # "address" for a street; empty where it is a field of its own


def named(id: str, kind: str, label: str, names: str, into: str = "") -> Field:
    """A field with its names, written as they are and parted by bars."""
    folded = dict.fromkeys(fold(name) for name in names.split("|"))
    return Field(id, kind, label, tuple(folded), into)
