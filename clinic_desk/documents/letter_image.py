"""A logo or a signature for the letterhead: only pixels, on white, cut to what is drawn."""

from PIL import Image, ImageChops, ImageStat

from clinic_desk.documents import photo
from clinic_desk.documents.content import LetterImage
from clinic_desk.errors import InvalidInput

LARGEST_FILE = 20_000_000
_READ = 2400  # pixels of the longer side before the margins are cut off
_KEPT = {"logo": (760, 250), "signature": (1000, 280)}  # pixels: 400 dpi at their most on paper
_QUALITY = 92  # lines and letters show what JPEG does to them sooner than photos do
_NEARLY_WHITE = 24  # steps below white that still count as paper


def logo(data: bytes) -> LetterImage:
    """A logo as it is kept. Raises InvalidInput, field `logo`."""
    return _cleaned(data, "logo")


def signature(data: bytes) -> LetterImage:
    """A signature as it is kept; a photographed one loses the grey of its paper.

    Raises InvalidInput, field `signature`.
    """
    return _cleaned(data, "signature")


def _cleaned(data: bytes, field: str) -> LetterImage:
    if len(data) > LARGEST_FILE:
        size = len(data) // 1_000_000
        limit = LARGEST_FILE // 1_000_000
        raise InvalidInput({field: f"This file has {size} MB; a picture may have {limit} here."})

    def mend(image: Image.Image) -> Image.Image:
        drawn = _cut(_inked(image) if field == "signature" else image)
        drawn.thumbnail(_KEPT[field], Image.Resampling.LANCZOS)
        return drawn

    try:
        kept = photo.cleaned(data, _READ, mend, _QUALITY)
    except InvalidInput as fault:
        raise InvalidInput({field: " ".join(fault.fields.values())}) from fault
    if min(kept.width, kept.height) < 8:
        raise InvalidInput({field: "Nothing can be seen in this picture."})
    return LetterImage(kept.jpeg, kept.width, kept.height)


def _inked(image: Image.Image) -> Image.Image:
    """Paper made white: most of a signature's picture is the paper that it stands on."""
    levels = []
    for middle in ImageStat.Stat(image).median:
        levels += [min(255, round(step * 255 / max(middle, 1))) for step in range(256)]
    return image.point(levels)


def _cut(image: Image.Image) -> Image.Image:
    """Without the white margins around what is drawn."""
    white = Image.new("RGB", image.size, "white")
    apart = ImageChops.difference(image, white).convert("L")
    edges = apart.point([0 if step <= _NEARLY_WHITE else 255 for step in range(256)]).getbbox()
    return image.crop(edges) if edges else image.crop((0, 0, 1, 1))
