"""Mentoring (带教): pairs begun, given another mentor, met and ended."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.roster.errors import DayOrderError, EndedAlreadyError, OnePersonPairError
from hequan.roster.kinds import MentoringResult
from hequan.roster.models import Mentoring, MentoringMeeting, Post


@transaction.atomic
def begin_mentoring(
    *, mentor: Post, learner: Post, goals: str, begun_on: date, by: Account, at: datetime
) -> Mentoring:
    """Begin a pair; the goals are what the learner is to be able to do."""
    _refuse_one_person(mentor, learner)
    try:
        with transaction.atomic():
            pair = Mentoring.objects.create(
                mentor=mentor, learner=learner, goals=goals, begun_on=begun_on
            )
    except IntegrityError:
        raise OnePersonPairError from None
    after = {"mentor": mentor.pk, "learner": learner.pk, "begun_on": begun_on.isoformat()}
    record(verb="roster.mentoring_begun", by=by, at=at, thing=pair, after=after)
    return pair


@transaction.atomic
def choose_mentor(*, pair: Mentoring, mentor: Post, by: Account, at: datetime) -> None:
    """Give a pair another mentor, or its first since the old one left."""
    _refuse_ended(pair)
    _refuse_one_person(mentor, pair.learner)
    before, after = {"mentor": pair.mentor_id}, {"mentor": mentor.pk}
    pair.mentor = mentor
    try:
        with transaction.atomic():
            pair.save(update_fields=["mentor"])
    except IntegrityError:
        raise OnePersonPairError from None
    verb = "roster.mentor_chosen"
    record(verb=verb, by=by, at=at, thing=pair, before=before, after=after)


@transaction.atomic
def note_meeting(
    *, pair: Mentoring, held_on: date, note: str, by: Account, at: datetime
) -> MentoringMeeting:
    """Note one meeting of a pair: the day and what it was about."""
    _refuse_ended(pair)
    if held_on < pair.begun_on:
        raise DayOrderError(first=pair.begun_on.isoformat())
    meeting = MentoringMeeting.objects.create(mentoring=pair, held_on=held_on, note=note)
    after = {"held_on": held_on.isoformat()}
    record(verb="roster.mentoring_met", by=by, at=at, thing=meeting, after=after)
    return meeting


@transaction.atomic
def end_mentoring(
    *, pair: Mentoring, on: date, result: MentoringResult, note: str, by: Account, at: datetime
) -> None:
    """End a pair with what came of it."""
    _refuse_ended(pair)
    if on < pair.begun_on:
        raise DayOrderError(first=pair.begun_on.isoformat())
    pair.ended_on, pair.result, pair.result_note = on, result, note
    pair.save(update_fields=["ended_on", "result", "result_note"])
    after = {"ended_on": on.isoformat(), "result": str(result)}
    record(verb="roster.mentoring_ended", by=by, at=at, thing=pair, after=after)


def _refuse_one_person(mentor: Post, learner: Post) -> None:
    if mentor.person_id == learner.person_id:
        raise OnePersonPairError


def _refuse_ended(pair: Mentoring) -> None:
    if pair.ended_on is not None:
        raise EndedAlreadyError(on=pair.ended_on.isoformat())
