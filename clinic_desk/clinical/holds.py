"""What stands above the findings, and which exercises wait until easier work is done well."""

from clinic_desk.clinical import logic, progression, wording
from clinic_desk.clinical.findings import BannerFinding, HoldFinding, Reason
from clinic_desk.clinical.reading import Reading


def banners(reading: Reading) -> tuple[BannerFinding, ...]:
    """The banners whose conditions hold, in the order of the file."""
    protocol = reading.protocol
    return tuple(
        BannerFinding(
            one.id,
            wording.because(protocol, reading, one.because, logic.deciding(one.when.node, reading)),
        )
        for one in protocol.banners
        if one.when.holds(reading)
    )


def find(reading: Reading) -> tuple[HoldFinding, ...]:
    """The holds that stand: entered, and not known to be over."""
    protocol = reading.protocol
    found = []
    for one in protocol.holds:
        if not one.when.holds(reading) or one.until.holds(reading):
            continue
        criteria = progression.open_criteria(one.until, reading)
        found.append(
            HoldFinding(
                one.id,
                wording.because(
                    protocol, reading, one.because, logic.deciding(one.when.node, reading)
                ),
                one.stages,
                one.load_classes,
                tuple(progression.said(protocol, reading, criterion) for criterion in criteria),
                logic.unique(item for criterion in criteria for item in criterion.missing),
            )
        )
    return tuple(found)


def reasons(hold: HoldFinding) -> tuple[Reason, ...]:
    """Why exercises wait, then what is open."""
    return (hold.because, *hold.open)
