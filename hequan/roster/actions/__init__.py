"""Every write to the roster: posts, duty, pools, mentoring, registrations, lists of matters."""

from hequan.roster.actions.duty_feeds import end_feed, make_feed
from hequan.roster.actions.duty_patterns import WeeklyDuty, add_pattern, end_pattern, plan_duty
from hequan.roster.actions.duty_slots import add_duty, cancel_duty, change_duty
from hequan.roster.actions.following import move_posts_to_heirs, settle_merged_person
from hequan.roster.actions.handing_over import hand_over_work
from hequan.roster.actions.leaves import enter_leave, withdraw_leave
from hequan.roster.actions.mentoring import (
    begin_mentoring,
    choose_mentor,
    end_mentoring,
    note_meeting,
)
from hequan.roster.actions.nightly import begin_and_end_posts
from hequan.roster.actions.pools import begin_pool, end_pool, join_pool, leave_pool
from hequan.roster.actions.post_batches import PostFacts, appoint_posts
from hequan.roster.actions.post_grants import mend_grants, write_out_grants, write_out_post
from hequan.roster.actions.posts import appoint_post, end_post, hand_over_post
from hequan.roster.actions.registrations import (
    Offer,
    change_registration,
    end_registration,
    register_person,
    register_unit,
    send_feedback,
)

__all__ = [
    "Offer",
    "PostFacts",
    "WeeklyDuty",
    "add_duty",
    "add_pattern",
    "appoint_post",
    "appoint_posts",
    "begin_and_end_posts",
    "begin_mentoring",
    "begin_pool",
    "cancel_duty",
    "change_duty",
    "change_registration",
    "choose_mentor",
    "end_feed",
    "end_mentoring",
    "end_pattern",
    "end_pool",
    "end_post",
    "end_registration",
    "enter_leave",
    "hand_over_post",
    "hand_over_work",
    "join_pool",
    "leave_pool",
    "make_feed",
    "mend_grants",
    "move_posts_to_heirs",
    "note_meeting",
    "plan_duty",
    "register_person",
    "register_unit",
    "send_feedback",
    "settle_merged_person",
    "withdraw_leave",
    "write_out_grants",
    "write_out_post",
]
