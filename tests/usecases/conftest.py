"""The clock of the desk, where a test has always found it."""

from tests.support.desk import Clock

__all__ = ["Clock"]
