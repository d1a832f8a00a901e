"""Who takes over the work of a post that ends (岗位交接登记): the register of keys to posts.

Whoever has a foreign key to `roster.Post` names here the job that moves its rows to the heir when
`roster.post_ended` is told. A test fails for a key that nobody follows, so no work is orphaned.
It also names what is open of a post, for whoever is about to end it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.apps import apps

from hequan.core.outbox import listen

NEWS = "roster.post_ended"
_followed: dict[str, str] = {}
_counted: dict[str, tuple[Any, Callable[[int], int]]] = {}


def follow_post(key: str, job_name: str) -> None:
    """Say that this job moves the rows behind a key such as `cases.case.post` to the heir.

    The job gets {"post": pk, "heir": pk or None, "on": iso day}, at the moment the post ends, and
    may run twice.
    """
    _followed[key.lower()] = job_name
    listen(NEWS, job_name)


def count_open(key: str, words: Any, count: Callable[[int], int]) -> None:
    """Say how many rows behind a key are open, asked by the post's id.

    `words` tell it: a plural of `ngettext_lazy` that takes its number as `n`.
    """
    _counted[key.lower()] = (words, count)


def open_behind_keys(post_pk: int) -> tuple[str, ...]:
    """Return in words what other apps have open of a post, nothing of what there is none of."""
    numbers = [(words, count(post_pk)) for words, count in _counted.values()]
    return tuple(words % {"n": n} for words, n in numbers if n)


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
