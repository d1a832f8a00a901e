"""The pages of organisations and frames."""

from datetime import date

import pytest
from django.urls import reverse

from hequan.core.grants import give_grants
from hequan.core.kinds import Capability
from hequan.people.actions import (
    MembershipFacts,
    OrganisationFacts,
    save_membership,
    save_organisation,
)
from hequan.people.kinds import OrganisationKind
from hequan.people.models import Frame, FrameAct, FrameMember, Membership, Organisation

CODE = "91110000600037341L"


def text_of(answer):
    return answer.content.decode()


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


@pytest.fixture
def bodies(world):
    """A firm with a head and a party branch with a member."""
    made = {}
    for name, kind in (
        ("枫叶科技", OrganisationKind.FIRM),
        ("红枫第一党支部", OrganisationKind.BRANCH),
    ):
        facts = OrganisationFacts(name, kind, unit_id=world.maple.pk)
        made[str(kind)] = save_organisation(facts=facts, by=world.officer, at=world.at)
        save_membership(
            person=world.cast.wang_li,
            organisation=made[str(kind)],
            facts=MembershipFacts(valid_from=date(2025, 1, 1)),
            by=world.officer,
            at=world.at,
        )
    return made


def test_organisations_are_listed_searched_and_filtered(officer, bodies):
    where = reverse("web:board-organisations")
    assert "枫叶科技" in text_of(officer.get(where))
    assert "枫叶科技" in text_of(officer.get(where, {"words": "fykj"}))
    assert "枫叶科技" not in text_of(officer.get(where, {"kind": "branch"}))


def test_members_of_a_branch_are_told_only_to_whoever_looks_after_it(sign_in, world, bodies):
    give_grants(
        account=world.clerk,
        capabilities=[Capability.SEE_PEOPLE],
        path=world.maple.path,
        by=world.system,
        at=world.at,
    )
    branch = reverse("web:board-organisation", args=[bodies["branch"].pk])
    person = reverse("web:board-person", args=[world.cast.wang_li.pk])
    clerk, officer = sign_in("clerk"), sign_in("officer")

    assert "王丽" in text_of(officer.get(branch))
    assert "党支部" in text_of(officer.get(person))
    assert "王丽" not in text_of(clerk.get(branch))
    assert "党支部" not in text_of(clerk.get(person))
    assert "枫叶科技" in text_of(clerk.get(person))


def test_members_one_may_not_see_are_only_counted(sign_in, world, bodies):
    answer = sign_in("clerk").get(reverse("web:board-organisation", args=[bodies["firm"].pk]))
    assert "王丽" not in text_of(answer)
    assert answer.context["members"].hidden == 1


def test_an_organisation_is_entered_corrected_and_closed(officer, world):
    entered = {"name": "便民小店", "kind": "shop", "unit": "红枫居委会", "coordinates": "wgs84"}
    officer.post(reverse("web:board-organisation-new"), entered | {"credit_code": CODE.lower()})
    row = Organisation.objects.get(name="便民小店")
    assert (row.credit_code, row.initials, row.unit) == (CODE, "bmxd", world.maple)

    where = reverse("web:board-organisation-edit", args=[row.pk])
    officer.post(where, entered | {"name": "便民商店", "credit_code": CODE})
    officer.post(reverse("web:board-organisation-close", args=[row.pk]), {"on": "2026-03-01"})
    row.refresh_from_db()
    assert (row.name, row.initials, row.closed_on) == ("便民商店", "bmsd", date(2026, 3, 1))
    assert "便民商店" not in text_of(officer.get(reverse("web:board-organisations")))


@pytest.mark.parametrize("code", ["91110000600037341M", "91990000600037341L", "123"])
def test_a_wrong_code_is_said_beside_its_field(officer, world, code):
    entered = {"name": "店", "kind": "shop", "unit": "红枫居委会", "coordinates": "wgs84"}
    answer = officer.post(reverse("web:board-organisation-new"), entered | {"credit_code": code})
    assert answer.context["form"].errors["credit_code"]


def test_members_are_added_and_ended(officer, world, bodies):
    firm = bodies["firm"]
    entered = {"person": "孙梅", "role": "worker", "valid_from": "2026-01-01"}
    officer.post(reverse("web:board-member-add", args=[firm.pk]), entered)
    row = Membership.objects.get(person=world.cast.sun_mei)
    again = officer.post(reverse("web:board-member-add", args=[firm.pk]), entered)
    assert again.context["member_form"].errors["person"]

    officer.post(reverse("web:board-member-end", args=[row.pk]))
    row.refresh_from_db()
    assert row.valid_to == date(2026, 3, 10)


def test_somebody_whom_several_fit_is_asked_for_by_tail(officer, world, bodies):
    where = reverse("web:board-member-add", args=[bodies["firm"].pk])
    answer = officer.post(where, {"person": "王", "role": "worker"})
    (said,) = answer.context["member_form"].errors["person"]
    assert "王丽 0001" in said
    assert "王小宝" not in said


def test_a_head_sees_the_organisation_she_works_for_and_no_other(sign_in, world, bodies):
    give_grants(
        account=world.stranger,
        capabilities=[Capability.SEE_BOARD, Capability.EDIT_ORGANISATIONS],
        path="",
        organisation=bodies["firm"].pk,
        by=world.system,
        at=world.at,
    )
    client = sign_in("stranger")
    assert client.get(reverse("web:board-organisations")).context["page"].paginator.count == 1
    for kind, expected in (("firm", 200), ("branch", 404)):
        where = reverse("web:board-organisation", args=[bodies[kind].pk])
        assert client.get(where).status_code == expected
        where = reverse("web:board-organisation-edit", args=[bodies[kind].pk])
        assert client.get(where).status_code == expected


def test_a_frame_is_set_up_signed_acted_under_and_left(officer, world, bodies):
    entered = {
        "kind": "co_building",
        "name": "高境共建",
        "unit": "高境镇",
        "valid_from": "2026-01-01",
    }
    officer.post(reverse("web:board-frame-new"), entered)
    frame = Frame.objects.get()
    where = reverse("web:board-frame-group-add", args=[frame.pk])
    for kind, name in (("area", "第一片区组"), ("working_group", "就业组")):
        officer.post(where, {"group-kind": kind, "group-name": name})
    group = frame.groups.get(name="就业组")

    signature = {"organisation": "枫叶科技", "group": group.pk, "agreement": "共建协议"}
    signature |= {"signed_on": "2026-02-01", "signed_by": "何川"}
    refused = officer.post(reverse("web:board-frame-sign", args=[frame.pk]), signature)
    assert refused.context["sign_form"].errors["signed_by"]
    signature["signed_by"] = "王丽"
    officer.post(reverse("web:board-frame-sign", args=[frame.pk]), signature)
    member = FrameMember.objects.get()

    act = {"what": "招聘会", "on": "2026-03-01", "amount": "40", "measure": "人"}
    officer.post(reverse("web:board-frame-act", args=[member.pk]), act)
    officer.post(reverse("web:board-frame-act", args=[member.pk]), act | {"on": "2026-01-31"})
    assert FrameAct.objects.count() == 1

    page = officer.get(reverse("web:board-frame", args=[frame.pk]))
    tree = page.context["tree"]
    assert (tree.areas, tree.working_groups, tree.signed, tree.acting) == (1, 1, 1, 1)
    officer.post(reverse("web:board-frame-leave", args=[member.pk]), {"leave-on": "2026-03-10"})
    member.refresh_from_db()
    assert member.left_on == date(2026, 3, 10)


@pytest.mark.parametrize("who", ["stranger", "resident", "auditor"])
def test_a_stranger_finds_no_organisation_and_no_frame(sign_in, world, bodies, who):
    client = sign_in(who)
    pk = bodies["firm"].pk
    for name, args in (
        ("board-organisations", []),
        ("board-organisation", [pk]),
        ("board-organisation-new", []),
        ("board-frames", []),
        ("board-frame-new", []),
        ("board-search", []),
    ):
        assert client.get(reverse(f"web:{name}", args=args)).status_code == 404
