"""Photos in forms and on pages: chosen, refused by name, shown to whoever may, released."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hequan.cases.kinds import CaseState
from hequan.cases.models import Case, CasePhoto, ClassTerms
from hequan.cases.moves import MoveName
from hequan.files import images
from hequan.roster.models import Matter
from tests.cases.cast import RUBBISH
from tests.cases.test_photos import jpeg, reported

pytestmark = pytest.mark.django_db


def chosen(name="门口.jpg", content=None):
    return SimpleUploadedFile(name, jpeg() if content is None else content)


def sent(client, *files, **more):
    return client.post("/report/", {"words": "垃圾两天没人收", "photos": files} | more)


def test_a_resident_sends_photos_and_finds_them_on_her_page(client, desk):
    sent(client, chosen(), chosen("另一张.jpg"))
    case = Case.objects.get()
    page = client.get(f"/case/{case.link}/").content.decode()
    addresses = re.findall(r'<img src="(/case/[^"]+)"', page)

    assert len(addresses) == 2
    shown = client.get(addresses[0])
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert shown.headers["Cache-Control"].startswith("private")
    assert shown.headers["Content-Disposition"].startswith(f'inline; filename="{case.number}')
    assert len(client.get(addresses[0].removesuffix("?small")).content) > 0


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("合同.jpg", b"%PDF-1.7", "合同.jpg：这不是可以使用的图片"),
        ("空的.jpg", b"", "空的.jpg：文件是空的"),
        ("坏的.jpg", b"\xff\xd8\xff" + b"\0" * 90, "坏的.jpg：图片已损坏"),
        ("很大.jpg", b"\xff\xd8\xff" + b"\0" * 9_000, "很大.jpg：图片有"),
    ],
)
def test_what_is_no_photo_is_named_at_its_field_and_the_words_are_kept(
    client, desk, monkeypatch, name, content, said
):
    monkeypatch.setattr(images, "MAX_BYTES", 8_000)
    answer = sent(client, chosen(), chosen(name, content), place_words="北门口")
    page = answer.content.decode()

    assert answer.status_code == 200
    assert re.search(rf'id="id_photos_fault1">{said}', page)
    assert "请重新选择照片" in page
    assert "垃圾两天没人收" in page
    assert "北门口" in page
    assert Case.objects.count() == 0


def test_good_photos_are_asked_for_again_where_something_else_was_wrong(client, desk):
    page = sent(client, chosen(), words="").content.decode()

    assert 'id="id_photos_fault1">请重新选择照片' in page


def test_the_form_says_what_confidence_does_not_hide(client, desk):
    assert "照片办理人员仍看得到" in client.get("/report/").content.decode()


def test_photos_of_a_counter_go_with_the_case(client, desk):
    client.force_login(desk.dispatcher)
    said = {"words": "没人收", "channel": "counter", "photos": [chosen()]}
    client.post("/board/cases/new/", said)

    assert CasePhoto.objects.get().kind == "report"


def test_an_answer_that_lacks_its_photo_is_told_at_the_field_and_its_words_are_kept(client, desk):
    matter = Matter.objects.get(code=RUBBISH)
    ClassTerms.objects.create(matter=matter, needs_evidence=True, valid_from=date(2026, 1, 1))
    case = desk.moved(desk.opened(), MoveName.ACCEPT)
    client.force_login(desk.handler)
    said = {"move": "answer", "version": case.version, "result": "solved", "answer": "已全部清运"}
    address = f"/board/cases/{case.pk}/"
    page = client.post(address, said).content.decode()

    assert re.search(r'id="answer_after_fault1">这类事项答复时须附现场照片', page)
    assert "已全部清运" in page
    client.post(address, said | {"after": [chosen()], "before": [chosen()]})
    case.refresh_from_db()
    assert case.state == CaseState.ANSWERED
    assert list(CasePhoto.objects.values_list("kind", flat=True)) == ["before", "after"]


def test_more_than_six_photos_with_an_answer_are_counted_over_both_fields(client, desk):
    case = desk.moved(desk.opened(), MoveName.ACCEPT)
    client.force_login(desk.handler)
    said = {"move": "answer", "version": case.version, "result": "solved", "answer": "已清运"}
    said |= {"before": [chosen() for _ in range(4)], "after": [chosen() for _ in range(3)]}
    page = client.post(f"/board/cases/{case.pk}/", said).content.decode()

    assert "一次最多发送 6 张照片，现在有 7 张" in page


def test_the_dispatcher_alone_lets_public_pages_show_a_photo(client, desk):
    case = reported(desk)
    pk = CasePhoto.objects.get().pk
    form, public = f"/board/case-photos/{pk}/release/", f"/photos/{pk}/"
    client.force_login(desk.handler)
    assert client.get(f"/board/case-photos/{pk}/").status_code == 200
    assert form not in client.get(f"/board/cases/{case.pk}/").content.decode()
    assert client.post(form, {"released": "yes"}).status_code == 404

    client.force_login(desk.dispatcher)
    client.post(form, {"released": "yes"})
    assert form in client.get(f"/board/cases/{case.pk}/").content.decode()
    client.logout()
    assert client.get(public).status_code == 200
    assert client.get(f"/board/case-photos/{pk}/").status_code in (302, 404)

    client.force_login(desk.dispatcher)
    client.post(form, {})
    assert client.get(public).status_code == 404


def test_a_photo_whose_file_is_gone_is_not_there(client, desk):
    from hequan.cases.photos import remove

    case = reported(desk)
    row = CasePhoto.objects.get()
    remove(row.stored_as)

    assert client.get(f"/case/{case.link}/photos/{row.pk}/").status_code == 404
