"""Jobs of the one window: load, call one action."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import ngettext_lazy

from hequan.cases import actions
from hequan.cases.actions import repairs as repair_actions
from hequan.cases.actions import webhooks as webhook_actions
from hequan.cases.events import EventKind
from hequan.cases.queries import of_posts
from hequan.cases.queries.events import event_calls, has_webhooks
from hequan.core.accounts import system_account
from hequan.core.jobs import enqueue, job
from hequan.core.outbox import listen
from hequan.core.timetable import nightly
from hequan.roster.models import Post
from hequan.roster.post_keys import count_open, follow_post

HAND_OVER = "cases.hand_over"
HAND_OVER_HELP = "cases.hand_over_help"
HAND_OVER_REPAIRS = "cases.hand_over_repairs"
NIGHT = "cases.close_unrated"
LEFT_OVER = "cases.clear_photos"
FAN_OUT = "cases.pass_on_event"
CALL = "cases.call_webhook"
OPEN_CASES = ngettext_lazy("%(n)s case not yet closed", "%(n)s cases not yet closed", "n")
OPEN_HELP_TASKS = ngettext_lazy("%(n)s open task of help", "%(n)s open tasks of help", "n")
OPEN_REPAIR_ORDERS = ngettext_lazy("%(n)s open repair order", "%(n)s open repair orders", "n")
KEYS = ("cases.case.post", "cases.casestep.post")  # a step stays as it was: it tells who had it


@job(HAND_OVER)
def hand_over(payload: Mapping[str, Any], at: datetime) -> None:
    """Move the open cases of an ended post to the heir, or route them anew."""
    rows = Post.objects.in_bulk([pk for pk in (payload["post"], payload["heir"]) if pk])
    post, heir = rows.get(payload["post"]), rows.get(payload["heir"])
    if post is not None:
        actions.hand_over_cases(post=post, heir=heir, by=system_account(), at=at)


@job(HAND_OVER_HELP)
def hand_over_help(payload: Mapping[str, Any], at: datetime) -> None:
    """Move the open tasks of help of an ended post to the heir, or give them back to the lead."""
    rows = Post.objects.in_bulk([pk for pk in (payload["post"], payload["heir"]) if pk])
    post, heir = rows.get(payload["post"]), rows.get(payload["heir"])
    if post is not None:
        actions.hand_over_help(post=post, heir=heir, by=system_account(), at=at)


@job(HAND_OVER_REPAIRS)
def hand_over_repairs(payload: Mapping[str, Any], at: datetime) -> None:
    """Move the open repair orders of an ended post to the heir, or leave them to the dispatcher."""
    rows = Post.objects.in_bulk([pk for pk in (payload["post"], payload["heir"]) if pk])
    post, heir = rows.get(payload["post"]), rows.get(payload["heir"])
    if post is not None:
        repair_actions.hand_over_repairs(post=post, heir=heir, by=system_account(), at=at)


@job(NIGHT)
def close_unrated(payload: Mapping[str, Any], at: datetime) -> None:
    """Close answers that nobody rated in time."""
    actions.close_unrated(by=system_account(), at=at)


@job(LEFT_OVER)
def clear_photos(payload: Mapping[str, Any], at: datetime) -> None:
    """Remove photo files that no case names."""
    actions.clear_left_over(at=at)


@job(FAN_OUT)
def pass_on_event(payload: Mapping[str, Any], at: datetime) -> None:
    """Write a call for every webhook that hears of a step."""
    for webhook, kind in event_calls(payload["step"]):
        enqueue(CALL, {"webhook": webhook, "step": payload["step"], "event": str(kind)}, at)


@job(CALL)
def call_webhook(payload: Mapping[str, Any], at: datetime) -> None:
    """Call one address with one event; what it does not take is tried again, then a dead letter."""
    asked = payload["webhook"], payload["step"], EventKind(payload["event"])
    webhook_actions.call_webhook(*asked, at=at)


def announce() -> None:
    """Follow our keys to posts, and take a place in the timetable."""
    for key in KEYS:
        follow_post(key, HAND_OVER)
    follow_post("cases.helptask.post", HAND_OVER_HELP)
    follow_post("cases.repair.worker", HAND_OVER_REPAIRS)
    count_open("cases.case.post", OPEN_CASES, of_posts.open_cases_of)
    count_open("cases.helptask.post", OPEN_HELP_TASKS, of_posts.open_help_of_post)
    count_open("cases.repair.worker", OPEN_REPAIR_ORDERS, of_posts.open_repairs_of_post)
    for news in ("cases.opened", "cases.moved"):
        listen(news, FAN_OUT, wanted=has_webhooks)
    nightly(NIGHT, 1, 10)
    nightly(LEFT_OVER, 3, 20)
