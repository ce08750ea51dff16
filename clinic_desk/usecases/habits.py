"""How this practice works by habit, as set in Settings: read where it counts, by name."""

from collections.abc import Mapping

from clinic_desk import settings
from clinic_desk.clinical.loads import LoadKind
from clinic_desk.library import handout_words
from clinic_desk.settings import Settings
from clinic_desk.usecases.desk import Desk


def of(desk: Desk) -> Settings:
    """What is kept in the data folder; the defaults where there is none."""
    folder = desk.store.folder
    return settings.load(folder) if folder is not None else Settings()


def new_language(desk: Desk) -> str:
    """The language of handouts that a new patient's file begins with."""
    return of(desk).language


def languages(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Code and English name of what handouts are there in."""
    codes = desk.library.languages()
    return tuple((one, handout_words.language_name(one, handout_words.SOURCE)) for one in codes)


def typed_in(desk: Desk) -> Mapping[str, str]:
    """The unit that values of a unit are typed in, where it is another one."""
    kept = of(desk)
    wanted = {"kg": kept.weight, "°C": "°F" if kept.temperature == "f" else "°C"}
    return {unit: other for unit, other in wanted.items() if unit != other}


def weight_unit(desk: Desk) -> LoadKind:
    """What weights are first offered in."""
    return LoadKind(of(desk).weight)
