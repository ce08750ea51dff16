"""The file of the last changes beside the data file: is it whole, before SQLite reads it?

SQLite stops reading at the first frame whose sum is wrong and forgets all that follows without a
word, because a power cut may leave one unfinished change at the end. More than one finished
change behind such a frame was no power cut: each is on the disk before the next begins.
Format: sqlite.org/fileformat2.html, section 4.
"""

import struct
from array import array
from pathlib import Path

_HEADER, _FRAME = 32, 24  # bytes of the file's and of a frame's header
_MAGIC = (0x377F0682, 0x377F0683)  # sums over little-endian or over big-endian words
_PAGES = range(512, 65537)  # bytes of a page
_MASK = 0xFFFFFFFF

_Sum = tuple[int, int]


def beside(database: Path) -> Path:
    """Where the file of the last changes stands."""
    return database.with_name(f"{database.name}-wal")


def lost_changes(raw: bytes) -> bool:
    """Whether finished changes stand behind damage, where SQLite would pass over them."""
    if len(raw) <= _HEADER:
        return False
    magic, _version, page, _restarts, salt_a, salt_b, sum_a, sum_b = struct.unpack(
        ">8I", raw[:_HEADER]
    )
    little = magic == _MAGIC[0]
    running = _summed((0, 0), raw[:24], little)
    if magic not in _MAGIC or page not in _PAGES or running != (sum_a, sum_b):
        return any(raw)
    whole, behind = True, 0
    for start in range(_HEADER, len(raw) - _FRAME - page + 1, _FRAME + page):
        _number, size, frame_a, frame_b, sum_a, sum_b = struct.unpack_from(">6I", raw, start)
        own = (frame_a, frame_b) == (salt_a, salt_b)  # else it is left from before a restart
        if whole and own:
            content = raw[start : start + 8] + raw[start + _FRAME : start + _FRAME + page]
            running = _summed(running, content, little)
        whole = whole and own and running == (sum_a, sum_b)
        behind += not whole and own and size > 0  # the last frame of a change has a size
    return behind > 1


def _summed(before: _Sum, content: bytes, little: bool) -> _Sum:
    words = array("I", content)
    if little != (struct.pack("=I", 1) == struct.pack("<I", 1)):
        words.byteswap()
    one, two = before
    pairs = iter(words)
    for first, second in zip(pairs, pairs, strict=True):
        one = (one + first + two) & _MASK
        two = (two + second + one) & _MASK
    return one, two
