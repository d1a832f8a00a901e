"""Posts from a table (岗位名册导入): who holds which post where, one a row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from hequan.core import clock
from hequan.core.accounts import Account
from hequan.core.import_rows import (
    ImportRow,
    ImportTable,
    one_of,
    outside_reach,
    read_rows,
    refused_fate,
    template_book,
)
from hequan.core.imports import ImportKind, ImportOptions, ImportPlan, Remark, RowFate
from hequan.core.kinds import Capability, Fate
from hequan.files.headers import Field
from hequan.files.values import clean_code, parse_day
from hequan.people.models import Person
from hequan.roster.actions import PostFacts, appoint_posts, end_post
from hequan.roster.actions.post_batches import seats_at
from hequan.roster.days import day_of
from hequan.roster.imports.post_people import PeopleNamed, people_named
from hequan.roster.imports.post_places import PlacesNamed, places_named
from hequan.roster.imports.post_words import KIND_WORDS, chinese_of
from hequan.roster.kinds import PostKind
from hequan.roster.models import Post
from hequan.roster.places import Place
from hequan.roster.post_capabilities import may_be_held_at
from hequan.roster.seats import Seats

KIND = "posts"
_UNIT = ("居村代码", "网格代码", "单元代码", "区划代码", "代码", "unit")
_BODY = ("统一社会信用代码", "信用代码", "单位代码", "uscc")
FIELDS = (
    Field("name", ("姓名", "人员姓名", "人员")),
    Field("phone", ("手机", "手机号", "手机号码", "电话", "联系电话"), False, clean_code),
    Field("kind", ("岗位", "岗位类型", "职务", "post"), parse=one_of(KIND_WORDS)),
    Field("unit_code", _UNIT, False, clean_code),
    Field("station_code", ("站点编号", "站点代码", "站点"), False, clean_code),
    Field("credit_code", _BODY, False, clean_code),
    Field("valid_from", ("任职日期", "到岗日期", "开始日期", "起始日期"), False, parse_day),
    Field("valid_to", ("离任日期", "离岗日期", "结束日期", "截止日期"), False, parse_day),
    Field("title", ("职务名称", "称谓", "备注名称"), False),
)


@dataclass(frozen=True)
class _Known:
    """What the rows are compared with."""

    people: PeopleNamed
    places: PlacesNamed
    seats: Seats
    today: date


def read_posts(path: Path, file_name: str, options: ImportOptions) -> ImportPlan:
    """Read a table of posts and decide every row's fate; nothing is written."""
    table = read_rows(path, file_name, FIELDS, options)
    places = places_named(table.rows)
    known = _Known(people_named(table.rows), places, seats_at(places.all()), day_of(clock.now()))
    begun: list[PostFacts] = []
    ended: dict[int, date] = {}
    fates = [_decide(row, table, known, options, begun, ended) for row in table.rows]

    def write(by: Account, at: datetime) -> None:
        posts = Post.objects.in_bulk(ended)
        for pk, on in ended.items():
            end_post(post=posts[pk], on=on, by=by, at=at)
        appoint_posts(facts=begun, by=by, at=at)

    return ImportPlan(KIND, file_name, fates, write, table.columns, table.notes)


def _decide(
    row: ImportRow,
    table: ImportTable,
    known: _Known,
    options: ImportOptions,
    begun: list[PostFacts],
    ended: dict[int, date],
) -> RowFate:
    label = row.text("name")
    row, person = known.people.of(row, table)
    row, place = known.places.of(row, table)
    row = _checked(row, place, table, options, known.today)
    if row.refusals or person is None or place is None:
        return refused_fate(row, label)
    facts = _facts(row, person, place, known.today)
    label = f"{person.name} · {chinese_of(facts.kind)} · {place.name}"
    there = known.seats.same_as(facts.seat)
    if there is not None:
        return _known_post(row, label, there.key, there.until, ended)
    rival = known.seats.rival_of(facts.seat)
    if rival is not None:
        text = _("this place has a holder of this post in that time already")
        remedy = _("End the other post first, or correct the days.")
        since = rival.first.isoformat()
        taken = row.refused(Remark(text, table.column("kind"), since, remedy))
        return refused_fate(taken, label)
    known.seats.take(facts.seat)
    begun.append(facts)
    return RowFate(row.number, Fate.NEW, label)


def _known_post(
    row: ImportRow, label: str, post: int, until: date | None, ended: dict[int, date]
) -> RowFate:
    """A post that is there: the same, or it gets its end."""
    asked = row.values.get("valid_to")
    if not post or asked is None or asked == until:
        return RowFate(row.number, Fate.SAME, label)
    ended[post] = asked
    return RowFate(row.number, Fate.CHANGED, label, {"valid_to": (until, asked)})


def _checked(
    row: ImportRow,
    place: Place | None,
    table: ImportTable,
    options: ImportOptions,
    today: date,
) -> ImportRow:
    if place is None:
        return row
    column = _place_column(row, table)
    if not options.may_write(place.path):
        row = outside_reach(row, column, place.name)
    kind = row.text("kind")
    if kind and not may_be_held_at(PostKind(kind), place.kind, place.level):
        remedy = _("Correct the post, or the place.")
        wrong = Remark(_("this post is not held at such a place"), column, place.name, remedy)
        row = row.refused(wrong)
    first, until = row.values.get("valid_from") or today, row.values.get("valid_to")
    if until is not None and until <= first:
        text, remedy = _("the end does not lie after the beginning"), _("Correct the days.")
        row = row.refused(Remark(text, table.column("valid_to"), until.isoformat(), remedy))
    return row


def _place_column(row: ImportRow, table: ImportTable) -> str:
    named = next((one for one in ("unit_code", "station_code", "credit_code") if row.text(one)), "")
    return table.column(named or "unit_code")


def _facts(row: ImportRow, person: Person, place: Place, today: date) -> PostFacts:
    values: Mapping[str, Any] = row.values
    return PostFacts(
        kind=PostKind(row.text("kind")),
        person=person,
        place=place,
        valid_from=values.get("valid_from") or today,
        valid_to=values.get("valid_to"),
        title=row.text("title")[:64],
    )


def posts_template() -> bytes:
    """Return the table to fill in, as .xlsx with example rows."""
    columns = (
        ("姓名", "name"),
        ("手机号", "phone"),
        ("岗位", "kind"),
        ("居村代码或网格代码", "unit_code"),
        ("站点编号", "station_code"),
        ("统一社会信用代码", "credit_code"),
        ("任职日期", "valid_from"),
        ("离任日期", "valid_to"),
        ("职务名称", "title"),
    )
    rows: list[list[Any]] = [
        ["张三", "13800000000", "微网格长", "GJ-M1", "", "", date(2026, 1, 1), "", ""],
        ["李四", "13800000001", "站点工作人员", "", "ST-1", "", date(2026, 1, 1), "", "前台"],
    ]
    kinds = [chinese_of(kind) for kind in PostKind]
    return template_book("岗位 posts", columns, rows, {"kind": kinds})


POSTS = ImportKind(
    code=KIND,
    title=_("Posts"),
    explanation=_("Who holds which post at which unit, station or organisation, one a row."),
    capability=Capability.EDIT_ROSTER,
    read=read_posts,
    template=posts_template,
    suffixes=(".xlsx", ".xls", ".ods", ".csv"),
    is_personal=True,
)
