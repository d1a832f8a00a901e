"""Corridors: entered with their stops in order, changed, taken off the books."""

import pytest
from django.urls import reverse

from hequan.stations.models import Corridor

NEW = reverse("web:board-corridor-new")


@pytest.fixture
def walk(world, cast, sign_in):
    """A corridor from the hall's library to the shop's canteen."""
    sign_in("officer").post(NEW, entered(world, cast))
    return Corridor.objects.get()


def entered(world, cast, **more):
    sent = {"name": "青枫走廊", "unit": world.town.pk, "introduction": "一路走过"}
    sent |= {"stop1-place": "2", "stop1-space": cast.canteen.pk, "stop1-role": "歇脚"}
    return sent | {"stop2-place": "1", "stop2-space": cast.library.pk} | more


def stops(corridor):
    return list(corridor.stops.order_by("position").values_list("space__name", "role"))


def test_a_corridor_is_entered_with_its_stops_in_the_order_of_their_numbers(walk):
    assert stops(walk) == [("阅览室", ""), ("家门口食堂", "歇脚")]


def test_the_list_shows_the_corridor_and_its_stops(sign_in, walk):
    page = sign_in("officer").get(reverse("web:board-corridors")).content.decode()

    assert "青枫走廊" in page
    assert page.index("阅览室") < page.index("家门口食堂")


def test_a_corridor_begins_from_what_it_is_and_is_changed(sign_in, world, cast, walk):
    page = reverse("web:board-corridor", args=[walk.pk])
    officer = sign_in("officer")
    first = officer.get(page).context["stops"][0]
    assert first.initial == {"place": 1, "space": cast.library.pk, "role": ""}

    officer.post(page, entered(world, cast) | {"stop1-place": "1", "stop2-place": "2"})
    assert [name for name, _role in stops(walk)] == ["家门口食堂", "阅览室"]


def test_one_stop_is_no_corridor_and_the_form_says_so(sign_in, world, cast):
    answer = sign_in("officer").post(NEW, entered(world, cast) | {"stop2-space": ""})

    assert answer.context["form"].non_field_errors()
    assert not Corridor.objects.exists()


def test_a_corridor_is_taken_off_the_books(sign_in, walk):
    sign_in("officer").post(reverse("web:board-corridor", args=[walk.pk]), {"remove": "1"})

    assert not Corridor.objects.exists()


def test_a_clerk_cannot_touch_the_towns_corridor_or_join_the_next_committees_space(
    sign_in, world, cast, walk
):
    clerk = sign_in("clerk")

    assert clerk.get(reverse("web:board-corridor", args=[walk.pk])).status_code == 404
    sent = entered(world, cast, name="另一条", unit=world.maple.pk)
    assert clerk.post(NEW, sent).status_code == 200  # the canteen is not on offer
    assert Corridor.objects.count() == 1


def test_who_only_sees_the_board_reads_the_list(sign_in, walk):
    page = sign_in("viewer").get(reverse("web:board-corridors"))

    assert page.status_code == 200
    assert sign_in("viewer").get(NEW).status_code == 404
