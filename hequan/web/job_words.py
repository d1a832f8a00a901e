"""Words of background jobs (任务用语); a test fails for a job without words."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

JOB_WORDS: dict[str, Promise] = {
    "cases.call_webhook": pgettext_lazy("job", "Telling another system of a case"),
    "cases.clear_photos": pgettext_lazy("job", "Tidying of photos nothing refers to"),
    "cases.close_unrated": pgettext_lazy("job", "Closing cases that nobody judged in time"),
    "cases.hand_over": pgettext_lazy("job", "Handing over the cases of a post"),
    "cases.hand_over_help": pgettext_lazy("job", "Handing over the help asked of a post"),
    "cases.hand_over_repairs": pgettext_lazy("job", "Handing over the repair orders of a post"),
    "cases.pass_on_event": pgettext_lazy("job", "Finding which systems hear of a case"),
    "core.audit_check": pgettext_lazy("job", "Check of the audit trail"),
    "core.audit_seal": pgettext_lazy("job", "Sealing of the audit trail"),
    "core.backup": pgettext_lazy("job", "Nightly backup"),
    "core.prune_limits": pgettext_lazy("job", "Tidying of old counts"),
    "core.tidy": pgettext_lazy("job", "Tidying of old jobs"),
    "people.follow_units": pgettext_lazy("job", "Organisations follow merged units"),
    "people.retention": pgettext_lazy("job", "Deletion of what was kept long enough"),
    "people.send_delivery": pgettext_lazy("job", "Sending a message"),
    "people.send_digest": pgettext_lazy("job", "Sending messages of the day in one"),
    "people.sweep_merger": pgettext_lazy("job", "Bringing a merged person's rows together"),
    "roster.begin_and_end_posts": pgettext_lazy("job", "Posts begin and end"),
    "roster.follow_served_units": pgettext_lazy("job", "Served units follow merged units"),
    "roster.follow_units": pgettext_lazy("job", "Posts follow merged units"),
    "roster.hand_over_work": pgettext_lazy("job", "Handing over the work of a post"),
    "roster.plan_duty": pgettext_lazy("job", "Planning duty ahead"),
    "roster.settle_merged_person": pgettext_lazy("job", "Posts of a merged person"),
    "roster.write_out_grants": pgettext_lazy("job", "What a post may do"),
    "stations.follow_units": pgettext_lazy("job", "Stations follow merged units"),
    "stations.measure_coverage": pgettext_lazy("job", "Measuring coverage"),
}


def job_word(name: str) -> str | Promise:
    """Return what a kind of job does, in words; its code where there are none."""
    return JOB_WORDS.get(name, name)
