"""Medicines by name: which classes a name belongs to, as far as the item's data say.

A name that the data do not know keeps no class. A close spelling may be offered to the person;
it is never taken for the medicine.
"""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache

from clinic_desk.clinical.protocol import Choice, Item

_CLOSE = 0.8  # how alike two names must be before one is offered for the other
_LONGEST_OFFERED = 60
_DOSE = re.compile(r"\s+(?=\d)")


def classes(item: Item, name: str) -> tuple[str, ...]:
    """The classes of a medicine in the order of the data; none where it is not known."""
    return _index(item.choices).get(folded(name), ())


def known(item: Item) -> Mapping[str, tuple[str, ...]]:
    """Every name, folded, with its classes."""
    return _index(item.choices)


def parted(item: Item, typed: str) -> tuple[str, str]:
    """Name and dose of "apixaban 5 mg twice a day"; all is the name where that is not known."""
    whole = " ".join(typed.split())
    if classes(item, whole):
        return whole, ""
    match = _DOSE.search(whole)
    if match and classes(item, whole[: match.start()]):
        return whole[: match.start()], whole[match.end() :]
    return whole, ""


def offered(item: Item, name: str) -> str:
    """A known name that is spelled almost like this one; empty where none is."""
    index = _index(item.choices)
    plain = folded(name)
    if plain in index or len(plain) > _LONGEST_OFFERED:
        return ""
    return next(iter(get_close_matches(plain, index, n=1, cutoff=_CLOSE)), "")


def folded(name: str) -> str:
    """A name as it is compared: without case and without spare blanks."""
    return " ".join(name.split()).casefold()


@lru_cache(maxsize=8)
def _index(choices: tuple[Choice, ...]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for choice in choices:
        for name in choice.also:
            found.setdefault(folded(name), []).append(choice.id)
    return {name: tuple(ids) for name, ids in found.items()}
