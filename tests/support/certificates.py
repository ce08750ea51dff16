"""Certificates as clinicians have them, made up for the tests."""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

PASSWORD = "cert pässword"
_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
_NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Dana Demo")])


def pkcs12_file(*, first: int = -10, last: int = 3650, key: bool = True) -> bytes:
    """A PKCS #12 file; `first` and `last` are the days of its validity from now."""
    now = datetime.now(UTC)
    own = (
        x509.CertificateBuilder()
        .subject_name(_NAME)
        .issuer_name(_NAME)
        .public_key(_KEY.public_key())
        .serial_number(5)
        .not_valid_before(now + timedelta(days=first))
        .not_valid_after(now + timedelta(days=last))
        .sign(_KEY, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        b"dana",
        _KEY if key else None,
        own,
        None,
        BestAvailableEncryption(PASSWORD.encode()),
    )
