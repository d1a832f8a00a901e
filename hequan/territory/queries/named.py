"""Units as people type them (按名找单位): by name or code, inside some parts of the territory."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import CharField

from hequan.core.questions import Question
from hequan.territory.models import Unit
from hequan.territory.queries.units import codes_of_units

_NAMED = Question[tuple[int, str, str]](
    lambda name: (
        Unit.objects.filter(name=name, valid_to=None)
        .order_by("path")
        .values_list("pk", "name", "path")
    ),
    name=CharField(),
)
_CODED = Question[tuple[int, str, str]](
    lambda code: (
        Unit.objects.filter(codes__code=code, codes__valid_to=None, valid_to=None)
        .order_by("path")
        .values_list("pk", "name", "path")
    ),
    code=CharField(),
)


@dataclass(frozen=True)
class NamedUnit:
    """A unit as it was named; the code tells it from others of its name, and is empty for one."""

    pk: int
    name: str
    code: str = ""


def units_named(words: str, paths: Collection[str]) -> list[NamedUnit]:
    """Return the units in force of a name, else of a code, that lie in any of these parts."""
    for question, told in ((_NAMED, {"name": words}), (_CODED, {"code": words})):
        found = question.all(**told)
        inside = [(pk, name) for pk, name, path in found if path.startswith(tuple(paths))]
        if len(inside) == 1:
            return [NamedUnit(*inside[0])]
        if inside:
            codes = codes_of_units(pk for pk, _name in inside)
            return [NamedUnit(pk, name, codes.get(pk, "")) for pk, name in inside]
    return []
