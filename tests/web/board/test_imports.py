"""Import pages: a file is checked first, nothing is written before it is confirmed."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hequan.core.grants import give_grants
from hequan.core.import_runs import ImportRun
from hequan.core.kinds import Capability
from hequan.files.tables import read_table
from hequan.stations.models import Service
from hequan.territory.actions import save_homes
from hequan.territory.models import Home
from tests.world import AT, place

LON, LAT = place(50, 50)
FAR, _ = place(550, 350)
HOMES = f"id,lon,lat,people\nB1,{LON},{LAT},30\nB2,{LON},{LAT},-4\n"


def upload(client, kind, text, name="homes.csv", **more):
    file = SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)
    return client.post(reverse("web:board-import-upload", args=[kind]), {"file": file, **more})


@pytest.fixture
def officer(sign_in, world):
    """The officer, who here may also write what all towns share."""
    give_grants(
        account=world.officer,
        capabilities=[Capability.IMPORT_FILES, Capability.EDIT_RESPONSIBILITIES],
        by=world.system,
        at=AT,
    )
    return sign_in("officer")


def test_a_file_is_checked_and_nothing_is_written(officer, world):
    before = Home.objects.count()
    answer = upload(officer, "people-counts", HOMES, coordinates="cgcs2000")
    run = ImportRun.objects.get()

    assert answer["Location"] == reverse("web:board-import-run", args=[run.pk])
    page = officer.get(answer["Location"])
    assert page.context["counts"]["new"] == 1
    assert page.context["counts"]["refused"] == 1
    assert "-4" in page.content.decode()
    assert Home.objects.count() == before


def test_a_confirmed_import_is_written_once(officer, world):
    page = officer.get(upload(officer, "people-counts", HOMES, coordinates="cgcs2000")["Location"])
    run = ImportRun.objects.get()
    confirm = reverse("web:board-import-confirm", args=[run.pk])
    officer.post(confirm, {"digest": page.context["digest"]})
    assert Home.objects.filter(code="B1", people=30).exists()
    assert not Home.objects.filter(code="B2").exists()

    again = officer.post(confirm, {"digest": page.context["digest"]}, follow=True)
    assert Home.objects.filter(code="B1").count() == 1
    assert again.status_code == 200


def test_an_import_is_checked_anew_when_the_data_moved_on(officer, world):
    page = officer.get(upload(officer, "people-counts", HOMES, coordinates="cgcs2000")["Location"])
    from hequan.territory.actions import HomeFacts

    save_homes(homes=[HomeFacts("B1", LON, LAT, 99)], source="someone else", by=world.system, at=AT)
    run = ImportRun.objects.get()
    confirm = reverse("web:board-import-confirm", args=[run.pk])
    officer.post(confirm, {"digest": page.context["digest"]})

    assert Home.objects.get(code="B1").people == 99
    run.refresh_from_db()
    assert run.written_at is None


def test_a_file_that_is_no_table_is_refused_beside_its_field(officer):
    answer = upload(officer, "services", b"\x00\x01\x02nothing", name="services.xlsx")

    assert answer.context["form"].errors["file"]
    assert not ImportRun.objects.exists()


def test_a_clerk_cannot_import_what_all_towns_share(sign_in, world):
    clerk = sign_in("clerk")

    assert clerk.get(reverse("web:board-import-upload", args=["services"])).status_code == 404
    assert clerk.get(reverse("web:board-import-upload", args=["people-counts"])).status_code == 200


def test_a_clerk_cannot_write_a_home_into_the_next_committee(sign_in, world):
    pine = place(550, 350)
    text = f"id,lon,lat,people\nB9,{pine[0]},{pine[1]},30\n"
    page = sign_in("clerk").get(
        upload(sign_in("clerk"), "people-counts", text, coordinates="cgcs2000")["Location"]
    )

    assert page.context["counts"]["refused"] == 1


def test_a_clerk_cannot_open_the_officers_import(sign_in, officer, world):
    where = upload(officer, "people-counts", HOMES, coordinates="cgcs2000")["Location"]

    assert sign_in("clerk").get(where).status_code == 404


def test_every_template_can_be_downloaded_and_read_back(officer):
    from hequan.core.imports import import_kinds

    for kind in import_kinds():
        if kind.template is None:
            continue
        answer = officer.get(reverse("web:board-import-template", args=[kind.code]))
        assert read_table(BytesIO(answer.content).getvalue(), name="template.xlsx").headers


def test_services_are_imported_through_the_page(officer):
    text = "编码,名称,类别\nSV-1,助餐,助餐\n"
    page = officer.get(upload(officer, "services", text, name="services.csv")["Location"])
    run = ImportRun.objects.get()
    officer.post(
        reverse("web:board-import-confirm", args=[run.pk]), {"digest": page.context["digest"]}
    )

    assert Service.objects.filter(code="SV-1").exists()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (b"%PDF-1.4\n%%EOF", "services.csv：这是 PDF 文档"),
        (b"PK\x05\x06" + b"\0" * 18, "services.csv："),
        ("编码|名称|类别\nSV-1|助餐|助餐\n", "services.csv：文件只有一列"),
    ],
)
def test_a_file_that_is_no_table_is_named_on_the_page(officer, source, said):
    answer = upload(officer, "services", source, name="services.csv")

    assert said in answer.content.decode()
    assert not ImportRun.objects.exists()
