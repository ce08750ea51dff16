"""The open store: one practice's records, on an encrypted file or on a server.

Safe to use from several threads; each unit of work and each reading has its own session.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from clinic_desk import paths
from clinic_desk.errors import (
    ClinicError,
    Locked,
    NotFound,
    StorageDamaged,
    StorageUnavailable,
)
from clinic_desk.storage import audit, keys, schema
from clinic_desk.storage.base import new_id
from clinic_desk.storage.engine import (
    create_file,
    postgresql_engine,
    reader,
    rehearse,
    sqlite_engine,
)
from clinic_desk.storage.faults import damaged, translated
from clinic_desk.storage.keys import Kdf, Keys
from clinic_desk.storage.lock_queries import OPENED
from clinic_desk.storage.once import ANSWERS
from clinic_desk.storage.unit import UnitOfWork

_GATHERED = 40  # units; about a megabyte of changes


class Store:
    """The records of one practice, open. Made by `create`, `open` or `open_with_recovery`."""

    def __init__(
        self,
        engine: Engine,
        audit_key: bytes,
        person: UUID | None = None,
        folder: Path | None = None,
    ) -> None:
        self._engine = engine
        self._reader = reader(engine)
        self._written = 0  # units since `settle`
        self._audit_key = audit_key
        self.person = person  # whose passphrase opened it: the clinician's id
        self.folder = folder
        self.shared = False  # more than one person is in the record: some things are then asked
        self.opened: set[UUID] = set()  # closed parts of files that this person opened

    # Opening

    @staticmethod
    def is_there(folder: Path) -> bool:
        """Whether both files of a practice are in the folder."""
        return paths.holds_practice(folder)

    @classmethod
    def create(
        cls, folder: Path, passphrase: str, person: UUID | None = None, kdf: Kdf | None = None
    ) -> tuple["Store", str]:
        """Make a new practice's files; returns the open store and the recovery code.

        The finished data file gets its name last, so that a half-made practice never looks
        like one. Raises Locked (there is one already), StorageDamaged (a data file without its
        key file), StorageUnavailable.
        """
        database, key_file = folder / paths.DATABASE, folder / paths.KEYS
        if cls.is_there(folder):
            raise Locked("This folder already holds a practice.", "Unlock it instead.")
        if database.exists():
            raise StorageDamaged(
                "This folder holds a data file without its key file clinic.keys.",
                "Put back both files together from a backup. Nothing was changed.",
            )
        person = person or new_id()
        content, key, code = Keys.create(person, passphrase, kdf or Kdf())
        fresh = folder / f"{paths.DATABASE}.new"
        try:
            if not folder.is_dir():
                folder.mkdir(mode=0o700, parents=True)
            for left_over in folder.glob(f"{fresh.name}*"):
                left_over.unlink()
            create_file(fresh)
            schema.migrate_sqlite(fresh, key, None)
            _set_aside(key_file)
            keys.write(key_file, content)
            fresh.replace(database)
            keys.sync_folder(folder)
        except OSError as error:
            raise StorageUnavailable(
                "The practice's files could not be made.",
                "Check free space and the data folder's permissions.",
            ) from error
        return cls._opened(folder, person, key), code

    @classmethod
    def rehearse(cls, read: Callable[["Store"], object]) -> None:
        """Read once from an empty store in memory, so that the next store that is opened need
        not work out the text of these statements any more.
        """
        from clinic_desk.storage.models import Base

        def met(engine: Engine) -> None:
            Base.metadata.create_all(engine)
            read(cls(engine, b""))

        rehearse(met)

    @classmethod
    def open(cls, folder: Path, passphrase: str, person: UUID | None = None) -> "Store":
        """Open with a person's passphrase; of one person, if one is given. Raises NotFound,
        AccessDenied (it is wrong), StorageDamaged, StorageUnavailable.
        """
        person, key = cls._keys(folder).unlock(passphrase, person)
        return cls._opened(folder, person, key)

    @classmethod
    def open_with_recovery(
        cls, folder: Path, code: str, new_passphrase: str, person: UUID | None = None
    ) -> "Store":
        """Open with the recovery code and give the person (the first, unless told) a new
        passphrase. Raises as `open`; the key file changes only when the data could be opened.
        """
        content = cls._keys(folder)
        key = content.unlock_with_recovery(code)
        person = person or UUID(content.people[0].owner)
        if not content.holds(person):
            raise NotFound("This person has no passphrase here.", "Choose another one.")
        store = cls._opened(folder, person, key)
        try:
            renewed = content.with_passphrase(person, new_passphrase, key, content.recovery.kdf)
            keys.write(folder / paths.KEYS, renewed)
        except ClinicError:
            store.close()
            raise
        return store

    @classmethod
    def on_postgresql(cls, url: str, audit_key: bytes) -> "Store":
        """A practice on a server; its schema is made or brought up to date."""
        engine = postgresql_engine(url)
        try:
            revision = schema.stored_revision(engine)
            if revision != schema.HEAD:
                schema.migrate_postgresql(engine, revision)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, audit_key)

    @classmethod
    def _keys(cls, folder: Path) -> Keys:
        database, key_file = folder / paths.DATABASE, folder / paths.KEYS
        there = (database.is_file(), key_file.is_file())
        if there == (False, False):
            raise NotFound("This folder holds no practice.", "Set one up, or choose its folder.")
        if there != (True, True):
            missing = paths.KEYS if there[0] else paths.DATABASE
            raise StorageDamaged(
                f"The file {missing} is missing from the data folder.",
                "Put back clinic.db and clinic.keys together from a backup. Nothing was changed.",
            )
        return keys.read(key_file)

    @classmethod
    def _opened(cls, folder: Path, person: UUID, key: bytes) -> "Store":
        path = folder / paths.DATABASE
        engine = sqlite_engine(path, key)
        try:
            revision = schema.stored_revision(engine)
            if revision is None:
                raise damaged()  # a practice's file is never without its schema
            if revision != schema.HEAD:
                engine.dispose()  # a migration wants the file for itself
                schema.migrate_sqlite(path, key, revision)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, audit.audit_key(key), person, folder)

    # Working

    @contextmanager
    def unit(self, actor_id: UUID) -> Iterator[UnitOfWork]:
        """A transaction that writes; it keeps nothing unless the unit is committed.

        Raises EditConflict, Locked (a signed or issued record), StorageUnavailable.
        """
        seen = {OPENED: self.opened}
        with translated(), Session(self._engine, expire_on_commit=False, info=seen) as session:
            yield UnitOfWork(session, actor_id, self._audit_key)
        self._written += 1

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session on one consistent state of the records; the database refuses a write."""
        seen = {OPENED: self.opened, ANSWERS: {}}
        with translated(), Session(self._reader, autoflush=False, info=seen) as session:
            yield session

    def change_passphrase(self, old: str, new: str, kdf: Kdf | None = None) -> None:
        """Give the person whose passphrase is `old` a new one. Raises AccessDenied."""
        folder = self._own_folder()
        content = self._keys(folder)
        person, key = content.unlock(old, self.person)
        settings = kdf or content.people[0].kdf
        keys.write(folder / paths.KEYS, content.with_passphrase(person, new, key, settings))

    # People

    def give_passphrase(
        self, own: str, person: UUID, passphrase: str, names: Mapping[UUID, str]
    ) -> None:
        """Let a person open the store, or give them a new passphrase; `own` is the passphrase of
        who is at the desk. Raises AccessDenied (own is wrong), Locked (on a server).
        """
        folder = self._own_folder()
        content = self._keys(folder)
        _, key = content.unlock(own, self.person)
        wider = content.with_passphrase(person, passphrase, key, content.people[0].kdf)
        keys.write(folder / paths.KEYS, wider.named(names))

    def take_passphrase(self, person: UUID, names: Mapping[UUID, str]) -> None:
        """Remove a person's way in. Raises Locked (the last one, or on a server)."""
        folder = self._own_folder()
        keys.write(folder / paths.KEYS, self._keys(folder).without(person).named(names))

    def name_people(self, names: Mapping[UUID, str]) -> None:
        """Keep the names to choose from when it is opened; only where there are several."""
        if self.folder is None:
            return
        content = self._keys(self.folder)
        if content.named(names) != content:
            keys.write(self.folder / paths.KEYS, content.named(names))

    def with_passphrases(self) -> frozenset[UUID]:
        """Who can open the store; nobody is known on a server."""
        if self.folder is None:
            return frozenset()
        return frozenset(UUID(wrap.owner) for wrap in self._keys(self.folder).people)

    def _own_folder(self) -> Path:
        if self.folder is None:
            raise Locked("On a server, passwords are changed by its administrator.")
        return self.folder

    def verify_audit(self) -> audit.BrokenEntry | None:
        """Walk the audit trail; the first entry that is not what was written, or None."""
        with self.reading() as session:
            return audit.first_broken(session, self._audit_key)

    @property
    def unsettled(self) -> bool:
        """Whether enough was written since `settle` that a rest is a good time for it."""
        return self.folder is not None and self._written >= _GATHERED

    def settle(self) -> None:
        """Bring the last changes, which are safe beside the file, into the file itself; nobody
        who reads or writes is waited for. Else a later saving would do it, and take longer.
        """
        if not self.unsettled:
            return
        self._written = 0
        with translated(), self._engine.connect() as connection:
            driver = connection.connection.driver_connection
            if driver is not None:
                driver.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def close(self) -> None:
        """Close all connections; SQLite then leaves one file."""
        self._engine.dispose()


def verify_audit(store: Store) -> audit.BrokenEntry | None:
    """The first entry of the trail that is not what was written, or None."""
    return store.verify_audit()


def _set_aside(key_file: Path) -> None:
    """Keep a key file that has no data beside it under another name: it may fit a backup."""
    if not key_file.exists():
        return
    count = 1
    while (aside := key_file.with_name(f"{key_file.name}.unused-{count}")).exists():
        count += 1
    key_file.replace(aside)
