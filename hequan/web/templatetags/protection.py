"""How tables about somebody are laid out (个人信息表格): beside their headings, names in words."""

from collections.abc import Iterable
from typing import Any

from django import template

from hequan.core.masks import mask_name
from hequan.core.personal import tags_of
from hequan.web.account.own_data_rows import OwnRows
from hequan.web.protection_words import field_words

register = template.Library()


@register.filter
def fact_rows(table: OwnRows) -> list[tuple[object, str]]:
    """Return the one row of a table as headings and values."""
    return list(zip(table.headings, table.rows[0], strict=True))


@register.filter
def headed_rows(table: OwnRows) -> list[list[tuple[object, str]]]:
    """Return every row with the heading of each value beside it."""
    return [list(zip(table.headings, row, strict=True)) for row in table.rows]


@register.filter
def fields_in_words(names: Iterable[str]) -> str:
    """Return fields named by code in words, in one line."""
    return ", ".join(str(field_words(name)) for name in names)


@register.filter
def name_shown(person: Any, is_child: bool) -> str:
    """Return a person's name; a child's behind its mask."""
    return mask_name(person.name) or "–" if is_child else str(person.name)


@register.filter
def table_title(label: str) -> str:
    """Return what people call a table, nothing for one without a title."""
    tags = tags_of(label)
    return str(tags.title) if tags else ""
