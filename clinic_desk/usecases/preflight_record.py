"""What stands behind a letter: the evaluation, whether it is signed, its red flags."""

from collections.abc import Iterator

from clinic_desk.clinical import doubts
from clinic_desk.clinical.findings import Urgency
from clinic_desk.library import letter_templates
from clinic_desk.usecases import (
    letter_draft,
    letter_medicines,
    letter_supervision,
    letter_words,
    words,
)
from clinic_desk.usecases.paper_views import Problem
from clinic_desk.usecases.preflight_facts import Facts
from clinic_desk.usecases.preflight_safety import NEXT_VISIT

# the reasons of such doubts: an answer against others, a chart of the other side alone
AT_ODDS = ("doubt.at_odds", "doubt.odds", doubts.OTHER_MARKED)
_SPOKEN = ("phoned", "sent_to_emergency")  # acts that are quicker than a letter


def problems(facts: Facts) -> Iterator[Problem]:
    yield from _older(facts)
    yield from _visit(facts)
    yield from _supervision(facts)
    yield from _flags(facts)
    yield from _medicines(facts)
    yield from _began(facts)
    yield from _at_odds(facts)


def _older(facts: Facts) -> Iterator[Problem]:
    """Parts that tell what the record no longer says."""
    going = {one.id for one in facts.draft.parts if one.included}
    for one in facts.changes:
        if one.part in going:
            text = f"The record has changed since {one.title} was composed."
            yield Problem(text, False, one.part, f"older:{one.part}")


def _visit(facts: Facts) -> Iterator[Problem]:
    """An unsigned visit stops a letter that tells the record, unless its red flag waits for this
    very letter. A cover sheet names nobody, and a letter in the clinician's own words rests on no
    visit.
    """
    if _silent(facts):
        return
    rests = letter_supervision.rests_on_record(facts.kind)
    if facts.found.record is None:
        if rests:
            text = "No evaluation is recorded in this case."
            yield Problem(text, False, "visit", "evaluation")
    elif not facts.found.visit_signed:
        text = "The visit behind this letter is not signed."
        waits = letter_draft.referred_flags(facts.draft, facts.found)
        yield Problem(text, rests and not waits, _newest(facts), "visit")


def _newest(facts: Facts) -> str:
    """The field of the visit that was evaluated last, which may be newer than the letter."""
    record = facts.found.record
    if record is None or record.newest.visit.id == facts.draft.visit_id:
        return "visit"
    return f"visit:{record.newest.visit.id}"


def _silent(facts: Facts) -> bool:
    """Whether nothing of the notes stands in it, nor the name of whom they are about."""
    nothing = letter_supervision.tells_nothing(facts.kind, facts.draft)
    return facts.kind.identity == "number" or nothing


def _supervision(facts: Facts) -> Iterator[Problem]:
    """A letter on notes that are not co-signed says so. Who signs under supervision does not
    issue one before, for no reason.
    """
    if _silent(facts) and not facts.supervised:
        return
    if facts.found.supervision.waiting:
        count = words.counted(facts.found.supervision.waiting, "visit is", "visits are")
        text = f"{count} not co-signed yet."
        if facts.supervised:
            text += " Ask your supervisor to co-sign, or to issue this letter."
        yield Problem(text, facts.supervised, "visit", "cosign")
    elif facts.supervised and not facts.found.visit_signed:
        text = "A letter under supervision needs a signed and co-signed visit."
        yield Problem(text, True, "visit", "cosign")


def _flags(facts: Facts) -> Iterator[Problem]:
    """A flag is mended in the part that tells of it, or else at the visit, by what was done."""
    tells = any(one.id == "red_flags" for one in facts.draft.parts)
    protocol = facts.found.record.reckoned.protocol if facts.found.record else None
    referred = {one.id for one in letter_draft.referred_flags(facts.draft, facts.found)}
    for one in facts.flags.open:
        if protocol and one.urgency.blocks_signing and one.id not in referred:
            label = words.lowered(protocol.say(one.label))
            text = f"A red flag without action is not part of this letter: {label}."
            yield Problem(text, False, "red_flags" if tells else "visit", "flag")
    spoken = {one.flag for one in facts.flags.acted if one.kind in _SPOKEN}
    quick = [
        one
        for one in (facts.found.record.found.red_flags if facts.found.record else ())
        if one.urgency in (Urgency.EMERGENCY_NOW, Urgency.SAME_DAY) and one.id not in spoken
    ]
    if quick and letter_draft.emergency(facts.found):
        text = "An emergency or same-day flag: a letter alone is too slow. Phone as well."
        yield Problem(text, False, "visit", "emergency")


def _medicines(facts: Facts) -> Iterator[Problem]:
    """Two answers about one thing are both told; only the clinician can say which one holds."""
    going = {one.id for one in facts.said}
    telling = [
        one.id
        for one in facts.kind.parts
        if one.id in going and "medicines" in letter_templates.written(one.spoken or one.text)
    ]
    if telling and letter_medicines.at_odds(facts.found.record, facts.found.patient):
        text = "The patient’s details and the evaluation name different medicines; both are told."
        yield Problem(text, False, "patient", "medicines")


def _began(facts: Facts) -> Iterator[Problem]:
    """Two days of the same beginning, of which a letter may tell both."""
    record, onset = facts.found.record, facts.found.case.onset_on
    injured = letter_words.injured_on(record) if record else None
    if onset and injured and onset != injured and not _silent(facts):
        text = (
            f"The case began on {words.day(onset)}; the evaluation says that the injury was on "
            f"{words.day(injured)}."
        )
        yield Problem(text, False, "side", "onset:evaluation")


def _at_odds(facts: Facts) -> Iterator[Problem]:
    """An answer that others speak against, such as no blood thinner beside warfarin: a letter
    would tell both; or a body chart of the side alone on which the case is not.
    """
    record = facts.found.record
    if record is None or _silent(facts) or not letter_supervision.rests_on_record(facts.kind):
        return
    protocol = record.reckoned.protocol
    for one in doubts.find(record.reckoned.reading(record.newest.standing)):
        if one.why.text in AT_ODDS:
            name = protocol.say(protocol.item(one.item).label).rstrip("?")
            text = f"{name}: {words.lowered(protocol.say(one.why))}"
            field = NEXT_VISIT if facts.found.visit_signed else f"answer:{one.item}"
            yield Problem(words.sentence(text), False, field, f"at_odds:{one.item}")
