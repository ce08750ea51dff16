"""A PDF that asks for a password: AES-256, as an export. What was issued stays as it is."""

from io import BytesIO

LONGEST = 100  # characters; the format takes 127 bytes


def protected(pdf: bytes, password: str) -> bytes:
    """The same pages under a password. Each call gives other bytes: the key is drawn anew."""
    from pypdf import PdfReader, PdfWriter  # slow to load, and seldom needed

    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    writer.encrypt(user_password=password, algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
