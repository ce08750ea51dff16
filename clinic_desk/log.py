"""The program's own log: what happened and where in the code, never who or what was typed.

Exceptions are written as their type and the lines of code they passed, without their text,
because the text of an error can hold a name or an answer.
"""

from pathlib import Path
from types import TracebackType

FILE = "clinic-desk.log"


def start(folder: Path) -> None:
    """Log into a small rotating file in the data folder."""
    import logging.handlers  # 10 ms, which the first paint doesn't wait for

    folder.mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        folder / FILE, maxBytes=512_000, backupCount=2, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger("clinic_desk")
    root.setLevel(logging.INFO)
    root.addHandler(handler)


def frames(kind: type[BaseException], trace: TracebackType | None) -> str:
    """An exception as text that holds no data: its type, and file, line and function names."""
    import traceback

    lines = [kind.__name__]
    for frame in traceback.extract_tb(trace):
        lines.append(f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}")
    return "\n".join(lines)
