"""The sentences of a letter part: parted, edited, left out, brought back, moved and refreshed.

A part's text is what is printed; its sentences say how it is made up and which of them still are
the record's own words. Joined, those that are included give back the text sign for sign, so that a
person types into one text while every sentence keeps its link to the record.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from clinic_desk.usecases import typed
from clinic_desk.usecases.letter_views import Change, Part, Sentence

MOST_COMPARED = 400  # pieces; above it a text is taken as written anew rather than compared

# a full stop after one of these ends no sentence
_SHORTENED = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|St|No|Nr|vs|approx|ca|cf|Fig|e\.g|i\.e|incl|resp|[A-Z])|^\s*\d+)\.$"
)
# possessive throughout: a long run of blanks or brackets is walked once
_END = re.compile(
    r"\n\s*+"
    r"|[.!?…؟۔。！？][\"”’)\]」』）]*+(?P<blank>[^\S\n]++)(?=\S)"
    r"|[。！？][」』”）]*+(?=\S)"
)


def of(part: Part) -> tuple[Sentence, ...]:
    """The sentences of a part. Where its text was set as a whole, or the draft is of an older
    version, the text is parted and each piece that the record said is linked to it.
    """
    if part.sentences and joined(part.sentences) == part.text:
        return part.sentences
    held = part.sentences or of_record(part.composed)
    return rewritten(held, part.text)


def with_sentences(part: Part, sentences: Sequence[Sentence]) -> Part:
    """The part made up of these sentences."""
    return replace(part, sentences=tuple(sentences), text=joined(sentences))


def of_record(composed: str) -> tuple[Sentence, ...]:
    """The record's words as linked sentences."""
    return tuple(Sentence(body, body.strip(), lead) for lead, body in parted(composed))


def joined(sentences: Sequence[Sentence]) -> str:
    """What is printed: the included sentences. The break before one that is left out goes on to
    the next, so that bringing it back gives the paragraphs as they were.
    """
    said: list[str] = []
    broken = False
    for one in sentences:
        if not one.included:
            broken = broken or one.lead == "\n"
            continue
        if said:
            said.append("\n" if broken else one.lead)
        said.append(one.text)
        broken = False
    return "".join(said)


def spans(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int, int]]:
    """Place in `sentences`, first and last position in the text, of each included one."""
    at, begun, broken = 0, False, False
    for place, one in enumerate(sentences):
        if not one.included:
            broken = broken or one.lead == "\n"
            continue
        if begun:
            at += 1 if broken else len(one.lead)
        yield place, at, at + len(one.text)
        at += len(one.text)
        begun, broken = True, False


def at(sentences: Sequence[Sentence], position: int) -> int | None:
    """The sentence in which a position of the text lies; none in an empty text."""
    found = None
    for place, first, _last in spans(sentences):
        if first > position and found is not None:
            break
        found = place
    return found


def parted(text: str) -> list[tuple[str, str]]:
    """A text as pieces, each with the break before it ("", " " or a new line). Nothing is lost:
    further blanks stay with the piece that they follow. What is too long for a part is one piece.
    """
    pieces: list[tuple[str, str]] = []
    lead, begin, last = "\n", 0, len(text.rstrip())
    if len(text) > typed.NOTE:
        return [(lead, text)]
    for match in _END.finditer(text):
        end = match.end()
        if end >= last or not text[begin : match.start() + 1].strip():
            continue
        if match[0][0] == "\n":
            breaks = match.start() + match[0].rfind("\n")
            following = "\n"
        elif match["blank"] is None:
            breaks, following = end, ""
        elif text[end - 1] != " " or _goes_on(text[begin : match.start("blank")], text[end]):
            continue
        else:
            breaks, following = end - 1, " "
        pieces.append((lead, text[begin:breaks]))
        lead, begin = following, breaks + len(following)
    if text[begin:]:
        pieces.append((lead, text[begin:]))
    return pieces


def _goes_on(before: str, after: str) -> bool:
    """Whether a full stop ended an abbreviation or a number of a list, and no sentence."""
    return after.islower() or bool(_SHORTENED.search(before[-12:] if len(before) > 12 else before))


def rewritten(sentences: Sequence[Sentence], text: str) -> tuple[Sentence, ...]:
    """The sentences after the text was typed over.

    A piece that still says what it said stays linked, one in the place of another is that one
    edited, one more is the clinician's own, and a sentence of the record that is no longer there
    is left out and can be brought back.
    """
    pieces = parted(text)
    shown = [place for place, one in enumerate(sentences) if one.included]
    old = [sentences[place].text.strip() for place in shown]
    new = [body.strip() for _, body in pieces]
    kept: dict[int, list[Sentence]] = {}  # by place: what stands there now
    before: list[Sentence] = []  # ahead of the first
    waiting = {one.composed: one for one in sentences if not one.included and one.composed}
    revived: set[str] = set()

    def fresh(lead: str, body: str) -> Sentence:
        back = waiting.get(body.strip())
        if back is None or back.composed in revived:
            return Sentence(body, "", lead)
        revived.add(back.composed)
        return Sentence(body, back.composed, lead)

    for tag, i, j, k, m in _steps(old, new):
        if tag == "equal":
            for place, (_lead, body) in zip(shown[i:j], pieces[k:m], strict=True):
                kept[place] = [replace(sentences[place], text=body)]
            continue
        pairs = min(j - i, m - k)
        for place, (_lead, body) in zip(shown[i : i + pairs], pieces[k : k + pairs], strict=True):
            kept[place] = [replace(sentences[place], text=body)]
        for place in shown[i + pairs : j]:
            kept[place] = _left_out(sentences[place])
        more = [fresh(lead, body) for lead, body in pieces[k + pairs : m]]
        anchor = shown[i + pairs - 1] if i + pairs else None
        (before if anchor is None else kept[anchor]).extend(more)
    result = list(before)
    for place, one in enumerate(sentences):
        if one.included:
            result.extend(kept[place])
        elif one.composed not in revived:
            result.append(one)
    return _with_leads(result, pieces)


def _with_leads(
    sentences: Sequence[Sentence], pieces: Sequence[tuple[str, str]]
) -> tuple[Sentence, ...]:
    """The same with the breaks of the text as it was typed. A break that comes from one that is
    left out stays with that one; where the text has none, it asks for none.
    """
    leads = iter(lead for lead, _ in pieces)
    made: list[Sentence] = []
    hidden: list[int] = []
    for one in sentences:
        if not one.included:
            hidden.append(len(made))
            made.append(one)
            continue
        lead = next(leads)
        if lead != "\n":
            for place in hidden:
                made[place] = replace(made[place], lead=" ")
        broken = lead == "\n" and any(made[place].lead == "\n" for place in hidden)
        made.append(one if broken else replace(one, lead=lead))
        hidden = []
    return tuple(made)


def _left_out(one: Sentence) -> list[Sentence]:
    """A sentence that was deleted: the record's can be brought back, one's own is gone."""
    if not one.composed:
        return []
    return [replace(one, text=one.composed, included=False)]


def _steps(old: list[str], new: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """Which old pieces the new ones stand for; what is alike at both ends is passed first."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    last, end = len(old) - tail, len(new) - tail
    if head:
        yield "equal", 0, head, 0, head
    if max(last - head, end - head) > MOST_COMPARED:
        yield "replace", head, last, head, end
    elif last > head or end > head:
        matcher = SequenceMatcher(None, old[head:last], new[head:end], autojunk=False)
        for tag, i, j, k, m in matcher.get_opcodes():
            yield tag, head + i, head + j, head + k, head + m
    if tail:
        yield "equal", last, len(old), end, len(new)


def included(sentences: Sequence[Sentence], place: int, on: bool) -> tuple[Sentence, ...]:
    """One sentence left out, or brought back. One's own that is left out stays to be brought
    back too.
    """
    return tuple(
        replace(one, included=on) if index == place else one for index, one in enumerate(sentences)
    )


def moved(sentences: Sequence[Sentence], place: int, step: int) -> tuple[Sentence, ...]:
    """One sentence before or after its neighbour; the paragraphs stay where they are."""
    shown = [index for index, one in enumerate(sentences) if one.included]
    if place not in shown:
        return tuple(sentences)
    to = shown.index(place) + step
    if not 0 <= to < len(shown):
        return tuple(sentences)
    other = shown[to]
    made = list(sentences)
    here, there = sentences[place], sentences[other]
    made[place] = replace(there, lead=here.lead)
    made[other] = replace(here, lead=there.lead)
    return tuple(made)


def relinked(sentences: Sequence[Sentence], place: int) -> tuple[Sentence, ...]:
    """An edited sentence in the record's words again."""
    return tuple(
        replace(one, text=one.composed) if index == place and one.composed else one
        for index, one in enumerate(sentences)
    )


def changes(part: Part, composed: str) -> tuple[Change, ...]:
    """What the record says otherwise since the part was composed."""
    by_words = {one.composed: one for one in of(part) if one.composed}
    found: list[Change] = []
    for then, now in _compared(part.composed, composed):
        before, after = _words(then), _words(now)
        one = by_words.get(before)
        if one is None:
            before = ""  # it went with an earlier edit: only what is new counts
        if _words(then) == after or not (before or after):
            continue
        stays = one is not None and (one.edited or not one.included)
        kind = "new" if not before else "gone" if not after else "changed"
        found.append(Change(kind, before, after, stays))
    return tuple(found)


def refreshed(part: Part, composed: str) -> Part:
    """The part with the record's words of now. An edited sentence keeps its text, one that was
    left out stays out, and the order that the clinician chose stays.
    """
    held = list(of(part))
    behind = -1  # where the sentence before stands now
    for then, now in _compared(part.composed, composed):
        before = _words(then)
        place = next((i for i, one in enumerate(held) if before and one.composed == before), None)
        if place is None:
            if now is not None and now.composed != before:
                behind += 1
                held.insert(behind, now)
        elif now is not None:
            one = held[place]
            lead = now.lead if then is not None and one.lead == then.lead else one.lead
            blanks = one.text[len(one.text.rstrip()) :]
            text = one.text if one.edited else now.composed + blanks
            held[place] = replace(one, text=text, composed=now.composed, lead=lead)
            behind = place
        elif held[place].edited:
            held[place] = replace(held[place], composed="")
            behind = place
        else:
            gone = held.pop(place)
            if gone.lead == "\n" and place < len(held):
                held[place] = replace(held[place], lead="\n")
            behind = place - 1
    return replace(with_sentences(part, held), composed=composed)


def _compared(before: str, after: str) -> Iterator[tuple[Sentence | None, Sentence | None]]:
    """Each sentence of the record then and now, in the order of now."""
    old, new = of_record(before), of_record(after)
    for _tag, i, j, k, m in _steps([one.composed for one in old], [one.composed for one in new]):
        for index in range(max(j - i, m - k)):
            yield (
                old[i + index] if i + index < j else None,
                new[k + index] if k + index < m else None,
            )


def _words(one: Sentence | None) -> str:
    return "" if one is None else one.composed
