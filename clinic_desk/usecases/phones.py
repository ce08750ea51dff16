"""Phone numbers: written in their usual groups where they are understood, else as typed."""


def tidy(text: str, country: str = "") -> str:
    """The number in its usual groups: national in the practice's own country, else with its
    +code. Words around it, extensions and what no numbering plan knows stay exactly as typed.
    """
    if not any(sign.isdigit() for sign in text) or any(sign.isalpha() for sign in text):
        return text
    import phonenumbers  # 60 ms, and only needed once something was typed

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
