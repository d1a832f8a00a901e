"""Whom a row names (人员匹配): by telephone and name, or by a name that only one person bears."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from hequan.core.file_words import sentence
from hequan.core.import_rows import ImportRow, ImportTable
from hequan.core.imports import Remark
from hequan.core.sealed import match_of
from hequan.people.errors import BadPhoneError
from hequan.people.models import Person
from hequan.people.phones import contact_phone

_BATCH = 1000


@dataclass(frozen=True)
class PeopleNamed:
    """The people that the rows may mean, by keyed hash of the phone and by name."""

    by_phone: Mapping[str, list[Person]]
    by_name: Mapping[str, list[Person]]

    def of(self, row: ImportRow, table: ImportTable) -> tuple[ImportRow, Person | None]:
        """Return whom a row means, or the row refused with what to do about it."""
        name = row.text("name")
        if not name:
            return row, None  # refused already as a blank cell
        if not row.text("phone"):
            return self._by_name(row, table, name)
        match = _match(row)
        if match is None:
            remedy = _("Enter a mobile number, or leave it blank.")
            wrong = Remark(_("this is no telephone number"), table.column("phone"), "", remedy)
            return row.refused(wrong), None
        found = [one for one in self.by_phone.get(match, ()) if one.name == name]
        if found:
            return row, found[0]
        remedy = _("Import the person first, or correct the name or the number.")
        text = _("nobody of this name has this telephone")
        return row.refused(Remark(text, table.column("name"), name, remedy)), None

    def _by_name(
        self, row: ImportRow, table: ImportTable, name: str
    ) -> tuple[ImportRow, Person | None]:
        found = self.by_name.get(name, [])
        if len(found) == 1:
            return row, found[0]
        remedy = _("Import the person first, or correct the name.")
        text = _("nobody bears this name")
        if found:
            remedy = _("Add the telephone number.")
            text = sentence(_("{count} people bear this name"), count=len(found))
        return row.refused(Remark(text, table.column("name"), name, remedy)), None


def people_named(rows: Iterable[ImportRow]) -> PeopleNamed:
    """Return the people that rows may mean: two queries for each thousand rows."""
    listed = list(rows)
    matches = {match for row in listed if row.text("phone") and (match := _match(row))}
    names = {row.text("name") for row in listed if not row.text("phone")}
    by_phone: dict[str, list[Person]] = defaultdict(list)
    by_name: dict[str, list[Person]] = defaultdict(list)
    for person in _persons("phone_match", matches):
        by_phone[person.phone_match].append(person)
    for person in _persons("name", names):
        by_name[person.name].append(person)
    return PeopleNamed(by_phone, by_name)


def _match(row: ImportRow) -> str | None:
    try:
        return match_of(contact_phone(row.text("phone")))
    except BadPhoneError:
        return None


def _persons(column: str, values: set[str]) -> Iterable[Person]:
    wanted = sorted(values - {""})
    rows = Person.objects.filter(merged_into=None, erased_at=None).defer("phone", "address")
    for start in range(0, len(wanted), _BATCH):
        part = rows.filter(**{f"{column}__in": wanted[start : start + _BATCH]})
        yield from part.select_related("account").order_by("pk")
