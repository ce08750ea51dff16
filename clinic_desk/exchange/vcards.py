"""Contacts out of vCards and into them, by vobject: 2.1, 3.0 and 4.0 in, 3.0 and 4.0 out.

The file is parted into cards here, so that one bad card costs only itself; pictures, sounds and
keys are dropped before anything reads them, however large they are. What of a card has no room in
the book is named.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from clinic_desk.errors import InvalidInput
from clinic_desk.exchange import csv_values
from clinic_desk.exchange.contact_entry import POSTAL, ROLES, VISITING, WAYS, Address, Entry, Phone
from clinic_desk.exchange.incoming import Incoming, Progress, role_of, unwatched
from clinic_desk.exchange.text_bytes import decoded
from clinic_desk.i18n import _

READ = ("2.1", "3.0", "4.0")
WRITTEN = ("3.0", "4.0")
MOST_BYTES = 200 * 1024 * 1024
_MOST_CARD = 200_000  # characters of one card without its pictures
_HEAVY = re.compile(r"(?:[\w-]+\.)?(PHOTO|LOGO|SOUND|KEY)[;:]", re.IGNORECASE)
_SOFT_BREAK = re.compile(r"ENCODING=QUOTED-PRINTABLE|;QUOTED-PRINTABLE", re.IGNORECASE)
# What an entry has room for, what only says what somebody is, and what is about the card itself.
_TAKEN = frozenset(
    [
        "version",
        "fn",
        "n",
        "org",
        "note",
        "adr",
        "tel",
        "email",
        "role",
        "title",
        "categories",
        "x-clinic-desk-role",
        "x-clinic-desk-way",
        "prodid",
        "rev",
        "uid",
        "label",
        "kind",
        "sort-string",
        "mailer",
        "source",
        "name",
    ]
)
_WORDS = {
    "photo": _("photo"),
    "logo": _("logo"),
    "sound": _("sound"),
    "key": _("key"),
    "url": _("web page"),
    "bday": _("birth date"),
    "nickname": _("nickname"),
}
_ROLE, _WAY = "x-clinic-desk-role", "x-clinic-desk-way"


@dataclass(frozen=True, slots=True)
class _Card:
    line: int
    text: str
    version: str
    whole: bool  # false where its END is missing
    heavy: tuple[str, ...] = ()  # what was dropped unread


def looks_like(data: bytes) -> bool:
    """Whether a file holds vCards."""
    head = data[:400].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return head[:11].upper() == b"BEGIN:VCARD"


def read(data: bytes, encoding: str = "", progress: Progress = unwatched) -> tuple[Incoming, ...]:
    """Every card of a file. Raises InvalidInput for what is no file of cards."""
    if len(data) > MOST_BYTES:
        said = _("at most {most} MB are read").format(most=MOST_BYTES // 1024**2)
        raise InvalidInput({_("file"): said})
    text = decoded(data, encoding).text
    total = len(re.findall(r"(?im)^BEGIN:VCARD", text))
    if not total:
        raise InvalidInput({_("line {line}").format(line=1): _("no vCard begins here")})
    found = []
    for number, card in enumerate(_cards(text), start=1):
        progress(number, total)
        place = _("card {n}, line {line}").format(n=number, line=card.line)
        found.append(_incoming(card, place))
    return tuple(found)


def _cards(text: str) -> Iterator[_Card]:
    """The cards with the line in which each begins, their heavy parts dropped."""
    kept: list[str] = []
    heavy: list[str] = []
    begin, version, dropping, soft = 0, "", False, False
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        upper = line[:12].upper().rstrip()
        if upper == "BEGIN:VCARD":
            if begin:
                yield _Card(begin, "\r\n".join(kept), version, False)
            kept, begin, version, dropping, soft = [line], number, "", False, False
            heavy = []
            continue
        if not begin:
            continue
        if upper == "END:VCARD":
            kept.append(line)
            yield _Card(begin, "\r\n".join(kept), version, True, tuple(heavy))
            begin = 0
            continue
        goes_on = line[:1] in (" ", "\t") or soft or (dropping and ":" not in line[:80])
        if not goes_on:
            part = _HEAVY.match(line)
            if part is not None:
                heavy.append(part[1].lower())
            dropping = part is not None or upper.startswith("PROFILE:")
            if upper.startswith("VERSION:"):
                version = line[8:].strip()
        quoted = _SOFT_BREAK.search(line[:200]) is not None if not goes_on else soft
        soft = quoted and line.endswith("=")
        if not dropping:
            kept.append(line)
    if begin:
        yield _Card(begin, "\r\n".join(kept), version, False)


def _incoming(card: _Card, place: str) -> Incoming:
    if not card.whole:
        return Incoming(place, None, _("the card has no END"))
    if card.version not in READ:
        said = _("vCard {version} is not read; 2.1, 3.0 and 4.0 are")
        return Incoming(place, None, said.format(version=card.version[:20] or _("no version")))
    if len(card.text) > _MOST_CARD:
        return Incoming(place, None, _("the card is longer than any address"))
    # 60 ms, and only an import needs it
    import vobject

    try:
        parsed = vobject.readOne(card.text, allowQP=True)
    except Exception as error:  # noqa: BLE001 (the parser raises whatever it stumbles over)
        return Incoming(place, None, _("unreadable: {why}").format(why=_first_line(error)))
    try:
        entry = _entry(parsed.contents)
    except (AttributeError, TypeError, ValueError, IndexError) as error:
        return Incoming(place, None, _("unreadable: {why}").format(why=_first_line(error)))
    if not entry.name:
        return Incoming(place, None, _("the card has neither a name nor an organisation"))
    return Incoming(place, entry, told=_not_taken(parsed.contents, card.heavy))


def _not_taken(found: dict[str, list[Any]], heavy: tuple[str, ...]) -> str:
    """What of a card has no room in an entry, by the words of its reader."""
    left = [_WORDS[one] for one in heavy]
    emails = [_mail(one) for one in sorted(found.get("email", ()), key=_preference)]
    left += [_("e-mail {address}").format(address=one[:80]) for one in emails[1:] if one]
    faxes = [one for one in found.get("tel", ()) if "fax" in _types(one)]
    left += [_("fax {number}").format(number=_flat(one.value)[:40]) for one in faxes[1:]]
    left += [_("another address")] * (len(_addresses(found)) - 2)
    for name in sorted(set(found) - _TAKEN):
        said = "; ".join(filter(None, (_flat(one.value) for one in found[name])))[:60]
        left.append(f"{_WORDS.get(name, name.upper())} {said}".strip())
    return _("not taken: {parts}").format(parts=", ".join(left)) if left else ""


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]


def _entry(found: dict[str, list[Any]]) -> Entry:
    organisation = ", ".join(_parts(found, "org"))
    title, name = _name(found)
    words = " ".join(_text(found, key) for key in ("role", "title", "categories", "org", "note"))
    role = _text(found, _ROLE)
    way = _text(found, _WAY)
    phones, fax = _numbers(found)
    return Entry(
        name=name or organisation,
        title=title,
        role=role if role in ROLES else role_of(csv_values.fold(words)) or "other",
        organisation=organisation if name else "",
        addresses=_addresses(found),
        phones=phones,
        fax=fax,
        email=_first(found, "email"),
        preferred=way if way in WAYS else "",
        note="\n".join(str(one.value) for one in found.get("note", ())),
    )


def _name(found: dict[str, list[Any]]) -> tuple[str, str]:
    """Title and name: of N where it says something, else of FN."""
    whole = _text(found, "fn").strip()
    parts = found.get("n", [None])[0]
    if parts is None:
        return "", whole
    held = parts.value
    title = _flat(held.prefix)
    words = [_flat(held.given), _flat(held.additional), _flat(held.family)]
    spoken = " ".join(word for word in words if word)
    if title and whole.startswith(title):
        whole = whole[len(title) :].strip()
    return title, whole or spoken


def _addresses(found: dict[str, list[Any]]) -> tuple[Address, ...]:
    held = sorted(found.get("adr", ()), key=lambda one: "postal" not in _types(one))
    made: list[Address] = []
    for one in held:
        value = one.value
        lines = [_flat(value.box), _flat(value.extended), _flat(value.street)]
        region = _flat(value.region)
        town = ", ".join(part for part in (_flat(value.city), region) if part)
        made.append(
            Address(
                VISITING if made else POSTAL,
                "\n".join(line for line in lines if line),
                _flat(value.code),
                town,
                _flat(value.country),
            )
        )
    return tuple(one for one in made if one.filled)


def _numbers(found: dict[str, list[Any]]) -> tuple[tuple[Phone, ...], str]:
    phones, fax = [], ""
    for one in sorted(found.get("tel", ()), key=_preference):
        number = re.sub(r"^tel:", "", str(one.value), flags=re.IGNORECASE).strip()
        kinds = _types(one)
        if "fax" in kinds:
            fax = fax or number
        elif number:
            phones.append(Phone(number, _label(kinds)))
    return tuple(phones), fax


def _label(kinds: set[str]) -> str:
    """What a number is: of its types the one that says most."""
    words = {"cell": _("mobile"), "mobile": _("mobile"), "work": _("work"), "home": _("home")}
    known = next((words[kind] for kind in words if kind in kinds), "")
    others = sorted(kinds - {"voice", "pref", "text", "msg", "main", ""})
    return known or (others[0] if others else "")


def _types(one: Any) -> set[str]:
    told = [*one.params.get("TYPE", ()), *getattr(one, "singletonparams", ())]
    return {kind.strip().casefold() for text in told for kind in str(text).split(",")}


def _preference(one: Any) -> int:
    if "pref" in _types(one):
        return 0
    told = one.params.get("PREF", ["100"])[0]
    return int(told) if str(told).isdigit() else 100


def _first(found: dict[str, list[Any]], key: str) -> str:
    held = sorted(found.get(key, ()), key=_preference)
    return _mail(held[0]) if held else ""


def _mail(one: Any) -> str:
    return re.sub(r"^mailto:", "", _flat(one.value), flags=re.IGNORECASE)


def _parts(found: dict[str, list[Any]], key: str) -> list[str]:
    held = found.get(key)
    value = held[0].value if held else []
    parts = value if isinstance(value, list) else [value]
    return [said for part in parts if (said := _flat(part))]


def _text(found: dict[str, list[Any]], key: str) -> str:
    held = found.get(key)
    return _flat(held[0].value) if held else ""


def _flat(value: object) -> str:
    """A value as text; the parser gives what has commas of its own as lists within lists."""
    if isinstance(value, list | tuple):
        return ", ".join(said for part in value if (said := _flat(part)))
    return str(value or "").strip()


def write(entries: Sequence[Entry], version: str = "4.0") -> bytes:
    """The entries as vCards of a version that is written here."""
    if version not in WRITTEN:
        raise InvalidInput({"version": _("vCards are written as 3.0 or 4.0.")})
    return b"".join(_written(entry, version) for entry in entries)


def _written(entry: Entry, version: str) -> bytes:
    import vobject  # as above
    from vobject.vcard import Address as Adr
    from vobject.vcard import Name

    card = vobject.vCard()
    card.add("version").value = version
    card.add("fn").value = entry.written_name
    # a name stays whole: where it parts into given and family is not known for every language
    card.add("n").value = Name(family=entry.name, prefix=entry.title)
    if entry.organisation:
        card.add("org").value = [entry.organisation]
    card.add(_ROLE).value = entry.role
    if entry.preferred:
        card.add(_WAY).value = entry.preferred
    for one in entry.addresses:
        added = card.add("adr")
        added.value = Adr(street=one.lines, city=one.town, code=one.postcode, country=one.country)
        added.type_param = POSTAL if one.kind == POSTAL else "work"
    for phone in entry.phones:
        added = card.add("tel")
        added.value = phone.number
        added.type_param = "cell" if phone.label == _("mobile") else phone.label or "voice"
    if entry.fax:
        added = card.add("tel")
        added.value, added.type_param = entry.fax, "fax"
    if entry.email:
        card.add("email").value = entry.email
    if entry.note:
        card.add("note").value = entry.note
    return str(card.serialize()).encode("utf-8", "replace")
