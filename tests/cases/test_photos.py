"""Photos of cases: only pixels, out of sight, seen by the door, wanted where a class says so."""

import io
import os
from datetime import date, timedelta

import pytest
from PIL import Image

from hequan.cases.access import photo_for, photo_with_link, released_photo
from hequan.cases.actions import Given, clear_left_over, make_move, release_photo
from hequan.cases.actions.opening import open_case
from hequan.cases.actions.photos import LEFT_OVER
from hequan.cases.errors import (
    CaseError,
    EvidenceMissingError,
    LinkUnknownError,
    NoSuchCaseError,
    TooManyPhotosError,
)
from hequan.cases.kinds import PhotoKind, Result
from hequan.cases.models import Case, CasePhoto, ClassTerms
from hequan.cases.moves import Doer, MoveName
from hequan.cases.photos import LONGEST_SIDE, SMALL_SIDE, path_of, photo_from, photos_folder
from hequan.cases.queries import released_photos
from hequan.core.audit import AuditEntry
from hequan.people.actions import clear_what_is_past, erase_person
from hequan.people.queries.own_data import own_tables
from hequan.roster.models import Matter
from tests.cases.cast import RUBBISH
from tests.world import AT

pytestmark = pytest.mark.django_db
ACCEPT, ANSWER = MoveName.ACCEPT, MoveName.ANSWER


def jpeg(size=(64, 48)):
    """A photo that says where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "SECRETPHONE"
    exif.get_ifd(0x8825)[2] = (31.0, 19.0, 12.0)
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "JPEG", exif=exif)
    return out.getvalue()


def photo(kind=PhotoKind.REPORT, size=(64, 48)):
    return photo_from(jpeg(size), name="门口.jpg", kind=kind)


def reported(desk, *, photos=1, **more):
    asking, by = desk.asking(**more), desk.town.system
    return open_case(asking=asking, by=by, at=AT, photos=[photo() for _ in range(photos)])


def answered(desk, case, *photos):
    given = Given(result=Result.SOLVED, answer="已清运", photos=photos)
    return make_move(
        case=case, name=ANSWER, doers={Doer.HANDLER}, given=given, by=desk.handler, at=AT
    )


def files():
    return sorted(path for path in photos_folder().rglob("*") if path.is_file())


def sees(door, *asked):
    try:
        return door(*asked) is not None
    except CaseError:
        return False


@pytest.fixture
def wants_evidence(desk):
    matter = Matter.objects.get(code=RUBBISH)
    ClassTerms.objects.create(matter=matter, needs_evidence=True, valid_from=date(2026, 1, 1))


@pytest.mark.once
def test_no_more_is_kept_of_a_photo_than_a_page_needs():
    made = photo(size=(2000, 1000))

    assert (made.full.width, made.full.height) == (LONGEST_SIDE, 800)
    assert (made.small.width, made.small.height) == (SMALL_SIDE, 180)
    for kept in (made.full, made.small):
        assert b"SECRET" not in kept.content
        assert not Image.open(io.BytesIO(kept.content)).getexif()


def test_a_report_keeps_its_photos_under_names_nobody_guesses(desk):
    case = reported(desk, photos=2)
    rows = CasePhoto.objects.filter(case=case)

    assert [(row.kind, row.step.move, row.is_released) for row in rows] == [
        ("report", "open", False)
    ] * 2
    assert len(files()) == 4
    for row in rows:
        assert len(path_of(row.stored_as).stem) == 32
        assert path_of(row.stored_as).stat().st_size == row.size


def test_a_report_sent_twice_keeps_its_photos_once(desk):
    reported(desk, form_key="once")
    reported(desk, form_key="once")

    assert (Case.objects.count(), CasePhoto.objects.count(), len(files())) == (1, 1, 2)


def test_of_photos_that_could_not_be_written_nothing_stays(desk, monkeypatch):
    def full(*_, **__):
        raise OSError("disk full")

    monkeypatch.setattr(CasePhoto.objects, "create", full)
    with pytest.raises(OSError, match="disk"):
        reported(desk)
    assert files() == []
    assert Case.objects.count() == 0


def test_more_than_six_are_refused_before_anything_is_written(desk):
    with pytest.raises(TooManyPhotosError):
        reported(desk, photos=7)
    assert Case.objects.count() == 0
    case = desk.moved(desk.opened(), ACCEPT)
    with pytest.raises(TooManyPhotosError):
        answered(desk, case, *[photo()] * 7)


def test_where_the_class_wants_evidence_no_answer_goes_without(desk, wants_evidence):
    case = desk.moved(reported(desk), ACCEPT)
    with pytest.raises(EvidenceMissingError):
        answered(desk, case)  # the asker's photo is no evidence of the work

    case = answered(desk, case, photo(PhotoKind.AFTER))
    assert CasePhoto.objects.get(kind="after").step.move == "answer"


def test_evidence_counts_for_its_round_and_not_for_a_later_one(desk, wants_evidence):
    case = answered(desk, desk.moved(desk.opened(), ACCEPT), photo(PhotoKind.BEFORE))
    again = {"given": Given(reason="说清楚些"), "by": desk.dispatcher, "at": AT}
    case = make_move(case=case, name=MoveName.SEND_AGAIN, doers={Doer.DISPATCHER}, **again)
    case = desk.moved(answered(desk, case), MoveName.VERIFY, MoveName.PUBLISH)
    case = make_move(
        case=case, name=MoveName.CLOSE_UNRATED, doers={Doer.CLOCK}, by=desk.town.system, at=AT
    )
    Case.objects.filter(pk=case.pk).update(closed_at=AT)
    case = make_move(
        case=Case.objects.get(pk=case.pk), name=MoveName.REOPEN, doers={Doer.DISPATCHER}, **again
    )

    with pytest.raises(EvidenceMissingError):
        answered(desk, case)


def test_a_photo_is_seen_by_whoever_may_open_its_case_and_by_nobody_else(desk):
    reported(desk)
    pk = CasePhoto.objects.get().pk
    town = desk.town
    seers = (desk.handler, desk.dispatcher, desk.neighbour, town.stranger, town.resident, None)

    assert [sees(photo_for, one, pk, AT) for one in seers] == [True, True] + [False] * 4
    assert not sees(released_photo, pk)


def test_the_asker_sees_her_own_by_her_link_and_the_evidence_with_the_answer(desk):
    case, other = reported(desk), desk.opened()
    case = answered(desk, desk.moved(case, ACCEPT), photo(PhotoKind.AFTER))
    own, evidence = CasePhoto.objects.order_by("pk").values_list("pk", flat=True)

    assert photo_with_link(case.link, own).pk == own
    with pytest.raises(LinkUnknownError):
        photo_with_link(other.link, own)
    with pytest.raises(LinkUnknownError):
        photo_with_link(case.link, evidence)
    desk.moved(case, MoveName.VERIFY, MoveName.PUBLISH)
    assert photo_with_link(case.link, evidence).pk == evidence


def test_everybody_sees_a_photo_once_it_is_released_and_the_trail_says_by_whom(desk):
    case = reported(desk)
    row = CasePhoto.objects.get()
    given = {"photo": row, "by": desk.dispatcher, "at": AT}
    release_photo(is_released=True, **given)
    release_photo(is_released=True, **given)

    assert released_photo(row.pk) == row
    assert released_photos([case.pk]) == {case.pk: (row.pk,)}
    assert AuditEntry.objects.get(verb="cases.photo_released").by == desk.dispatcher

    release_photo(is_released=False, **given)
    with pytest.raises(NoSuchCaseError):
        released_photo(row.pk)
    assert released_photos([case.pk]) == {}


def test_an_erased_asker_takes_the_files_of_her_photos_along(
    desk, django_capture_on_commit_callbacks
):
    resident = desk.town.cast.resident
    reported(desk, asker=resident.pk)
    reported(desk)
    assert "cases.casephoto" in {table.label for table in own_tables(resident)}

    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person=resident, by=desk.town.system, at=AT)

    (left,) = CasePhoto.objects.all()
    assert left.case.asker is None
    assert set(files()) == {path_of(left.stored_as), path_of(left.stored_as, small=True)}


def test_what_is_past_its_time_goes_with_its_files(desk, django_capture_on_commit_callbacks):
    closed = reported(desk)
    Case.objects.filter(pk=closed.pk).update(closed_at=AT)
    reported(desk)

    with django_capture_on_commit_callbacks(execute=True):
        clear_what_is_past(by=desk.town.system, at=AT + timedelta(days=5 * 365 + 1))

    assert CasePhoto.objects.get().case != closed
    assert len(files()) == 2


def test_files_of_a_report_cut_off_midway_go_after_a_day(desk):
    reported(desk)
    folder = files()[0].parent
    old, fresh = folder / "old.jpg", folder / "fresh.jpg"
    for path, age in ((old, LEFT_OVER + timedelta(hours=1)), (fresh, timedelta(hours=1))):
        path.write_bytes(b"x")
        os.utime(path, ((AT - age).timestamp(),) * 2)
    for path in set(files()) - {old, fresh}:
        os.utime(path, (0, 0))

    assert clear_left_over(at=AT) == 1
    assert fresh in files()
    assert len(files()) == 3
