"""Who takes over the work of a post that ends (岗位交接登记): the register of keys to posts.

Whoever has a foreign key to `roster.Post` names here the job that moves its rows to the heir when
`roster.post_ended` is told. A test fails for a key that nobody follows, so no work is orphaned.
"""

from collections.abc import Mapping

from django.apps import apps

from hequan.core.outbox import listen

NEWS = "roster.post_ended"
_followed: dict[str, str] = {}


def follow_post(key: str, job_name: str) -> None:
    """Say that this job moves the rows behind a key such as `cases.case.post` to the heir.

    The job gets {"post": pk, "heir": pk or None, "on": iso day}, at the moment the post ends, and
    may run twice.
    """
    _followed[key.lower()] = job_name
    listen(NEWS, job_name)


def followed_keys() -> Mapping[str, str]:
    """Return the job that follows each key."""
    return dict(_followed)


def keys_to_posts() -> list[str]:
    """Return every foreign key to a post in any installed model, as `app.model.field`."""
    return sorted(
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.is_relation and _label(field.related_model) == "roster.post"
    )


def _label(model: object) -> str:
    return str(getattr(getattr(model, "_meta", None), "label_lower", ""))
