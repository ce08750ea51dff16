"""A filed picture as raw pixels to look at, whatever its format; never more than a screen needs."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from clinic_desk.errors import DocumentFailed

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
LONGEST = 2400
"""Pixels of the longer side that are shown: a page of text stays legible when it is enlarged."""
MOST_PIXELS = 120_000_000
"""Pixels that are read at all: an A3 page at 600 dpi passes, a made-up giant does not."""


def pixels(data: bytes) -> tuple[int, int, int, bytes]:
    """The (first) picture as (width, height, bytes per row, BGRA bytes) on white, upright.

    Raises DocumentFailed for what is damaged, no picture, or too large.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # counted below
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                return _shown(image)
    except UnidentifiedImageError:
        raise DocumentFailed("This picture is damaged, or of a kind that is not shown.") from None
    except Image.DecompressionBombError:
        raise _too_large() from None
    except (OSError, SyntaxError, ValueError, EOFError, OverflowError) as error:
        # Pillow says "damaged" in each of these ways, by format
        raise DocumentFailed("This picture is damaged and cannot be read whole.") from error


def _shown(image: Image.Image) -> tuple[int, int, int, bytes]:
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise _too_large()
    image.draft("RGB", (LONGEST, LONGEST))
    image.load()
    turned = ImageOps.exif_transpose(image)
    turned.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    clear = turned.convert("RGBA")
    ground = Image.new("RGBA", clear.size, "white")
    flat = Image.alpha_composite(ground, clear)
    wide, high = flat.size
    return wide, high, wide * 4, flat.tobytes("raw", "BGRA")


def _too_large() -> DocumentFailed:
    return DocumentFailed(
        f"This picture has more than {MOST_PIXELS // 1_000_000} megapixels and is not shown."
    )
