"""An exercise that photos show, on the patient's page: whole, undistorted, never over an edge."""

import re
from dataclasses import replace
from io import BytesIO
from typing import get_args

import pypdf
import pytest
from PIL import Image

from clinic_desk.documents import handout
from clinic_desk.documents.content import Preset
from clinic_desk.drawing.shapes import NOTHING, Picture, photo
from tests.documents import sample
from tests.documents.reading import overlaps, whole


def shown(width: int, height: int) -> Picture:
    out = BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "JPEG")
    return photo(out.getvalue(), width, height)


def placed(pdf: bytes) -> list[tuple[float, float, float, float, tuple[float, float]]]:
    """Left, bottom, width, height of each photo, with its page's size."""
    found = []
    for page in pypdf.PdfReader(BytesIO(pdf)).pages:
        size = (float(page.mediabox.width), float(page.mediabox.height))
        text = page.get_contents().get_data().decode("latin-1")
        number = r"(-?[\d.]+)"
        for match in re.finditer(
            rf"{number} 0 0 {number} {number} {number} cm\s+/FormXob\S* Do", text
        ):
            wide, high, left, bottom = map(float, match.groups())
            found.append((left, bottom, wide, high, size))
    return found


def page_with(start: Picture, finish: Picture, preset: str = "standard") -> bytes:
    first, *rest = sample.HANDOUT.exercises
    exercises = (replace(first, start=start, finish=finish), *rest)
    return handout.render(replace(sample.HANDOUT, exercises=exercises, preset=preset))  # type: ignore[arg-type]


@pytest.mark.parametrize("preset", [one for one in get_args(Preset) if one != "clinician"])
def test_photos_keep_their_shape_and_stay_on_the_page(preset: str) -> None:
    pdf = page_with(shown(300, 200), shown(200, 600), preset)
    photos = placed(pdf)
    assert len(photos) == 2
    for (left, bottom, wide, high, (across, tall)), aspect in zip(
        photos, (1.5, 1 / 3), strict=True
    ):
        assert wide / high == pytest.approx(aspect, rel=0.01)
        assert left >= 20
        assert bottom >= 20
        assert left + wide <= across - 20
        assert bottom + high <= tall - 20
    assert overlaps(pdf) == []


def test_one_photo_stands_alone_without_start_and_finish() -> None:
    pair = page_with(shown(300, 200), shown(300, 200))
    alone = page_with(NOTHING, shown(300, 200))
    assert len(placed(alone)) == 1
    assert whole(alone).count("Finish") == whole(pair).count("Finish") - 1


def test_the_same_photos_give_the_same_bytes() -> None:
    pictures = shown(300, 200), shown(200, 300)
    assert page_with(*pictures) == page_with(*pictures)
