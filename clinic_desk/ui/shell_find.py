"""What the shell itself lets a person find: sections and commands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from clinic_desk.i18n import _

if TYPE_CHECKING:
    from clinic_desk.ui.widgets.find_field import HitGroup
    from clinic_desk.ui.widgets.rail import Entry


class Command(NamedTuple):
    """Something the New menu, the Alt menu and Ctrl+K offer."""

    key: str
    label: str
    icon: str = "plus"
    shortcut: str = ""


class Section(NamedTuple):
    """A place in the rail."""

    key: str


def commands(
    words: str, entries: Sequence[Entry], offered: Sequence[Command]
) -> tuple[HitGroup, ...]:
    """Sections and commands whose words begin as typed."""
    from clinic_desk.ui.widgets.find_field import Hit, HitGroup  # not before the first paint

    wanted = words.casefold().split()

    def fits(label: str) -> bool:
        have = label.casefold().split()
        return all(any(word.startswith(part) for word in have) for part in wanted)

    hits = [
        Hit(label, _("go to this section"), Section(key), icon)
        for key, label, icon in entries
        if fits(label)
    ]
    hits += [Hit(one.label, one.shortcut, one, one.icon) for one in offered if fits(one.label)]
    return (HitGroup(_("Commands"), tuple(hits)),)
