"""Jobs of the roster: load, call one action."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from hequan.core.accounts import system_account
from hequan.core.jobs import job
from hequan.core.outbox import listen
from hequan.core.timetable import nightly
from hequan.people.models import Person
from hequan.roster import actions
from hequan.roster.actions.service_areas import move_service_areas_to_heirs
from hequan.roster.models import Post
from hequan.roster.post_keys import follow_post
from hequan.territory.heirs import heirs_told

HAND_OVER = "roster.hand_over_work"
FOLLOW = "roster.follow_units"
SERVING = "roster.follow_served_units"
MERGED = "roster.settle_merged_person"
OPENED = "roster.write_out_grants"
NIGHT = "roster.begin_and_end_posts"
PLAN = "roster.plan_duty"
KEYS = (
    "roster.dutypattern.post",
    "roster.dutyslot.post",
    "roster.mentoring.mentor",
    "roster.mentoring.learner",
    "roster.poolmember.post",
)


@job(HAND_OVER)
def hand_over_work(payload: Mapping[str, Any], at: datetime) -> None:
    """Move duty, pairs and pool places of an ended post to the heir, or leave them open."""
    rows = Post.objects.in_bulk([pk for pk in (payload["post"], payload["heir"]) if pk])
    post, heir = rows.get(payload["post"]), rows.get(payload["heir"])
    if post is not None:
        on = date.fromisoformat(payload["on"])
        actions.hand_over_work(post=post, heir=heir, on=on, by=system_account(), at=at)


@job(FOLLOW)
def follow_units(payload: Mapping[str, Any], at: datetime) -> None:
    """Give the posts and duty of ended units to the heirs."""
    actions.move_posts_to_heirs(heirs=heirs_told(payload), by=system_account(), at=at)


@job(SERVING)
def follow_served_units(payload: Mapping[str, Any], at: datetime) -> None:
    """Let those who served ended units serve the heirs."""
    heirs = heirs_told(payload)
    move_service_areas_to_heirs(heirs=heirs, by=system_account(), at=at)


@job(MERGED)
def settle_merged_person(payload: Mapping[str, Any], at: datetime) -> None:
    """End posts held twice since two entries became one person."""
    rows = Person.objects.in_bulk([payload["winner"], payload["loser"]])
    person, left = rows.get(payload["winner"]), rows.get(payload["loser"])
    if person is not None:
        actions.settle_merged_person(person=person, left=left, by=system_account(), at=at)


@job(OPENED)
def write_out_grants(payload: Mapping[str, Any], at: datetime) -> None:
    """Give somebody who has got an account what her posts allow."""
    person = Person.objects.filter(pk=payload["person"]).first()
    if person is not None:
        actions.write_out_grants(person=person, by=system_account(), at=at)


@job(NIGHT)
def begin_and_end_posts(payload: Mapping[str, Any], at: datetime) -> None:
    """Tell of posts that have ended, and mend all grants."""
    actions.begin_and_end_posts(by=system_account(), at=at)


@job(PLAN)
def plan_duty(payload: Mapping[str, Any], at: datetime) -> None:
    """Plan weekly duties ahead."""
    actions.plan_duty(by=system_account(), at=at)


def announce() -> None:
    """Listen to news, follow our own keys to posts, and take a place in the timetable."""
    listen("territory.units_merged", FOLLOW)
    listen("territory.unit_split", FOLLOW)
    listen("territory.units_merged", SERVING)
    listen("territory.unit_split", SERVING)
    listen("people.persons_merged", MERGED)
    listen("people.account_opened", OPENED)
    for key in KEYS:
        follow_post(key, HAND_OVER)
    nightly(NIGHT, 0, 10)
    nightly(PLAN, 0, 20)
