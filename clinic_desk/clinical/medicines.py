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
_SHORTEST_STEM = 7  # letters; below it two medicines may differ by their ending alone
_TAILS = """
tablet tablets tab tabs capsule capsules caps dispersible chewable ec comprimé comprimés comprimido
comprimidos tabletten filmtabletten turbohaler accuhaler diskus evohaler retard depot forte mite
mitis sr mr er xr xl cr la lp
sodium potassium calcium magnesium hydrochloride hcl hemihydrate besylate besilate mesylate
mesilate maleate tartrate succinate fumarate erbumine etexilate acetate bromide chloride phosphate
sulfate sulphate
"""
_FORMS = frozenset(_TAILS.split())  # words of form and of salt behind a name
LONGEST_NAME, LONGEST_DOSE = 80, 120
# Where a name may end and its dose begin: at a comma, a bracket or a figure.
_DOSE = re.compile(r"\s*,\s*|\s*(?=\()|\s+(?=\d)|(?<=[^\W\d])(?=\d)")
_ENTRY = re.compile(r"\s*[;,\n]\s*")
_AND = re.compile(r"\s+(?:and|&|\+)\s+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_][\w'-]*")
_MARKS = str.maketrans("", "", "\u00ae\u2122\u00a9")
_MOST_WORDS = 4  # of a name within other words
# Words that say "takes none"; as a name they would be a medicine of unknown class.
_NONE = frozenset({"none", "no", "nil", "nothing", "n/a", "-"})
# What goes on with a dose and begins no other medicine: "5 mg, twice a day".
_DOSING = re.compile(
    r"(?:\W|\d|(?:a|after|as|at|bd|before|daily|each|every|for|half|if|in|mane|morning|night|nocte|"
    r"od|on|once|one|only|per|po|prn|qds|since|stopped|tds|three|times|twice|two|until|up|weekly|"
    r"when|with|without)\b)",
    re.IGNORECASE,
)


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
    """Name and dose of "apixaban 5 mg twice a day"; all is the name where that is not known, or
    where another medicine stands in the dose: no rule may take its class for told.
    """
    whole = " ".join(typed.split())
    if classes(item, whole):
        return whole, ""
    for cut in reversed(list(_DOSE.finditer(whole))):
        name, dose = whole[: cut.start()].rstrip(), whole[cut.end() :]
        found = classes(item, name)
        if found:
            return (name, dose) if _named_in(item, dose) <= set(found) else (whole, "")
    return whole, ""


def several(item: Item, typed: str) -> tuple[str, ...]:
    """The medicines of a list that was typed or pasted on one line, each with its dose."""
    whole = " ".join(typed.split())
    if classes(item, whole):
        return (whole,)
    found: list[str] = []
    for part in filter(None, _ENTRY.split(typed)):
        if found and _DOSING.match(part):
            found[-1] += f", {part}"
        else:
            found.extend(_linked(item, part))
    return tuple(" ".join(part.split()) for part in found)


def _linked(item: Item, part: str) -> list[str]:
    """Both of "ramipril and apixaban"; what is not known on both sides stays one."""
    both = _AND.split(part)
    known = all(classes(item, parted(item, one)[0]) for one in both)
    return both if known else [part]


def _named_in(item: Item, text: str) -> set[str]:
    """The classes of all known names within a text."""
    words = _WORD.findall(text)
    spans = (
        " ".join(words[start : start + length])
        for start in range(len(words))
        for length in range(1, _MOST_WORDS + 1)
    )
    return {one for span in spans for one in classes(item, span)}


def says_none(name: str) -> bool:
    """Whether what was typed is no medicine but says that none is taken."""
    return folded(name) in _NONE


def offered(item: Item, name: str) -> str:
    """A known name that is spelled almost like this one; empty where none is."""
    plain = folded(name)
    if classes(item, name) or len(plain) > _LONGEST_OFFERED:
        return ""
    return next(iter(get_close_matches(plain, _index(item.choices), n=1, cutoff=_CLOSE)), "")


def folded(name: str) -> str:
    """A name as it is compared: without case, spare blanks, trade marks and a last full stop."""
    return " ".join(name.translate(_MARKS).split()).casefold().rstrip(".,;:")


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
