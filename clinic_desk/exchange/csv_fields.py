"""The fields that a column of a list of patients can be, and the names they go by.

Names are in English, German, French, Spanish and Portuguese, as the exports of other programs
write them. They are compared folded, so that case, accents and punctuation don't matter.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the neutral record, or a part that is put together into one (`into`)."""

    id: str
    kind: str  # text, block, date, sex, phone, email, language
    label: str
    names: tuple[str, ...]
    into: str = ""  # "address" for a street; empty where it is a field of its own


def _field(id: str, kind: str, label: str, names: str, into: str = "") -> Field:
    return Field(id, kind, label, tuple(name.strip() for name in names.split("|")), into)


FIELDS = (
    _field(
        "number",
        "text",
        "Number",
        "number|no|id|patient id|patient no|patient number|patid|mrn|chart number|record number|"
        "client id|nummer|nr|patientennummer|patnr|pat nr|kundennummer|numero|n|no patient|"
        "numero patient|numero de dossier|dossier|id patient|ipp|historia|numero de historia|nhc|"
        "id paciente|numero do paciente|numero do processo|processo|prontuario|codigo",
    ),
    _field(
        "family_name",
        "text",
        "Family name",
        "family name|last name|lastname|surname|familyname|familienname|nachname|zuname|name|"
        "nom|nom de famille|nom usuel|apellido|apellidos|primer apellido|sobrenome|apelido|"
        "ultimo nome|patient last name|patient surname",
    ),
    _field(
        "given_name",
        "text",
        "Given name",
        "given name|first name|firstname|forename|given names|givenname|vorname|vornamen|rufname|"
        "prenom|prenoms|nombre|nombres|nome|nome proprio|primeiro nome|patient first name",
    ),
    _field(
        "full_name",
        "text",
        "Whole name",
        "full name|fullname|patient name|patient|client|client name|vollstandiger name|"
        "vor und nachname|name vorname|nom complet|nom prenom|nom et prenom|nombre completo|"
        "nombre y apellidos|apellidos y nombre|nome completo|paciente",
        into="family_name",
    ),
    _field(
        "birth_date",
        "date",
        "Birth date",
        "birth date|birthdate|date of birth|dob|born|birthday|geburtsdatum|geb datum|geb|"
        "gebdat|geboren|geburtstag|date de naissance|naissance|ne le|ddn|fecha de nacimiento|"
        "nacimiento|fecha nac|f nacimiento|fnac|data de nascimento|nascimento|data nasc|nasc",
    ),
    _field(
        "sex",
        "sex",
        "Sex",
        "sex|gender|m f|geschlecht|sexe|genre|sexo|genero|administrative sex",
    ),
    _field(
        "phone",
        "phone",
        "Phone",
        "phone|telephone|tel|phone number|mobile|mobile phone|cell|cell phone|home phone|telefon|"
        "telefonnummer|mobil|mobiltelefon|handy|telefon privat|tel privat|telephone portable|"
        "portable|tel mobile|numero de telephone|telefono|movil|telefono movil|celular|telefone|"
        "telemovel|contacto|contato",
    ),
    _field(
        "email",
        "email",
        "E-mail",
        "email|e mail|mail|email address|e mail adresse|emailadresse|courriel|adresse mail|"
        "adresse email|correo|correo electronico|correio eletronico|correio electronico",
    ),
    _field(
        "address",
        "block",
        "Address",
        "address|full address|postal address|home address|anschrift|adresse|adresse postale|"
        "adresse complete|direccion|domicilio|morada|endereco",
    ),
    _field(
        "street",
        "text",
        "Street",
        "street|address 1|address line 1|street address|address1|strasse|straße|str|"
        "strasse und hausnummer|strasse hausnummer|rue|voie|adresse 1|calle|rua|logradouro",
        into="address",
    ),
    _field(
        "street_2",
        "text",
        "Street, second line",
        "address 2|address line 2|address2|adresszusatz|zusatz|adresse 2|complement d adresse|"
        "complement|complemento|piso",
        into="address",
    ),
    _field(
        "postal_code",
        "text",
        "Postcode",
        "postcode|post code|zip|zip code|zipcode|postal code|plz|postleitzahl|code postal|cp|c p|"
        "codigo postal|cod postal|cep",
        into="address",
    ),
    _field(
        "city",
        "text",
        "Town",
        "city|town|suburb|locality|ort|stadt|wohnort|ville|commune|localite|ciudad|poblacion|"
        "localidad|cidade|localidade|municipio",
        into="address",
    ),
    _field(
        "region",
        "text",
        "State or county",
        "state|county|region|province|bundesland|kanton|departement|provincia|estado|distrito|uf",
        into="address",
    ),
    _field(
        "country",
        "text",
        "Country",
        "country|land|staat|pays|pais",
        into="address",
    ),
    _field(
        "allergies",
        "block",
        "Allergies",
        "allergies|allergy|allergien|allergie|alergias|alergia",
    ),
    _field(
        "alerts",
        "block",
        "Alerts",
        "alerts|alert|warning|warnings|warnhinweis|warnhinweise|hinweis|cave|alerte|alertes|"
        "alerta|alertas|avertissement|precauciones|precaucoes|avisos",
    ),
    _field(
        "medicines",
        "block",
        "Medicines",
        "medicines|medicine|medication|medications|drugs|medikamente|medikation|medicaments|"
        "traitement|traitements|medicacion|medicamentos|medicacao|farmacos",
    ),
    _field(
        "occupation",
        "text",
        "Occupation",
        "occupation|job|profession|work|beruf|tatigkeit|metier|profesion|ocupacion|profissao|"
        "ocupacao",
    ),
    _field(
        "sport",
        "text",
        "Sport",
        "sport|sports|activity|sportart|sports pratiques|deporte|deportes|desporto|esporte|"
        "modalidade",
    ),
    _field(
        "language",
        "language",
        "Language",
        "language|preferred language|sprache|muttersprache|langue|idioma|lengua|lingua",
    ),
    _field(
        "consent_on",
        "date",
        "Consent given on",
        "consent|consent date|consent on|consented|einwilligung|einwilligung am|"
        "einwilligungsdatum|datenschutz|consentement|date de consentement|consentimiento|"
        "fecha de consentimiento|consentimento|data de consentimento|rgpd|dsgvo|gdpr",
    ),
)
BY_ID = {field.id: field for field in FIELDS}
