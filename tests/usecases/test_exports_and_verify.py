"""Files with a password or a signature, and telling whether a PDF was issued here."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pypdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from clinic_desk.documents import pdf_sign
from clinic_desk.errors import AccessDenied, InvalidInput
from clinic_desk.usecases import exports, letters, papers, sendings, verify
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.exports import Wish
from clinic_desk.usecases.paper_views import DocumentView
from tests.support.certificates import PASSWORD, pkcs12_file
from tests.support.records import PASSPHRASE
from tests.ui.paper_stage import evaluated
from tests.usecases.answers import STRAIN

SECRET = "ängstlich Pferd 77"


@pytest.fixture
def letter(desk: Desk, strain: UUID, surgeon: UUID) -> DocumentView:
    evaluated(desk, strain, STRAIN)
    draft = letters.compose(desk, strain, "referral-orthopaedics", surgeon)
    return letters.issue(desk, strain, replace(draft, copies=("Dr Pat Sample",)))


@pytest.fixture
def today(desk: Desk) -> Desk:
    """At the desk now, when the made-up certificates are valid."""
    return replace(desk, now=lambda: datetime.now(UTC))


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    path = tmp_path / "dana.p12"
    path.write_bytes(pkcs12_file())
    return path


def text(pdf: bytes, password: str = "") -> str:
    reader = pypdf.PdfReader(BytesIO(pdf))
    if password:
        assert reader.decrypt(password)
    return reader.pages[0].extract_text()


def test_a_file_with_a_password_is_aes_256_and_opens_only_with_it(
    desk: Desk, letter: DocumentView
) -> None:
    made = exports.make(desk, letter.pdf, Wish(SECRET, SECRET))
    assert made.form == "password"
    reader = pypdf.PdfReader(BytesIO(made.pdf))
    assert reader.trailer["/Encrypt"]["/V"] == 5
    assert reader.trailer["/Encrypt"]["/R"] == 6
    assert not reader.decrypt("another password")
    assert text(made.pdf, SECRET) == text(letter.pdf)
    assert letter.reference.encode() not in made.pdf
    assert papers.open_document(desk, letter.id).pdf == letter.pdf


@pytest.mark.parametrize("password", ["", SECRET])
def test_a_signature_is_valid_and_covers_the_whole_file(
    today: Desk, letter: DocumentView, certificate: Path, password: str
) -> None:
    wish = Wish(password, password, certificate, PASSWORD)
    made = exports.make(today, letter.pdf, wish)
    assert made.form == ("signed_password" if password else "signed")
    assert password or made.pdf.startswith(letter.pdf)
    reader = PdfFileReader(BytesIO(made.pdf))
    if password:
        reader.decrypt(password)
    nobody = ValidationContext(trust_roots=[])  # made up for the test: nobody vouches for it
    status = validate_pdf_signature(reader.embedded_signatures[0], nobody)
    assert (status.intact, status.valid) == (True, True)
    assert status.coverage.name == "ENTIRE_FILE"


@pytest.mark.parametrize(
    ("wish", "field", "said"),
    [
        (Wish(), "password", "choose a certificate"),
        (Wish("short", "short"), "password", "at least 8"),
        (Wish(SECRET, SECRET + "x"), "again", "differ"),
        (Wish("x" * 101, "x" * 101), "password", "100"),
        (Wish(certificate=Path("nowhere.p12")), "certificate", "cannot be read"),
    ],
)
def test_a_wish_that_cannot_be_met_is_refused_beside_its_field(
    desk: Desk, letter: DocumentView, wish: Wish, field: str, said: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        exports.make(desk, letter.pdf, wish)
    assert said in refused.value.fields[field]


@pytest.mark.parametrize(
    ("data", "password", "field", "said"),
    [
        (pkcs12_file(), "wrong", "certificate_password", "does not open"),
        (pkcs12_file(), "", "certificate_password", "does not open"),
        (pkcs12_file(last=-1), PASSWORD, "certificate", "was valid until"),
        (pkcs12_file(first=2), PASSWORD, "certificate", "valid only from"),
        (pkcs12_file(key=False), PASSWORD, "certificate", "without its private key"),
        (b"-----BEGIN CERTIFICATE-----", PASSWORD, "certificate", "no PKCS #12"),
        (b"0" * 1_000_001, PASSWORD, "certificate", "too large"),
        (b"", PASSWORD, "certificate", "empty"),
    ],
)
def test_a_certificate_that_cannot_sign_says_why(
    today: Desk,
    letter: DocumentView,
    tmp_path: Path,
    data: bytes,
    password: str,
    field: str,
    said: str,
) -> None:
    path = tmp_path / "own.p12"
    path.write_bytes(data)
    with pytest.raises(InvalidInput) as refused:
        exports.make(today, letter.pdf, Wish("", "", path, password))
    assert list(refused.value.fields) == [field]
    assert said in refused.value.fields[field]


def test_the_strength_of_a_password_is_told_in_words() -> None:
    assert exports.strength("") == ""
    assert exports.strength("abc").startswith("Too short")
    assert exports.strength("aaaaaaaaaaaaaaaaaa").startswith("Weak")
    assert exports.strength("passwords").startswith("Weak")
    assert exports.strength("Example 14 Jun", ("Example",)).startswith("Weak: it contains")
    assert exports.strength("kettle-Moon-31").startswith("Fair")
    assert exports.strength("kettle moon harbour violin") == "Strong."


def test_issued_files_copies_and_recorded_exports_are_known_unchanged(
    today: Desk, letter: DocumentView, certificate: Path
) -> None:
    store = today.store
    found = verify.looked_up(store, letter.pdf)
    assert (found.result, found.form, found.reference) == ("issued", "issued", letter.reference)
    assert found.issued_at == letter.issued_at
    copy = sendings.story(today, letter.id).copies[0]
    found = verify.looked_up(store, sendings.copy_pdf(today, copy.id))
    assert (found.result, found.form, found.recipient) == ("issued", "copy", "Dr Pat Sample")
    wish = Wish(SECRET, SECRET, certificate, PASSWORD)
    made = exports.make(today, letter.pdf, wish)
    assert verify.looked_up(store, made.pdf).result == "unknown"  # it never went out
    sendings.record(today, letter.id, "saved", made.pdf, form=made.form)
    found = verify.looked_up(store, made.pdf)
    assert (found.result, found.form) == ("issued", "signed_password")


def test_a_changed_file_is_told_from_a_strange_one(desk: Desk, letter: DocumentView) -> None:
    found = verify.looked_up(desk.store, letter.pdf + b"\n% added")
    assert (found.result, found.reference) == ("changed", letter.reference)
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(BytesIO(letter.pdf)))
    writer.remove_page(len(writer.pages) - 1)
    writer.add_blank_page(100, 100)
    out = BytesIO()
    writer.write(out)
    assert verify.looked_up(desk.store, out.getvalue()).result == "changed"
    for strange in (b"", b"%PDF-1.7 nothing", b"Our ref L-2026-001"):
        assert verify.looked_up(desk.store, strange).result == "unknown"
    other = letter.pdf.replace(letter.reference.encode(), b"L-2025-999")
    found = verify.looked_up(desk.store, other)  # its pages still bear the letter's fingerprint
    assert (found.result, found.why, found.reference) == ("changed", "reprinted", letter.reference)


def test_the_records_open_only_with_the_passphrase(desk: Desk, letter: DocumentView) -> None:
    folder = desk.store.folder
    assert folder is not None
    with pytest.raises(AccessDenied):
        verify.verify(folder, "not the passphrase", letter.pdf)
    assert verify.verify(folder, PASSPHRASE, letter.pdf).result == "issued"


def test_signing_is_asked_for_without_loading_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert exports.can_sign()
    monkeypatch.setattr(pdf_sign, "find_spec", lambda _name: None)
    assert not exports.can_sign()
