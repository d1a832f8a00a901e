"""Circles over a town: the sets, a new one, a circle changed and taken off."""

from django.urls import reverse

from hequan.territory.models import Circle, CircleSet


def circle_page(circle):
    return reverse("web:board-circle", args=[circle.pk])


def test_the_sets_of_a_town_stand_side_by_side_with_what_they_lie_over(sign_in, world):
    page = sign_in("officer").get(reverse("web:board-circles", args=[world.town.pk]))
    text = page.content.decode()

    assert world.circle_set.name in text
    assert "幸福圈" in text
    assert "红枫居委会" in text


def test_only_a_town_has_circles(sign_in, world):
    page = reverse("web:board-circles", args=[world.maple.pk])

    assert sign_in("officer").get(page).status_code == 404


def test_an_officer_begins_a_set_and_lays_a_circle(sign_in, world):
    officer = sign_in("officer")
    officer.post(reverse("web:board-circles", args=[world.town.pk]), {"name": "三圈方案"})
    made = CircleSet.objects.get(name="三圈方案")
    sent = {"name": "北圈", "speciality": "core", "unit": [world.maple.pk, world.pine.pk]}
    officer.post(reverse("web:board-circle-new", args=[made.pk]), sent)

    assert Circle.objects.get(name="北圈").units.count() == 2


def test_a_circle_is_renamed_and_stays_the_same_circle(sign_in, world):
    sent = {"name": "康乐圈", "speciality": "happiness", "unit": [world.pine.pk]}
    sign_in("officer").post(circle_page(world.happy), sent)

    world.happy.refresh_from_db()
    assert world.happy.name == "康乐圈"
    assert list(world.happy.units.all()) == [world.pine]


def test_a_name_another_circle_bears_is_refused_and_the_ticks_stay(sign_in, world):
    sent = {"name": world.green.name, "speciality": "happiness", "unit": [world.pine.pk]}
    answer = sign_in("officer").post(circle_page(world.happy), sent)

    assert answer.context["form"].non_field_errors()
    committees = next(one for one in answer.context["levels"] if one["ticked"])
    assert [pk for pk, _n, _o, ticked in committees["units"] if ticked] == [world.pine.pk]


def test_a_circle_is_taken_off(sign_in, world):
    sign_in("officer").post(circle_page(world.happy), {"remove": "1"})

    assert not Circle.objects.filter(pk=world.happy.pk).exists()


def test_who_only_sees_the_board_cannot_change_circles(sign_in, world):
    clerk = sign_in("clerk")

    assert clerk.get(circle_page(world.happy)).status_code == 404
    assert clerk.post(circle_page(world.happy), {"remove": "1"}).status_code == 404
    sets = reverse("web:board-circles", args=[world.town.pk])
    assert clerk.post(sets, {"name": "三圈方案"}).status_code == 404
    new = reverse("web:board-circle-new", args=[world.circle_set.pk])
    assert clerk.get(new).status_code == 404
    assert Circle.objects.filter(pk=world.happy.pk).exists()
