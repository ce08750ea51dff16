"""What every mapped class shares: naming, keys, times in UTC, JSON on both databases."""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

import uuid_utils
from sqlalchemy import JSON, DateTime, Dialect, MetaData, Text, TypeDecorator, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Utc(TypeDecorator[datetime]):
    """A moment in UTC. A value without a time zone is refused: it could be any hour."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002  (the signature is SQLAlchemy's)
    ) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# Plain JSON values; the order of an object's keys is not kept by PostgreSQL.
Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")

# Text that is compared byte by byte, so that an index serves the beginnings of words.
Key = Text().with_variant(Text(collation="C"), "postgresql")


class Base(DeclarativeBase):
    """The one declarative base."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012  (SQLAlchemy reads a plain class attribute)
        UUID: Uuid,
        str: Text,
        datetime: Utc,
        Mapping[str, object]: Json,
    }


def new_id() -> UUID:
    """A new key: UUID version 7, so that newer rows sort later."""
    return UUID(bytes=uuid_utils.uuid7().bytes)


def utc_now() -> datetime:
    """This moment."""
    return datetime.now(UTC)
