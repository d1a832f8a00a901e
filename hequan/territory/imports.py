"""Kinds of import."""


def announce() -> None:
    """Register."""
