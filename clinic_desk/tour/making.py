"""Makes the tour: starts the program on its demo clinic, walks, and tells what happened."""

import json
from pathlib import Path

from clinic_desk import __version__, settings
from clinic_desk.app import ClinicDesk, application
from clinic_desk.errors import ClinicError
from clinic_desk.i18n import _
from clinic_desk.settings import Settings
from clinic_desk.tour.guide import Guide
from clinic_desk.tour.hands import StepFailed
from clinic_desk.tour.walk import walk
from clinic_desk.ui import theme

FAILED = "failed.png"


def run(out: Path, mode: str, size: tuple[int, int], text_size: int) -> int:
    """Make the tour. 0 only if every step really happened; `tour.json` tells what did."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ClinicError(
            _("{folder} cannot be written to.").format(folder=out), error.strerror or ""
        ) from error
    app = application()
    clinic = ClinicDesk(app, None)
    look = Settings(theme="dark" if mode == "dark" else "light", zoom=text_size)
    settings.save(clinic.folder, look)
    theme.apply(app, mode, text_size)
    clinic.window.resize(*size)
    (out / FAILED).unlink(missing_ok=True)
    guide = Guide(clinic, out)
    problem = ""
    try:
        walk(guide)
    except (StepFailed, ClinicError) as error:
        problem = str(error) or type(error).__name__
        clinic.window.grab().save(str(out / FAILED))
    finally:
        clinic.end()
    told = {
        "program": f"Clinic Desk {__version__}",
        "theme": mode,
        "text_size": text_size,
        "size": f"{size[0]}x{size[1]}",
        "complete": not problem,
        "problem": problem or None,
        "steps": guide.steps,
        "documents": guide.documents,
    }
    text = json.dumps(told, indent=2, ensure_ascii=False)
    (out / "tour.json").write_text(text + "\n", encoding="utf-8")
    if problem:
        raise ClinicError(
            _("The tour stopped after step {n}: {problem}").format(
                n=len(guide.steps), problem=problem
            ),
            _("{picture} shows the window at that moment.").format(picture=FAILED),
        )
    return 0
