"""The HSDS 3 face: by the standard's schemas, by its examples, and true to what the tables hold."""

import uuid

import pytest

from hequan.stations.actions import announce_closure
from tests.api.hsds_oracle import example, standard_schemas, strangeness

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LISTS = {
    "services": ("service_list", "service"),
    "service_at_locations": ("service_at_location_list", "service_at_location"),
    "organizations": ("organization_list", "organization"),
    "locations": (None, "location"),
    "taxonomies": ("taxonomy_list", "taxonomy"),
    "taxonomy_terms": ("taxonomy_term_list", "taxonomy_term"),
}
# fields our answers carry beyond the examples, each named in the standard's schemas
BEYOND_EXAMPLES = ("organization_id", "service_id", "location_id", "link_id", "attributes")


def get(client, path, **query):
    answer = client.get(f"/hsds{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def by_name(client, kind, name, **query):
    found = get(client, f"/{kind}", per_page=500, **query)["contents"]
    return next(one for one in found if one.get("name") == name)


def full(client, kind):
    listed = get(client, f"/{kind}", per_page=500)["contents"]
    return [get(client, f"/{kind}/{one['id']}") for one in listed]


@pytest.mark.real
@pytest.mark.parametrize(("kind", "names"), LISTS.items(), ids=LISTS)
def test_every_answer_keeps_to_the_standards_schemas(client, town, kind, names):
    schemas = standard_schemas()
    page = get(client, f"/{kind}", per_page=500)

    assert schemas.faults("page", page) == []
    assert page["contents"]
    beyond = {"service_at_location": ["service"], "organization": ["services"]}.get(names[1], [])
    for answer in (*page["contents"], *full(client, kind)):
        nested = {name: answer.pop(name) for name in beyond if name in answer}
        assert schemas.faults(names[1], answer) == []
        for one in nested.get("services", [nested["service"]] if "service" in nested else []):
            assert schemas.faults("service", one) == []
    assert schemas.faults("api", get(client, "/")) == []


@pytest.mark.real
@pytest.mark.parametrize(("kind", "names"), LISTS.items(), ids=LISTS)
def test_every_answer_has_the_shape_of_the_standards_examples(client, town, kind, names):
    found = []
    if names[0]:
        found += strangeness(get(client, f"/{kind}", per_page=500), example(names[0]))
    for answer in full(client, kind):
        found += strangeness(answer, example(kind))

    assert [one for one in found if not any(name in one for name in BEYOND_EXAMPLES)] == []
    about = {name: value for name, value in get(client, "/").items() if name in example("base")}
    assert strangeness(about, example("base")) == []
    assert set(about) == set(example("base"))


def test_about_names_the_version_and_the_description(client, town):
    about = get(client, "/")

    assert about["version"] == "3.0"
    assert client.get("/hsds").json() == about
    described = client.get(about["openapi_url"].removeprefix("http://testserver")).json()
    assert set(described["paths"]) >= {f"/hsds/{kind}" for kind in LISTS}


def test_pages_are_wrapped_as_the_standard_has_it(client, town):
    first = get(client, "/services", per_page=2)
    last = get(client, "/services", per_page=2, page=3)
    beyond = get(client, "/services", per_page=2, page=9)

    assert {**first, "contents": None} == {
        "total_items": 5,
        "total_pages": 3,
        "page_number": 1,
        "size": 2,
        "first_page": True,
        "last_page": False,
        "empty": False,
        "contents": None,
    }
    assert (last["size"], last["last_page"], last["empty"]) == (1, True, False)
    assert (beyond["size"], beyond["last_page"], beyond["empty"]) == (0, True, True)


def test_ids_are_version_5_uuids_and_lead_back(client, town):
    for kind in LISTS:
        for one in get(client, f"/{kind}", per_page=500)["contents"]:
            assert uuid.UUID(one["id"]).version == 5
            assert get(client, f"/{kind}/{one['id'].upper()}")["id"] == one["id"]


def test_a_service_says_how_it_stands(client, town):
    states = {one["name"]: one["status"] for one in get(client, "/services")["contents"]}

    assert states == {
        "助餐": "active",
        "社保卡申领": "active",
        "阅览": "active",
        "无人提供": "inactive",
        "已停办": "defunct",
    }


def test_a_service_whose_only_station_is_shut_is_temporarily_closed(client, town):
    announce_closure(
        station=town.centre,
        from_at=town.world.at.replace(hour=0),
        to_at=town.world.at.replace(hour=12),
        reason="停电",
        is_sudden=True,
        by=town.world.system,
        at=town.world.at,
    )

    assert by_name(client, "services", "助餐")["status"] == "temporarily closed"
    assert by_name(client, "services", "阅览")["status"] == "active"


def test_a_full_service_tells_papers_costs_hours_and_places(client, town):
    card = get(client, f"/services/{by_name(client, 'services', '社保卡申领')['id']}")
    meal = get(client, f"/services/{by_name(client, 'services', '助餐')['id']}")

    assert [one["document"] for one in card["required_documents"]] == ["身份证", "照片一张"]
    assert [one["amount"] for one in card["cost_options"]] == [0]
    assert meal["cost_options"][0]["amount"] == 12
    assert meal["cost_options"][0]["currency"] == "cny"
    assert meal["organization"]["name"] == "高境社工站"
    assert meal["eligibility_description"] == "60岁及以上"
    places = [one["location"] for one in card["service_at_locations"]]
    assert [one["name"] for one in places] == ["高境党群服务中心", "红枫驿站"]
    assert places[0]["addresses"][0]["address_1"] == "三门路497号"
    assert places[0]["addresses"][0]["city"] == "上海市"
    assert places[0]["phones"][0]["number"] == "021-5500 1000"
    assert places[0]["latitude"] == pytest.approx(town.centre.lat)
    terms = {one["link_type"]: one["taxonomy_term"]["code"] for one in card["attributes"]}
    assert terms == {"service_category": "government", "service_mode": "by_order"}


def test_hours_are_weekly_rows_with_the_offset_of_the_place(client, town):
    centre = by_name(client, "locations", "高境党群服务中心")

    rows = [
        (one["byday"], one["opens_at"], one["closes_at"], one["freq"])
        for one in centre["schedules"]
    ]
    assert rows == [
        ("MO,TU,WE,TH,FR", "09:00+08:00", "12:00+08:00", "WEEKLY"),
        ("MO,TU,WE,TH,FR", "13:00+08:00", "17:00+08:00", "WEEKLY"),
    ]
    assert centre["schedules"][0]["timezone"] == 8
    assert "检修" in centre["schedules"][0]["notes"]
    assert "valid_to" not in centre["schedules"][0]


def test_a_season_and_an_exceptional_day_are_rows_of_their_own(client, town):
    library = by_name(client, "locations", "青松书屋")

    summer = [one for one in library["schedules"] if one.get("valid_from") == "2026-07-01"]
    once = [one for one in library["schedules"] if "dtstart" in one]
    assert {(one["byday"], one["closes_at"]) for one in summer} == {
        ("MO,TU,WE,TH,SU", "20:00+08:00"),
        ("FR,SA", "01:00+08:00"),
    }
    assert {one["valid_to"] for one in summer} == {"2026-08-31"}
    assert [(one["dtstart"], one["until"], one["byday"]) for one in once] == [
        ("2026-03-21", "2026-03-21", "SA")
    ]
    assert "2026-03-20" in library["schedules"][0]["notes"]


def test_what_was_checked_of_accessibility_is_told_and_nothing_else(client, town):
    centre = by_name(client, "locations", "高境党群服务中心", lang="en")
    post = by_name(client, "locations", "红枫驿站")

    assert len(centre["accessibility"]) == 1
    assert "120" in centre["accessibility"][0]["description"]
    assert "accessibility" not in post


def test_only_bodies_that_run_stations_are_told(client, town):
    names = [one["name"] for one in get(client, "/organizations")["contents"]]

    assert names[0] == "高境镇"  # answers for stations that no body of their own runs
    assert set(names[1:]) == {"文化服务公司", "高境社工站"}
    assert "规划中的站" not in str(get(client, "/locations"))


def test_a_body_tells_its_number_places_and_services(client, town):
    body = by_name(client, "organizations", "高境社工站")

    told = get(client, f"/organizations/{body['id']}")

    assert told["organization_identifiers"][0]["identifier"] == town.social.credit_code
    assert [one["name"] for one in told["locations"]] == ["高境党群服务中心"]
    assert {one["name"] for one in told["services"]} == {"助餐", "社保卡申领", "阅览"}


def test_lists_are_filtered_by_words_terms_and_bodies(client, town):
    terms = get(client, "/taxonomy_terms", per_page=500)["contents"]
    term = next(one["id"] for one in terms if one["code"] == "by_order")
    body = by_name(client, "organizations", "文化服务公司")["id"]
    other = str(uuid.uuid4())

    def names(path="/services", **query):
        return [one.get("name") for one in get(client, path, **query)["contents"]]

    assert names(search="助") == ["助餐"]
    assert names(taxonomy_term_id=term) == ["社保卡申领"]
    assert names(organization_id=body) == ["阅览"]
    assert names(organization_id=other) == names(taxonomy_term_id=other) == []
    assert names(taxonomy_id=other) == []
    assert get(client, "/service_at_locations", organization_id=body)["total_items"] == 1


def test_what_cannot_be_answered_truly_is_refused(client, town):
    for query in ({"modified_after": "2026-01-01T00:00:00Z"}, {"format": "xml"}):
        assert client.get("/hsds/services", query).status_code in (400, 422)
    assert client.get("/hsds/service_at_locations", {"postcode": "200434"}).status_code == 400


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/services", 10),
        ("/services?full=true", 16),
        ("/services?minimal=true", 8),
        ("/service_at_locations", 14),
        ("/service_at_locations?full=true", 14),
        ("/locations", 10),
        ("/organizations", 6),
        ("/taxonomy_terms", 0),
    ],
)
def test_a_page_costs_a_fixed_number_of_questions(
    client, town, path, most, django_assert_max_num_queries
):
    client.get("/hsds/services")  # what is kept in memory is there

    with django_assert_max_num_queries(most) as few:
        get(client, f"{path}{'&' if '?' in path else '?'}per_page=3")
    with django_assert_max_num_queries(most) as many:
        get(client, f"{path}{'&' if '?' in path else '?'}per_page=50")

    assert len(many) == len(few)


# what the standard asks of each object, so that something is held to it where its files are absent
REQUIRED = {
    "services": {"id", "name", "status"},
    "organization": {"id", "name", "description"},
    "location": {"id", "location_type"},
    "addresses": {
        *("id", "address_1", "city", "state_province", "postal_code", "country"),
        "address_type",
    },
    "phones": {"id", "number"},
    "organization_identifiers": {"id", "identifier_type", "identifier"},
    "taxonomy_term": {"id", "name", "description"},
    "taxonomy_detail": {"id", "name", "description"},
}
LISTED = {
    "status": {"active", "inactive", "defunct", "temporarily closed"},
    "location_type": {"physical", "postal", "virtual"},
    "address_type": {"physical", "postal", "virtual"},
    "freq": {"WEEKLY", "MONTHLY"},
    "wkst": {"MO", "TU", "WE", "TH", "FR", "SA", "SU"},
}


def objects(answer, name):
    """Every object at any depth with the field it stands in."""
    if isinstance(answer, list):
        for one in answer:
            yield from objects(one, name)
    elif isinstance(answer, dict):
        yield name, answer
        for key, value in answer.items():
            yield from objects(value, key)


@pytest.mark.parametrize("kind", LISTS)
def test_every_object_has_an_id_what_is_required_and_only_listed_words(client, town, kind):
    for answer in full(client, kind):
        for name, told in objects(answer, kind):
            assert uuid.UUID(told["id"])
            assert REQUIRED.get(name, set()) <= set(told), name
            assert None not in told.values()
            for field, words in LISTED.items():
                assert told.get(field, next(iter(words))) in words
