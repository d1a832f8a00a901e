"""Masks (脱敏): how personal values are shown until somebody may see them whole."""

from collections.abc import Callable

STAR = "*"


def mask_name(name: str) -> str:
    """Return 张*三 for 张小三, 李* for 李明; the first and, from three on, the last character."""
    text = name.strip()
    if len(text) < 2:
        return STAR if text else ""
    if len(text) == 2:
        return text[0] + STAR
    return text[0] + STAR * min(len(text) - 2, 4) + text[-1]


def mask_phone(number: str) -> str:
    """Return 138****1234; of a short number only the last two digits."""
    text = number.strip()
    if len(text) < 8:
        return STAR * max(len(text) - 2, 0) + text[-2:] if text else ""
    return text[:3] + STAR * (len(text) - 7) + text[-4:]


def mask_identity(number: str) -> str:
    """Return the last four characters behind stars: **************1234."""
    text = number.strip()
    return STAR * max(len(text) - 4, 0) + text[-4:] if len(text) > 4 else STAR * len(text)


def mask_address(address: str) -> str:
    """Return the lane or road without number: everything from the first digit on is starred."""
    for at, letter in enumerate(address):
        if letter.isdigit():
            return address[:at] + STAR * 3
    return address[:3] + STAR * 3 if address else ""


def mask_mail(address: str) -> str:
    """Return z***@example.com."""
    name, at, host = address.partition("@")
    return f"{name[:1]}{STAR * 3}{at}{host}" if address else ""


def mask_all(value: str) -> str:
    """Return stars only."""
    return STAR * 3 if value else ""


MASKS: dict[str, Callable[[str], str]] = {
    "name": mask_name,
    "phone": mask_phone,
    "identity": mask_identity,
    "address": mask_address,
    "mail": mask_mail,
    "all": mask_all,
}
