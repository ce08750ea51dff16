"""Findings as plain data in words, for the command line, exports and worked examples."""

from clinic_desk.clinical.findings import Findings, GradeFinding, OutcomeFinding, Reason
from clinic_desk.clinical.protocol import Protocol


def plain(protocol: Protocol, found: Findings, language: str = "en") -> dict[str, object]:
    """The findings with every reason said in a language; only texts, numbers, lists and tables."""

    def said(reasons: tuple[Reason, ...]) -> list[str]:
        return [protocol.say(reason, language) for reason in reasons]

    def word(text_id: str) -> str:
        return protocol.say(text_id, language)

    program = found.program
    return {
        "protocol": found.protocol,
        "version": found.version,
        "red_flags": [
            {
                "id": flag.id,
                "label": word(flag.label),
                "urgency": flag.urgency.value,
                "refer_to": [word(f"recipient.{one}") for one in flag.refer_to],
                "action": word(flag.action),
                "reasons": said(flag.reasons),
                "target_days": flag.target_days,
                "presumed": flag.presumed,
            }
            for flag in found.red_flags
        ],
        "urgency": found.urgency.value if found.urgency else None,
        "grade": _grade(protocol, found.grade, language) if found.grade else None,
        "patterns": [
            {
                "id": one.id,
                "label": word(one.label),
                "score": one.score,
                "reasons": said(one.reasons),
                "retest": word(one.retest) if one.retest else "",
            }
            for one in found.patterns
        ],
        "imaging": [
            {
                "id": test.id,
                "label": word(test.label),
                "urgency": test.urgency.value,
                "reasons": said(test.reasons),
                "safety_missing": list(test.safety_missing),
            }
            for test in found.imaging
        ],
        "program": {
            "stage": program.stage,
            "template": program.template,
            "blocked": program.blocked,
            "why": said(program.why),
        }
        if program
        else None,
        "advice": [{"id": card.id, "label": word(card.label)} for card in found.advice],
        "missing": list(found.missing),
        "differentials": [
            {
                "id": one.id,
                "label": word(one.label),
                "score": one.score,
                "reasons": said(one.reasons),
                "next": word(one.next_step),
            }
            for one in found.differentials
        ],
        "banners": [
            {"id": one.id, "text": protocol.say(one.text, language)} for one in found.banners
        ],
        "holds": [
            {
                "id": one.id,
                "stages": list(one.stages),
                "load_classes": list(one.load_classes),
                "why": said((one.because, *one.open)),
            }
            for one in found.holds
        ],
        "doubtful": [
            {"item": doubt.item, "value": doubt.value, "why": protocol.say(doubt.why, language)}
            for doubt in found.doubtful
        ],
    } | _outcomes(protocol, found, language)


def _outcomes(protocol: Protocol, found: Findings, language: str) -> dict[str, object]:
    """The scores, where any outcome measure was answered."""
    scores = [
        {
            "id": one.id,
            "label": protocol.say(one.label, language),
            "measure": one.measure,
            "score": one.score,
            "on": one.on.isoformat() if one.on else None,
            "missing": list(one.missing),
            "error": one.error,
        }
        | _rated(one)
        for one in found.outcomes
    ]
    return {"outcomes": scores} if scores else {}


def _rated(one: OutcomeFinding) -> dict[str, object]:
    """What the patient named, each judged by the error of one rating alone."""
    if one.single_error is None or not one.rated:
        return {}
    return {
        "activities": [
            {"name": name, "score": value, "error": one.single_error} for name, value in one.rated
        ]
    }


def _grade(protocol: Protocol, grade: GradeFinding, language: str) -> dict[str, object]:
    return {
        "suggested": grade.suggested,
        "withheld": protocol.say(grade.withheld, language) if grade.withheld else None,
        "confidence": grade.confidence.value,
        "provisional": grade.provisional,
        "reasons": [protocol.say(reason, language) + _points(reason) for reason in grade.reasons]
        + [protocol.say(note, language) for note in grade.notes],
        "missing": list(grade.missing),
        "alternatives": list(grade.alternatives),
    }


def _points(reason: Reason) -> str:
    if reason.points is None:
        return ""
    return f" ({reason.points} of {reason.of})"
