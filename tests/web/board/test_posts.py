"""Posts on the board: the list, appointing, ending, handing over; what strangers meet."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hequan.roster import post_keys
from hequan.roster.kinds import PostKind
from hequan.roster.models import Post
from tests.roster.cast import TODAY

HEAD = PostKind.GRID_HEAD


def sent(**more):
    facts = {"person": "王丽娟 0001", "kind": "grid_head", "place": "GJ-M1"}
    return facts | {"valid_from": "2026-03-10"} | more


@pytest.fixture
def held(world, people):
    """Wang heads maple 1."""
    return people.appoint(HEAD, people.wang, world.grids[0], valid_from=TODAY - timedelta(days=9))


def test_the_list_shows_posts_of_ones_own_part(sign_in, world, people, held):
    people.appoint(HEAD, people.zhao, world.grids[5])
    page = sign_in("officer").get(reverse("web:board-posts"))

    assert [row.person for row in page.context["found"].rows] == ["王丽娟", "赵强"]
    assert sign_in("stranger").get(reverse("web:board-posts")).status_code == 404


def test_the_list_takes_the_same_queries_for_any_number_of_posts(
    sign_in, world, people, django_assert_num_queries
):
    officer = sign_in("officer")
    officer.get(reverse("web:board-posts"))
    for grid in world.grids:
        people.appoint(HEAD, people.wang, grid)
    with django_assert_num_queries(4):
        officer.get(reverse("web:board-posts"))


def test_words_find_a_holder_or_a_place(sign_in, held):
    officer, address = sign_in("officer"), reverse("web:board-posts")
    found = [
        officer.get(address, {"words": words}).context["found"].total
        for words in ("王丽", "wlj", "红枫第1", "青松", "王丽 青松")
    ]

    assert found == [1, 1, 1, 0, 0]


def test_somebody_is_appointed_by_name_and_place(sign_in, world, people):
    answer = sign_in("officer").post(reverse("web:board-post-new"), sent())

    assert answer.status_code == 302
    post = Post.objects.get(person=people.wang)
    assert (post.kind, post.unit) == ("grid_head", world.grids[0])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"person": "无此人"}, "person"),
        ({"place": "无此地"}, "place"),
        ({"kind": "committee_secretary"}, "__all__"),
        ({"valid_to": "2026-03-01"}, "__all__"),
    ],
)
def test_an_appointment_that_cannot_be_is_told_beside_the_form(sign_in, people, wrong, field):
    answer = sign_in("officer").post(reverse("web:board-post-new"), sent(**wrong))

    assert field in answer.context["form"].errors
    assert not Post.objects.filter(person=people.wang).exists()


def test_a_place_outside_ones_part_is_not_there(sign_in, world, people):
    client = sign_in("officer")
    client.force_login(people.sun)
    answer = client.post(reverse("web:board-post-new"), sent(place="GJ-P1"))

    assert "place" in answer.context["form"].errors


def test_a_post_is_ended_and_its_page_says_so(sign_in, held):
    officer = sign_in("officer")
    officer.post(reverse("web:board-post-end", args=[held.pk]), {"on": "2026-03-10"})

    held.refresh_from_db()
    assert held.valid_to == TODAY
    page = officer.get(reverse("web:board-post", args=[held.pk]))
    assert not page.context["may_edit"]


def test_a_post_is_handed_over(sign_in, people, held):
    people.appoint(PostKind.GRID_WORKER, people.zhao, held.unit)
    wanted = {"person": "赵强", "on": "2026-03-12"}
    sign_in("officer").post(reverse("web:board-post-hand-over", args=[held.pk]), wanted)

    assert Post.objects.get(person=people.zhao, kind=HEAD).valid_from == TODAY + timedelta(days=2)


def test_a_refused_end_stays_on_the_page(sign_in, held):
    answer = sign_in("officer").post(
        reverse("web:board-post-end", args=[held.pk]), {"on": "2025-01-01"}
    )

    assert answer.context["ending"].non_field_errors()


@pytest.mark.parametrize("name", ["web:board-post-end", "web:board-post-hand-over"])
def test_a_post_next_door_is_not_there(sign_in, world, people, name):
    post = people.appoint(HEAD, people.zhao, world.grids[5])
    client = sign_in("officer")
    client.force_login(people.sun)

    assert client.get(reverse("web:board-post", args=[post.pk])).status_code == 404
    assert client.post(reverse(name, args=[post.pk]), {"on": "2026-03-12"}).status_code == 404


def test_the_teams_page_and_its_spreadsheet_show_the_gaps_of_a_day(sign_in, world, held):
    officer = sign_in("officer")
    page = officer.get(reverse("web:board-teams"), {"day": "2026-03-10", "gaps": "1"})

    first = page.context["teams"].rows[0]
    assert (first.name, first.present[0], HEAD in first.lacking) == ("红枫第1微网格", 1, False)
    book = officer.get(reverse("web:board-teams-workbook"), {"day": "2026-03-10"})
    assert book.content[:2] == b"PK"
    team = officer.get(reverse("web:board-team", args=[world.grids[0].pk]))
    assert [row.person for row in team.context["posts"]] == ["王丽娟"]


def test_the_teams_page_takes_the_same_queries_for_any_town(
    sign_in, held, django_assert_num_queries
):
    officer = sign_in("officer")
    officer.get(reverse("web:board-teams"))
    with django_assert_num_queries(6):
        officer.get(reverse("web:board-teams"))


def test_a_posts_page_tells_what_other_apps_have_open_of_it(sign_in, held, monkeypatch):
    counts = {"a.b": ("%(n)s open", lambda pk: 3), "a.c": ("none %(n)s", lambda pk: 0)}
    monkeypatch.setattr(post_keys, "_counted", counts)
    page = sign_in("officer").get(reverse("web:board-post", args=[held.pk])).content.decode()

    assert "<li>3 open</li>" in page
    assert "none 0" not in page
