"""What ships in `resources/`: protocols, exercises, programs, advice cards and letter kinds."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from clinic_desk import paths
from clinic_desk.errors import LibraryInvalid, NotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from clinic_desk.clinical.exercise import Template
    from clinic_desk.clinical.protocol import Protocol
    from clinic_desk.drawing.shapes import Picture
    from clinic_desk.library.advice import AdviceCard
    from clinic_desk.library.exercises import Illustrated, Shelf
    from clinic_desk.library.own import Entry
    from clinic_desk.library.programs import Plans
    from clinic_desk.library.translations import Translation


class Library:
    """One folder of resources; each file is read and checked when it is first asked for.

    What a clinic made of the exercises lies over them, asked for when it is first needed.
    """

    # Modules are imported when first used: pydantic must not be loaded before the first window.

    def __init__(
        self,
        root: Path | None = None,
        own: "Callable[[], Sequence[Entry]] | None" = None,
        own_programs: "Callable[[], Sequence[Entry]] | None" = None,
    ) -> None:
        self.root = root or paths.resources()
        self.own, self.own_programs = own, own_programs
        self._shipped = lru_cache(maxsize=None)(self._load_shipped)
        self._protocol = lru_cache(maxsize=None)(self._load_protocol)
        self._questionnaire = lru_cache(maxsize=None)(self._load_questionnaire)
        self._advice = lru_cache(maxsize=None)(self._load_advice)
        self._pictures = lru_cache(maxsize=None)(self._draw_pictures)
        self._shelf = lru_cache(maxsize=None)(self._load_shelf)
        self._shipped_plans = lru_cache(maxsize=None)(self._load_shipped_plans)
        self._plans = lru_cache(maxsize=None)(self._load_plans)
        self._translation = lru_cache(maxsize=None)(self._load_translation)

    def protocol(self, protocol_id: str, version: str | None = None) -> "Protocol":
        """A protocol, the newest version where none is named.

        Raises NotFound for one that is not here and LibraryInvalid for a faulty file.
        """
        return self._protocol(protocol_id, version)

    def protocols(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The ids of all protocols with their versions, oldest first."""
        from clinic_desk.library import protocols

        return tuple(protocols.versions(self.root / "protocols").items())

    def of_clinic(
        self,
        own: "Callable[[], Sequence[Entry]]",
        own_programs: "Callable[[], Sequence[Entry]] | None" = None,
    ) -> "Library":
        """This library with what a clinic made of its exercises and programs; what ships is
        read once for both.
        """
        made = Library(self.root, own, own_programs)
        for name in ("_protocol", "_questionnaire", "_advice", "_shipped", "_shipped_plans"):
            setattr(made, name, getattr(self, name))
        return made

    def renew(self) -> None:
        """Ask again for what the clinic made, when it is next needed."""
        for kept in (self._shelf, self._plans, self._translation, self._pictures):
            kept.cache_clear()

    def shelf(self) -> "Shelf":
        """The exercises by id, with which are hidden, the clinic's own, or changed by it."""
        return self._shelf()

    def shipped(self) -> "Shelf":
        """The exercises as they ship."""
        return self._shipped()

    def shipped_tables(self, exercise_id: str) -> "dict[str, object]":
        """A shipped exercise in its file's shape. Raises NotFound, LibraryInvalid."""
        from clinic_desk.library import exercises, files

        if exercise_id not in self._shipped().exercises:
            raise NotFound(f"There is no exercise “{exercise_id}” among those that ship.")
        path = self.root / "exercises" / f"{exercise_id}.toml"
        return exercises.normal(path.name, files.parse(path))

    def exercises(self) -> tuple["Illustrated", ...]:
        """All that are offered, by stage, then id; broken files are left out."""
        return tuple(self._shelf().offered().values())

    def exercise(self, exercise_id: str) -> "Illustrated":
        """An exercise with its pose, also a hidden one. Raises NotFound."""
        found = self._shelf().exercises.get(exercise_id)
        if found is None:
            raise NotFound(f"There is no exercise “{exercise_id}” in the library.")
        return found

    def pictures(self, exercise_id: str, side: str | None = None) -> "tuple[Picture, Picture]":
        """Start and finish of an exercise for "left" or "right"; drawn once. Raises NotFound."""
        return self._pictures(exercise_id, side)

    def templates(self) -> tuple["Template", ...]:
        """All program templates that are offered, by id; broken files are left out."""
        return tuple(self._plans().offered().values())

    def plans(self) -> "Plans":
        """The templates by id, with which are hidden, the clinic's own, or changed by it."""
        return self._plans()

    def shipped_plans(self) -> "Plans":
        """The templates as they ship."""
        return self._shipped_plans()

    def shipped_template(self, template_id: str) -> "dict[str, object]":
        """A shipped template in its file's shape. Raises NotFound, LibraryInvalid."""
        from clinic_desk.library import files, programs

        if template_id not in self._shipped_plans().templates:
            raise NotFound(f"There is no program “{template_id}” among those that ship.")
        path = self.root / "programs" / f"{template_id}.toml"
        return programs.normal(path.name, files.parse(path))

    def template(self, template_id: str) -> "Template":
        """A program template, also a hidden one. Raises NotFound."""
        found = self._plans().templates.get(template_id)
        if found is None:
            raise NotFound(f"There is no program “{template_id}” in the library.")
        return found

    def faults(self) -> tuple[LibraryInvalid, ...]:
        """What is wrong with exercise and program files, each with file, key and reason."""
        return (*self._shelf().problems, *self._plans().problems)

    def _draw_pictures(self, exercise_id: str, side: str | None) -> "tuple[Picture, Picture]":
        return self.exercise(exercise_id).pictures(side)

    def _load_shipped(self) -> "Shelf":
        from clinic_desk.library import exercises

        return exercises.load_folder(self.root / "exercises")

    def _load_shelf(self) -> "Shelf":
        if self.own is None:
            return self._shipped()
        from clinic_desk.library import own

        return own.lay_over(self._shipped(), self.own(), self.shipped_tables)

    def _load_shipped_plans(self) -> "Plans":
        from clinic_desk.library import programs

        return programs.load_folder(self.root / "programs", self._shipped().exercises)

    def _load_plans(self) -> "Plans":
        if self.own_programs is None:
            return self._shipped_plans()
        from clinic_desk.library import own_programs

        return own_programs.lay_over(
            self._shipped_plans(),
            self.own_programs(),
            self.shipped_template,
            self._shelf().exercises,
        )

    def languages(self) -> tuple[str, ...]:
        """The languages that a handout can be in, English first."""
        from clinic_desk.library import translations

        return translations.languages(self.root / "translations")

    def translation(self, language: str) -> "Translation":
        """What a language has of the library. Raises NotFound for one that is not here."""
        if language not in self.languages():
            known = ", ".join(self.languages())
            raise NotFound(f"There is no language “{language}” in the library.", f"Known: {known}.")
        return self._translation(language)

    def _load_translation(self, language: str) -> "Translation":
        from clinic_desk.library import translations

        # What the clinic changed is in English only: a translation of other words would mislead.
        ships, seen = self._shipped().exercises, self._shelf().exercises
        found = translations.load(
            self.root / "translations",
            language,
            {name: one.exercise for name, one in ships.items()},
            self._shipped_plans().templates,
            self.advice(),
        )
        same = {
            name: text
            for name, text in found.exercises.items()
            if translations.same_words(ships[name].exercise, seen[name].exercise)
        }
        return replace(found, exercises=same)

    def advice(self) -> "Mapping[str, AdviceCard]":
        """The advice cards by id. Raises LibraryInvalid for a faulty file."""
        return self._advice()

    def _load_advice(self) -> "Mapping[str, AdviceCard]":
        from clinic_desk.library.advice import load_advice

        return load_advice(self.root / "advice")

    def _load_protocol(self, protocol_id: str, version: str | None) -> "Protocol":
        from clinic_desk.library import protocols

        path = protocols.find(self.root / "protocols", protocol_id, version)
        if version is None:
            return self._protocol(protocol_id, path.stem)  # so that it is read once
        return protocols.load(path, placed=True, measures=self._questionnaire)

    def _load_questionnaire(self, name: str) -> "Protocol | None":
        """An outcome measure for the items that stand for it; None where there is none."""
        from clinic_desk.library import protocol_scores, protocols

        root = self.root / "protocols"
        if name not in protocols.versions(root):
            return None
        return protocols.load(protocols.find(root, name), measures=protocol_scores.no_measures)
