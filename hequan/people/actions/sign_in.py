"""Signing in by phone and one-time code (验证码登录): asked for, proved, led to an account.

Nothing here tells whether a phone is known: a code is sent to every number that can be one, and
every code that does not fit is refused in the same words. There is no `by` where nobody is known
yet; what is recorded then is signed by the system account.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from hequan.core.accounts import Account, system_account
from hequan.core.audit import record
from hequan.core.limits import Turn, forget_taken, seconds_left, take, take_in_turn
from hequan.core.sealed import match_of
from hequan.core.sign_in.changes import open_resident_account
from hequan.core.sign_in.rules import SignInRules, sign_in_rules
from hequan.people.actions.consents import give_consent
from hequan.people.actions.persons import save_person, tie_account
from hequan.people.facts import PersonFacts
from hequan.people.gateways import GatewayError, gateway
from hequan.people.kept_codes import keep_code, use_code
from hequan.people.kinds import Channel
from hequan.people.models import ConsentText, Person, SignInCode
from hequan.people.protection_kinds import ConsentChannel
from hequan.people.sign_in_codes import code_hash, fresh_code, typed_digits

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class CodeAsked:
    """Whether a code went out, and in how many seconds another may be asked for."""

    is_sent: bool
    wait_seconds: int


def send_sign_in_code(*, phone: str, device: str, at: datetime) -> CodeAsked:
    """Send a fresh code for this phone and device, unless too many were asked for.

    `phone` is in its one form, `device` the random name of the browser's cookie. GatewayError when
    the text did not leave; the next code may then be asked for at once.
    """
    rules, match = sign_in_rules(at), match_of(phone)
    mark, code = match_of(f"device\n{device}"), fresh_code()
    wait = _must_wait(match, mark, rules, at)
    if wait:
        return CodeAsked(False, wait)
    keep_code(match, mark, code_hash(phone, device, code), at + rules.code_lives, at)
    try:
        _send(phone, code, rules)
    except GatewayError:
        forget_taken("sign_in.pause", f"{match}\n{mark}")
        raise
    return CodeAsked(True, int(rules.code_pause.total_seconds()))


def prove_phone(*, phone: str, device: str, typed: str, at: datetime) -> bool:
    """Tell whether this is the code last sent for the phone and device; it is then used up."""
    match, mark = match_of(phone), match_of(f"device\n{device}")
    hashed = code_hash(phone, device, typed_digits(typed))
    if use_code(match, mark, hashed, sign_in_rules(at).code_tries, at):
        return True
    _note_failure(match, mark, at)
    return False


def account_of_person(*, person: Person, text: ConsentText | None = None, at: datetime) -> Account:
    """Return the account of a person, opened now if she never had one.

    `text` is what she then was shown and agreed to; GuardianNeededError for a child by herself.
    """
    return person.account if person.account is not None else _open_for(person, text, at)


@transaction.atomic
def _open_for(person: Person, text: ConsentText | None, at: datetime) -> Account:
    account = open_resident_account(name=person.name, at=at)
    tie_account(person=person, account=account, by=account, at=at)
    _keep_consent(person, text, account, at)
    return account


@transaction.atomic
def register_with_consent(
    *, name: str, phone: str, text: ConsentText | None, at: datetime
) -> Account:
    """Enter somebody new who proved this phone, with an account that is granted nothing.

    `phone` is empty for whoever came by another provider's word. `text` is what she was shown and
    agreed to, in force at that moment; None where the town has no such words. BadPersonError names
    what cannot be a name.
    """
    account = open_resident_account(name=name, at=at)
    person = save_person(facts=PersonFacts(name=name, phone=phone), by=account, at=at)
    tie_account(person=person, account=account, by=account, at=at)
    _keep_consent(person, text, account, at)
    return account


def _keep_consent(person: Person, text: ConsentText | None, by: Account, at: datetime) -> None:
    if text is not None:
        give_consent(person=person, text=text, channel=ConsentChannel.ONLINE, by=by, at=at)


def _must_wait(match: str, mark: str, rules: SignInRules, at: datetime) -> int:
    """Count this asking; return 0 if it may go on, else the seconds to wait."""
    asked_by = f"{match}\n{mark}"
    turns = (
        Turn("sign_in.pause", asked_by, 1, rules.code_pause),
        Turn("sign_in.device", mark, rules.per_device_hour, HOUR),
        Turn("sign_in.phone", match, rules.per_phone_hour, HOUR),
    )
    refused = take_in_turn(turns, at)
    if refused is None:
        return 0
    if refused.bucket == "sign_in.phone" and _is_known_and_may(match, mark, rules, at):
        return 0
    return seconds_left(refused.bucket, refused.key, at)


def _is_known_and_may(match: str, mark: str, rules: SignInRules, at: datetime) -> bool:
    """Tell whether this device proved the phone before and has some of its own allowance left."""
    known = SignInCode.objects.filter(phone_match=match, device=mark, known_at__isnull=False)
    asked_by = f"{match}\n{mark}"
    return known.exists() and take("sign_in.known", asked_by, rules.per_phone_hour, HOUR, at)


def _send(phone: str, code: str, rules: SignInRules) -> None:
    minutes = int(rules.code_lives.total_seconds() // 60)
    said = {"code": code, "minutes": minutes}
    text = _("%(code)s is your code for Hequan, good for %(minutes)s minutes. Tell it to nobody.")
    receipt = gateway(Channel.SMS).send(phone, text % said, secrets.token_hex(8))
    if not receipt.accepted:
        raise GatewayError


@transaction.atomic
def _note_failure(match: str, mark: str, at: datetime) -> None:
    asked = SignInCode.objects.filter(phone_match=match, device=mark).first()
    if asked is not None:
        by = system_account()
        record(verb="people.sign_in_failed", by=by, at=at, thing=asked, after={"method": "code"})
