"""The fields of a patient beyond identity and contact: numbers of others, who is called in an
emergency, who pays, who else cares, and what was written about them.
"""

from clinic_desk.exchange.csv_field import named

# Numbers that somebody else gave: each becomes a line with the column's own name.
NUMBERS = ("health_number", "insurance_number", "other_number")
# What stands in columns of its own and belongs to another field.
PARTS = (
    named(
        "middle_name",
        "text",
        "Middle name",
        "middle name|middle names|mname|middle initial|zweiter vorname|deuxieme prenom|"
        "segundo nombre|nome do meio",
        into="given_name",
    ),
    named(
        "second_family_name",
        "text",
        "Second family name",
        "second family name|second surname|apellido 2|segundo apellido",
        into="family_name",
    ),
    named(
        "house_number",
        "text",
        "House number",
        "house number|house no|hausnummer|hausnr|haus nr|numero de casa",
        into="address",
    ),
    named(
        "street_3",
        "text",
        "Street, third line",
        "address 3|address line 3|address3|addr3|addr 3|adresse 3",
        into="address",
    ),
)
PERSON_MORE = (
    *PARTS,
    named(
        "health_number",
        "text",
        "Health number",
        "nhs number|nhs no|health number|health card number|medicare number|ihi|hcn|"
        "gesundheitsnummer|patientenidentifikation|numero de securite sociale|nir|ins|matricule|"
        "numero de la seguridad social|tarjeta sanitaria|cip|sip|numero de utente|utente|sns|"
        "cartao sus|cns|الرقم الصحي|"
        "medicare|medicare no|personal health number|phn|no utente|n utente|ndeg securite sociale|"
        "no securite sociale|n securite sociale|nss",
        into="identifiers",
    ),
    named(
        "insurance_number",
        "text",
        "Insurance number",
        "insurance number|insurance no|policy number|policy no|member id|member number|"
        "versichertennummer|versicherten nr|versicherungsnummer|kvnr|ahv nr|ahv nummer|svnr|"
        "numero d assure|numero assurance|numero de mutuelle|numero adherent|numero de poliza|"
        "poliza|numero de asegurado|numero da apolice|apolice|numero do convenio|carteirinha|"
        "رقم التأمين|"
        "health fund no|health fund number|health fund member number|membership number",
        into="identifiers",
    ),
    named(
        "other_number",
        "text",
        "Another number",
        "national id|identity number|id card|passport|ssn|social security number|ausweisnummer|"
        "personalausweis|carte d identite|dni|nie|nif|cpf|rg|cartao de cidadao|رقم الهوية|"
        "dni nif|ss|nric|bsn|codice fiscale",
        into="identifiers",
    ),
    named(
        "preferred_name",
        "text",
        "Preferred name",
        "preferred name|known as|nickname|called|goes by|prenom d usage|nombre preferido|"
        "nome social|nome preferido|الاسم المفضل|"
        "preferred first name",
    ),
    named(
        "former_name",
        "text",
        "Former family name",
        "former name|maiden name|birth name|previous name|geburtsname|fruherer name|"
        "nom de naissance|nom de jeune fille|apellido de soltera|nome de solteira|اسم سابق",
        into="names",
    ),
    named("gender", "text", "Gender", "gender identity|geschlechtsidentitat|identite de genre"),
    named("pronouns", "text", "Pronouns", "pronouns|pronomen|pronoms|pronombres|pronomes"),
    named(
        "emergency_name",
        "text",
        "Emergency contact",
        "emergency contact|emergency contact name|emergency name|next of kin|nok|notfallkontakt|"
        "angehorige|bezugsperson|contact d urgence|personne a prevenir|personne de confiance|"
        "contacto de emergencia|persona de contacto|contato de emergencia|familiar|"
        "جهة اتصال الطوارئ|"
        "next of kin name",
    ),
    named(
        "emergency_relation",
        "text",
        "Relation of the emergency contact",
        "emergency relation|emergency relationship|relationship|verwandtschaft|beziehung|"
        "lien de parente|lien|parentesco|relacion|relacao|صلة القرابة|"
        "emergency contact relationship|contact relationship|next of kin relationship",
    ),
    named(
        "emergency_phone",
        "phone",
        "Phone of the emergency contact",
        "emergency phone|emergency number|emergency contact phone|emergency contact number|"
        "next of kin phone|notfallnummer|notfalltelefon|telefon notfallkontakt|"
        "telephone d urgence|tel urgence|telefono de emergencia|telefone de emergencia|"
        "هاتف الطوارئ|"
        "next of kin telephone",
    ),
    named(
        "gp",
        "text",
        "Family doctor",
        "gp|gp name|general practitioner|family doctor|family physician|doctor|"
        "primary care physician|pcp|hausarzt|hausarztin|medecin traitant|medecin|"
        "medico de cabecera|medico|medico de familia|طبيب الأسرة|الطبيب|"
        "family doctor name",
    ),
    named(
        "funding",
        "text",
        "Who pays",
        "funding|insurer|insurance|insurance company|payer|health fund|krankenkasse|kasse|"
        "versicherung|kostentrager|mutuelle|assurance|caisse|aseguradora|seguro|mutua|convenio|"
        "plano de saude|seguradora|شركة التأمين|التأمين",
    ),
    named(
        "claim_number",
        "text",
        "Claim number",
        "claim number|claim no|claim|schadennummer|fallnummer|numero de sinistre|sinistre|"
        "numero de siniestro|siniestro|numero do sinistro|رقم المطالبة",
    ),
    named(
        "interpreter_language",
        "text",
        "Language to interpret",
        "interpreter|interpreter language|dolmetscher|interprete|مترجم",
    ),
    named(
        "dominant_hand",
        "side",
        "Dominant hand",
        "dominant hand|handedness|hand|handigkeit|dominante hand|main dominante|lateralite|"
        "mano dominante|mao dominante|اليد المهيمنة",
    ),
    named(
        "dominant_leg",
        "side",
        "Dominant leg",
        "dominant leg|dominant foot|kicking leg|standbein|sprungbein|dominantes bein|"
        "jambe dominante|pied dominant|pierna dominante|perna dominante|القدم المهيمنة",
    ),
    named(
        "history",
        "block",
        "History and notes",
        "history|medical history|past medical history|pmh|notes|note|comments|remarks|anamnese|"
        "vorgeschichte|bemerkung|bemerkungen|notizen|antecedents|antecedents medicaux|remarques|"
        "historia clinica|antecedentes|notas|observaciones|historico|observacoes|ملاحظات|"
        "السوابق",
    ),
)
