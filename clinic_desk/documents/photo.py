"""A photo for an exercise, made safe to keep and to print: upright, small, and nothing but pixels.

What a camera writes beside the picture (place, time, device, thumbnail) does not survive:
only the pixels are encoded anew. The type is read from the file itself, never from its name.
"""

import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from clinic_desk.errors import InvalidInput

LONGEST = 1600
"""Pixels of the longer side that are kept: sharp on paper at 60 mm, and on a large screen."""
LARGEST_FILE = 60_000_000
"""Bytes that a photo may have."""
MOST_PIXELS = 150_000_000
"""Pixels that are read at all; a camera of 100 megapixels passes, a made-up giant does not."""
KINDS = ("JPEG", "PNG", "WEBP")
QUALITY = 85


@dataclass(frozen=True, slots=True)
class Photo:
    """A cleaned photo: JPEG bytes and the size in pixels."""

    jpeg: bytes
    width: int
    height: int


def cleaned(
    data: bytes,
    longest: int = LONGEST,
    mend: Callable[[Image.Image], Image.Image] | None = None,
    quality: int = QUALITY,
) -> Photo:
    """The photo as it is kept; the same bytes give the same photo.

    `longest` is the longer side in pixels, and `mend` changes the picture before it is encoded.
    Raises InvalidInput, field `photo`, for what is no JPEG, PNG or WebP, is damaged or too large.
    """
    if not data:
        raise _refused("This file is empty.")
    if len(data) > LARGEST_FILE:
        size = len(data) // 1_000_000
        raise _refused(f"This file has {size} MB; a photo may have {LARGEST_FILE // 1_000_000}.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # counted below
            with Image.open(io.BytesIO(data), formats=KINDS) as image:
                whole = _upright(image, longest)
                return _encoded(mend(whole) if mend else whole, quality)
    except UnidentifiedImageError:
        raise _refused("This is no JPEG, PNG or WebP picture, whatever its name says.") from None
    except Image.DecompressionBombError:
        raise _refused(_TOO_MANY) from None
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        # Pillow says "damaged" in each of these ways, by format
        raise _refused("This picture is damaged and cannot be read whole.") from error


_TOO_MANY = f"This picture has more than {MOST_PIXELS // 1_000_000} megapixels."


def _upright(image: Image.Image, longest: int) -> Image.Image:
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise _refused(_TOO_MANY)
    if min(width, height) < 1 or max(width, height) > 60 * min(width, height):
        raise _refused("This picture is a mere line.")
    # A JPEG can be decoded at a part of its size: 100 megapixels then need few MB of memory.
    image.draft("RGB", (2 * longest, 2 * longest))
    image.load()
    turned = ImageOps.exif_transpose(image)
    turned.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        clear = turned.convert("RGBA")
        ground = Image.new("RGBA", clear.size, "white")
        turned = Image.alpha_composite(ground, clear)
    return turned.convert("RGB")


def _encoded(image: Image.Image, quality: int) -> Photo:
    bare = Image.new("RGB", image.size)
    bare.paste(image)  # a new picture: none of the old one's notes go along
    out = io.BytesIO()
    bare.save(
        out, "JPEG", quality=quality, optimize=True, subsampling=0 if quality > QUALITY else -1
    )
    return Photo(out.getvalue(), *bare.size)


def _refused(reason: str) -> InvalidInput:
    return InvalidInput({"photo": reason})
