"""Pages of figures: who may look, each number opens its cases, the workbook, the notice board."""

import io
import re
from datetime import timedelta
from html import unescape

import openpyxl
import pytest

from hequan.cases.actions import Judgement, rate_answer
from hequan.cases.rule_seeds import RULES
from hequan.core import clock
from hequan.core.rule_values import seed_rules
from hequan.territory.models import Unit
from hequan.web.limits import rule_of
from tests.world import AT

pytestmark = pytest.mark.django_db
PAGE, HOUR = "/board/cases/figures/", timedelta(hours=1)
SPAN = {"since": "2026-03-01", "until": "2026-03-31"}


@pytest.fixture
def month(desk, monkeypatch):
    """Three cases, one of them answered and judged; a month later."""
    seed_rules(RULES)
    desk.opened(words="王家的垃圾")
    desk.opened(matter_code="")
    case = desk.published(contact_name="李四", words="李四家门口")
    judged = Judgement(True, True, True, True, "谢谢小王")
    rate_answer(case=case, judgement=judged, by=desk.town.system, at=AT + HOUR)
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(days=30))
    return desk


def test_every_number_of_the_page_opens_as_many_cases(client, month):
    client.force_login(month.chief)
    page = client.get(PAGE, SPAN).content.decode()
    links = re.findall(r'href="(/board/cases/figures/cases/[^"]+)">([\d,]+)</a>', page)

    assert len(links) > 20
    for address, told in links:
        listed = client.get(unescape(address)).content.decode()
        assert listed.count('class="code"') == int(told), address
        assert "垃圾" in listed or "类别待定" in listed
        assert "王家" not in listed


@pytest.mark.parametrize("by", ["class", "matter", "unit", "post_kind", "nonsense"])
def test_the_table_opens_by_everything(client, month, by):
    client.force_login(month.chief)
    page = client.get(PAGE, SPAN | {"by": by, "as_of": "2026-03-12"})

    assert page.status_code == 200
    assert "全部" in page.content.decode()


def test_figures_of_the_day_it_was_are_there_later(client, month):
    client.force_login(month.chief)

    def judged(as_of):
        page = client.get(PAGE, SPAN | {"as_of": as_of}).content.decode()
        return "figure=satisfied" in page

    assert [judged("2026-03-09"), judged("2026-03-10"), judged("nonsense")] == [False, True, True]


def test_a_reader_sees_her_own_part_only(client, month):
    client.force_login(month.neighbour)
    page = client.get(PAGE, SPAN).content.decode()

    assert "figure=received" not in page
    asked = SPAN | {"unit": month.town.maple.pk}
    assert client.get(PAGE, asked).status_code == 404
    assert client.get(f"{PAGE}workbook/", asked).status_code == 404
    assert client.get("/board/cases/sheet/", asked).status_code == 404
    client.force_login(month.town.stranger)
    assert client.get(PAGE).status_code == 404


def test_posts_are_shown_to_whoever_supervises_them_and_in_no_download(client, month):
    asked = SPAN | {"by": "post"}
    client.force_login(month.dispatcher)
    assert client.get(PAGE, asked).status_code == 404
    client.force_login(month.chief)
    page = client.get(PAGE, asked).content.decode()

    assert "王丽" in page
    assert "满意" not in page.split("<tbody>")[1]
    assert 'class="share"' not in page
    assert client.get(f"{PAGE}workbook/", asked).status_code == 404
    hidden = asked | {"figure": "satisfied", "row": ""}
    assert client.get(f"{PAGE}cases/", hidden).status_code == 404


def test_the_workbook_says_the_same_as_text_and_numbers(client, month):
    Unit.objects.filter(pk=month.town.maple.pk).update(name="=cmd()")
    client.force_login(month.chief)
    got = client.get(f"{PAGE}workbook/", SPAN)
    rows = list(openpyxl.load_workbook(io.BytesIO(got.content)).active.iter_rows())

    assert [cell.data_type for row in rows for cell in row].count("f") == 0
    assert rows[-1][1].value == 3
    assert rule_of("GET", "web:board-case-figures-workbook") == "export"


def test_the_notice_board_tells_counts_and_nothing_of_anybody(client, month):
    client.force_login(month.dispatcher)
    page = client.get("/board/cases/sheet/", {"week": "2026-03-11"}).content.decode()

    assert "2026-03-09" in page
    assert "垃圾未清运" in page
    for private in ("李四", "谢谢", "门口", "已清运"):
        assert private not in page
    assert "人数太少" in page  # one judgement is no share: it would tell whose it is
