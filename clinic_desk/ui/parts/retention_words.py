"""A country's retention rule in words."""

from clinic_desk.i18n import _
from clinic_desk.usecases.retention import Rule


def rule_words(rule: Rule | None) -> str:
    """How long files are kept, whence the rule comes, and whether it is a working value."""
    if rule is None:
        return _("Without a country no file counts as due.")
    said = [_("{years} years after the last contact.").format(years=rule.years)]
    if rule.until_age:
        said.append(
            _("Of whoever was under {minor} then, at least until the age of {age}.").format(
                minor=rule.minor_under, age=rule.until_age
            )
        )
    said.append(_("Source: {source}.").format(source=rule.source))
    if rule.working:
        said.append(_("A working value: check it with your own adviser."))
    return " ".join(said)
