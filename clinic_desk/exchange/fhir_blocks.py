"""The lines of a person laid into the blocks of the record; the whole of them as a document.

A block has its size. What is current comes first, then the newest; where the lines are more than
a block holds, all of them are filed beside the person as one text, so that nothing is lost.
"""

from collections.abc import Sequence
from dataclasses import replace

from clinic_desk.exchange.fhir_lines import Line
from clinic_desk.exchange.records import IncomingFile, PatientRecord, Problem
from clinic_desk.i18n import _

_LONGEST = 2_000  # signs of a block of the record
_BLOCKS = ("alerts", "allergies", "medicines", "history")


def laid_out(
    person: PatientRecord, lines: Sequence[Line]
) -> tuple[PatientRecord, list[IncomingFile], list[Problem]]:
    """The person with their blocks, the text where it is needed, and what stands only there."""
    blocks: dict[str, str] = {}
    left: list[tuple[str, str]] = []
    whole: dict[str, list[str]] = {}
    for block in _BLOCKS:
        # newest first within a rank: sorted twice, as the second sort keeps the order of the first
        ordered = sorted(lines, key=lambda line: line.day, reverse=True)
        ordered = sorted(ordered, key=lambda line: line.rank)
        texts = list(dict.fromkeys(line.text for line in ordered if line.block == block))
        kept = getattr(person, block)  # of this program's own bundles
        for text in texts:
            longer = f"{kept}\n{text}" if kept else text
            if len(longer) > _LONGEST:
                left.append((block, text))
            else:
                kept = longer
        blocks[block] = kept
        if texts:
            whole[block] = texts
    title = _("Record as received")
    notes = [Problem(person.place, block, _left(text, title)) for block, text in left]
    files = [_document(person, title, whole)] if left else []
    return replace(person, **blocks), files, notes  # type: ignore[arg-type]


def _left(text: str, title: str) -> str:
    said = _("no room for it here, it stands in the file “{title}”: {line}")
    return said.format(title=title, line=text[:200])


def _document(person: PatientRecord, title: str, whole: dict[str, list[str]]) -> IncomingFile:
    heads = {
        "alerts": _("Alerts"),
        "allergies": _("Allergies"),
        "medicines": _("Medicines"),
        "history": _("History"),
    }
    parts = [f"{heads[block]}\n\n" + "\n".join(texts) for block, texts in whole.items()]
    data = ("\n\n".join(parts) + "\n").encode()
    return IncomingFile(person.place, person.place, title, "text/plain", data)
