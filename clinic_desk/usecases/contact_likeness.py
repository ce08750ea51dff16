"""Which entries may be the same person: by number, by e-mail, or by a name that is nearly one."""

import re
from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from clinic_desk.exchange.contact_entry import Entry
from clinic_desk.storage.folding import fold
from clinic_desk.usecases import contact_rows

NEAR = 88.0  # of 100, on folded names with their words in order
SHORT = 6  # digits that a number needs to tell anybody apart
MOST_COMPARED = 400  # names with a beginning in common


@dataclass(frozen=True, slots=True)
class Alike:
    id: UUID
    why: str  # name, phone, email, near_name


class Likeness:
    """Entries by what they may be known by."""

    def __init__(self) -> None:
        self._names: dict[str, list[UUID]] = defaultdict(list)
        self._phones: dict[str, UUID] = {}
        self._emails: dict[str, UUID] = {}
        self._blocks: dict[str, dict[str, UUID]] = defaultdict(dict)

    def add(self, key: UUID, entry: Entry) -> None:
        """Let others be compared with this one."""
        name = _name(entry)
        if name:
            self._names[name].append(key)
            for word in name.split():
                self._blocks[word[:3]].setdefault(name, key)
        for phone in entry.phones:
            if len(phone.key) >= SHORT:
                self._phones.setdefault(phone.key, key)
        if entry.email:
            self._emails.setdefault(entry.email.casefold(), key)

    def named(self, entry: Entry) -> tuple[UUID, ...]:
        """All whose name is the same when it is folded."""
        return tuple(self._names.get(_name(entry), ()))

    def best(self, entry: Entry) -> Alike | None:
        """The entry that is most likely the same one."""
        name = _name(entry)
        if name and (same := self._names.get(name)):
            return Alike(same[0], "name")
        if entry.email and (found := self._emails.get(entry.email.casefold())):
            return Alike(found, "email")
        for phone in entry.phones:
            if len(phone.key) >= SHORT and (found := self._phones.get(phone.key)):
                return Alike(found, "phone")
        return self._near(name)

    def _near(self, name: str) -> Alike | None:
        if len(name) < SHORT:
            return None
        # slow to load, and no window needs it before an import
        from rapidfuzz import fuzz, process

        best: tuple[float, UUID] | None = None
        for word in name.split():
            block = self._blocks.get(word[:3], {})
            if len(block) > MOST_COMPARED:  # a beginning that tells nothing, such as "pra"
                continue
            close = process.extract(
                name, block.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=NEAR, limit=3
            )
            for other, score, _place in close:
                if _numbers(other) == _numbers(name) and (best is None or score > best[0]):
                    best = (score, block[other])
        return Alike(best[1], "near_name") if best else None


def _name(entry: Entry) -> str:
    """The folded name, in which Müller, Mueller and Muller are one."""
    name = contact_rows.name_key(entry.name) or fold(entry.organisation)
    return re.sub("(?<=[aou])e", "", name)


def _numbers(name: str) -> list[str]:
    """Ward 1 is not a slip of the pen for Ward 2."""
    return re.findall("[0-9]+", name)
