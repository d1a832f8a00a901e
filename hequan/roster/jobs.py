"""Jobs of the roster: load, call one action."""


def announce() -> None:
    """Listen to news, and take a place in the timetable."""
