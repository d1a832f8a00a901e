"""Jobs."""


def announce() -> None:
    """Register."""
