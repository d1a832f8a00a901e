"""The grid worker's phone: her day, patrol reports from a queue, a shell that knows nobody."""

import json
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hequan.cases.actions import HelpWanted, VisitPlan, ask_for_help, set_visit
from hequan.cases.kinds import CaseChannel, LimitUnit
from hequan.cases.models import Case, CasePhoto
from hequan.cases.moves import Doer
from hequan.cases.queries.field_day import field_day
from hequan.cases.sla import Limit
from hequan.core import clock
from hequan.core.accounts import Account
from hequan.core.grants import give_grants
from hequan.core.kinds import Capability
from hequan.web.gate import most_bytes
from tests.cases.cast import LIFT
from tests.cases.test_photos import jpeg
from tests.world import AT, place

pytestmark = pytest.mark.django_db
SEND = "/field/send/"


def sent(client, by, key="k1", **more):
    """Send one report as the phone's queue does."""
    client.force_login(by)
    said = {"account": by.pk, "form_key": key, "words": "消防通道被堵"} | more
    return client.post(SEND, said)


def photo(name="现场.jpg", content=None):
    return SimpleUploadedFile(name, jpeg() if content is None else content)


def test_her_day_is_hers_by_due_time_with_points_for_the_phone_to_sort_by(client, desk):
    late = desk.opened(at=AT - timedelta(days=5), words="早就该收")
    new = desk.opened(words="刚发现", place_words="北门口")
    other = desk.opened(matter_code=LIFT)
    lon, lat = place(150, 120)
    Case.objects.filter(pk=new.pk).update(lon=lon, lat=lat)
    client.force_login(desk.handler)
    page = client.get("/field/").content.decode()

    assert page.index("早就该收") < page.index("刚发现")
    assert f'data-lon="{lon:.6f}" data-lat="{lat:.6f}"' in page
    assert f"/board/cases/{late.pk}/" in page
    assert f"/board/cases/{other.pk}/" not in page


def test_joint_visits_of_today_are_told_to_handler_and_guest_alone(desk):
    case = desk.opened()
    wanted = HelpWanted("请一同查看", Limit(2, LimitUnit.WORK_DAY), post=desk.lists.director)
    by = {"doers": {Doer.HANDLER}, "by": desk.handler, "at": AT}
    task = ask_for_help(case=case, wanted=wanted, **by)
    today, tomorrow = AT + timedelta(hours=1), AT + timedelta(days=1)
    set_visit(case=case, plan=VisitPlan(today, "北门", "看现场", (task.pk,)), **by)
    set_visit(case=case, plan=VisitPlan(tomorrow, "北门", "再看", (task.pk,)), **by)

    told = {who: field_day(getattr(desk, who), AT) for who in ("handler", "dispatcher", "chief")}
    assert {who: [one.words for one in day.visits] for who, day in told.items()} == {
        "handler": ["看现场"],
        "dispatcher": ["看现场"],
        "chief": [],
    }
    assert [one.words for one in told["dispatcher"].helps] == ["请一同查看"]


def test_a_report_of_the_queue_is_one_case_however_often_it_is_sent(client, desk):
    lon, lat = place(150, 120)
    more = {"here": f"{lon},{lat}", "seen_on": (clock.now() - timedelta(days=2)).date()}
    first = sent(client, desk.handler, photos=[photo()], **more)
    again = sent(client, desk.handler, photos=[photo()], **more)
    case = Case.objects.get()

    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert first.json() == {"number": case.number, "address": f"/board/cases/{case.pk}/"}
    assert (case.channel, case.first_responder) == (CaseChannel.PATROL, desk.handler)
    assert (case.lon, case.lat) == pytest.approx((lon, lat), abs=1e-5)
    assert case.happened_on == more["seen_on"]
    assert CasePhoto.objects.count() == 1


def test_what_is_refused_says_what_to_mend_and_opens_nothing(client, desk):
    wrong = photo("合同.jpg", b"%PDF-1.7")
    answer = sent(client, desk.handler, words="", matter="00000", photos=[wrong])

    assert answer.status_code == 422
    said = " ".join(answer.json()["refused"])
    for part in ("发生了什么？", "合同.jpg：这不是可以使用的图片", "是哪一类事？"):
        assert part in said
    assert Case.objects.count() == 0


def test_nothing_is_sent_in_the_name_of_whoever_signed_in_meanwhile(client, desk):
    client.force_login(desk.dispatcher)
    said = {"account": desk.handler.pk, "form_key": "k1", "words": "消防通道被堵"}

    assert client.post(SEND, said).status_code == 409
    client.logout()
    assert client.post(SEND, said).status_code == 302
    assert Case.objects.count() == 0


def test_the_phone_asks_who_is_signed_in_and_gets_a_token(client, desk):
    assert client.get("/field/token/").status_code == 302
    client.force_login(desk.handler)
    told = client.get("/field/token/").json()

    assert told["account"] == str(desk.handler.pk)
    assert len(told["token"]) > 20
    client.force_login(desk.town.stranger)
    assert client.get("/field/token/").status_code == 404


def test_without_scripts_the_form_goes_straight_to_the_town(client, desk):
    client.force_login(desk.handler)
    page = client.get("/field/report/").content.decode()
    key = re.search(r'name="form_key" value="([^"]+)"', page)[1]
    said = {"words": "消防通道被堵", "form_key": key, "photos": [photo()]}
    shown = client.post("/field/report/", said, follow=True).content.decode()

    assert Case.objects.get().number in shown
    refused = client.post("/field/report/", {"words": ""}).content.decode()
    assert "fault" in refused


def test_the_shell_is_the_same_for_everybody_and_holds_nobodys_data(client, desk):
    desk.opened(words="垃圾成堆")
    strange = client.get("/field/shell/").content
    client.force_login(desk.handler)
    known = client.get("/field/shell/").content

    assert known == strange
    assert b"csrfmiddlewaretoken" not in known
    assert b"handler" not in known
    assert "data-account" not in known.decode()


def test_the_worker_keeps_the_shell_and_its_files_and_nothing_else(client, desk):
    answer = client.get("/field/worker.js")
    kept = json.loads(re.search(r"self\.hequanShell = (.*);", answer.content.decode())[1])

    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer.headers["Cache-Control"]
    assert kept["page"] == "/field/shell/"
    assert all(one.startswith("/static/") for one in kept["parts"])
    assert any("field-form" in one for one in kept["parts"])
    assert 'importScripts("/static/js/field-worker' in answer.content.decode()


def test_the_manifest_puts_the_field_pages_on_a_home_screen(client, desk):
    told = client.get("/field/manifest.webmanifest").json()

    assert (told["start_url"], told["scope"], told["display"]) == ("/field/",) * 2 + ("standalone",)
    assert {one["sizes"] for one in told["icons"]} == {"192x192", "512x512"}


def test_who_works_for_a_body_alone_has_her_day_and_reports_nowhere(client, desk):
    worker = Account.objects.create_user("worker", name="钱进")
    where = {"path": "", "organisation": desk.lists.firm.pk, "by": desk.town.system, "at": AT}
    give_grants(account=worker, capabilities=[Capability.SEE_CASES], **where)
    client.force_login(worker)

    page = client.get("/field/")
    assert page.status_code == 200
    assert "/field/report/" not in page.content.decode()
    assert client.get("/field/report/").status_code == 404


@pytest.mark.once
@pytest.mark.parametrize("path", ["/field/report/", "/field/send/"])
def test_photos_of_a_patrol_have_the_limit_of_photo_forms(settings, path):
    assert most_bytes(path) == settings.PHOTOS_MAX_BYTES
    assert most_bytes("/field/token/") == settings.DATA_UPLOAD_MAX_MEMORY_SIZE
