"""The field tags (字段标签) of the territory: units, homes and streets, none of them a person.

A home counts people by age; it names nobody, and its address is that of a building.
"""

from hequan.core.personal import TableTags, plain

TAGS = {
    "territory.boundary": TableTags(
        plain("id unit geometry area_km2 source source_coordinates repaired")
    ),
    "territory.circle": TableTags(plain("id circle_set name speciality description")),
    "territory.circle_units": TableTags(plain("id circle unit")),
    "territory.circleset": TableTags(plain("id town name valid_from valid_to")),
    "territory.home": TableTags(
        plain("id code lon lat people by_age unit address source source_coordinates")
    ),
    "territory.landmark": TableTags(plain("id kind name geometry west south east north source")),
    "territory.peoplecount": TableTags(plain("id unit band people as_of source")),
    "territory.streetnetwork": TableTags(
        plain("id name folder source built_at nodes edges report is_current")
    ),
    "territory.unit": TableTags(
        plain("id level name parent path zone_kind estate_type households valid_from valid_to")
    ),
    "territory.unitcode": TableTags(plain("id unit scheme code valid_from valid_to")),
    "territory.unitlineage": TableTags(plain("id predecessor successor kind on")),
}
