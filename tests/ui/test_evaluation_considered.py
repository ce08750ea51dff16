"""Beside the suggestions: what else to consider, the banners, and the drill to repeat a measure."""

from PySide6.QtWidgets import QApplication

from tests.ui.evaluation_stage import at
from tests.ui.visit_stage import VisitStage, start
from tests.usecases.answers import STRAIN

__all__ = ["at"]  # the fixture

CYST = {
    "complaint": "posterior_knee",
    "rf_pulsatile": "no",
    "rf_popliteal_swelling": "yes",
    "cyst_firm_when_straight": "yes",
    "knee_tender": ["joint_line"],
    "knee_locking": "yes",
}
NERVE = {"slump": "familiar_eases", "slr_changes_with_ankle_or_neck": "yes"}


def texts(at: VisitStage, key: str) -> tuple[str, str]:
    card = at.screen.findings.boxes[key].card
    return card.title.text(), card._note.text()


def test_what_else_to_consider_says_the_next_step_and_asks_for_no_decision(
    at: VisitStage, desk, strain
) -> None:
    at.open(start(desk, strain, CYST))
    title, note = texts(at, "differential:baker_cyst")
    assert title == "Consider: cyst behind the knee (Baker cyst)"
    assert note.startswith("Ultrasound of the hollow behind the knee")
    card = at.screen.findings.boxes["differential:baker_cyst"].card
    assert [button.text() for button in card.buttons] == ["Why"]
    assert card.accessibleName() == f"Note: {title}"
    assert list(at.screen.findings.boxes).index("differential:meniscus") >= 0


def test_it_goes_when_the_pulse_is_felt(at: VisitStage, desk, strain) -> None:
    at.open(start(desk, strain, CYST))
    at.screen.draft.set_answer("rf_pulsatile", "yes")
    at.settle()
    QApplication.processEvents()
    assert "differential:baker_cyst" not in at.screen.findings.boxes
    assert "differential:popliteal_aneurysm" in at.screen.findings.boxes


def test_a_fresh_strain_stands_above_the_patterns_that_name_their_drill(
    at: VisitStage, desk, strain
) -> None:
    at.open(start(desk, strain, STRAIN | NERVE))
    boxes = at.screen.findings.boxes
    assert "Treat the strain first" in texts(at, "banner:strain_first")[0]
    assert "measure active knee extension again after 5 minutes" in texts(at, "pattern:neural")[1]
    cards = at.screen.findings.column.standing()
    banner, pattern = boxes["banner:strain_first"], boxes["pattern:neural"]
    assert cards.index(banner) < cards.index(pattern)
    assert not boxes["banner:strain_first"].offers("use")
