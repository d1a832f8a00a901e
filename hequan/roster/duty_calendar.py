"""Somebody's duty as iCalendar (RFC 5545, 值班日历): for the calendar in her own phone. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

_LONGEST = 73  # octets of a line before it is folded, RFC 5545 3.1


@dataclass(frozen=True)
class CalendarDuty:
    """One duty for a calendar."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str


def duty_calendar(name: str, duties: Iterable[CalendarDuty], at: datetime) -> str:
    """Return the duties as a calendar file; times in UTC, lines folded and parted by CRLF."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//hequan//duty//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    ]
    for duty in duties:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{duty.uid}",
            f"DTSTAMP:{_moment(at)}",
            f"DTSTART:{_moment(duty.starts_at)}",
            f"DTEND:{_moment(duty.ends_at)}",
            f"SUMMARY:{_text(duty.title)}",
            f"LOCATION:{_text(duty.place)}",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    for letter, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(letter, written)
    return text.replace("\r", "")


def _folded(line: str) -> str:
    """Fold a long line between characters: continuations begin with a space."""
    pieces, piece, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _LONGEST:
            pieces.append(piece)
            piece, size = "", 1
        piece += letter
        size += octets
    return "\r\n ".join([*pieces, piece])
