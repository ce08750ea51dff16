"""What would stand wrong on the page: dates, enclosures, characters that no font has."""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta

from clinic_desk.usecases import papers, preflight_words, typed, words
from clinic_desk.usecases.paper_views import Problem
from clinic_desk.usecases.preflight_facts import Facts

_FIELDS = {
    "recipient": "recipient",
    "salutation": "recipient",
    "identity": "patient",
    "enclosures": "enclosures",
    "copies": "copies",
    "practice": "practice",
    "author": "practice",
    "author_line": "practice",
}
_FAR = timedelta(days=366)
MOST_NAMES = 40  # enclosures or copies of one letter


def problems(facts: Facts) -> Iterator[Problem]:
    yield from _dates(facts)
    yield from _enclosures(facts)
    yield from _names("enclosures", facts.draft.enclosures, typed.LINE)
    yield from _names("copies", facts.draft.copies, typed.BLOCK)
    yield from _unprintable(facts)


def _dates(facts: Facts) -> Iterator[Problem]:
    see_by, case = facts.draft.see_by, facts.found.case
    if see_by is not None and see_by < facts.today:
        text = "The day to be seen by lies in the past."
        yield Problem(text, True, "see_by", "see_by")
    elif see_by is not None and see_by > facts.today + _FAR:
        text = "The day to be seen by lies more than a year ahead."
        yield Problem(text, False, "see_by", "see_by")
    if case.onset_on is not None and case.onset_on > facts.today:
        text = f"The case began on {words.day(case.onset_on)}, which is still to come."
        yield Problem(text, False, "side", "onset")
    for part in facts.said:
        for said in preflight_words.impossible_days(part.text, facts.kind.language):
            text = f"{part.title} names a day that does not exist: {said}."
            yield Problem(text, False, part.id, f"date:{part.id}")


def _enclosures(facts: Facts) -> Iterator[Problem]:
    named, language = facts.draft.enclosures, facts.kind.language
    speaks = {
        part.id: part.title
        for part in facts.said
        if preflight_words.speaks_of_enclosure(part.text, language)
    }
    text = "\n".join((*(part.text for part in facts.said), *facts.content.closing)).casefold()
    if not named:
        for title in speaks.values():
            said = f"{title} speaks of an enclosure, but none is named."
            yield Problem(said, False, "enclosures", "enclosure")
        if not speaks and any(
            preflight_words.speaks_of_enclosure(one, language) for one in facts.content.closing
        ):
            said = "The closing words speak of an enclosure, but none is named."
            yield Problem(said, False, "enclosures", "enclosure")
        return
    for one in named[:MOST_NAMES]:
        if not speaks and len(one) <= typed.LINE and one.casefold() not in text:
            said = f"“{one}” goes with the letter, but no part speaks of it."
            yield Problem(said, False, "enclosures", "enclosure")


def _names(field: str, names: Sequence[str], limit: int) -> Iterator[Problem]:
    """Names that no page and no chip holds."""
    if len(names) > MOST_NAMES:
        text = f"There are {len(names)} {field}; at most {MOST_NAMES} fit."
        yield Problem(text, True, field, f"length:{field}")
        return
    longest = max(map(len, names), default=0)
    if longest > limit:
        text = f"One of the {field} has {longest:,} characters; at most {limit:,} fit."
        yield Problem(text, True, field, f"length:{field}")


def _unprintable(facts: Facts) -> Iterator[Problem]:
    """Characters that no font has; one in a part is named with that part."""
    shown = [
        one
        for one in facts.draft.parts
        if one.included and (one.text.strip() or (one.has_table and facts.draft.table))
    ]
    for one in papers.unprintable(facts.content, _FIELDS):
        match = re.search(r"parts (\d+)", one.text)
        if match and int(match[1]) <= len(shown):
            part = shown[int(match[1]) - 1]
            text = re.sub(r" in parts \d+.* cannot", f" in {part.title} cannot", one.text)
            yield Problem(text, True, part.id, f"sign:{part.id}")
        else:
            yield Problem(one.text, one.blocking, one.field, "sign")
