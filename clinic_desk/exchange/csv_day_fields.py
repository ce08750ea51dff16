"""The columns of a day list: when, who, what for, and whether they are there."""

from clinic_desk.exchange.csv_field import named

TIME = "time"
DAY_FIELDS = (
    named(
        TIME,
        "text",
        "Time",
        "time|start|start time|from|appointment|appointment time|uhrzeit|zeit|beginn|von|termin|"
        "terminzeit|heure|heure de debut|debut|heure du rdv|rdv|hora|hora inicio|hora de inicio|"
        "inicio|hora cita|cita|horario|hora da consulta|الوقت|وقت الموعد|الساعة|الموعد",
    ),
    named(
        "day",
        "date",
        "Day",
        "day|date|appointment date|datum|tag|termindatum|date du rdv|jour|fecha|dia|"
        "fecha de la cita|fecha cita|data|data da consulta|التاريخ|اليوم|تاريخ الموعد",
    ),
    named(
        "visit_kind",
        "text",
        "Kind",
        "kind|type|appointment type|visit type|reason|service|art|terminart|leistung|"
        "behandlung|typ|motif|type de rdv|prestation|acte|tipo|tipo de cita|motivo|servicio|"
        "tipo de consulta|servico|النوع|نوع الموعد|نوع الزيارة|السبب",
    ),
    named(
        "arrived",
        "text",
        "Arrived",
        "arrived|arrival|checked in|check in|present|here|status|angekommen|eingetroffen|da|"
        "anwesend|erschienen|arrive|present|presence|statut|llegado|llegada|presente|estado|"
        "asistio|chegou|chegada|compareceu|وصل|حضر|الحضور|الحالة",
    ),
    named(
        "note",
        "text",
        "Note",
        "note|notes|comment|comments|remark|remarks|bemerkung|bemerkungen|notiz|kommentar|"
        "remarque|remarques|commentaire|nota|notas|observaciones|comentario|observacoes|obs|"
        "ملاحظة|ملاحظات",
    ),
)
WHO = ("number", "full_name", "family_name", "given_name", "birth_date")  # of the people's fields
