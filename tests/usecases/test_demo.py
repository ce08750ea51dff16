"""The demo clinic stands by itself and goes through the real use cases."""

from datetime import UTC, datetime
from pathlib import Path

from clinic_desk.library import Library
from clinic_desk.usecases import demo, letters, papers, patients, practice, programs, today

NOW = datetime(2026, 2, 3, 10, 58, tzinfo=UTC)


def test_the_demo_clinic_has_histories_flags_papers_and_an_unbroken_trail(tmp_path: Path) -> None:
    desk = demo.make(tmp_path / "demo", Library(), NOW)
    assert desk.demo
    people = patients.find(desk, "")
    assert len(people) == 9
    assert any(not row.family_name.isascii() for row in people)
    page = today.today(desk)
    assert page.needs[0].kind == "red_flag"
    assert page.next_up is not None
    (alex,) = patients.find(desk, "example alex")
    file = patients.open_file(desk, alex.id)
    assert file.banner.red_flag == "acted"
    assert {"visit", "program", "handout", "letter"} <= {one.kind for one in file.journal}
    (letter,) = letters.recent(desk)
    assert letter.document_id is not None
    assert papers.open_document(desk, letter.document_id).pdf.startswith(b"%PDF")
    assert programs.history(desk, file.cases[0].id)
    assert practice.view(desk).practice.name == "Example Street Physiotherapy"
    assert desk.store.verify_audit() is None
    desk.store.close()
    again = practice.unlock(tmp_path / "demo", Library(), demo.PASSPHRASE)
    again.store.close()
