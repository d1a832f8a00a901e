"""Field tags: every column of every installed table is tagged, and the tags can be followed."""

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from hequan.core.masks import MASKS
from hequan.core.personal import (
    FACT,
    NAME,
    DataClass,
    OnErase,
    TableTags,
    plain,
    tagged_tables,
    tags_of,
)
from hequan.core.sealed import SealedText

MODELS = {m._meta.label_lower: m for m in apps.get_models(include_auto_created=True)}
TAGGED = [(label, tags) for label, tags in tagged_tables() if label in MODELS]
ABOUT = [(label, tags) for label, tags in TAGGED if tags.subject]
ENDS_AT = ("core.account", "people.person")


def field_at(model, lookup):
    """The field a lookup with `__` ends at."""
    *steps, last = lookup.split("__")
    for step in steps:
        model = model._meta.get_field(step).related_model
    return model._meta.get_field(last)


def test_every_table_is_tagged_and_every_tag_has_its_table():
    assert {label for label, _ in tagged_tables()} == set(MODELS)


@pytest.mark.parametrize("label", sorted(MODELS))
def test_every_column_has_a_tag_and_every_tag_a_column(label):
    tags = tags_of(label)

    assert tags is not None, f"{label}: add it to the field_tags.py of its app"
    assert set(tags.fields) == {field.name for field in MODELS[label]._meta.concrete_fields}


@pytest.mark.parametrize(("label", "tags"), ABOUT, ids=[label for label, _ in ABOUT])
def test_a_row_leads_to_whom_it_is_about(label, tags):
    for lookup in tags.subjects:
        _kind, colon, path = lookup.rpartition(":")
        wanted = "core.account" if colon else "people.person"
        if path == "self":
            assert label == wanted
            continue
        found = field_at(MODELS[label], path)
        if found.related_model is not None:
            assert found.related_model._meta.label_lower == wanted


@pytest.mark.parametrize(("label", "tags"), ABOUT, ids=[label for label, _ in ABOUT])
def test_a_table_about_people_has_a_title_for_them(label, tags):
    assert str(tags.title)


@pytest.mark.parametrize(("label", "tags"), TAGGED, ids=[label for label, _ in TAGGED])
def test_what_ends_has_a_moment_to_end_at_and_something_happens_then(label, tags):
    if not tags.retention:
        assert not tags.ends or tags.subject
        return

    assert field_at(MODELS[label], tags.ends).get_internal_type() in ("DateField", "DateTimeField")
    assert tags.at_the_end is not OnErase.KEEP


@pytest.mark.parametrize(("label", "tags"), TAGGED, ids=[label for label, _ in TAGGED])
def test_what_is_emptied_can_be_empty(label, tags):
    if OnErase.BLANK not in (tags.on_erase, tags.at_the_end):
        return
    for name in tags.emptied:
        field = MODELS[label]._meta.get_field(name)
        empty = field.null or field.get_internal_type() in ("CharField", "TextField", "JSONField")
        assert empty, f"{label}.{name} cannot be emptied: let it stay"
        assert field.null or not field.unique or "{pk}" in tags.fields[name].blanked


@pytest.mark.parametrize(("label", "tags"), ABOUT, ids=[label for label, _ in ABOUT])
def test_a_row_that_is_kept_holds_no_words_about_her(label, tags):
    """What would be emptied must not be kept: only keys, moments and the like may stay."""
    assert tags.on_erase is not OnErase.KEEP or not tags.emptied


@pytest.mark.parametrize(("label", "tags"), TAGGED, ids=[label for label, _ in TAGGED])
def test_words_about_somebody_have_a_somebody(label, tags):
    assert not tags.emptied or tags.subject, f"{label}: name the subject, or let the fields stay"


@pytest.mark.parametrize(("label", "tags"), TAGGED, ids=[label for label, _ in TAGGED])
def test_every_mask_named_is_one_there_is(label, tags):
    assert {tag.mask for tag in tags.fields.values()} - {""} <= set(MASKS)


def test_every_sealed_column_is_sensitive_and_its_hash_a_column():
    for label, model in MODELS.items():
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedText):
                assert tags_of(label).fields[field.name].data_class is not DataClass.NONE
                assert not field.match or model._meta.get_field(field.match)


def test_a_field_without_a_tag_is_found():
    tags = TableTags(plain("id"))
    missing = {field.name for field in MODELS["core.job"]._meta.concrete_fields} - set(tags.fields)

    assert "payload" in missing


def test_a_lookup_that_leads_nowhere_is_found():
    with pytest.raises(FieldDoesNotExist):
        field_at(MODELS["core.grant"], "nobody")


def test_a_table_keeps_its_rows_as_long_as_its_longest_field():
    tags = TableTags({"a": NAME.of(retention=30), "b": FACT.of(retention=365)}, ends="at")

    assert tags.retention == 365


def test_the_level_follows_the_class():
    assert [plain("a")["a"].level, FACT.level, NAME.of(data_class=DataClass.MINOR).level] == [
        1,
        2,
        4,
    ]
