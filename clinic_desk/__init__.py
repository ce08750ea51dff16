"""Clinic Desk: desktop case management for physiotherapists."""

__version__ = "0.1.0"
