"""Medicines by name: which classes a name belongs to, as far as the item's data say.

A name that the data do not know keeps no class. A close spelling may be offered to the person;
it is never taken for the medicine. No spelling but another way to write the same name are: the
ending that another language gives an international name (ciprofloxacine, furosemid), its accents,
its salt and its form (atorvastatin calcium, nifedipine MR, furosemide tablets).
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache

from clinic_desk.clinical.protocol import Choice, Item

_CLOSE = 0.8  # how alike two names must be before one is offered for the other
_LONGEST_OFFERED = 60
_DOSE = re.compile(r"\s+(?=\d)")
_SHORTEST_STEM = 7  # letters; below it two medicines may differ by their ending alone
_TAILS = """
tablet tablets tab tabs capsule capsules caps dispersible chewable ec comprimé comprimés comprimido
comprimidos tabletten filmtabletten turbohaler accuhaler diskus evohaler retard depot forte mite
mitis sr mr er xr xl cr la lp
sodium potassium calcium magnesium hydrochloride hcl hemihydrate besylate besilate mesylate
mesilate maleate tartrate succinate fumarate erbumine etexilate
"""
_FORMS = frozenset(_TAILS.split())  # words of form and of salt behind a name


def classes(item: Item, name: str) -> tuple[str, ...]:
    """The classes of a medicine in the order of the data; none where it is not known."""
    names, stems = _index(item.choices), _stems(item.choices)
    for written in _without_forms(folded(name)):
        found = names.get(written) or stems.get(_stem(written))
        if found:
            return found
    return ()


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
    plain = folded(name)
    if classes(item, name) or len(plain) > _LONGEST_OFFERED:
        return ""
    return next(iter(get_close_matches(plain, _index(item.choices), n=1, cutoff=_CLOSE)), "")


def folded(name: str) -> str:
    """A name as it is compared: without case and without spare blanks."""
    return " ".join(name.split()).casefold()


def _without_forms(plain: str) -> Iterator[str]:
    """The name as it stands, then without the words of form and salt at its end, one by one."""
    yield plain
    words = plain.split()
    while len(words) > 1 and words[-1] in _FORMS:
        words.pop()
        yield " ".join(words)


def _stem(plain: str) -> str:
    """A name without accents and without the last vowel that a language adds; "" if too short."""
    parts = unicodedata.normalize("NFKD", plain)
    bare = "".join(sign for sign in parts if not unicodedata.combining(sign))
    bare = bare.removesuffix("um").rstrip("aeo")
    return bare if len(bare) >= _SHORTEST_STEM else ""


@lru_cache(maxsize=8)
def _stems(choices: tuple[Choice, ...]) -> Mapping[str, tuple[str, ...]]:
    """Stems with their classes; one that stands for two sets of classes is left out."""
    found: dict[str, tuple[str, ...]] = {}
    torn: set[str] = {""}
    for name, ids in _index(choices).items():
        stem = _stem(name)
        if found.setdefault(stem, ids) != ids:
            torn.add(stem)
    return {stem: ids for stem, ids in found.items() if stem not in torn}


@lru_cache(maxsize=8)
def _index(choices: tuple[Choice, ...]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for choice in choices:
        for name in choice.also:
            found.setdefault(folded(name), []).append(choice.id)
    return {name: tuple(ids) for name, ids in found.items()}
