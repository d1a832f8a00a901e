"""PostgreSQL refuses by itself what overlaps in time: two heads of one place, one person on duty
twice. SQLite lets one writer in at a time, so there the check of the action suffices."""

from django.db import migrations

_PLACES = {
    "area_head": "unit_id",
    "committee_secretary": "unit_id",
    "committee_director": "unit_id",
    "grid_head": "unit_id",
    "station_head": "station_id",
}
# an id as a range of one: the built-in operators of ranges need no extension
_HEAD = """
ALTER TABLE roster_post ADD CONSTRAINT post_one_{kind}_at_a_time EXCLUDE USING gist (
    int8range({place}, {place}, '[]') WITH &&, daterange(valid_from, valid_to) WITH &&
) WHERE (kind = '{kind}')
"""
_DUTY = """
ALTER TABLE roster_dutyslot ADD CONSTRAINT duty_slot_one_place_at_once EXCLUDE USING gist (
    int8range(person_id, person_id, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&
) WHERE (person_id IS NOT NULL AND cancelled_at IS NULL)
"""


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for kind, place in _PLACES.items():
            schema_editor.execute(_HEAD.format(kind=kind, place=place))
        schema_editor.execute(_DUTY)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        drop = "ALTER TABLE {} DROP CONSTRAINT {}"
        for kind in _PLACES:
            schema_editor.execute(drop.format("roster_post", f"post_one_{kind}_at_a_time"))
        schema_editor.execute(drop.format("roster_dutyslot", "duty_slot_one_place_at_once"))


class Migration(migrations.Migration):
    dependencies = [("roster", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
