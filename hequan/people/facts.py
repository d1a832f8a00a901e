"""What is said of a person (人员信息), in the one form in which it is kept."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from hequan.people.ages import can_be_born
from hequan.people.errors import BadPersonError, BadPhoneError
from hequan.people.phones import contact_phone

_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[ ·'.\-])*", re.UNICODE)
_BLANKS = re.compile(r"\s+")
LONGEST_NAME = 64
LONGEST_ADDRESS = 200


@dataclass(frozen=True)
class PersonFacts:
    """What is said of one person; the phone as anybody writes it."""

    name: str
    phone: str = ""
    born_on: date | None = None
    unit_id: int | None = None
    address: str = ""


def checked(facts: PersonFacts, day: date) -> PersonFacts:
    """Return the facts in the form they are kept in, as of that day.

    BadPersonError names the field of what cannot be.
    """
    return replace(
        facts,
        name=checked_name(facts.name),
        phone=checked_contact(facts.phone),
        born_on=checked_birth(facts.born_on, day),
        address=checked_address(facts.address),
    )


def checked_name(text: str) -> str:
    """Return a name without needless blanks; letters, blanks, dots and hyphens only."""
    name = _plain(text).replace("•", "·").replace("・", "·")
    if not name:
        raise BadPersonError("name", _("Enter the name."))
    if len(name) > LONGEST_NAME or not _NAME.fullmatch(name):
        raise BadPersonError("name", _("A name has letters only, at most 64."))
    return re.sub(r"(?<=[㐀-鿿]) (?=[㐀-鿿])", "", name)


def checked_contact(text: str) -> str:
    """Return a number in its one form, empty for none."""
    try:
        return contact_phone(text) if text.strip() else ""
    except BadPhoneError as error:
        raise BadPersonError("phone", error.text) from None


def checked_birth(born_on: date | None, day: date) -> date | None:
    """Return the day of birth when somebody alive on that day can have it."""
    if born_on is not None and not can_be_born(born_on, day):
        text = _("The day of birth lies in the future or more than 130 years ago.")
        raise BadPersonError("born_on", text)
    return born_on


def checked_address(text: str) -> str:
    """Return an address on one line."""
    address = _plain(text)
    if len(address) > LONGEST_ADDRESS:
        raise BadPersonError("address", _("An address has at most 200 characters."))
    return address


def _plain(text: str) -> str:
    kept = "".join(
        one for one in unicodedata.normalize("NFKC", text) if one.isprintable() or one.isspace()
    )
    return _BLANKS.sub(" ", kept).strip()
