"""Opening a case (受理): from any door, once however often it is sent, routed at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from hequan.cases.actions.clocks import next_due, start_clocks
from hequan.cases.actions.photos import keep_photos
from hequan.cases.actions.placing import put_route, route_of, tell_handler
from hequan.cases.asking import NAME_LENGTH, PLACE_LENGTH, WORDS_LENGTH, Asking
from hequan.cases.errors import (
    LacksError,
    LongWordsError,
    MatterRetiredError,
    OutsideTownError,
    TooManyPhotosError,
)
from hequan.cases.field_words import FIELDS
from hequan.cases.kinds import CaseState
from hequan.cases.models import Case, CaseStep
from hequan.cases.numbers import new_link, new_number
from hequan.cases.photos import MOST, Photo
from hequan.cases.queries.places import served_at
from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.outbox import tell
from hequan.core.questions import Question, key
from hequan.core.sealed import Sealed
from hequan.roster.days import day_of
from hequan.roster.models import Matter
from hequan.roster.queries.matters import catalogue_on
from hequan.territory.models import Unit

_DRAWS = 20


def open_case(
    *,
    asking: Asking,
    by: Account,
    at: datetime,
    clock_from: datetime | None = None,
    tells: bool = True,
    photos: Sequence[Photo] = (),
    split_from: Case | None = None,
) -> Case:
    """Open a case for what was asked; sending the same form again gives the case it became.

    Raises LacksError, LongWordsError, OutsideTownError, MatterRetiredError or TooManyPhotosError
    before anything is written. `by` is the first responder for ever. Limits run from
    `clock_from`, else from `at`. Without `tells` nobody hears of it: it is answered in the same
    breath. What is `split_from` a case keeps its point and its first responder.
    """
    if there := _sent_before(asking):
        return there
    asking = asking.plainly()
    words = _words_of(asking)
    if len(photos) > MOST:
        raise TooManyPhotosError(most=MOST, there=len(photos))
    place, matter = _place_of(asking), _matter_of(asking, at)
    opened = _Opened(
        asking, words, place, matter, by, at, clock_from or at, tells, photos, split_from
    )
    for drawn in range(1, _DRAWS + 1):
        try:
            return _write(opened)
        except IntegrityError:  # the same form at the same moment, or a number drawn before
            if there := _sent_before(asking):
                return there
            if drawn == _DRAWS:
                raise
    raise AssertionError


@dataclass(frozen=True)
class _Opened:
    asking: Asking
    words: str
    place: Unit | None
    matter: Matter | None
    by: Account
    at: datetime
    since: datetime
    tells: bool
    photos: Sequence[Photo]
    split_from: Case | None


_WITH_FORM_KEY = Question[Case](
    lambda form_key: Case.objects.filter(form_key=form_key),
    form_key=Case._meta.get_field("form_key"),
)
_UNIT = Question[Unit](lambda pk: Unit.objects.filter(pk=pk, valid_to=None), pk=key())
_MATTER = Question[Matter](lambda pk: Matter.objects.filter(pk=pk), pk=key())


def _sent_before(asking: Asking) -> Case | None:
    if not asking.form_key:
        return None
    return _WITH_FORM_KEY.first(form_key=asking.form_key)


def _words_of(asking: Asking) -> str:
    """Return what was said; refuses nothing to be seen, and more than there is room for."""
    words = asking.words
    if not words:
        raise LacksError(what=str(FIELDS["words"]))
    for text, most in (
        (words, WORDS_LENGTH),
        (asking.place_words, PLACE_LENGTH),
        (asking.contact_name, NAME_LENGTH),
    ):
        if len(text) > most:
            raise LongWordsError(most=most, there=len(text))
    return words


def _place_of(asking: Asking) -> Unit | None:
    """Return the unit the place lies in, None where none was told."""
    if asking.lon is not None and asking.lat is not None:
        unit = served_at(asking.lon, asking.lat)
        if unit is None:
            raise OutsideTownError
        return unit
    return _UNIT.first(pk=asking.unit) if asking.unit else None


def _matter_of(asking: Asking, at: datetime) -> Matter | None:
    if not asking.matter_code:
        return None
    row = catalogue_on(day_of(at)).by_code.get(asking.matter_code)
    if row is None:
        raise MatterRetiredError
    return _MATTER.first(pk=row.pk)


@transaction.atomic
def _write(opened: _Opened) -> Case:
    asking, at = opened.asking, opened.at
    row = Case(
        number=new_number(day_of(at)),
        link=new_link(),
        form_key=asking.form_key or None,
        channel=asking.channel,
        matter=opened.matter,
        words=opened.words,
        place_words=asking.place_words,
        lon=asking.lon,
        lat=asking.lat,
        happened_on=asking.happened_on,
        unit=opened.place or Unit.objects.get(pk=asking.at_unit),
        asker_id=asking.asker,
        contact_name=asking.contact_name,
        contact_phone=Sealed.of(asking.contact_phone, "phone"),
        is_confidential=asking.is_confidential,
        first_responder=opened.by,
        opened_at=at,
    )
    if (whole := opened.split_from) is not None:
        row.split_from, row.first_responder = whole, whole.first_responder
        row.lon, row.lat, row.happened_on = whole.lon, whole.lat, whole.happened_on
    put_route(row, route_of(opened.matter, opened.place, at))
    start_clocks(row, opened.since)
    row.due_at = next_due(row)
    row.save()
    _write_down(row, opened)
    if opened.tells and row.state == CaseState.DISPATCHED:
        tell_handler(row, opened.by, at)
    return row


def _write_down(row: Case, opened: _Opened) -> None:
    """Leave the first step, the audit entry and the news of a case."""
    by, at = opened.by, opened.at
    step = CaseStep.objects.create(
        case=row,
        move="open",
        to_state=row.state,
        by=by,
        at=at,
        post_id=row.post_id,
        organisation_id=row.organisation_id,
        is_public=True,
    )
    keep_photos(case=row, step=step, photos=opened.photos, by=by, at=at)
    after: dict[str, Any] = {"state": row.state, "unit": row.unit_id, "matter": row.matter_id}
    asker = opened.asking.asker
    record(verb="cases.opened", by=by, at=at, thing=row, after=after, on_behalf_of=asker)
    tell("cases.opened", {"case": row.pk, "step": step.pk}, at)
