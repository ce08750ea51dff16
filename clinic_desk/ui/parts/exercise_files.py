"""An exercise as files: the words in one, its photos beside it under the same name."""

from collections.abc import Sequence
from pathlib import Path

from clinic_desk.usecases import paper_file

MOST = 2


def photo_path(path: Path, place: int) -> Path:
    """Where a photo of the exercise in `path` lies: towel.1.jpg beside towel.toml."""
    return path.with_name(f"{path.stem}.{place + 1}.jpg")


def photos_beside(path: Path) -> list[bytes]:
    """The photos that lie beside an exercise file. Raises OSError."""
    found = (photo_path(path, place) for place in range(MOST))
    return [one.read_bytes() for one in found if one.is_file()]


def write(path: Path, text: str, photos: Sequence[bytes]) -> None:
    """Write an exercise and its photos, each whole or not at all. Raises DocumentFailed."""
    path = path if path.suffix else path.with_suffix(".toml")
    paper_file.write(text.encode(), path)
    for place, one in enumerate(photos):
        paper_file.write(one, photo_path(path, place))
