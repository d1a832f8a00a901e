"""Open311 GeoReport v2: the standard's shapes in both forms, what is public, what is refused."""

import json
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client

from hequan.api import open311
from hequan.cases.actions import make_move
from hequan.cases.actions.moving import Given
from hequan.cases.models import Case, PublicWords
from hequan.cases.moves import Doer, MoveName
from hequan.core.api_keys import end_api_key, make_api_key
from tests.cases.cast import RUBBISH, desk  # noqa: F401 - a fixture
from tests.roster.list_cast import lists  # noqa: F401 - a fixture
from tests.world import AT, TOWN, place

V2 = "/open311/v2/"
LON, LAT = place(100, 100)  # in maple 1
REQUEST = (
    *("service_request_id", "status", "status_notes", "service_name", "service_code"),
    *("description", "agency_responsible", "service_notice", "requested_datetime"),
    *("updated_datetime", "expected_datetime", "address", "address_id", "zipcode", "lat", "long"),
    "media_url",
)


@pytest.fixture(autouse=True)
def moment(monkeypatch):
    """A clock that the test may set."""
    kept = {"at": AT}
    monkeypatch.setattr(open311, "now", lambda: kept["at"])
    return kept


@pytest.fixture
def key(desk):  # noqa: F811
    """A key of another system."""
    return make_api_key(name="随手报", by=desk.town.sysadmin, at=AT)


@pytest.fixture
def sent(client, key):
    """Post rubbish in maple 1, with what a test says otherwise."""

    def post(form="json", **changes):
        said = {
            "api_key": key.text,
            "service_code": RUBBISH,
            "lat": LAT,
            "long": LON,
            "description": "楼下垃圾两天没收了",
            "first_name": "小明",
            "last_name": "王",
            "phone": "138 0013 8000",
            "email": "wang@example.cn",
            "device_id": "tt222111",
            "account_id": "123456",
            "media_url": "http://169.254.169.254/latest/meta-data",
        }
        return client.post(f"{V2}requests.{form}", {k: v for k, v in (said | changes).items() if v})

    return post


def read(client, path, **asked):
    return client.get(V2 + path, asked).json()


def refused(answer, status):
    """The descriptions of a refusal."""
    assert answer.status_code == status
    told = answer.json()
    assert [one["code"] for one in told] == [status] * len(told)
    return " ".join(one["description"] for one in told)


def test_the_discovery_names_the_endpoint_and_both_forms(client, db):
    tree = ElementTree.fromstring(client.get("/open311/discovery.xml").content)
    found = client.get("/open311/discovery.json").json()

    assert tree.tag == "discovery"
    assert [one.text for one in tree.iter("format")] == ["text/xml", "application/json"]
    assert tree.find("endpoints/endpoint/url").text == "http://testserver/open311/v2"
    assert found["endpoints"][0]["formats"] == ["text/xml", "application/json"]


def test_services_and_a_definition_are_shaped_as_the_standard_says(client, desk):  # noqa: F811
    answer = client.get(V2 + "services.xml")
    tree = ElementTree.fromstring(answer.content)
    first = tree.find("service")
    definition = ElementTree.fromstring(client.get(f"{V2}services/{RUBBISH}.xml").content)
    told = read(client, f"services/{RUBBISH}.json")

    assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert answer.content.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
    fields = ["service_code", "service_name", "description", "metadata", "type", "keywords"]
    assert [one.tag for one in first] == [*fields, "group"]
    assert first.find("metadata").text == "true"
    assert {one["service_code"] for one in read(client, "services.json")} >= {RUBBISH}
    assert [one.tag for one in definition] == ["service_code", "attributes"]
    assert [one.find("order").text for one in definition.iter("attribute")] == ["1", "2"]
    assert told["attributes"][0]["code"] == "happened_on"
    assert told["attributes"][0]["values"] == []


def test_a_posted_case_is_the_keys_and_comes_back_without_who_asked(client, sent, key):
    answer = sent("xml")
    tree = ElementTree.fromstring(answer.content)
    case = Case.objects.get()

    assert [one.tag for one in tree.find("request")] == [
        *("service_request_id", "service_notice", "account_id")
    ]
    assert tree.find("request/service_request_id").text == case.number
    assert case.link in tree.find("request/service_notice").text
    assert (case.channel, case.first_responder) == ("open311", key.row.account)
    assert (case.contact_name, case.contact_phone.open()) == (
        "王小明",
        "13800138000 wang@example.cn",
    )
    assert case.words.endswith("http://169.254.169.254/latest/meta-data")  # a text; sockets are off
    assert case.unit.name

    public = client.get(f"{V2}requests/{case.number}.json").content.decode()
    row = json.loads(public)[0]
    assert tuple(row) == REQUEST
    assert (row["status"], row["description"]) == ("open", None)
    assert (row["lat"], row["long"]) == (round(LAT, 3), round(LON, 3))
    for secret in ("王", "8000", "example.cn", "169.254", "垃圾两天", case.link):
        assert secret not in public, secret
    listed = ElementTree.fromstring(client.get(V2 + "requests.xml").content)
    assert [one.tag for one in listed.find("request")] == list(REQUEST)
    assert read(client, f"tokens/{case.number}.json")[0]["service_request_id"] == case.number


def test_released_words_are_read_without_numbers_and_a_confidential_case_never(client, desk):  # noqa: F811
    case = desk.opened(is_confidential=False, lon=LON, lat=LAT)
    PublicWords.objects.create(case=case, words="垃圾没收，电话13800138000", by=desk.chief, at=AT)

    assert read(client, f"requests/{case.number}.json")[0]["description"] == "垃圾没收，电话***"

    Case.objects.update(is_confidential=True)
    told = client.get(f"{V2}requests/{case.number}.json")
    unknown = client.get(f"{V2}requests/261122-AAAAA.json")
    assert (told.status_code, unknown.status_code) == (404, 404)
    assert read(client, "requests.json", service_request_id=case.number) == []
    assert read(client, "requests.json") == []


def test_sending_twice_gives_the_same_case_across_ten_minutes_and_not_later(sent, moment):
    def number(**changes):
        return sent(**changes).json()[0]["service_request_id"]

    moment["at"] = AT + timedelta(minutes=9)
    first = number()
    moment["at"] = AT + timedelta(minutes=11)
    assert number() == first
    assert number(description="另一件事") != first
    assert number(form_key="a-1", description="一") == number(form_key="a-1", description="二")
    moment["at"] = AT + timedelta(minutes=40)
    assert number() != first


def test_the_filters_span_and_pages_of_the_standard(client, desk):  # noqa: F811
    old = desk.opened(at=AT - timedelta(days=120), matter_code="")
    cases = [desk.opened(at=AT - timedelta(hours=hours)) for hours in (3, 2, 1)]
    signed = {"by": desk.dispatcher, "at": AT, "doers": {Doer.DISPATCHER}}
    make_move(case=cases[0], name=MoveName.REFUSE, given=Given(ground="不属本镇"), **signed)

    def numbers(**asked):
        return [one["service_request_id"] for one in read(client, "requests.json", **asked)]

    newest = [cases[2].number, cases[1].number, cases[0].number]
    assert numbers() == newest
    assert numbers(status="closed") == newest[2:]
    assert numbers(status="open,closed") == newest
    assert numbers(service_code="99999") == []
    assert numbers(page=2, page_size=2) == newest[2:]
    assert numbers(service_request_id=f"{old.number.lower()},{newest[0]}") == [
        newest[0],
        old.number,
    ]
    start = (AT - timedelta(days=121)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert numbers(start_date=start) == [old.number]
    assert numbers(jurisdiction_id=TOWN) == newest
    closed = read(client, f"requests/{newest[2]}.json")[0]
    assert closed["updated_datetime"].startswith("2026-03-10T10:00:00+08:00")
    assert "不属本镇" not in json.dumps(closed, ensure_ascii=False)


@pytest.mark.parametrize(
    ("changes", "status", "told"),
    [
        ({"api_key": ""}, 403, "api_key"),
        ({"api_key": "hq_no"}, 403, "api_key"),
        ({"service_code": ""}, 400, "service_code"),
        ({"service_code": "x" * 400}, 404, "service_code"),
        ({"jurisdiction_id": "city.gov"}, 404, "jurisdiction_id"),
        ({"lat": "", "long": ""}, 400, "address_string"),
        ({"lat": ""}, 400, "lat"),
        ({"lat": "nan"}, 400, "lat"),
        ({"lat": 0, "long": 0.001}, 400, ""),
        ({"description": "字" * 4001}, 400, "description"),
        ({"description": "a\0b"}, 400, "description"),
        ({"media_url": "javascript:alert(1)"}, 400, "media_url"),
        ({"lat": "", "long": "", "address_id": "NO-1"}, 400, "address_id"),
        ({"attribute[happened_on]": "gestern"}, 400, "happened_on"),
        ({"attribute[happened_on]": "2026-03-11"}, 400, "这一天还没有到"),
    ],
)
def test_what_cannot_be_taken_is_refused_by_the_standard(sent, changes, status, told):
    assert told in refused(sent(**changes), status)
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    "asked",
    [
        {"status": "half"},
        {"page_size": "1001"},
        {"page": "-1"},
        {"page": "9" * 400},
        {"start_date": "yesterday"},
        {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-05-01T00:00:00Z"},
        {"start_date": "0001-01-01T00:00:00Z"},
    ],
)
def test_a_question_that_cannot_be_answered_says_why(client, db, asked):
    assert refused(client.get(V2 + "requests.json", asked), 400)


def test_only_the_requests_are_posted_to_and_say_so_in_the_standards_form(db):
    answer = Client(enforce_csrf_checks=True).post(V2 + "services.json")

    assert refused(answer, 405)
    assert answer.headers["Allow"] == "GET, HEAD"
    assert refused(Client(enforce_csrf_checks=True).post(V2 + "requests.json"), 403)


def test_what_is_not_there_is_404_in_the_form_asked_for(client, db):
    assert refused(client.get(V2 + "requests/260101-AAAAA.json"), 404)
    assert refused(client.get(V2 + "tokens/%27%20or%201.json"), 404)
    assert refused(client.get(V2 + "services/x.json"), 404)
    assert refused(client.get("/open311/v3/services.json"), 404)
    tree = ElementTree.fromstring(client.get("/open311/v2/what").content)
    assert (tree.tag, tree.find("error/code").text) == ("errors", "404")


def test_an_address_alone_waits_for_dispatch_with_its_attributes(sent):
    sent(lat="", long="", address_string="三门路497号", **{"attribute[happened_on]": "2026-03-10"})
    case = Case.objects.get()

    assert (case.state, case.place_words) == ("triage", "三门路497号")
    assert str(case.happened_on) == "2026-03-10"  # today


def test_words_of_any_kind_come_back_as_xml_that_can_be_read(client, sent, desk):  # noqa: F811
    words = "<b>&amp;]]> ‮ 😀 \x0b '; DROP TABLE cases_case;--"
    sent(description=words)
    case = Case.objects.get()
    PublicWords.objects.create(case=case, words=case.words, by=desk.chief, at=AT)

    tree = ElementTree.fromstring(client.get(f"{V2}requests/{case.number}.xml").content)
    plain = words.replace("\x0b", "").replace("\u202e", "")  # which would turn their reading
    assert tree.find("request/description").text.startswith(plain)


def test_an_ended_key_and_one_too_busy_post_nothing(sent, key, desk, monkeypatch):  # noqa: F811
    monkeypatch.setattr(open311, "wait_of", lambda *_: 7)
    answer = sent()
    assert (refused(answer, 429) != "", answer.headers["Retry-After"]) == (True, "7")

    end_api_key(key=key.row.pk, by=desk.town.sysadmin, at=AT)
    assert refused(sent(), 403)
    assert not Case.objects.exists()


def test_a_page_of_cases_asks_the_database_a_fixed_number_of_times(
    client,
    desk,  # noqa: F811
    django_assert_num_queries,
):
    desk.opened(lon=LON, lat=LAT)
    read(client, "requests.json")
    with django_assert_num_queries(5):
        assert len(read(client, "requests.json")) == 1
    desk.opened()
    with django_assert_num_queries(5):
        assert len(read(client, "requests.json")) == 2
