"""The words that occur in notes and letters, each once: what a beginning that is typed can mean.

The full-text index of SQLite serves beginnings of two, three and four letters; for any other it
gathers every place of every word that begins so before it gives the first. With the words at hand
they are looked for whole, newest first. A word goes with the last text in which it stands.
PostgreSQL's index does not need it.
"""

from collections.abc import Iterator

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_DROP = "INSERT INTO notes_search(notes_search, rowid, words) VALUES ('delete', OLD.id, OLD.words);"
_ADD = "INSERT INTO notes_search(rowid, words) VALUES (NEW.id, NEW.words);"

_LISTED = "SELECT word FROM search_words"
_KNOWN = "INSERT INTO search_words(word) SELECT DISTINCT value FROM"
_GONE = "DELETE FROM search_words WHERE word IN"
_STANDS = "SELECT 1 FROM notes_search WHERE notes_search = '\"' || word || '\"'"


def upgrade() -> None:
    """Make the list, fill it from the index, and let the triggers keep it; put patients of one
    given name in order, so that the first are read without sorting all.
    """
    op.create_index("ix_patients_by_given", "patients", ["given_key", "family_key", "serial"])
    op.drop_index(op.f("ix_patients_given_key"), table_name="patients")
    if op.get_bind().dialect.name == "sqlite":
        for statement in _sqlite():
            op.execute(statement)


def _sqlite() -> Iterator[str]:
    yield "CREATE TABLE search_words (word TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID"
    yield "CREATE VIRTUAL TABLE search_words_once USING fts5vocab(notes_search, row)"
    yield "INSERT INTO search_words(word) SELECT term FROM search_words_once"
    yield "DROP TABLE search_words_once"
    for act in ("insert", "delete", "update"):
        yield f"DROP TRIGGER search_texts_{act}"
    known = f"{_KNOWN} {_each('NEW')} WHERE value <> '' AND value NOT IN ({_LISTED});"
    gone = f"{_GONE} (SELECT value FROM {_each('OLD')}) AND NOT EXISTS ({_STANDS});"  # noqa: S608 (no value from outside)
    for act, when, acts in (
        ("insert", "INSERT", (_ADD, known)),
        ("delete", "DELETE", (_DROP, gone)),
        ("update", "UPDATE OF id, words", (_DROP, _ADD, known, gone)),
    ):
        yield (
            f"CREATE TRIGGER search_texts_{act} AFTER {when} ON search_texts "
            f"BEGIN {' '.join(acts)} END"
        )


def _each(row: str) -> str:
    """The words of a row, which are small letters and digits with single spaces between."""
    return f"""json_each('["' || replace({row}.words, ' ', '","') || '"]')"""
