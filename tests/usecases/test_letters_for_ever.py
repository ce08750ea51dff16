"""What was issued stays as it was: copies, ways out, corrections, one's own signature."""

import hashlib
from dataclasses import replace
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from PIL import Image, ImageDraw
from pypdf import PdfReader

from clinic_desk.errors import DocumentFailed, InvalidInput, Locked, NotFound
from clinic_desk.storage.models import Clinician
from clinic_desk.usecases import (
    contacts,
    letter_images,
    letters,
    papers,
    patients,
    practice,
    sendings,
)
from clinic_desk.usecases.desk import Actor, Desk
from clinic_desk.usecases.paper_views import DocumentView
from clinic_desk.usecases.practice import ClinicianDetails, PracticeDetails
from tests.support.desk import Clock
from tests.ui.paper_stage import evaluated
from tests.usecases.answers import STRAIN

ORTHO = "referral-orthopaedics"


def drawn(form: str = "PNG", ground: str = "white") -> bytes:
    """A picture with something drawn in its middle."""
    image = Image.new("RGB", (400, 200), ground)
    ImageDraw.Draw(image).line((100, 80, 300, 120), fill=(20, 30, 90), width=9)
    out = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "Made in the garden of Mrs Example"
    image.save(out, form, exif=exif)
    return out.getvalue()


def read(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def pictures(pdf: bytes) -> int:
    return sum(len(page.images) for page in PdfReader(BytesIO(pdf)).pages)


@pytest.fixture
def case(desk: Desk, strain: UUID) -> UUID:
    evaluated(desk, strain, STRAIN)
    return strain


def issued(desk: Desk, case: UUID, surgeon: UUID, copies: tuple[str, ...] = ()) -> DocumentView:
    draft = letters.compose(desk, case, ORTHO, surgeon)
    return letters.issue(desk, case, replace(draft, copies=copies))


def test_a_reprint_is_the_issued_file_byte_for_byte(desk: Desk, case: UUID, surgeon: UUID) -> None:
    letter_images.keep_logo(desk, drawn())
    first = issued(desk, case, surgeon)
    letter_images.keep_logo(desk, drawn(ground="red"))
    letter_images.remove_signature(desk)
    again = papers.open_document(desk, first.id)
    assert again.pdf == first.pdf
    assert hashlib.sha256(again.pdf).hexdigest() == first.sha256


def test_ways_out_are_kept_with_time_and_person_and_told_in_the_journal(
    desk: Desk, alex: UUID, case: UUID, surgeon: UUID, clock: Clock
) -> None:
    letter = issued(desk, case, surgeon, ("Dr Pat Sample",))
    copy = sendings.story(desk, letter.id).copies[0]
    sendings.record(desk, letter.id, "printed", letter.pdf)
    clock.move(days=1)
    found = sendings.record(desk, letter.id, "post", letter.pdf, copy.id)
    assert [one.words for one in found.sent] == [
        "Printed",
        "Sent by post, copy to Dr Pat Sample",
    ]
    assert {one.by for one in found.sent} == {desk.actor.name}
    assert found.sent[1].at == desk.now()
    entry = next(one for one in patients.open_file(desk, alex).journal if one.id == letter.id)
    assert "Printed 03 Feb 2026. Sent by post 04 Feb 2026." in entry.summary
    assert desk.store.verify_audit() is None


def test_an_unknown_way_and_the_copy_of_another_letter_are_refused(
    desk: Desk, case: UUID, surgeon: UUID
) -> None:
    letter = issued(desk, case, surgeon)
    with pytest.raises(InvalidInput):
        sendings.record(desk, letter.id, "pigeon", letter.pdf)
    with pytest.raises(NotFound):
        sendings.record(desk, letter.id, "post", letter.pdf, uuid4())
    with pytest.raises(NotFound):
        sendings.record(desk, uuid4(), "post", letter.pdf)
    assert sendings.story(desk, letter.id).sent == ()


def test_each_copy_is_issued_with_the_letter_under_its_own_address(
    desk: Desk, case: UUID, surgeon: UUID
) -> None:
    details = contacts.ContactDetails("Dr Pat Sample", address="3 High Street\nSampletown")
    contacts.add(desk, details)
    letter = issued(desk, case, surgeon, ("Dr Pat Sample (GP)", "Somebody Else"))
    first, second = sendings.story(desk, letter.id).copies
    assert (first.recipient, second.recipient) == ("Dr Pat Sample (GP)", "Somebody Else")
    text = read(sendings.copy_pdf(desk, first.id))
    assert "Copy to Dr Pat Sample (GP)." in text
    assert "3 High Street" in text
    assert letter.reference in text
    assert "Copy to Somebody Else." in read(sendings.copy_pdf(desk, second.id))
    assert "Copy to" not in read(letter.pdf)


def test_a_name_that_two_contacts_have_gets_no_address(
    desk: Desk, case: UUID, surgeon: UUID
) -> None:
    for street in ("3 High Street", "9 Low Street"):
        contacts.add(desk, contacts.ContactDetails("Dr Pat Sample", address=street))
    letter = issued(desk, case, surgeon, ("Dr Pat Sample",))
    copy = sendings.story(desk, letter.id).copies[0]
    text = read(sendings.copy_pdf(desk, copy.id))
    assert "3 High Street" not in text
    assert "9 Low Street" not in text


def test_a_correction_names_the_old_letter_and_the_old_one_says_so(
    desk: Desk, alex: UUID, case: UUID, surgeon: UUID, clock: Clock
) -> None:
    old = issued(desk, case, surgeon)
    clock.move(days=2)
    assert sendings.correction(desk, old.id) == case
    draft = letters.kept(desk, case)
    assert draft is not None
    assert draft.corrects == old.id
    said = f"This letter corrects our letter {old.reference} of 03 Feb 2026."
    assert said in read(letters.preview(desk, case, draft).pdf)
    assert letters.refresh(desk, case, draft).corrects == old.id
    new = letters.issue(desk, case, draft)
    assert said in read(new.pdf)
    assert papers.open_document(desk, old.id).pdf == old.pdf
    before, after = sendings.story(desk, old.id), sendings.story(desk, new.id)
    assert before.corrected_by is not None
    assert after.corrects is not None
    assert (before.corrected_by.reference, after.corrects.reference) == (
        new.reference,
        old.reference,
    )
    told = {one.id: one.summary for one in patients.open_file(desk, alex).journal}
    assert f"Corrected by {new.reference}." in told[old.id]
    assert f"Corrects {old.reference}." in told[new.id]
    with pytest.raises(Locked, match=new.reference):
        sendings.correction(desk, old.id)


def test_a_correction_does_not_push_away_an_unfinished_letter(
    desk: Desk, case: UUID, surgeon: UUID
) -> None:
    old = issued(desk, case, surgeon)
    begun = letters.compose(desk, case, ORTHO, surgeon)
    letters.keep(desk, case, begun)
    with pytest.raises(Locked, match="unfinished"):
        sendings.correction(desk, old.id)
    assert letters.kept(desk, case) == begun


def test_a_letter_corrects_only_one_of_its_own_case(desk: Desk, case: UUID, surgeon: UUID) -> None:
    draft = replace(letters.compose(desk, case, ORTHO, surgeon), corrects=uuid4())
    with pytest.raises(Locked, match="not in this case"):
        letters.issue(desk, case, draft)


def test_only_the_signers_own_signature_stands_on_an_issued_letter(
    desk: Desk, case: UUID, surgeon: UUID
) -> None:
    letter_images.keep_signature(desk, drawn())
    draft = letters.compose(desk, case, ORTHO, surgeon)
    assert pictures(letters.preview(desk, case, draft).pdf) == 0
    assert pictures(letters.issue(desk, case, draft).pdf) == 1
    with desk.store.unit(desk.actor.id) as unit:
        other = Clinician(name="Robin Other")
        unit.session.add(other)
        unit.session.flush()
        unit.audit("add", "clinician", other.id)
        unit.commit()
        colleague = replace(desk, actor=Actor(other.id, "Robin Other"))
    assert letter_images.signature(colleague) is None
    assert pictures(issued(colleague, case, surgeon).pdf) == 0
    letter_images.keep_signature(colleague, drawn())
    letter_images.remove_signature(colleague)
    assert letter_images.signature(desk) is not None


def test_a_kept_picture_holds_nothing_but_pixels_and_loses_its_margins(desk: Desk) -> None:
    kept = letter_images.keep_logo(desk, drawn("JPEG"))
    assert b"garden" not in kept.jpeg
    assert (kept.width, kept.height) < (230, 80)
    grey = letter_images.keep_signature(desk, drawn(ground="#c8c4bc"))
    corner = Image.open(BytesIO(grey.jpeg)).getpixel((grey.width // 2, 0))
    assert min(corner) > 245  # the grey of photographed paper is gone
    assert letter_images.logo(desk) == kept


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"<svg onload='x'/>", "no JPEG, PNG or WebP"),
        (drawn()[:200], "damaged"),
        (b"\x89PNG" + b"0" * 20_000_001, "MB"),
    ],
)
def test_what_is_no_picture_is_refused_by_name(desk: Desk, data: bytes, said: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        letter_images.keep_logo(desk, data)
    assert said in refused.value.fields["logo"]
    blank = BytesIO()
    Image.new("RGB", (50, 50), "white").save(blank, "PNG")
    with pytest.raises(InvalidInput, match="Nothing can be seen"):
        letter_images.keep_signature(desk, blank.getvalue())
    assert letter_images.logo(desk) is None


def test_the_letterhead_of_the_settings_stands_on_the_letter(
    desk: Desk, case: UUID, surgeon: UUID
) -> None:
    seen = practice.view(desk)
    details = replace(
        seen.practice,
        website="www.clinic.example",
        registrations="Company number 01234567\n\nProvider EX-9981",
        envelope="dl",
    )
    practice.correct(desk, seen.version, details, seen.clinician)
    text = read(issued(desk, case, surgeon).pdf)
    for part in ("www.clinic.example", "Company number 01234567", "Provider EX-9981"):
        assert part in text


def test_a_letterhead_that_would_cover_the_window_is_refused_in_settings(desk: Desk) -> None:
    seen = practice.view(desk)
    tall = replace(seen.practice, registrations="\n".join("abcdefghij"), envelope="us10")
    with pytest.raises(InvalidInput) as refused:
        practice.correct(desk, seen.version, tall, seen.clinician)
    assert "too high" in refused.value.fields["envelope"]
    with pytest.raises(InvalidInput):
        practice.correct(
            desk, seen.version, PracticeDetails("X", envelope="c99"), ClinicianDetails("Y")
        )


def test_an_address_that_no_window_holds_stops_the_letter_and_takes_no_number(
    desk: Desk, case: UUID, surgeon: UUID
) -> None:
    seen = practice.view(desk)
    details = replace(seen.practice, envelope="dl")
    practice.correct(desk, seen.version, details, seen.clinician)
    tall = contacts.ContactDetails("Dr Tall", "Dr Tall", address="\n".join("abcdefghijkl"))
    with pytest.raises(DocumentFailed, match="too many lines for the window"):
        issued(desk, case, contacts.add(desk, tall))
    assert issued(desk, case, surgeon).reference.endswith("-001")
