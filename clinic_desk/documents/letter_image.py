"""A logo or a signature for the letterhead: only pixels, on white, cut to what is drawn."""

from PIL import Image, ImageChops, ImageStat

from clinic_desk.documents import photo
from clinic_desk.documents.content import LetterImage
from clinic_desk.errors import InvalidInput

LARGEST_FILE = 20_000_000
_LOGO = 900  # pixels: 46 mm at 500 dpi
_SIGNATURE = 1200
_QUALITY = 92  # lines and letters show what JPEG does to them sooner than photos do
_NEARLY_WHITE = 24  # steps below white that still count as paper


def logo(data: bytes) -> LetterImage:
    """A logo as it is kept. Raises InvalidInput, field `logo`."""
    return _cleaned(data, "logo", _LOGO)


def signature(data: bytes) -> LetterImage:
    """A signature as it is kept; a photographed one loses the grey of its paper.

    Raises InvalidInput, field `signature`.
    """
    return _cleaned(data, "signature", _SIGNATURE)


def _cleaned(data: bytes, field: str, longest: int) -> LetterImage:
    if len(data) > LARGEST_FILE:
        size = len(data) // 1_000_000
        limit = LARGEST_FILE // 1_000_000
        raise InvalidInput({field: f"This file has {size} MB; a picture may have {limit} here."})
    mend = _ink if field == "signature" else _cut
    try:
        kept = photo.cleaned(data, longest, mend, _QUALITY)
    except InvalidInput as fault:
        raise InvalidInput({field: " ".join(fault.fields.values())}) from fault
    if min(kept.width, kept.height) < 8:
        raise InvalidInput({field: "Nothing can be seen in this picture."})
    return LetterImage(kept.jpeg, kept.width, kept.height)


def _ink(image: Image.Image) -> Image.Image:
    """Paper made white: most of a signature's picture is the paper that it stands on."""
    levels = []
    for middle in ImageStat.Stat(image).median:
        levels += [min(255, round(step * 255 / max(middle, 1))) for step in range(256)]
    return _cut(image.point(levels))


def _cut(image: Image.Image) -> Image.Image:
    """Without the white margins around what is drawn."""
    white = Image.new("RGB", image.size, "white")
    apart = ImageChops.difference(image, white).convert("L")
    edges = apart.point([0 if step <= _NEARLY_WHITE else 255 for step in range(256)]).getbbox()
    return image.crop(edges) if edges else image.crop((0, 0, 1, 1))
