from pathlib import Path

import pytest

from clinic_desk import log, settings
from clinic_desk.settings import Settings


def test_settings_come_back_as_they_were_saved(tmp_path: Path) -> None:
    settings.save(tmp_path / "new", Settings(theme="dark", zoom=120))
    assert settings.load(tmp_path / "new") == Settings(theme="dark", zoom=120)


@pytest.mark.parametrize(
    "text",
    ["", "theme = 'purple'", "zoom = 7", "zoom = 'large'", "theme = [", "zoom = true", "\0"],
)
def test_a_damaged_settings_file_gives_the_defaults(tmp_path: Path, text: str) -> None:
    (tmp_path / settings.FILE).write_text(text, encoding="utf-8")
    assert settings.load(tmp_path) == Settings()


def test_one_unreadable_setting_does_not_lose_the_other(tmp_path: Path) -> None:
    (tmp_path / settings.FILE).write_text("theme = 'dark'\nzoom = 1000", encoding="utf-8")
    assert settings.load(tmp_path) == Settings(theme="dark")


def test_a_logged_exception_holds_no_text_of_the_person() -> None:
    try:
        raise ValueError("EXAMPLE, Alex has a sore left thigh")
    except ValueError as error:
        text = log.frames(type(error), error.__traceback__)
    assert "ValueError" in text
    assert "test_settings.py" in text
    assert "EXAMPLE" not in text


def test_a_habit_out_of_its_bounds_keeps_its_default(tmp_path: Path) -> None:
    text = 'language = 7\nweight = "stone"\nsoon_days = 0\nretest_days = 9999\n'
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    assert settings.load(tmp_path) == Settings()
