"""Phone numbers: how one is shown and compared; what is not understood stays as it was typed."""

from functools import lru_cache

from clinic_desk.storage.folding import fold, phone_digits


def understood(number: str, region: str = "") -> tuple[str, str]:
    """How a number is shown, and the digits by which it is compared.

    A number without its country's prefix is read as one of `region`. What is no number that can
    exist stays as it was typed.
    """
    # 50 ms and 20 MB, and no window needs it before a contact is written
    import phonenumbers

    if len(number) > 40:  # longer than any number with its extension
        return number, phone_digits(number)
    try:
        found = phonenumbers.parse(number, region or None)
    except phonenumbers.NumberParseException:
        return number, phone_digits(number)
    if not phonenumbers.is_valid_number(found):
        return number, phone_digits(number)
    shown = phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    exact = phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)
    return shown, exact.lstrip("+")


def region_of_number(number: str) -> str:
    """The region that a number with its country's prefix belongs to; empty when it has none."""
    if not number.strip().startswith("+"):
        return ""
    import phonenumbers  # as above

    try:
        found = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.region_code_for_number(found) or ""


def region_of_country(country: str) -> str:
    """The region of a country by its two letters or its name in English, German, French or
    Spanish; empty where it is none.
    """
    return _countries().get(fold(country), "") if country else ""


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    from babel import Locale  # as above

    found = {"uk": "GB", "usa": "US"}
    for language in ("en", "de", "fr", "es"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                found.setdefault(fold(name), code)
                found.setdefault(code.casefold(), code)
    return found


def tidy(text: str, country: str = "") -> str:
    """The number in its usual groups: national in the practice's own country, else with its
    +code. Words around it, extensions and what no numbering plan knows stay exactly as typed.
    """
    if not any(sign.isdigit() for sign in text) or any(sign.isalpha() for sign in text):
        return text
    import phonenumbers  # as above

    try:
        number = phonenumbers.parse(text, country.upper() or None)
    except phonenumbers.NumberParseException:
        return text
    if not phonenumbers.is_valid_number(number):
        return text
    own = phonenumbers.region_code_for_number(number) == country.upper()
    form = phonenumbers.PhoneNumberFormat
    return str(phonenumbers.format_number(number, form.NATIONAL if own else form.INTERNATIONAL))


def doubtful(text: str, country: str = "") -> bool:
    """Whether a number that begins with its +code exists in no numbering plan."""
    if not text.strip().startswith("+"):
        return False
    import phonenumbers  # as above

    try:
        return not phonenumbers.is_possible_number(phonenumbers.parse(text, country or None))
    except phonenumbers.NumberParseException:
        return True
