"""A digital signature with a clinician's own certificate (PKCS #12), where pyHanko is installed.

The certificate's password is used once and kept nowhere.
"""

from datetime import UTC, datetime
from importlib.util import find_spec
from io import BytesIO

from clinic_desk.errors import DocumentFailed, InvalidInput

LARGEST_FILE = 1_000_000  # bytes of a certificate file


def available() -> bool:
    """Whether signing is installed; asked without loading it."""
    return find_spec("pyhanko") is not None


def check(certificate: bytes, password: str, now: datetime) -> None:
    """Raise InvalidInput for what cannot sign: field `certificate` or `certificate_password`."""
    from cryptography.hazmat.primitives.serialization import pkcs12  # slow, and seldom needed

    if not certificate.startswith(b"\x30"):
        raise _refused("This is no PKCS #12 file (its name ends in .p12 or .pfx).")
    try:
        key, own, _others = pkcs12.load_key_and_certificates(
            certificate, password.encode() if password else None
        )
    except ValueError as error:
        # the library says "invalid password or PKCS12 data": the file itself begins as one
        raise InvalidInput(
            {"certificate_password": "This password does not open the certificate."}
        ) from error
    if key is None:
        raise _refused(
            "This file has a certificate without its private key; export it with the key."
        )
    if own is None:
        raise _refused("This file has a key without its certificate.")
    if own.not_valid_after_utc < now:
        day = own.not_valid_after_utc.astimezone().strftime("%d %b %Y")
        raise _refused(f"This certificate was valid until {day}; it can sign no more.")
    if own.not_valid_before_utc > now:
        day = own.not_valid_before_utc.astimezone().strftime("%d %b %Y")
        raise _refused(f"This certificate is valid only from {day}.")


def _refused(text: str) -> InvalidInput:
    return InvalidInput({"certificate": text})


def signed(pdf: bytes, certificate: bytes, password: str, name: str, opens_with: str = "") -> bytes:
    """The PDF with a signature added after its bytes. `opens_with` is the PDF's own password.

    Raises InvalidInput as `check`, DocumentFailed where the certificate's key cannot sign.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # slow to load
    from pyhanko.sign import signers
    from pyhanko.sign.general import SigningError

    check(certificate, password, datetime.now(UTC))
    signer = signers.SimpleSigner.load_pkcs12_data(
        certificate, other_certs=[], passphrase=password.encode() if password else None
    )
    if signer is None:
        raise _refused("The key in this file is of a kind that cannot sign a PDF.")
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    if opens_with:
        writer.encrypt(opens_with)  # type: ignore[no-untyped-call]  # pyHanko's own
    about = signers.PdfSignatureMetadata(field_name="Signature", name=name, md_algorithm="sha256")
    try:
        out = signers.sign_pdf(writer, about, signer=signer)
    except SigningError as error:
        raise DocumentFailed(f"The PDF could not be signed: {error}.") from error
    return bytes(out.getvalue())
