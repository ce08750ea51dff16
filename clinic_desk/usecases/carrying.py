"""What a re-evaluation brings along from the earlier visits of its case.

A fact of the injury or the person counts until it is changed; anything else is only shown
beside the question, with its day, and counts once it is confirmed or answered anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from clinic_desk.clinical.protocol import Protocol
from clinic_desk.storage.models import Evaluation, Visit
from clinic_desk.usecases import plain, words
from clinic_desk.usecases.answer_words import is_given
from clinic_desk.usecases.reckoning import Reckoning
from clinic_desk.usecases.visit_views import Carried, VisitContent

Earlier = Sequence[tuple[Visit, Evaluation]]  # signed, the newest first
WITHDRAWN = "not_asked"


def brought_along(reckoned: Reckoning, earlier: Earlier) -> VisitContent:
    """What a re-evaluation begins with: the newest signed value of each item that its protocol
    can still take, and what the last plan said to re-test.
    """
    protocol, found = reckoned.protocol, dict[str, Carried]()
    mine = [(visit, held) for visit, held in earlier if held.protocol == protocol.id]
    seen: set[str] = set()
    for visit, held in mine:
        on = words.local(visit.care_at).date()
        for name, value in held.answers.items():
            if name in seen:
                continue
            seen.add(name)
            item = protocol.items.get(name)
            if item is None or item.carry == "never" or not is_given(value):
                continue
            found[name] = Carried(value, on, fact=item.carry == "fact")
    takeable = reckoned.takeable({name: one.value for name, one in found.items()})
    planned = mine[0][1].retest if mine else {}
    return VisitContent(
        carried={name: one for name, one in found.items() if name in takeable},
        planned=in_order(protocol, planned),
    )


def in_order(protocol: Protocol, items: Mapping[str, object] | Sequence[str]) -> tuple[str, ...]:
    """Items that are asked, in the order of the protocol; others are left out."""
    places = protocol.places
    return tuple(sorted((one for one in items if one in places), key=protocol.order.__getitem__))


def facts(content: VisitContent) -> dict[str, Carried]:
    """The facts that count without having been confirmed or changed today."""
    return {
        name: one
        for name, one in content.carried.items()
        if one.fact and name not in content.answers
    }


def untouched(content: VisitContent) -> tuple[str, ...]:
    """All that was brought along and neither confirmed nor answered today, facts first."""
    left = [name for name in content.carried if name not in content.answers]
    return tuple(sorted(left, key=lambda name: not content.carried[name].fact))


def stored(held: Mapping[str, object]) -> dict[str, Carried]:
    """What a draft or a signed evaluation holds of it."""
    found = {}
    for name in held:
        one = plain.inner(held, name)
        on = plain.text(one, "on")
        if on:
            day, fact = date.fromisoformat(on), plain.flag(one, "fact")
            found[name] = Carried(one.get("value"), day, fact, plain.text(one, "source"))
    return found


def when_answered(earlier: Earlier) -> dict[str, datetime]:
    """When each item was last signed with an answer of that day."""
    found: dict[str, datetime] = {}
    for visit, held in earlier:
        for name, value in held.answers.items():
            if is_given(value) and visit.signed_at is not None:
                found.setdefault(name, visit.signed_at)
    return found


def with_reports(content: VisitContent, reports: Mapping[str, Carried]) -> VisitContent:
    """The content with what reports say laid beside the questions. An answer of today stands."""
    return replace(content, carried={**content.carried, **reports}) if reports else content
