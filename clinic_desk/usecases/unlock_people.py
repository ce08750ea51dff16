"""Whom the unlock page can offer: read from the key file before anything is open.

The first paint stands on this module, so it imports next to nothing.
"""

import json
from pathlib import Path

from clinic_desk import paths


def offered(folder: Path) -> tuple[tuple[str, str], ...]:
    """Id and name of each person; empty where there is one. What a damaged key file means is
    said by unlocking.
    """
    try:
        people = json.loads((folder / paths.KEYS).read_bytes())["people"]
        found = tuple((str(one["owner"]), str(one.get("name") or "")) for one in people)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ()
    return found if len(found) > 1 and all(name for _, name in found) else ()
