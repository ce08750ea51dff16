"""What the evaluation writes into the four parts of a note.

Suggested and decided are never said alike, and what was not asked is never said as normal.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from clinic_desk.clinical.findings import Findings
from clinic_desk.clinical.protocol import Item, Kind
from clinic_desk.library import Library
from clinic_desk.library.phrases import PhraseBook, phrase_book
from clinic_desk.usecases import (
    carrying,
    decision_words,
    done_words,
    grade_words,
    home_kept,
    outcome_words,
    shelf,
    words,
)
from clinic_desk.usecases.answer_words import is_given, phrase
from clinic_desk.usecases.reckoning import Reckoning
from clinic_desk.usecases.screening import flag_items, screen
from clinic_desk.usecases.visit_content import PARTS
from clinic_desk.usecases.visit_views import Decision, FlagAction, Note, VisitContent


class Earlier(Protocol):
    """The visit that outcome measures are compared with."""

    @property
    def care_at(self) -> datetime: ...
    @property
    def answers(self) -> Mapping[str, object]: ...


ACTIONS: Mapping[str, str] = {
    "referred": "referred",
    "phoned": "phoned",
    "sent_to_emergency": "sent to an emergency department",
    "examined_and_cleared": "examined and cleared",
    "override": "set aside",
    "noted": "noted",
}
HOME_ITEMS = (home_kept.PERCENT, home_kept.PAIN)  # the home program's own sentence says them
SAFETY_STEP = "safety"  # the questions before imaging go into the request, not into the note


def brought_up_to_date(
    library: Library,
    reckoned: Reckoning,
    content: VisitContent,
    earlier: Earlier | None = None,
    past: Sequence[Decision] = (),
    home: str = "",
) -> VisitContent:
    """The content with the parts replaced that nobody has touched."""
    fresh = composed(library, reckoned, content, earlier, past, home)
    texts: dict[str, str] = {}
    written = dict(content.written)
    for part in PARTS:
        now, new = getattr(content.note, part), fresh[part]
        untouched = not now.strip() or now == content.written.get(part)
        texts[part] = new if untouched else now
        if untouched:
            written[part] = new
    return replace(content, note=Note(**texts), written=written)


def composed(
    library: Library,
    reckoned: Reckoning,
    content: VisitContent,
    earlier: Earlier | None = None,
    past: Sequence[Decision] = (),
    home: str = "",
) -> dict[str, str]:
    """All four parts from the answers and decisions alone; `past` was decided at earlier visits,
    `home` is what came back about the home program.
    """
    book = phrase_book(reckoned.protocol.id)
    found = reckoned.of(content)
    return {
        "subjective": _paragraphs(
            sentences(reckoned, content.answers, book, ("patient",), earlier=earlier),
            (home,) if home else (),
            _screen_line(reckoned, content, book),
            _carried(reckoned, content, book, without=HOME_ITEMS if home else ()),
        ),
        "objective": _paragraphs(
            sentences(reckoned, content.answers, book, ("exam", "both"), earlier=earlier),
            done_words.line(library, content.done),
        ),
        "assessment": _paragraphs(
            flag_sentences(reckoned, content, found),
            urgency_sentences(reckoned, content.decisions),
            grade_words.grade_sentences(reckoned, content.decisions, found),
            pattern_sentences(reckoned, found, content.decisions),
            differential_sentences(reckoned, found),
            decision_words.earlier(
                reckoned.protocol, (*past, *content.superseded), programs_of(library)
            ),
        ),
        "plan": _paragraphs(
            _plan(library, reckoned, found, content.decisions), _retest(reckoned, content)
        ),
    }


def _paragraphs(*groups: Sequence[str]) -> str:
    return "\n".join(" ".join(group) for group in groups if group)


def sentences(
    reckoned: Reckoning,
    answers: Mapping[str, object],
    book: PhraseBook,
    asked: Sequence[str],
    pairs: bool = True,
    earlier: Earlier | None = None,
    apart: Sequence[Kind] = (),
) -> tuple[str, ...]:
    """One sentence for each section of the protocol that has an answer of this kind, and one for
    each questionnaire; outcome measures with their change since the earlier visit. What is of a
    kind that stands `apart` is told elsewhere.
    """
    protocol, taken = reckoned.protocol, reckoned.takeable(answers)
    said = []
    for asked_now, whole in sections(reckoned, asked, pairs, apart):
        phrases = [
            phrase(item, taken.get(item.id), reckoned.case.side, protocol.say, book.items)
            + _since(item, taken.get(item.id), earlier)
            for item in asked_now
            if item.kind is not Kind.OUTCOME
        ]
        joined = _joined(whole, [p for p in phrases if p])
        if joined:
            said.append(joined)
        for item in asked_now:
            measured = _questionnaire(item, taken.get(item.id), earlier)
            if measured:
                said.append(words.sentence(measured))
    return tuple(said)


def sections(
    reckoned: Reckoning, asked: Sequence[str], pairs: bool = True, apart: Sequence[Kind] = ()
) -> Iterator[tuple[list[Item], list[Item]]]:
    """The items of each section that notes tell of, and all that it asks of these people; red
    flags and the questions before imaging have places of their own.
    """
    protocol, flags = reckoned.protocol, set(flag_items(reckoned))
    for step in protocol.steps:
        if step.id == SAFETY_STEP:
            continue
        for section in step.sections:
            items = [protocol.item(one) for one in section.items if one not in flags]
            whole = [item for item in items if item.ask in asked]
            told = [
                item
                for item in whole
                if (pairs or item.kind is not Kind.PAIR) and item.kind not in apart
            ]
            yield told, whole


def _questionnaire(item: Item, value: object, earlier: Earlier | None) -> str:
    if item.kind is not Kind.OUTCOME or not is_given(value):
        return ""
    if earlier is None:
        return outcome_words.phrase(item, value)
    day = words.local(earlier.care_at).date()
    return outcome_words.phrase(item, value, earlier.answers.get(item.id), day)


def _since(item: Item, value: object, earlier: Earlier | None) -> str:
    """How a measure that is a plain number has changed: " (2 better than 30 Jan 2026, …)"."""
    if earlier is None or item.measure is None or not is_given(value):
        return ""
    day = words.day(words.local(earlier.care_at).date())
    found = outcome_words.compared(item, earlier.answers.get(item.id), value, day)
    return f" ({found})" if found else ""


def _joined(items: Sequence[Item], phrases: Sequence[str]) -> str:
    """Short phrases share a sentence by commas; readings of two sides by semicolons."""
    if not phrases:
        return ""
    pairs = any(item.kind is Kind.PAIR for item in items)
    return words.sentence("; ".join(phrases) if pairs else _listed(phrases))


def _listed(phrases: Sequence[str]) -> str:
    """Commas between them, or semicolons where one has a comma of its own."""
    return ("; " if any("," in one for one in phrases) else ", ").join(phrases)


def _screen_line(reckoned: Reckoning, content: VisitContent, book: PhraseBook) -> tuple[str, ...]:
    seen = screen(reckoned, content.answers, book)
    if not seen.asked:
        return ()
    return (f"Red-flag screen: {seen.counts}.", *seen.sentences)


def _carried(
    reckoned: Reckoning, content: VisitContent, book: PhraseBook, without: Sequence[str] = ()
) -> tuple[str, ...]:
    """The facts that were carried and not confirmed, by the day on which they were said."""
    said = []
    held = {item: one for item, one in carrying.facts(content).items() if item not in without}
    for on, source in sorted({(one.on, one.source) for one in held.values()}, reverse=True):
        said_then = []
        for name in carrying.in_order(reckoned.protocol, held):
            if (held[name].on, held[name].source) == (on, source):
                item = reckoned.protocol.item(name)
                say, side = reckoned.protocol.say, reckoned.case.side
                said_then.append(phrase(item, held[name].value, side, say, book.items))
        phrases = [one for one in said_then if one]  # some answers need no word
        if phrases:
            where = f"the {source}" if source else words.day(on)
            said.append(f"From {where}, not asked again: {_listed(phrases)}.")
    return tuple(said)


def _retest(reckoned: Reckoning, content: VisitContent) -> tuple[str, ...]:
    """What the next visit measures first."""
    items = carrying.in_order(reckoned.protocol, content.retest)
    names = [
        words.lowered(reckoned.protocol.say(reckoned.protocol.item(one).label)) for one in items
    ]
    return (words.sentence(f"re-test next time: {'; '.join(names)}"),) if names else ()


def flag_sentences(reckoned: Reckoning, content: VisitContent, found: Findings) -> tuple[str, ...]:
    """Each red flag that fired with what was done about it."""
    said = []
    for flag in found.red_flags:
        label = reckoned.protocol.say(flag.label)
        urgency = reckoned.protocol.say(f"urgency.{flag.urgency.value}")
        done = [action_words(one) for one in content.flag_actions if one.flag == flag.id]
        tail = words.listed(done) if done else "no action is recorded yet"
        said.append(words.sentence(f"red flag: {words.lowered(label)} ({urgency}); {tail}"))
    return tuple(said)


def action_words(action: FlagAction) -> str:
    """ "phoned (told the GP's desk)"."""
    said, text = ACTIONS.get(action.kind, action.kind), action.text.strip().rstrip(".")
    return f"{said} ({text})" if text else said


def urgency_sentences(reckoned: Reckoning, decisions: Sequence[Decision]) -> tuple[str, ...]:
    """How soon it is to be acted on, where the clinician decided that."""
    decided = grade_words.decision_on("urgency", decisions)
    return () if decided is None else (_decided(reckoned, decided, {}),)


def differential_sentences(reckoned: Reckoning, found: Findings) -> tuple[str, ...]:
    """What else is to be considered, each with the step that would tell, never as a diagnosis."""
    say = reckoned.protocol.say
    return tuple(
        f"{words.sentence(f'to consider: {words.lowered(say(one.label))}')} "
        f"{words.sentence(say(one.next_step))}"
        for one in found.differentials
    )


def pattern_sentences(
    reckoned: Reckoning, found: Findings, decisions: Sequence[Decision] = ()
) -> tuple[str, ...]:
    """The compensation patterns: those decided on, then those only suggested. No diagnosis."""
    said = []
    primary = grade_words.decision_on("pattern", decisions)
    if primary is not None:
        said.append(_decided(reckoned, primary, {}))
    beside = [one for one in decisions if one.subject.startswith("pattern:")]
    said += [_decided(reckoned, one, {}) for one in beside]
    done = {one.subject.removeprefix("pattern:") for one in beside}
    done |= {primary.decided} if primary is not None else set()
    names = [
        words.lowered(reckoned.protocol.say(one.label))
        for one in found.patterns
        if one.id not in done
    ]
    if names:
        many = "pattern" if len(names) == 1 else "patterns"
        said.append(words.sentence(f"suggested {many}: {'; '.join(names)}"))
    return tuple(said)


def programs_of(library: Library) -> Mapping[str, str]:
    """The names of the home programs by id."""
    return {one.id: one.name for one in shelf.templates(library).values()}


def _decided(reckoned: Reckoning, one: Decision, programs: Mapping[str, str]) -> str:
    """ "MRI of the thigh: plan it, decided by Dana Demo"."""
    protocol = reckoned.protocol
    what = decision_words.about(protocol, one.subject)
    said = f"{what}: {decision_words.value(protocol, one.subject, one.decided, programs)}"
    said += f", decided by {one.by}"
    if one.suggested is not None and one.suggested != one.decided:
        suggested = decision_words.value(protocol, one.subject, one.suggested, programs)
        said += f"; the working rule suggested {suggested}"
    if one.reason.strip():
        said += f". Reason: {one.reason.strip()}"
    return words.sentence(said)


def _plan(
    library: Library, reckoned: Reckoning, found: Findings, decisions: Sequence[Decision] = ()
) -> tuple[str, ...]:
    said = []
    program, stage = found.program, grade_words.decision_on("stage", decisions)
    if program is not None and program.blocked:
        said.append("No exercises until the red flag is acted on.")
    if stage is not None:
        said.append(_decided(reckoned, stage, programs_of(library)))
    elif program is not None and not program.blocked and program.template is not None:
        template = shelf.templates(library).get(program.template)
        name = template.name if template else program.template
        said.append(words.sentence(f"suggested home program: {name}"))
    tests = [one for one in decisions if one.subject.startswith("imaging:")]
    said += [_decided(reckoned, one, {}) for one in tests]
    settled = {one.subject.removeprefix("imaging:") for one in tests}
    for test in found.imaging:
        if test.id in settled:
            continue
        label = words.lowered(reckoned.protocol.say(test.label))
        urgency = reckoned.protocol.say(f"urgency.{test.urgency.value}")
        said.append(words.sentence(f"to consider: {label} ({urgency})"))
    given = {one.subject.removeprefix("advice:") for one in decisions}
    advice = [one for one in found.advice if one.id not in given]
    handed = [one for one in reckoned.protocol.advice if one.id in given]
    for word, cards in (("advice given", handed), ("suggested advice", advice)):
        labels = [words.lowered(reckoned.protocol.say(one.label)) for one in cards]
        if labels:
            said.append(words.sentence(f"{word}: {'; '.join(labels)}"))
    nets = dict.fromkeys(one.safety_net for one in found.red_flags if one.safety_net)
    said += [words.sentence(reckoned.protocol.say(one)) for one in nets]
    return tuple(said)
