"""What a cell means: sexes, languages and phone numbers as other programs write them."""

import re
from collections.abc import Iterable, Mapping

from anyascii import anyascii

from clinic_desk.clinical.measures import Sex
from clinic_desk.i18n import _

_WORDS = re.compile(r"[a-z0-9]+")


def fold(text: str) -> str:
    """Small ASCII words with single spaces between."""
    return " ".join(_WORDS.findall(anyascii(text.encode("utf-8", "replace").decode()).casefold()))


_SEXES: Mapping[str, Sex] = {
    word: sex
    for sex, words in (
        (
            Sex.FEMALE,
            "f|w|fem|female|woman|girl|weiblich|wbl|frau|fr|femme|feminin|feminine|fille|mme|"
            "madame|mujer|femenino|femenina|feminino|feminina|mulher|sra|senora|senhora|mrs|ms|"
            "miss|أنثى|انثى",
        ),
        (
            Sex.MALE,
            "m|male|man|boy|mannlich|maennlich|mnl|mann|herr|hr|h|homme|masc|masculin|garcon|"
            "monsieur|hombre|masculino|varon|homem|sr|senor|senhor|mr|ذكر",
        ),
        (
            Sex.OTHER,
            "x|d|o|divers|diverse|other|autre|otro|otra|outro|outra|non binary|nonbinary|nb|"
            "intersex|inter|intersexuel|intersexual|non binaire|no binario|nao binario",
        ),
        (
            Sex.UNKNOWN,
            "u|unknown|unbekannt|inconnu|desconocido|desconhecido|not known|not stated|"
            "unspecified|undisclosed|n a|na|keine angabe|k a|indetermine|indeterminate",
        ),
    )
    for word in (fold(one) for one in words.split("|"))
}
_LANGUAGES: Mapping[str, str] = {
    word: code
    for code, words in (
        ("en", "en eng english englisch anglais ingles"),
        ("de", "de deu ger german deutsch allemand aleman alemao"),
        ("fr", "fr fra fre french franzosisch francais frances"),
        ("es", "es spa spanish spanisch espagnol espanol castellano espanhol"),
        ("pt", "pt por portuguese portugiesisch portugais portugues"),
        ("ar", "ar ara arabic arabisch arabe"),
        ("it", "it ita italian italienisch italien italiano"),
        ("pl", "pl pol polish polnisch polonais polaco polones"),
        ("tr", "tr tur turkish turkisch turc turco"),
        ("nl", "nl nld dut dutch niederlandisch neerlandais neerlandes holandes"),
        ("ru", "ru rus russian russisch russe ruso russo"),
        ("uk", "uk ukr ukrainian ukrainisch ukrainien ucraniano"),
        ("ro", "ro ron rum romanian rumanisch roumain rumano romeno"),
        ("fa", "fa fas per persian farsi persisch persan persa"),
        ("zh", "zh zho chi chinese chinesisch chinois chino chines"),
    )
    for word in words.split()
}
_SPREADSHEET_NUMBER = re.compile(r"\d[.,]\d+e\+?\d+", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]{4,}")


class NotUnderstood(ValueError):
    """The cell says nothing that is known here; the message says why."""


def sexes(values: Iterable[str]) -> dict[str, Sex]:
    """What each short word of a column means, by its folded form; what is unclear is left out.

    "M" beside "H" is a woman (mujer, hombre), beside "F" or "W" a man; alone it is unclear.
    """
    words = {fold(value) for value in values} - {""}
    meaning = {word: _SEXES[word] for word in words if word in _SEXES}
    if "m" in words:
        women = any(meaning.get(word) is Sex.FEMALE for word in words)
        if "h" in words and not women:
            meaning["m"] = Sex.FEMALE
        elif "h" in words or not women:
            del meaning["m"]
    return meaning


_SIDES = {
    word: side
    for side, words in (
        ("left", "l left links linke gauche izquierda izquierdo esquerda esquerdo ysr"),
        ("right", "r right rechts rechte d droite droit derecha derecho direita direito ymyn ymn"),
        ("both", "b both beide beidhandig ambidextrous ambidextre ambidextro ambas ambos"),
    )
    for word in words.split()
}
_YES = frozenset(
    "y|yes|j|ja|o|oui|s|si|sim|true|x|1|wahr|vrai|verdadero|ok|hdr|wsl|n m".split("|")  # noqa: SIM905
)
_NO = frozenset("n|no|nein|non|nao|false|0|falsch|faux|falso|none|keine|aucun|l".split("|"))  # noqa: SIM905


def side(text: str) -> str:
    """left, right or both. Raises NotUnderstood."""
    words = fold(text).split()
    if words and (found := _SIDES.get(words[0])):
        return found
    said = _("“{text}” is neither left nor right nor both")
    raise NotUnderstood(said.format(text=text[:40]))


def yes_no(text: str) -> str:
    """yes, no, or empty for another word."""
    plain = fold(text)
    return "yes" if plain in _YES else "no" if plain in _NO else ""


def sex_problem(text: str) -> str:
    """Why a word for a sex was not understood."""
    said = _("“{text}” is no sex that is understood here; say what it means")
    return said.format(text=text[:40])


def language(text: str) -> str:
    """The code of a language. Raises NotUnderstood."""
    plain = fold(text)
    for word in (plain, plain.split(" ")[0]):
        if word in _LANGUAGES:
            return _LANGUAGES[word]
    if re.fullmatch(r"[a-z]{2}", text.strip().casefold()):
        return text.strip().casefold()
    raise NotUnderstood(_("“{text}” is no language that is known here").format(text=text[:40]))


def phone(text: str) -> str:
    """A phone number as it was written. Raises NotUnderstood for what no one could dial."""
    plain = " ".join(text.split()).removeprefix("'")  # a spreadsheet's mark of a text
    if _SPREADSHEET_NUMBER.fullmatch(plain):
        said = _("“{text}” was shortened by a spreadsheet; its last digits are lost")
        raise NotUnderstood(said.format(text=plain[:40]))
    if sum(sign.isdigit() for sign in plain) < 3 and _LETTERS.search(plain):
        raise NotUnderstood(_("“{text}” is no phone number").format(text=plain[:40]))
    return plain
