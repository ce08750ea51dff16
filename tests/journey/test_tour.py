"""The whole main job through the real windows, a real encrypted file and real PDFs.

The tour runs in a process of its own, as a person starts it; what it made is read back here by
other readers than those that made it.
"""

import hashlib
import json
import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from clinic_desk.tour import story

SIZE = (1366, 768)


@pytest.fixture(scope="module", params=["light", "dark"])
def tour(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("tour") / "out"
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment.pop("QT_QPA_PLATFORM", None)
    line = [sys.executable, "-m", "clinic_desk", "tour", "--out", str(out)]
    line += ["--theme", request.param, "--size", f"{SIZE[0]}x{SIZE[1]}"]
    done = subprocess.run(line, capture_output=True, env=environment, check=False, timeout=240)
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    return out


def told(tour: Path) -> dict:
    return json.loads((tour / "tour.json").read_text(encoding="utf-8"))


def words(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_every_step_happened_in_order_with_a_picture_of_the_size_asked(tour: Path) -> None:
    report = told(tour)
    assert report["complete"] is True
    assert report["problem"] is None
    names = [step["name"] for step in report["steps"]]
    wanted = ["today", "register", "open-case", "visit", "evaluation", "note", "signed"]
    wanted += ["program", "handout", "letter", "letter-issued", "patient"]
    places = [names.index(name) for name in wanted]
    assert places == sorted(places)
    for step in report["steps"]:
        head = (tour / step["picture"]).read_bytes()[:24]
        assert struct.unpack(">II", head[16:24]) == SIZE
        assert step["ms"] > 0
        assert step["did"]


def test_the_pictures_differ(tour: Path) -> None:
    pictures = [(tour / step["picture"]).read_bytes() for step in told(tour)["steps"]]
    assert len({hashlib.sha256(one).digest() for one in pictures}) >= len(pictures) - 1


def test_the_handout_names_the_patient_the_side_and_each_exercise(tour: Path) -> None:
    text = words(tour / "handout.pdf")
    for word in (story.GIVEN_NAME, "LEFT", "Example Street Physiotherapy", "Page 1 of 1"):
        assert word in text
    assert "DRAFT" not in text
    assert text.count("sets of") + text.count(" each side") + text.count("times") >= 3


def test_the_letter_asks_the_question_and_says_what_was_found(tour: Path) -> None:
    text = words(tour / "letter.pdf")
    for word in (
        story.QUESTION,
        "Dr Robin Sample",
        story.FAMILY_NAME.upper(),
        "14 Jun 1991",
        "38°",
        "28 % weaker",
        "Grade 2 (moderate), decided by Dana Demo",
        "Dana Demo",
        "tingling",
    ):
        assert word in text, word
    assert "DRAFT" not in text


def test_each_document_is_the_one_that_was_kept(tour: Path) -> None:
    documents = told(tour)["documents"]
    assert [one["kind"] for one in documents] == ["handout", "letter"]
    for one in documents:
        assert hashlib.sha256((tour / one["file"]).read_bytes()).hexdigest() == one["sha256"]


def test_a_tour_into_a_place_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    line = [sys.executable, "-m", "clinic_desk", "tour", "--out", str(tmp_path / "file" / "out")]
    done = subprocess.run(line, capture_output=True, check=False, timeout=120)
    assert done.returncode == 2
    assert b"cannot be written" in done.stderr
    assert b"Traceback" not in done.stderr
