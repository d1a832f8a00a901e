"""A grid worker's phone without a network: reported, closed, opened again, sent exactly once."""

import pytest
from django.test import Client

from hequan.cases.models import Case
from tests.cases.cast import make_desk
from tests.cases.test_photos import jpeg

pytestmark = [
    *(pytest.mark.browser, pytest.mark.slow, pytest.mark.once),
    pytest.mark.django_db(transaction=True),
]
# resolves once the service worker answers for this page
WORKING = """() => new Promise(done => { const at = navigator.serviceWorker;
  if (at.controller) { done(1); }
  at.addEventListener("controllerchange", () => done(1)); })"""
ITEM = "[data-field-items] li"


@pytest.fixture
def phone(visit, world):
    """A small window in which a grid worker of the town is signed in."""
    desk, visitor = make_desk(world), visit(width=375, height=720)

    def sign_in(account):
        client = Client()
        client.force_login(account)
        session = client.cookies["sessionid"].value
        visitor.context.add_cookies(
            [{"name": "sessionid", "value": session, "url": visitor.address}]
        )

    sign_in(desk.handler)
    visitor.desk, visitor.sign_in = desk, sign_in
    return visitor


def report(phone, words):
    """Fill in the form and send it, as somebody on her way does."""
    page = phone.page
    page.fill("[name=words]", words)
    shot = {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": jpeg((2000, 1500))}
    page.set_input_files("[name=photos]", [shot])
    page.click(".field-send button")
    page.wait_for_selector(f"{ITEM}:has-text('{words}')")


def test_what_is_reported_without_a_network_arrives_once_with_its_photo(phone):
    phone.go("/field/report/")
    phone.page.evaluate(WORKING)
    phone.context.set_offline(True)
    report(phone, "消防通道被堵")
    phone.page.close()
    phone.page = phone.context.new_page()
    phone.go("/field/")
    phone.page.wait_for_selector(f"{ITEM}[data-state=waiting]:has-text('消防通道被堵')")
    assert Case.objects.count() == 0

    phone.context.set_offline(False)
    phone.page.wait_for_selector(f"{ITEM}[data-state=sent]")
    case = Case.objects.get()
    assert case.number in phone.page.inner_text(ITEM)
    assert case.photos.get().width == 1600
    phone.go("/field/report/")
    phone.page.wait_for_selector(f"{ITEM}[data-state=sent]")
    assert Case.objects.count() == 1

    phone.page.eval_on_selector("[name=here]", "field => { field.value = '0,0' }")
    report(phone, "路灯不亮")
    refused = phone.page.locator(f"{ITEM}[data-state=refused]")
    assert "不在" in refused.inner_text()
    refused.locator("[data-mend]").click()
    phone.page.wait_for_selector(f"{ITEM}[data-state=refused]", state="detached")
    assert phone.page.input_value("[name=words]") == "路灯不亮"
    assert phone.page.locator("[data-photos-list] li").count() == 1
    phone.page.eval_on_selector("[name=here]", "field => { field.value = '' }")
    phone.page.click(".field-send button")
    phone.page.wait_for_selector(f"{ITEM}[data-state=sent]:has-text('路灯不亮')")
    assert [case.photos.count() for case in Case.objects.order_by("pk")] == [1, 1]
    phone.faults.clear()  # the browser itself tells of each address it could not reach


def test_a_report_outlives_its_session_is_nobody_elses_and_goes_with_a_warning(phone):
    phone.go("/field/report/")
    phone.context.clear_cookies(name="sessionid")
    report(phone, "井盖翘起")
    phone.page.wait_for_selector("[data-field-sign-in]:not([hidden])")
    phone.sign_in(phone.desk.dispatcher)
    phone.go("/field/report/")
    assert phone.page.locator(ITEM).count() == 0

    phone.sign_in(phone.desk.handler)
    phone.context.route("**/field/token/", lambda route: route.abort())
    phone.go("/field/report/")
    phone.page.wait_for_selector(f"{ITEM}:has-text('井盖翘起')")
    asked = []
    phone.page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    phone.page.click("[data-sign-out] button")
    assert phone.page.locator(ITEM).count() == 1
    phone.page.once("dialog", lambda dialog: dialog.accept())
    phone.page.click("[data-sign-out] button")
    phone.page.wait_for_url(f"{phone.address}/")
    assert "未发送" in asked[0]
    left = phone.page.evaluate("indexedDB.databases().then(all => all.map(one => one.name))")
    assert f"hequan.field.{phone.desk.handler.pk}" not in left
    assert Case.objects.count() == 0
    phone.faults.clear()
