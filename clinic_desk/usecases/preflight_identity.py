"""Who a paper is about, read back from its pages: each says it, however it came to be made."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from clinic_desk.documents import raster
from clinic_desk.documents.content import Identity
from clinic_desk.errors import Locked
from clinic_desk.usecases.paper_views import Problem

_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})


def problems(identity: Identity, pages: Sequence[str]) -> Iterator[Problem]:
    """The pages that do not say who they are about, as one problem that nothing sets aside."""
    wrong = unnamed(identity, pages)
    if wrong:
        which = ", ".join(map(str, wrong))
        word = "Page" if len(wrong) == 1 else "Pages"
        does = "does" if len(wrong) == 1 else "do"
        text = f"{word} {which} of {len(pages)} {does} not say who the letter is about."
        yield Problem(text, True, "patient", "identity")


def unnamed(identity: Identity, pages: Sequence[str]) -> tuple[int, ...]:
    """The pages, from 1, without the number or without the name that the identity holds.

    A name in a script that is set from right to left is drawn in joined signs that a reader gives
    back in another order; there the number stands for both.
    """
    wanted = [identity.number] if identity.number else []
    if identity.name and not _turns(identity.name):
        wanted.append(identity.name)
    return tuple(
        number
        for number, page in enumerate(pages, 1)
        if not wanted or not all(_says(page, one) for one in wanted)
    )


def _says(page: str, sign: str) -> bool:
    """Whether a page says a name or number; on one that is read from right to left, a reader may
    give its words back in another order.
    """
    held = _bare(page)
    pieces = re.findall(r"\w+", sign) if _turns(page) else [sign]
    return all(_bare(one) in held for one in pieces)


def hold(identity: Identity, pdf: bytes) -> None:
    """Raise Locked for a PDF with a page that does not say who it is about."""
    for one in problems(identity, raster.texts(pdf)):
        raise Locked(one.text, "Nothing was issued; the draft is kept.")


def _turns(text: str) -> bool:
    """Whether any of it is set from right to left."""
    return any(unicodedata.bidirectional(one) in _RIGHT_TO_LEFT for one in text)


def _bare(text: str) -> str:
    """The letters and digits alone: lines break anywhere, and readers part them differently."""
    return "".join(one for one in unicodedata.normalize("NFKC", text) if one.isalnum())
