"""Whom rows are about (数据主体): all rows of one person, those merged into her, and accounts."""

from hequan.core.personal_rows import Subjects
from hequan.people.models import Person


def subjects_of(person: Person) -> Subjects:
    """Return the ids of everything that stands for her, the row that stands for her first."""
    root = person
    while root.merged_into is not None:
        root = root.merged_into
    persons = [root.pk]
    level = [root.pk]
    while level:
        rows = Person.objects.filter(merged_into__in=level).order_by("pk")
        level = list(rows.values_list("pk", flat=True))
        persons += level
    held = Person.objects.filter(pk__in=persons).exclude(account=None).order_by("pk")
    return Subjects(tuple(persons), tuple(held.values_list("account", flat=True)))
