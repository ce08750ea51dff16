"""What leads through the tour: hands in the windows, and the log of steps with a picture each.

A step counts only when its effect can be read back.
"""

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from clinic_desk.app import ClinicDesk
from clinic_desk.tour.hands import Hands, StepFailed
from clinic_desk.ui.navigator import Navigator
from clinic_desk.ui.refs import Place
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.screens.document import DocumentScreen
from clinic_desk.ui.screens.evaluation import EvaluationScreen
from clinic_desk.usecases import papers, patients

S = TypeVar("S", bound=Screen)


class Guide:
    """Finds the way in one window and writes down what was done."""

    def __init__(self, desk: ClinicDesk, out: Path) -> None:
        self.clinic, self.out = desk, out
        self.hands = Hands(desk.window, desk.lanes)
        self.steps: list[dict[str, object]] = []
        self.documents: list[dict[str, object]] = []
        self.crashes: list[str] = []

    @property
    def nav(self) -> Navigator:
        if self.clinic.navigator is None:
            raise StepFailed("the demo clinic did not open")
        return self.clinic.navigator

    def watch(self) -> None:
        """From here on, what the program reports of itself ends the tour."""
        self.nav.problems.shown.connect(self._problem)

    def _problem(self, way: str) -> None:
        if way in ("sheet", "dialog"):
            self.crashes.append(way)

    @contextmanager
    def step(self, name: str, did: str) -> Iterator[None]:
        """One step: timed, and a picture of where it ends."""
        start = time.perf_counter()
        yield
        self.hands.settle()
        took = (time.perf_counter() - start) * 1000
        if self.crashes:
            raise StepFailed("the program reported an error of its own")
        number = len(self.steps) + 1
        picture = f"{number:02}-{name}.png"
        self.hands.picture(self.out / picture)
        self.steps.append(
            {"step": number, "name": name, "did": did, "ms": round(took, 1), "picture": picture}
        )

    def at(self, place: Place, kind: type[S]) -> S:
        """The screen in front, which must be the place and the kind named."""
        here, screen = self.nav.here, self.nav.screen
        if here is None or here.place is not place or not isinstance(screen, kind):
            raise StepFailed(f"{place.value} is not in front but {here.place if here else None}")
        return screen

    def in_front(self) -> UUID:
        """The id of what the screen in front shows."""
        here = self.nav.here
        if here is None or here.id is None:
            raise StepFailed("nothing of the record is in front")
        return here.id

    def file(self) -> patients.PatientFile:
        """The file of the patient in front."""
        return patients.open_file(self.nav.desk, self.in_front())

    def step_title(self) -> str:
        """The title of the evaluation's step in front; empty elsewhere."""
        screen = self.nav.screen
        return screen.step_title if isinstance(screen, EvaluationScreen) else ""

    def to_section(self, place: Place) -> None:
        """To a section by its button in the rail."""
        buttons = {button.key: button for button in self.clinic.window.rail.buttons}
        self.hands.press(buttons[place.value])

    def find_patient(self, name: str) -> None:
        """To the patient's page by Ctrl+K, part of the name and Enter."""
        self.hands.keys("Ctrl+K")
        field = self.clinic.window.bar.find_field
        self.hands.type(field, name)
        self.hands.until(lambda: field.popup_open, "the patient among the results")
        self.hands.keys("Return", field)
        self.hands.until(
            lambda: self.nav.here is not None and self.nav.here.place is Place.PATIENT,
            "the patient's page",
        )

    def issued(self, kind: str) -> None:
        """The document in front: kept, unchanged, and saved beside the pictures."""
        self.hands.until(
            lambda: self.nav.here is not None and self.nav.here.place is Place.DOCUMENT,
            f"the issued {kind}",
        )
        screen = self.at(Place.DOCUMENT, DocumentScreen)
        kept = papers.open_document(self.nav.desk, self.in_front())
        target = self.out / f"{kind}.pdf"
        screen.save_to(target)
        self.hands.settle()
        if kept.kind != kind or hashlib.sha256(target.read_bytes()).hexdigest() != kept.sha256:
            raise StepFailed(f"the saved {kind} is not what was issued")
        self.documents.append(
            {
                "kind": kind,
                "file": target.name,
                "reference": kept.reference,
                "sha256": kept.sha256,
                "pages": papers.page_count(kept.pdf),
            }
        )
