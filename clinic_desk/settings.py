"""How windows and papers look and what is done by habit, in `settings.toml` of the data folder.

A damaged or foreign file is not worth a refusal to start: what can't be read keeps its default.
"""

from pathlib import Path
from typing import Literal, NamedTuple, get_args

Theme = Literal["system", "light", "dark"]

FILE = "settings.toml"
ZOOM_RANGE = (90, 150)
WEIGHTS = ("kg", "lb")
TEMPERATURES = ("c", "f")
SOON_RANGE = (1, 60)  # days
RETEST_RANGE = (7, 182)  # days
LOCK_RANGE = (1, 60)  # minutes; 0 is never


class Settings(NamedTuple):
    """`zoom` is in percent, 90 to 150. `print_unreviewed` puts it on the patient's page that its
    translation is not yet reviewed by a clinician. `last_person` is the id of who was here last,
    where several people work. `language` is that of handouts in a new patient's file,
    `weight` the unit that loads are first offered in and body weight is typed in, `temperature`
    the scale that temperatures are typed in, `soon_days` how far ahead Today shows tasks
    and recalls, `retest_days` when a plan to re-test without a day of its own is due: four weeks,
    a working value. `lock_minutes` is after how long without input the program locks; 0: never.
    """

    theme: Theme = "system"
    zoom: int = 100
    print_unreviewed: bool = False
    last_person: str = ""
    language: str = "en"
    weight: str = "kg"
    temperature: str = "c"
    soon_days: int = 7
    retest_days: int = 28
    lock_minutes: int = 10


def load(folder: Path) -> Settings:
    """The settings of a data folder, or the defaults."""
    settings = Settings()
    try:
        text = (folder / FILE).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return settings
    import tomllib  # the first paint waits for it only where there is a file

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return settings
    theme, zoom = table.get("theme"), table.get("zoom")
    for known in get_args(Theme):
        if theme == known:
            settings = settings._replace(theme=known)
    if isinstance(zoom, int) and ZOOM_RANGE[0] <= zoom <= ZOOM_RANGE[1]:
        settings = settings._replace(zoom=zoom)
    last = table.get("last_person")
    if isinstance(last, str) and len(last) <= 40:
        settings = settings._replace(last_person=last)
    language = table.get("language")
    if isinstance(language, str) and 2 <= len(language) <= 12:
        settings = settings._replace(language=language)
    if table.get("weight") in WEIGHTS:
        settings = settings._replace(weight=table["weight"])
    if table.get("temperature") in TEMPERATURES:
        settings = settings._replace(temperature=table["temperature"])
    soon, retest = table.get("soon_days"), table.get("retest_days")
    if isinstance(soon, int) and SOON_RANGE[0] <= soon <= SOON_RANGE[1]:
        settings = settings._replace(soon_days=soon)
    if isinstance(retest, int) and RETEST_RANGE[0] <= retest <= RETEST_RANGE[1]:
        settings = settings._replace(retest_days=retest)
    lock = table.get("lock_minutes")
    if isinstance(lock, int) and (lock == 0 or LOCK_RANGE[0] <= lock <= LOCK_RANGE[1]):
        settings = settings._replace(lock_minutes=int(lock))
    return settings._replace(print_unreviewed=table.get("print_unreviewed") is True)


def save(folder: Path, settings: Settings) -> None:
    """Write the settings; the old file stays until the new one is whole."""
    import tomli_w  # only needed when something is changed

    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / (FILE + ".partial")
    partial.write_text(tomli_w.dumps(settings._asdict()), encoding="utf-8")
    partial.replace(folder / FILE)
