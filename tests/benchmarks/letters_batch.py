"""A thousand letters one after another: throughput, and memory that stays flat.

Each has its own patient, addressee and findings, a logo, a signature image and the window of an
envelope, so that no whole page can be remembered. Peak memory is printed for each hundred.
"""

import io
import json
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

_TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(_TESTS.parent), str(_TESTS / "documents")]

from PIL import Image, ImageDraw  # noqa: E402
from sample import LETTER, PRACTICE  # noqa: E402

from clinic_desk.documents import letter, letter_image  # noqa: E402
from clinic_desk.documents.content import LetterContent, LetterImage, LetterTable  # noqa: E402

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
STEP = 100


def picture(wide: int, high: int) -> bytes:
    """A drawn picture as a PNG file."""
    image = Image.new("RGB", (wide, high), "white")
    ImageDraw.Draw(image).ellipse((8, 8, wide - 8, high - 8), outline="navy", width=9)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def letters(logo: LetterImage, signature: LetterImage) -> Iterator[LetterContent]:
    """One letter after another."""
    dressed = replace(
        LETTER,
        practice=replace(PRACTICE, logo=logo, website="www.clinic.example"),
        signature=signature,
        window="dl",
    )
    for number in range(COUNT):
        parts = tuple(
            replace(
                part,
                table=LetterTable(
                    part.table.header,
                    tuple((*row[:-1], f"{number % 60}° less") for row in part.table.rows),
                ),
            )
            if part.table
            else part
            for part in dressed.parts
        )
        yield replace(
            dressed,
            parts=parts,
            reference=f"Our ref CD-{number:05} / L-2026-{number:03}",
            identity=replace(dressed.identity, name=f"Alex EXAMPLE {number}"),
            recipient=(f"Dr Robin Sample {number}", *dressed.recipient[1:]),
        )


def peak() -> float:
    """The most memory that was ever used, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)


def main() -> None:
    """Print letters per second, and the peak of memory after each hundred."""
    logo = letter_image.logo(picture(600, 600))
    signature = letter_image.signature(picture(900, 300))
    peaks, size = [], 0
    begun = time.perf_counter()
    for number, content in enumerate(letters(logo, signature), 1):
        size += len(letter.render(content))
        if number % STEP == 0:
            peaks.append(round(peak(), 1))
    took = time.perf_counter() - begun
    print(
        json.dumps(
            {
                "benchmark": "letters_batch",
                "letters": COUNT,
                "per_second": round(COUNT / took, 1),
                "kB_each": round(size / COUNT / 1000),
                "peak_MB_by_hundred": peaks,
                "ratio": round(peaks[-1] / peaks[0], 3) if peaks else None,
            }
        )
    )


if __name__ == "__main__":
    main()
