"""The fields that a column of a list of patients can be, and the names they go by.

Names are in English, German, French, Spanish, Portuguese and Arabic, as the exports of other
programs write them.
"""

from clinic_desk.exchange.csv_day_fields import DAY_FIELDS, WHO
from clinic_desk.exchange.csv_field import named
from clinic_desk.exchange.csv_more_fields import PERSON_MORE

FIELDS = (
    named(
        "number",
        "text",
        "Number",
        "number|no|id|patient id|patient no|patient number|patid|mrn|chart number|record number|"
        "client id|nummer|nr|patientennummer|patnr|pat nr|kundennummer|numero|n|no patient|"
        "numero patient|numero de dossier|dossier|id patient|ipp|historia|numero de historia|nhc|"
        "id paciente|numero do paciente|numero do processo|processo|prontuario|codigo|"
        "رقم المريض|رقم الملف|الرقم|"
        "pid|pubpid|patient guid|client code|patient code|no historia|n historia",
    ),
    named(
        "family_name",
        "text",
        "Family name",
        "family name|last name|lastname|surname|familyname|familienname|nachname|zuname|name|"
        "nom|nom de famille|nom usuel|apellido|apellidos|primer apellido|sobrenome|apelido|"
        "ultimo nome|patient last name|patient surname|اسم العائلة|اللقب|الكنية|"
        "last|lname|surnames|apellido 1",
    ),
    named(
        "given_name",
        "text",
        "Given name",
        "given name|first name|firstname|forename|given names|givenname|vorname|vornamen|rufname|"
        "prenom|prenoms|nombre|nombres|nome|nome proprio|primeiro nome|patient first name|"
        "الاسم الأول|الاسم الشخصي|"
        "first|fname|forenames|name first",
    ),
    named(
        "full_name",
        "text",
        "Whole name",
        "full name|fullname|patient name|patient|client|client name|vollstandiger name|"
        "vor und nachname|name vorname|nom complet|nom prenom|nom et prenom|nombre completo|"
        "nombre y apellidos|apellidos y nombre|nome completo|paciente|"
        "الاسم الكامل|الاسم|اسم المريض|المريض",
        into="family_name",
    ),
    named(
        "birth_date",
        "date",
        "Birth date",
        "birth date|birthdate|date of birth|dob|born|birthday|geburtsdatum|geb datum|geb|"
        "gebdat|geboren|geburtstag|date de naissance|naissance|ne le|ddn|fecha de nacimiento|"
        "nacimiento|fecha nac|f nacimiento|fnac|data de nascimento|nascimento|data nasc|nasc|"
        "تاريخ الميلاد|تاريخ الولادة",
    ),
    named(
        "sex",
        "sex",
        "Sex",
        "sex|gender|m f|geschlecht|sexe|genre|sexo|genero|administrative sex|الجنس",
    ),
    named(
        "phone",
        "phone",
        "Phone",
        "phone|telephone|tel|phone number|telefon|telefonnummer|numero de telephone|telefono|"
        "telefone|contacto|contato|الهاتف|رقم الهاتف|"
        "phone contact|contact number|contact no|contact nr|contact phone|telephone number|"
        "main phone|phone 1|tel 1|telefon 1|telefono 1|telefone 1",
    ),
    named(
        "phone_mobile",
        "phone",
        "Mobile phone",
        "mobile|mobile phone|mobile number|cell|cell phone|phone mobile|mobil|mobiltelefon|handy|"
        "mobilnummer|telefon mobil|tel mobil|telephone portable|portable|tel mobile|mobile perso|"
        "movil|telefono movil|celular|telemovel|الجوال|رقم الجوال|الهاتف المحمول|الموبايل|"
        "phone cell|mobile tel|mobile telephone|mobile no|cell number|telephone mobile|gsm|natel|"
        "telefone celular",
        into="phones",
    ),
    named(
        "phone_home",
        "phone",
        "Phone at home",
        "home phone|phone home|home telephone|landline|telefon privat|tel privat|festnetz|"
        "telephone fixe|fixe|tel fixe|telephone domicile|telefono fijo|fijo|telefono casa|"
        "telefone fixo|telefone residencial|هاتف المنزل|"
        "home tel|telephone home",
        into="phones",
    ),
    named(
        "phone_work",
        "phone",
        "Phone at work",
        "work phone|phone work|business phone|office phone|telefon geschaftlich|"
        "tel geschaftlich|telefon arbeit|dienstlich|telephone travail|telephone professionnel|"
        "tel pro|telefono trabajo|telefono del trabajo|telefone trabalho|telefone comercial|"
        "هاتف العمل|"
        "phone biz|work tel|work telephone|telefon dienstlich|tel dienstlich",
        into="phones",
    ),
    named(
        "email",
        "email",
        "E-mail",
        "email|e mail|mail|email address|e mail adresse|emailadresse|courriel|adresse mail|"
        "adresse email|correo|correo electronico|correio eletronico|correio electronico|"
        "البريد الإلكتروني|البريد الالكتروني|الإيميل|"
        "email 1|e mail 1|e mail 1 value|email id",
    ),
    named(
        "address",
        "block",
        "Address",
        "address|full address|postal address|home address|anschrift|adresse|adresse postale|"
        "adresse complete|direccion|domicilio|morada|endereco|العنوان",
    ),
    named(
        "street",
        "text",
        "Street",
        "street|address 1|address line 1|street address|address1|strasse|straße|str|"
        "strasse und hausnummer|strasse hausnummer|rue|voie|adresse 1|calle|rua|logradouro|الشارع|"
        "addr1|addr 1|home street|street 1",
        into="address",
    ),
    named(
        "street_2",
        "text",
        "Street, second line",
        "address 2|address line 2|address2|adresszusatz|zusatz|adresse 2|complement d adresse|"
        "complement|complemento|piso|"
        "addr2|addr 2|street 2|street address 2|bairro",
        into="address",
    ),
    named(
        "postal_code",
        "text",
        "Postcode",
        "postcode|post code|zip|zip code|zipcode|postal code|plz|postleitzahl|code postal|cp|c p|"
        "codigo postal|cod postal|cep|الرمز البريدي|"
        "postal|home postal code|zip postal code|cod post",
        into="address",
    ),
    named(
        "city",
        "text",
        "Town",
        "city|town|suburb|locality|ort|stadt|wohnort|ville|commune|localite|ciudad|poblacion|"
        "localidad|cidade|localidade|municipio|المدينة|"
        "home city|town city",
        into="address",
    ),
    named(
        "region",
        "text",
        "State or county",
        "state|county|region|province|bundesland|kanton|departement|provincia|estado|distrito|uf|"
        "home state|state province",
        into="address",
    ),
    named(
        "country",
        "text",
        "Country",
        "country|land|staat|pays|pais|البلد|الدولة|country code|home country",
        into="address",
    ),
    named(
        "allergies",
        "block",
        "Allergies",
        "allergies|allergy|allergien|allergie|alergias|alergia|الحساسية",
    ),
    named(
        "alerts",
        "block",
        "Alerts",
        "alerts|alert|warning|warnings|warnhinweis|warnhinweise|hinweis|cave|alerte|alertes|"
        "alerta|alertas|avertissement|precauciones|precaucoes|avisos|تنبيهات|تحذيرات",
    ),
    named(
        "medicines",
        "block",
        "Medicines",
        "medicines|medicine|medication|medications|drugs|medikamente|medikation|medicaments|"
        "traitement|traitements|medicacion|medicamentos|medicacao|farmacos|الأدوية",
    ),
    named(
        "occupation",
        "text",
        "Occupation",
        "occupation|job|profession|beruf|tatigkeit|metier|profesion|ocupacion|profissao|"
        "ocupacao|المهنة|الوظيفة",
    ),
    named(
        "sport",
        "text",
        "Sport",
        "sport|sports|activity|sportart|sports pratiques|deporte|deportes|desporto|esporte|"
        "modalidade|الرياضة",
    ),
    named(
        "language",
        "language",
        "Language",
        "language|preferred language|sprache|muttersprache|langue|idioma|lengua|lingua|اللغة",
    ),
    named(
        "consent_on",
        "date",
        "Consent given on",
        "consent|consent date|consent on|consented|einwilligung|einwilligung am|"
        "einwilligungsdatum|datenschutz|consentement|date de consentement|consentimiento|"
        "fecha de consentimiento|consentimento|data de consentimento|rgpd|dsgvo|gdpr",
    ),
    *PERSON_MORE,
)
DAY_LIST = (*(one for one in FIELDS if one.id in WHO), *DAY_FIELDS)
BY_ID = {field.id: field for field in (*FIELDS, *DAY_FIELDS)}
