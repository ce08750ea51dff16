"""How long 500 exercises take to be filtered on screen; one JSON object.

Each filter is set as a person does, and the grid is painted before the next one. A frame has
16.7 ms.
"""

import json
import os
import statistics
from itertools import cycle
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from clinic_desk.library import Library
from clinic_desk.ui import theme
from clinic_desk.ui.parts.program_grid import CardGrid, Wanted
from clinic_desk.usecases.program_views import ExerciseCard

COUNT = 500
FRAME_MS = 1000 / 60
WANTED = (
    Wanted(pick=None, stage=2),
    Wanted(words=("bridge",)),
    Wanted(muscle="calf"),
    Wanted(),
    Wanted(region="thigh", minutes=3),
    Wanted(position="standing", no_equipment=True),
)


def cards() -> list[ExerciseCard]:
    library = Library()
    made = []
    for number, one in zip(range(COUNT), cycle(library.exercises()), strict=False):
        exercise = one.exercise
        start, finish = library.pictures(exercise.id)
        made.append(
            ExerciseCard(
                id=f"{exercise.id}_{number}",
                name=f"{exercise.name} {number}",
                stage=exercise.stage,
                muscles=exercise.muscles,
                position=exercise.position,
                equipment=exercise.equipment,
                minutes=round(exercise.seconds / 60, 1),
                start=start,
                finish=finish,
                steps=exercise.steps,
                cues=exercise.cues,
                advised=True,
                held_back="",
                suggested_because="",
                easier=None,
                harder=None,
                hidden=False,
                regions=exercise.regions,
            )
        )
    return made


def main() -> None:
    app = QApplication([])
    theme.start(app, "light", 100)
    grid = CardGrid(adds=False)
    grid.resize(840, 520)
    grid.show()
    grid.set_cards(cards(), ())
    while grid._timer.isActive():
        app.processEvents()
    for wanted in WANTED:  # the figures are drawn once
        grid.set_wanted(wanted)
        app.processEvents()
    filtering, painted = [], []
    for wanted in WANTED * 20:
        begun = perf_counter()
        grid.set_wanted(wanted)
        filtering.append((perf_counter() - begun) * 1000)
        app.processEvents()
        painted.append((perf_counter() - begun) * 1000)
    worst = statistics.quantiles(painted, n=20)[-1]
    print(
        json.dumps(
            {
                "exercises": COUNT,
                "filter_ms_median": round(statistics.median(filtering), 2),
                "with_paint_ms_median": round(statistics.median(painted), 2),
                "with_paint_ms_p95": round(worst, 2),
                "frame_ms": round(FRAME_MS, 1),
                "ratio": round(worst / FRAME_MS, 2),
            }
        )
    )


if __name__ == "__main__":
    main()
