"""One translation mechanism for windows, papers and commands: gettext.

English is the source language; `resources/translations` holds the others by Babel's layout.
"""

import gettext

from clinic_desk import paths

_DOMAIN = "clinic_desk"
_current: gettext.NullTranslations = gettext.NullTranslations()


def set_language(*languages: str) -> None:
    """Choose the languages, best first; unknown ones fall back to English."""
    global _current
    _current = gettext.translation(
        _DOMAIN, str(paths.resources() / "translations"), list(languages), fallback=True
    )


def _(text: str) -> str:
    """The text in the chosen language."""
    return _current.gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """The text for `count` things in the chosen language."""
    return _current.ngettext(one, many, count)
