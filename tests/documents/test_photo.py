"""Photos: nothing but pixels is kept, whatever comes is handled or refused in words."""

import io
import struct
import zlib

import pytest
from PIL import Image

from clinic_desk.documents import photo
from clinic_desk.errors import InvalidInput


def encoded(image: Image.Image, kind: str = "JPEG", **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def with_place(turn: int = 1) -> bytes:
    image = Image.new("RGB", (40, 20), "red")
    image.paste("blue", (0, 0, 20, 20))
    notes = Image.Exif()
    notes[0x0112] = turn
    notes[0x010F] = "SecretCamera"
    notes.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 26.0)})
    return encoded(image, exif=notes, comment=b"At home in Sampletown")


def test_place_time_and_device_do_not_survive() -> None:
    given = with_place()
    assert b"SecretCamera" in given
    kept = photo.cleaned(given).jpeg
    assert b"SecretCamera" not in kept
    assert b"Sampletown" not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert not image.getexif()
        assert "comment" not in image.info
        assert "exif" not in image.info


def test_a_photo_taken_sideways_stands_upright() -> None:
    kept = photo.cleaned(with_place(turn=6))
    assert (kept.width, kept.height) == (20, 40)
    with Image.open(io.BytesIO(kept.jpeg)) as image:
        top = image.getpixel((10, 3))
    assert isinstance(top, tuple)
    assert top[2] > top[0]  # what was left is now on top


def test_a_large_photo_is_made_small_and_keeps_its_shape() -> None:
    kept = photo.cleaned(encoded(Image.new("RGB", (4000, 3000), "grey")))
    assert (kept.width, kept.height) == (1600, 1200)


def test_what_is_clear_becomes_white() -> None:
    kept = photo.cleaned(encoded(Image.new("RGBA", (30, 30), (0, 0, 0, 0)), "PNG"))
    with Image.open(io.BytesIO(kept.jpeg)) as image:
        assert min(image.getpixel((15, 15))) > 250  # type: ignore[type-var]


def test_the_same_photo_is_kept_as_the_same_bytes() -> None:
    assert photo.cleaned(with_place()) == photo.cleaned(with_place())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("mode", ["RGB", "L", "P", "CMYK", "1", "I;16"])
def test_every_common_kind_of_picture_is_taken(kind: str, mode: str) -> None:
    try:
        given = encoded(Image.new(mode, (20, 20)), kind)
    except (OSError, ValueError):
        pytest.skip("this format knows no such picture")
    assert photo.cleaned(given).width == 20


def test_a_picture_of_100_megapixels_is_taken() -> None:
    kept = photo.cleaned(encoded(Image.new("L", (10_000, 10_000)), quality=10))
    assert (kept.width, kept.height) == (1600, 1600)


def giant(width: int, height: int) -> bytes:
    """A PNG that says it is huge and holds nothing."""

    def chunk(name: bytes, body: bytes) -> bytes:
        sum_ = struct.pack(">I", zlib.crc32(name + body))
        return struct.pack(">I", len(body)) + name + body + sum_

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


WHOLE = encoded(Image.new("RGB", (200, 200), "green"))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (b"", "empty"),
        (b"hello", "no JPEG"),
        (b"MZ\x90\x00" + bytes(200), "no JPEG"),
        (b"%PDF-1.7\n", "no JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no JPEG"),
        (encoded(Image.new("RGB", (9, 9)), "GIF"), "no JPEG"),
        (WHOLE[: len(WHOLE) // 2], "damaged"),
        (giant(60_000, 60_000), "megapixels"),
        (giant(30_000, 30_000), "megapixels"),
        (giant(90, 90), "damaged"),
        (encoded(Image.new("RGB", (900, 2))), "line"),
        (bytes(60_000_001), "60 MB"),
    ],
)
def test_what_is_no_whole_photo_is_refused_in_words(given: bytes, says: str) -> None:
    with pytest.raises(InvalidInput) as fault:
        photo.cleaned(given)
    assert says in fault.value.fields["photo"]
