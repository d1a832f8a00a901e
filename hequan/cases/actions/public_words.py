"""Letting everybody read words of a case (公开内容): written by somebody who looked at it first."""

from datetime import datetime

from django.db import transaction

from hequan.cases.asking import WORDS_LENGTH
from hequan.cases.errors import ConfidentialError, LongWordsError
from hequan.cases.models import Case, PublicWords
from hequan.core.accounts import Account
from hequan.core.audit import record


@transaction.atomic
def release_words(*, case: Case, words: str, by: Account, at: datetime) -> None:
    """Let everybody read these words of the case; with none, nothing of it any longer.

    ConfidentialError for a confidential case, LongWordsError for more than there is room for.
    """
    row = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    words = words.strip()
    if words and row.is_confidential:
        raise ConfidentialError
    if len(words) > WORDS_LENGTH:
        raise LongWordsError(most=WORDS_LENGTH, there=len(words))
    there = PublicWords.objects.filter(case=row)
    before = there.values_list("words", flat=True).first() or ""
    if words == before:
        return
    if words:
        told = {"words": words, "by": by, "at": at}
        PublicWords.objects.update_or_create(case=row, defaults=told)
    else:
        there.delete()
    verb = "cases.words_released" if words else "cases.words_withheld"
    record(verb=verb, by=by, at=at, thing=row, before={"words": before}, after={"words": words})
