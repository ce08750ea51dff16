"""Every text of a letter is hostile until proved plain: each class of naughty text goes through
every field into every kind, and is read back from the page as nothing but text.

The classes are those that public lists of naughty strings gather; the strings are our own.
"""

import time
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from uuid import UUID

import pypdfium2
import pytest
from pypdf import PdfReader

from clinic_desk.clinical.measures import Side
from clinic_desk.errors import InvalidInput, Locked
from clinic_desk.usecases import (
    cases,
    contacts,
    letters,
    patients,
    practice,
    shelf,
    todos,
    typed,
    visits,
)
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letters import LetterDraft
from clinic_desk.usecases.patient_details import OtherAddress
from clinic_desk.usecases.visits import VisitContent
from tests.usecases.answers import STRAIN

# class: (text, whether a font has all of its signs)
NAUGHTY: dict[str, tuple[str, bool]] = {
    "image": ('<img src="file:///etc/hostname" width="9"/>', True),
    "image by web": ("<img src='http://127.0.0.1/x.png'>", True),
    "font expression": ('<font color="__import__(1)" size="{0}">red</font>', True),
    "paragraph tags": ("<para><b>bold<i>both</b></i> & <u>under</u><br/></para>", True),
    "unclosed tag": ("pain < 3 of 10 and > 5 <b", True),
    "link": ('<a href="javascript:alert(1)">here</a>', True),
    "entities": ("&lt;b&gt; &amp;amp; &#60;i&#62; &nbsp; &bogus;", True),
    "cdata": ("<![CDATA[ x ]]> <!-- y --> <?pi z?>", True),
    "template": ("{{ patient }} {% for x in y %}{{ x }}{% endfor %} {# note #}", True),
    "template attributes": ("{{ ''.__class__.__mro__[1].__subclasses__() }}", True),
    "format": ("%s %n %(x)d {0.__class__} {patient!r} ${HOME} $(id) `id`", True),
    "query": ("'; DROP TABLE patient; -- \" OR 1=1", True),
    "formula": ("=SUM(A1:A9) +1 -1 @x", True),
    "pdf syntax": (r"(a\) Tj ET endstream endobj << /JS (x) >> %%EOF", True),
    "path": (r"../../etc/x C:\x\..\y \\host\share", True),
    "null and controls": ("a\x00b\x01c\x08d\x1be\x7ff\x85g", True),
    "odd breaks": ("one\r\ntwo\rthree\x0bfour\x0cfive\u2028six\u2029seven", True),
    "lone surrogates": ("left\ud800right\udfffend", True),
    "bidi overrides": ("safe\u202egnihton\u202c \u2066iso\u2069 \u200fmark", True),
    "zero width": ("ze\u200bro\u200cwi\u200ddth\ufeff\u2060\u00adend", True),
    "right to left": ("ألم في الفخذ الأيسر منذ أسبوعين", True),
    "mixed directions": ("pain ألم 7 of 10 (الفخذ)", True),
    "chinese": ("左侧大腿后方疼痛。已经两周了。", True),
    "emoji joined": ("a runner \U0001f3c3\u200d\u2640\ufe0f \U0001f468\u200d\U0001f469", False),
    "combining tower": ("te" + "\u0301\u0302\u0303\u0304\u0306" * 8 + "xt", True),
    "private and unassigned": ("a\ue000b\U000e0001c\ufffed", False),
    "old script": ("\U000130a0\U000130a1", False),
    "very long word": ("Wort" * 45, True),
    "quotes and dashes": ("‘single’ “double” «angle» – — … ½ ≥ ≤ ° ×", True),
    "only blanks": (" \t\u00a0\u3000\u2003 ", True),
    "only dots": ("... .. . ?!?! .", True),
}  # fmt: skip


def squeezed(text: str) -> str:
    """Without blanks and marks that are not seen, one form for each sign."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(
        sign for sign in plain if not sign.isspace() and unicodedata.category(sign)[0] != "C"
    ).replace("-", "")


def page_texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [one.get_textpage().get_text_range() for one in document]
    finally:
        document.close()


def holds(seen: str, said: str, line: str = "") -> bool:
    """Whether a page tells a text: sign for sign, or where the reading order turns its signs,
    as it does in the whole of a line with right-to-left words.
    """
    wanted = squeezed(said)
    if wanted in seen:
        return True
    turned = any(
        unicodedata.bidirectional(sign) in ("R", "AL") or unicodedata.combining(sign)
        for sign in said + line
    )
    # a bracket is drawn the other way round in such a line, and a reader gives what is drawn
    return turned and set(wanted.translate(_MIRRORED)) <= set(seen.translate(_MIRRORED))


_MIRRORED = str.maketrans(")]}>»", "([{<«")


def record(desk: Desk, text: str) -> tuple[UUID, UUID]:
    """A practice, a patient, a case and a contact in which every text is this one."""
    named = typed.line(text) or "Blank"
    held = practice.view(desk)
    practice.correct(
        desk,
        held.version,
        replace(
            held.practice, name=named, subtitle=text, address=f"{text}\n{text}", phone=text,
            email=text, website=text, registrations=f"{text}\n{text}",
        ),
        replace(held.clinician, name=named, profession=text, registration=text),
    )  # fmt: skip
    who = patients.register(
        desk,
        patients.PatientDetails(
            named, named, birth_date=date(1991, 6, 14), phone=text, address=f"{text}\n{text}",
            allergies=text, medicines=text, alerts=text, consent_on=date(2026, 1, 23),
            preferred_name=named, occupation=text, sport=text, history=text,
            addresses=(OtherAddress(f"{text}\n{text}\nPlace", "post"),),
        ),
    )  # fmt: skip
    sender = contacts.add(desk, contacts.ContactDetails(named, text, "gp", text, text))
    details = cases.CaseDetails(
        named, Side.LEFT, onset_on=date(2026, 1, 21), referrer_id=sender, goal=text
    )
    case = cases.open_case(desk, who, details)
    due = desk.today()
    todos.add(desk, todos.TodoDetails(named, due, recall=True, patient_id=who, case_id=case))
    visit = visits.start(desk, case)
    answers = STRAIN | {"medicines": [{"name": named[:80]}], "dvt_close_reason": text}
    content = VisitContent(answers=answers)
    content = visits.write_into_note(desk, visits.open_visit(desk, visit), content)
    visits.keep(desk, visit, content)
    visits.sign(desk, visit, content)
    return case, visit


def all_said(draft: LetterDraft, text: str) -> LetterDraft:
    """Every part with the text of the record before it and the naughty one after it."""
    parts = tuple(
        replace(one, included=True, text=f"{one.text} {text}", sentences=()) for one in draft.parts
    )
    return replace(draft, parts=parts, copies=(text, f"{text}\n{text}"), enclosures=(text,))


def cleaned(draft: LetterDraft) -> Iterator[str]:
    for one in draft.parts:
        yield from typed.lines(typed.block(one.text))


@pytest.mark.parametrize("name", NAUGHTY)
def test_naughty_text_is_printed_as_text_or_named_as_unprintable(desk: Desk, name: str) -> None:
    text, printable = NAUGHTY[name]
    case, _visit = record(desk, text)
    for kind in shelf.letter_kinds(desk.library):
        named = typed.line(text) or "Blank"
        role = kind.role if kind.role in contacts.ROLES else "other"
        to = contacts.add(desk, contacts.ContactDetails(named, text, role, text, f"{text}\nPlace"))
        draft = all_said(letters.compose(desk, case, kind.id, to), text)
        letters.keep(desk, case, draft)
        held = letters.kept(desk, case)
        assert held is not None
        assert [typed.block(one.text) for one in held.parts] == [
            typed.block(one.text) for one in draft.parts
        ]
        begun = time.process_time()
        seen = letters.preview(desk, case, draft)
        assert time.process_time() - begun < 5, "nothing hangs"
        if not printable:
            problems = [one for one in seen.problems if one.blocking]
            assert any("cannot be printed" in one.text for one in problems), kind.id
            assert all(one.field for one in problems)
            with pytest.raises(Locked):
                letters.issue(desk, case, draft)
            continue
        assert not any(one.check.startswith("sign") for one in seen.problems), kind.id
        assert not any(one.check == "identity" for one in seen.problems), kind.id
        pages = page_texts(seen.pdf)
        whole = squeezed("".join(pages))
        for line in cleaned(draft):
            # a line may go over two pages; its first and last words stand together
            assert holds(whole, line[:60], line), (kind.id, line[:60])
            assert holds(whole, line[-30:], line), (kind.id, line[-30:])
        if draft.parts and squeezed(typed.line(named)):
            assert holds(whole, typed.line(named)), "the addressee and the patient"
        assert_plain(seen.pdf)


def assert_plain(pdf: bytes) -> None:
    """No picture, link, script or file came out of a text."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            kinds = {one.type for one in page.get_objects()}
            assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE not in kinds
    finally:
        document.close()
    reader = PdfReader(BytesIO(pdf))
    assert not {"/Names", "/OpenAction", "/AA", "/AcroForm"} & set(reader.trailer["/Root"])
    assert not any({"/Annots", "/AA"} & set(page) for page in reader.pages)


@pytest.mark.parametrize("kind", ["referral-orthopaedics", "referral-gp"])
def test_every_page_names_the_patient_whatever_the_text(
    desk: Desk, strain: UUID, surgeon: UUID, kind: str
) -> None:
    draft = all_said(letters.compose(desk, strain, kind, surgeon), "long words \n" * 400)
    draft = replace(draft, copies=(), enclosures=())
    pages = page_texts(letters.preview(desk, strain, draft).pdf)
    assert len(pages) > 3
    assert all("Alex EXAMPLE" in page and "CD-00001" in page for page in pages)


def test_a_megabyte_is_refused_by_every_field_in_plain_words(
    desk: Desk, alex: UUID, strain: UUID, surgeon: UUID
) -> None:
    huge = "pasted words " * 80_000
    begun = time.process_time()
    for details in (
        patients.PatientDetails(huge, "A"),
        patients.PatientDetails("A", "A", allergies=huge),
        patients.PatientDetails("A", "A", address=huge),
    ):
        with pytest.raises(InvalidInput, match="at most"):
            patients.register(desk, details)
    with pytest.raises(InvalidInput):
        cases.open_case(desk, alex, cases.CaseDetails("x", Side.LEFT, goal=huge))
    with pytest.raises(InvalidInput):
        contacts.add(desk, contacts.ContactDetails("A", address=huge))
    draft = letters.compose(desk, strain, "referral-gp", surgeon)
    for one in draft.parts:
        parts = tuple(
            replace(part, included=True, text=huge if part.id == one.id else "Please see.")
            for part in draft.parts
        )
        big = replace(draft, parts=parts)
        seen = letters.preview(desk, strain, big)
        assert (seen.pdf, [one.field for one in seen.problems if "at most" in one.text]) == (
            b"",
            [one.id],
        )
        with pytest.raises(Locked, match="at most"):
            letters.issue(desk, strain, big)
    assert time.process_time() - begun < 30


@pytest.mark.parametrize("field", ["copies", "enclosures"])
def test_a_megabyte_of_names_is_refused_too(
    desk: Desk, strain: UUID, surgeon: UUID, field: str
) -> None:
    draft = letters.compose(desk, strain, "referral-gp", surgeon)
    big = replace(draft, **{field: ("name " * 200_000,)})
    seen = letters.preview(desk, strain, big)
    assert any(one.blocking for one in seen.problems if one.field == field)
    assert all(len(one.text) < 300 for one in seen.problems)
    many = replace(draft, **{field: tuple(f"Name {n}" for n in range(500))})
    seen = letters.preview(desk, strain, many)
    assert any(one.blocking for one in seen.problems if one.field == field)
    assert all(len(one.text) < 300 for one in seen.problems)
    with pytest.raises(Locked):
        letters.issue(desk, strain, many)
