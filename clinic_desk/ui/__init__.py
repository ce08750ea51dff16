"""Imports without a search through their sources, for this package and all that comes after it.

Of every module that is imported after Qt, PySide asks whether it uses `__feature__`: it reads
the module's source and keeps its lines (`inspect.getsource`). That is half a millisecond for
each of some hundred modules, before the first paint and behind it. This program uses no such
feature, so the answer is known. Where another version of PySide asks otherwise, it just asks.
"""

import sys
from types import ModuleType

import PySide6.QtCore  # noqa: F401 (it sets up what is looked for below)


def _uses_no_feature(_module: ModuleType) -> bool:
    return False


_feature = sys.modules.get("shibokensupport.feature")
if hasattr(_feature, "_mod_uses_pyside"):
    vars(_feature)["_mod_uses_pyside"] = _uses_no_feature
