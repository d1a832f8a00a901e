"""A row about somebody in every table that has any: made from the models and their tags alone.

Fields that say something about her are filled with words that can be found again; so a table added
tomorrow is erased, exported and cleared in tomorrow's tests without a word here, unless its
constraints want values nobody can guess (`SPECIAL`).
"""

from datetime import UTC, date, datetime, time, timedelta

from django.apps import apps
from django.db import models

from hequan.core.personal import tagged_tables
from hequan.core.sealed import SealedText, match_of

NAME, SOUND, INITIALS = "欧阳晓燕", "ouyangxiaoyan", "oyxy"
PHONE, NUMBER, MAIL = "13917778372", "310113198804230027", "xiaoyan.ouyang@example.cn"
ADDRESS = "红枫路一百零八弄九号"
WORDS = f"{NAME} {PHONE} {ADDRESS} {MAIL}"
MOMENT = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)
LONG = 40  # a text field shorter than this holds a code, not words

SPECIAL = {
    "cases.case": {"state": "closed", "closed_at": MOMENT},
    "cases.dispute": {"state": "closed", "closed_at": MOMENT},
    "cases.helptask": {"post": lambda maker: maker.make(apps.get_model("roster.post"), {})},
    "core.grant": {"path": "/0/", "valid_to": MOMENT},
    "people.organisation": {"credit_code": ""},
    "people.consenttext": {"valid_from": MOMENT, "published_at": MOMENT},
    "people.datarequest": {"state": "done", "done_at": MOMENT},
    "people.distinctpair": {"low": lambda maker: maker.other, "high": lambda maker: maker.newer()},
    "people.iddocument": {"number": NUMBER, "number_match": lambda _maker: match_of(NUMBER)},
    "roster.dutypattern": {
        "unit": lambda maker: maker.unit(),
        "weekday": 1,
        "begins": 540,
        "ends": 600,
    },
    "roster.dutyslot": {"unit": lambda maker: maker.unit(), "ends_at": MOMENT + timedelta(hours=1)},
    "roster.leave": {"until_on": MOMENT.date() + timedelta(days=1)},
    "roster.mentoring": {
        "learner": lambda maker: maker.make(apps.get_model("roster.post"), {}),
        "result": "",
        "ended_on": None,
    },
    "roster.post": {
        "unit": lambda maker: maker.unit(),
        "title": "微网格长",  # of the office, not of whoever holds it
        "valid_to": date(2026, 3, 2),
    },
    "cases.casesource": {"number": "2026-1"},  # of the other system, which drew it
    "roster.registration": {"station": lambda maker: maker.any_row("stations.station")},
}


class RowMaker:
    """Makes rows about one person and her account; other rows they need are made as needed."""

    def __init__(self, person, account, other):
        self.person, self.account, self.other = person, account, other
        self.made = {}
        self.about = {}
        self.count = 0

    def rows_about_her(self):
        """Make one row in every tagged table and lookup; return the labels."""
        labels = []
        for label, tags in tagged_tables():
            if label in ("people.person", "core.account"):
                continue
            for lookup in tags.subjects:
                self.row(apps.get_model(label), tags, lookup)
                labels.append(label)
        return sorted(set(labels))

    def row(self, model, tags, lookup):
        """Make one row that is about her by this lookup, once."""
        key = model._meta.label_lower, lookup
        if key not in self.about:
            self.about[key] = self._row(model, tags, lookup)
        return self.about[key]

    def _row(self, model, tags, lookup):
        _kind, colon, path = lookup.rpartition(":")
        whom = self.account if colon else self.person
        first, _, rest = path.partition("__")
        backward = model._meta.get_field(first)
        if backward.one_to_many:  # many of them hang on the row: `parties__person`
            row = self.make(model, {}, tags)
            self.make(backward.related_model, {backward.field.name: row, rest: whom})
            return row
        if rest:
            there = model._meta.get_field(first).related_model
            told = dict(tagged_tables())[there._meta.label_lower]
            whom = self.row(there, told, f"{'account:' if colon else ''}{rest}")
        field = model._meta.get_field(first)
        return self.make(model, {first: whom if field.related_model else whom.pk}, tags)

    def make(self, model, given, tags=None):
        """Save a row with these values; the others are filled."""
        self.count += 1
        special = SPECIAL.get(model._meta.label_lower, {})
        values = {
            name: value(self) if callable(value) else value
            for name, value in special.items()
            if name not in given
        }
        for field in model._meta.concrete_fields:
            if (
                field.name in given
                or field.name in values
                or (field.primary_key and field.auto_created)
            ):
                continue
            values[field.name] = self.value(field, tags)
        return model._base_manager.create(**given, **values)

    def value(self, field, tags):
        """Return what a field is filled with: words about her wherever its tag says so."""
        tag = tags.fields.get(field.name) if tags else None
        if field.related_model is not None:
            return None if field.null else self.somewhere(field)
        if tag is not None and tag.is_personal and self.holds_words(field):
            return self.words(field)
        return self.nothing(field)

    @staticmethod
    def holds_words(field):
        return isinstance(field, SealedText | models.JSONField | models.TextField) or (
            isinstance(field, models.CharField) and (field.max_length or LONG) >= LONG
        )

    def words(self, field):
        if isinstance(field, SealedText):
            return PHONE
        if isinstance(field, models.JSONField):
            return {"said": WORDS}
        if isinstance(field, models.EmailField):
            return MAIL
        text = f"{self.count} {WORDS}" if field.unique else WORDS
        return text[: field.max_length or 200]

    def nothing(self, field):
        """A value that says nothing, different each time where it must be."""
        if field.has_default() and not field.unique:
            return field.get_default()
        if field.null:
            return None
        kind = field.get_internal_type()
        plain = {"BooleanField": False, "DateTimeField": MOMENT, "DateField": MOMENT.date()}
        plain |= {"TimeField": time(9), "JSONField": {}, "FloatField": 0.0}
        if kind in plain:
            return plain[kind]
        if "Integer" in kind:
            return self.count
        return f"x{self.count}"[: field.max_length or 20]

    def somewhere(self, field):
        """A row a key needs: other people for keys to people, one of each other table."""
        model = field.related_model
        label = model._meta.label_lower
        if label == "people.person":
            return self.other
        if label == "core.account":
            return self.other.account
        return self.make(model, {}) if field.unique else self.any_row(label)

    def any_row(self, label):
        """A row of a table about nobody, the same each time."""
        if label not in self.made:
            model = apps.get_model(label)
            self.made[label] = model._base_manager.first() or self.make(model, {})
        return self.made[label]

    def unit(self):
        """A unit of the town."""
        return self.any_row("territory.unit")

    def newer(self):
        """Somebody entered after her."""
        return type(self.person).objects.create(name="后来人", registered_at=MOMENT)
