"""What the matrix's town has beside its rows: things that only an action makes, and gaps with text.

All of it belongs to Maple Lane, as the rows do, so that whoever is of Pine Lane may not know.
"""

import io

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.test import Client
from PIL import Image

from hequan.cases.actions import release_photo
from hequan.cases.actions.photos import keep_photos
from hequan.cases.kinds import PhotoKind
from hequan.cases.photos import photo_from
from hequan.cases.queries import asked_in
from hequan.core.accounts import system_account
from hequan.core.clock import now
from hequan.core.import_uploads import receive_upload
from hequan.core.imports import ImportOptions
from hequan.people.actions import PersonFacts, merge_persons, save_person
from hequan.roster.actions.duty_feeds import make_feed
from hequan.roster.actions.responsibilities import start_draft
from hequan.roster.models import ResponsibilityList
from hequan.roster.queries.responsibilities import list_facts
from hequan.stations.actions import ask_coverage, measure_coverage
from tests.world import AT, place

LON, LAT = place(50, 50)
# the sign-ins an operator may have set up; nobody is asked over the net for a page of ours
PROVIDERS = {
    **{f"HEQUAN_{one}_ID": "hequan" for one in ("OIDC", "WEIXIN", "WECOM")},
    **{f"HEQUAN_{one}_SECRET": "secret" for one in ("OIDC", "WEIXIN", "WECOM")},
    "HEQUAN_OIDC_SERVER": "http://127.0.0.1:9",
    "HEQUAN_WECOM_AGENT": "1000002",
}


def draft(world):
    """Begin the next version of the town's list."""
    return start_draft(unit=world.town, title="责任清单", by=world.officer, at=AT)


def measured(world):
    """Measure Maple Lane's coverage for adults."""
    run = ask_coverage(unit=world.maple, profiles=("adult",), by=world.system, at=AT)
    return measure_coverage(run=run, by=world.system, at=AT)


def handed_in(world):
    """Hand in a file of homes, as Maple Lane's clerk."""
    return receive_upload(
        kind="people-counts",
        file_name="homes.csv",
        chunks=[f"id,lon,lat,people\nB1,{LON},{LAT},30\n".encode()],
        options=ImportOptions(),
        by=world.clerk,
        at=AT,
    )


def merged(world):
    """Enter somebody of Maple Lane twice, and make one of the two."""
    facts = PersonFacts(name="王丽丽", unit_id=world.maple.pk)
    one, other = (save_person(facts=facts, by=world.system, at=AT) for _ in range(2))
    return merge_persons(winner=one, loser=other, by=world.officer, at=AT)


def give_second_factors(accounts):
    """Let everybody have an authenticator app."""
    for account in accounts:
        Authenticator.objects.create(user=account, type="totp", data={"secret": "unused"})


def key_of_draft(part):
    """Return the key of the first item or party of the draft."""
    (sheet,) = ResponsibilityList.objects.filter(state="draft")
    return str(getattr(list_facts(sheet), part)[0].key)


def calendar_of(person, by):
    """Return the secret of somebody's calendar address."""
    return make_feed(person=person, by=by, at=AT)


def first_of(address):
    """Return the id of the first thing that a public list tells."""
    told = Client().get(address).json()
    return str((told.get("contents") or told.get("features"))[0]["id"])


def photo_of(case_pk):
    """Keep a photo with a case and let everybody see it."""
    out = io.BytesIO()
    Image.new("RGB", (8, 6)).save(out, "JPEG")
    kept = photo_from(out.getvalue(), name="one.jpg", kind=PhotoKind.REPORT)
    case, by = apps.get_model("cases.case").objects.get(pk=case_pk), system_account()
    keep_photos(case=case, step=None, photos=[kept], by=by, at=AT)
    row = case.photos.get()
    release_photo(photo=row, is_released=True, by=by, at=AT)
    return row


def number_of(case_pk):
    """Return the number of a case, which gets one such as people are told."""
    apps.get_model("cases.case").objects.filter(pk=case_pk).update(number="261122-7KQ4M")
    return "261122-7KQ4M"


def service_of(_matter_pk):
    """Return the code of something that can be asked for today, once there is a matter."""
    return asked_in(now()).asked_for()[0].code


def link_of(case_pk):
    """Return the unguessable part of a case's address."""
    return apps.get_model("cases.case").objects.get(pk=case_pk).link


def link_of_basket(basket_pk):
    """Return the unguessable part of a visit's address."""
    return apps.get_model("cases.basket").objects.get(pk=basket_pk).link
