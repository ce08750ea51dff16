"""The only package that knows SQL: the records of a practice, encrypted and audited."""

from clinic_desk.storage.store import Store, verify_audit

__all__ = ["Store", "verify_audit"]
