"""A letter's draft as the content of its page, with its fingerprint."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from clinic_desk.clinical.body_regions import TYPES
from clinic_desk.documents.content import LetterChart, LetterContent, LetterPart, LetterTable
from clinic_desk.documents.text import comma
from clinic_desk.drawing import body_chart as drawn
from clinic_desk.library.letters import LetterKind
from clinic_desk.usecases import (
    body_words,
    letter_draft,
    letter_frame,
    letter_supervision,
    letter_tongue,
    letter_words,
    plain,
    tongue_tables,
    typed,
    words,
)
from clinic_desk.usecases.contacts import ContactDetails
from clinic_desk.usecases.letter_draft import Source
from clinic_desk.usecases.letter_tongue import Said
from clinic_desk.usecases.letter_views import LetterDraft, Part
from clinic_desk.usecases.letterhead import letterhead, paper_of
from clinic_desk.usecases.practice import PracticeView

Runs = tuple[tuple[str, bool], ...]


def page(
    kind: LetterKind,
    draft: LetterDraft,
    found: Source,
    seen: PracticeView,
    recipient: ContactDetails | None,
    now: datetime,
    reference: str = "",
) -> LetterContent:
    """The page of a draft; with a reference, the page that is issued and signed."""
    today = words.local(now).date()
    ours = found.patient.number if not reference else f"{found.patient.number} / {reference}"
    content = LetterContent(
        practice=letterhead(seen.practice),
        recipient=_address(recipient),
        date=letter_frame.date_line(kind, today),
        reference=letter_frame.reference(kind, ours),
        identity=letter_frame.identity(
            kind, found.patient, found.case, today, found.said.case_line if found.said else ""
        ),
        salutation=letter_frame.salutation(kind, recipient.salutation if recipient else ""),
        parts=tuple(
            _part(kind, one, draft, found)
            for one in draft.parts
            if one.included and (one.text.strip() or (one.has_table and draft.table))
        ),
        closing=letter_tongue.closing(kind, found.said, found.values),
        valediction=kind.valediction,
        author=seen.clinician.name,
        author_line=_author_line(kind, seen),
        signed_line=letter_frame.signed(kind, now, _names(draft.copies)) if reference else "",
        urgency=letter_words.urgency_line(draft.see_by, today, kind),
        title=kind.title,
        language=kind.language,
        paper=paper_of(draft.paper),
        draft=not reference,
        words=letter_frame.wording(kind),
        supervision=letter_supervision.line(kind, draft, found.supervision),
    )
    return replace(content, fingerprint=fingerprint(content)) if reference else content


def fingerprint(content: LetterContent) -> str:
    """Eight signs of the SHA-256 of the content's canonical JSON: "7F3A 91C4"."""
    practice = replace(content.practice, logo=None)
    bare = replace(content, fingerprint="", practice=practice, signature=None)
    pictures = [
        sha256(one.jpeg).hexdigest() if one else ""
        for one in (content.practice.logo, content.signature)
    ]
    canonical = json.dumps(
        [plain.plain(bare), pictures],
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )
    digest = sha256(canonical.encode("utf-8", "replace")).hexdigest().upper()
    return f"{digest[:4]} {digest[4:8]}"


def _address(recipient: ContactDetails | None) -> tuple[str, ...]:
    if recipient is None:
        return ()
    organisation = (recipient.organisation,) if recipient.organisation else ()
    return (recipient.name, *organisation, *typed.lines(recipient.address))


def _author_line(kind: LetterKind, seen: PracticeView) -> str:
    registration = letter_frame.registration(kind, seen.clinician.registration)
    parts = [seen.clinician.profession, registration]
    return "".join(f"{comma(kind.language)}{part}" for part in parts if part)


def _names(copies: Sequence[str]) -> str:
    """Who gets a separate copy, without their addresses."""
    return "; ".join(one.partition("\n")[0] for one in copies)


def _part(kind: LetterKind, part: Part, draft: LetterDraft, found: Source) -> LetterPart:
    template = next((one for one in kind.parts if one.id == part.id), None)
    said = found.said if found.said and part.language == found.said.language else None
    bold = said.tongue.speech.bold if said else template.bold if template else ()
    paragraphs = tuple(runs(one, bold) for one in typed.lines(typed.block(part.text)))
    title = letter_frame.heading(
        kind,
        part,
        letter_draft.heading(part, found),
        letter_tongue.heading(part, said, found.record),
    )
    if part.has_table and draft.table:
        table = LetterTable(draft.table[0], draft.table[1:])
        record = found.record if template and template.rows == "measures" else None
        trends = letter_tongue.trends(said, record) if record else ()
        return LetterPart(title, (), table, paragraphs, trends=trends)
    chart = _chart(draft, said) if part.has_chart else None
    return LetterPart(title, paragraphs, chart=chart)


def _chart(draft: LetterDraft, said: Said | None) -> LetterChart | None:
    """The body chart with the views that show its marks; none where nothing is marked."""
    chart = body_words.chart_of(draft.chart)
    if chart is None or not chart.marks:
        return None
    names = {"front": "Front", "back": "Back", "left": "Left side", "right": "Right side"}
    used = {one.type for one in chart.marks}
    made = LetterChart(
        chart,
        tuple((view, names[view]) for view in drawn.views_with_marks(chart)),
        tuple((kind, words.capital(name)) for kind, name in TYPES.items() if kind in used),
    )
    return tongue_tables.chart(said.tongue, made) if said else made


def runs(text: str, bold: Sequence[str]) -> Runs:
    """A paragraph as runs of (text, bold): the lead words of its part stand out."""
    if not bold:
        return ((text, False),)
    pattern = "|".join(re.escape(one) for one in bold)
    pieces = re.split(rf"((?:(?<=^)|(?<=\. )|(?<=\A))(?:{pattern}))", text)
    return tuple((piece, piece in bold) for piece in pieces if piece)
