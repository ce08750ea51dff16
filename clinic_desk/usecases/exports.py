"""A letter as a file with a password or a digital signature. What was issued stays as it is."""

from dataclasses import dataclass
from pathlib import Path

from clinic_desk.documents import pdf_protect, pdf_sign
from clinic_desk.errors import InvalidInput
from clinic_desk.usecases import typed
from clinic_desk.usecases.desk import Desk

SHORTEST = 8  # characters of a password


@dataclass(frozen=True, slots=True)
class Wish:
    """What a file is to carry: a password, typed twice, a signature, or both."""

    password: str = ""
    again: str = ""
    certificate: Path | None = None
    certificate_password: str = ""


@dataclass(frozen=True, slots=True)
class Export:
    """The file that goes out, and the form that it is in."""

    pdf: bytes
    form: str  # password | signed | signed_password


def can_sign() -> bool:
    """Whether this installation can sign."""
    return pdf_sign.available()


def strength(password: str, known: tuple[str, ...] = ()) -> str:
    """How well a password guards a file, in words; empty before anything is typed.

    `known` are names and dates of the patient, which others know as well.
    """
    if not password:
        return ""
    folded = password.casefold()
    for one in known:
        if len(one) >= 3 and one.casefold() in folded:
            return "Weak: it contains something that others know of the patient."
    if len(password) < SHORTEST:
        return f"Too short: at least {SHORTEST} characters."
    kinds = sum(
        any(test(sign) for sign in password)
        for test in (str.islower, str.isupper, str.isdigit, lambda sign: not sign.isalnum())
    )
    if len(set(folded)) < 5 or (len(password) < 12 and kinds < 3):
        return "Weak: four words that have nothing to do with each other are better."
    if len(password) < 16:
        return "Fair. A longer one is better."
    return "Strong."


def make(desk: Desk, pdf: bytes, wish: Wish) -> Export:
    """The file as it is wished. Raises InvalidInput (by the fields of Wish), DocumentFailed."""
    typed.refuse(_wrong(wish))
    key = _read(wish.certificate) if wish.certificate else b""
    form = "password" if wish.password else "signed"
    if key:
        pdf_sign.check(key, wish.certificate_password, desk.now())
    if wish.password:
        pdf = pdf_protect.protected(pdf, wish.password)
    if key:
        pdf = pdf_sign.signed(pdf, key, wish.certificate_password, desk.actor.name, wish.password)
        form = "signed_password" if wish.password else "signed"
    return Export(pdf, form)


def _wrong(wish: Wish) -> dict[str, str]:
    if not wish.password and wish.certificate is None:
        return {"password": "Give a password, or choose a certificate to sign with."}
    if wish.password and len(wish.password) < SHORTEST:
        return {"password": f"A password needs at least {SHORTEST} characters."}
    if len(wish.password) > pdf_protect.LONGEST:
        return {"password": f"A password may have {pdf_protect.LONGEST} characters."}
    if wish.password != wish.again:
        return {"again": "The two passwords differ."}
    return {}


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > pdf_sign.LARGEST_FILE:
            raise InvalidInput({"certificate": "This file is too large for a certificate."})
        found = path.read_bytes()
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise InvalidInput({"certificate": f"{path.name} cannot be read: {why}."}) from error
    if not found:
        raise InvalidInput({"certificate": "This file is empty."})
    return found
