"""The catalogue on the board: found, written, refused."""

from django.urls import reverse

from hequan.stations.models import Service

ENTRY = {
    "name": "老年助浴",
    "code": "EL-02",
    "category": "elder",
    "mode": "by_order",
    "minutes": "60",
    "papers": "身份证\n\n 健康证明 ",
}


def test_a_service_is_entered_with_its_papers_one_a_line(sign_in, world):
    sign_in("officer").post(reverse("web:board-service-new"), ENTRY)

    assert Service.objects.get().papers == ["身份证", "健康证明"]


def test_a_service_is_found_and_changed(sign_in, service):
    officer = sign_in("officer")
    page = officer.get(reverse("web:board-services"), {"words": "助餐"})
    assert [row.code for row in page.context["catalogue"].rows] == ["EL-01"]

    changed = ENTRY | {"code": "EL-01", "name": "社区助餐"}
    officer.post(reverse("web:board-service", args=[service.pk]), changed)
    service.refresh_from_db()
    assert service.name == "社区助餐"


def test_a_code_that_is_taken_is_refused(sign_in, service):
    answer = sign_in("officer").post(reverse("web:board-service-new"), ENTRY | {"code": "EL-01"})

    assert "EL-01" in str(answer.context["form"].non_field_errors())
    assert Service.objects.count() == 1


def test_a_viewer_cannot_write_the_catalogue(sign_in, service):
    page = reverse("web:board-service", args=[service.pk])

    assert sign_in("viewer").post(page, ENTRY).status_code == 404
