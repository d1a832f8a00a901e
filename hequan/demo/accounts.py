"""Sign-ins of the demo (演示账号): one account for each way of working."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.grants import EVERYWHERE, give_grants
from hequan.core.kinds import BUSINESS, Capability


@dataclass(frozen=True)
class SignIn:
    """A name, a password anybody may know, and what the account may do in the town."""

    username: str
    password: str
    name: str
    capabilities: tuple[Capability, ...]
    everywhere: tuple[Capability, ...] = ()


SIGN_INS = (
    SignIn(
        "officer",
        "officer-demo",
        "镇管理员",
        tuple(c for c in BUSINESS if c != Capability.IMPORT_FILES),
        everywhere=(Capability.IMPORT_FILES,),
    ),
    SignIn(
        *("clerk", "clerk-demo", "站点登记员"),
        (Capability.SEE_BOARD, Capability.EDIT_STATIONS, Capability.SEE_CASES),
    ),
    SignIn("viewer", "viewer-demo", "查阅人员", (Capability.SEE_BOARD,)),
    # these may what their posts give them, so that a case is handled, verified and supervised by
    # four different people
    SignIn("dispatcher", "dispatcher-demo", "城运调度员", ()),
    SignIn("grid", "grid-demo", "网格长", ()),
    SignIn("head", "head-demo", "片区长", ()),
    # at the property firm
    SignIn("repairer", "repairer-demo", "维修人员", ()),
    # 三员分立: three people, none of whom can do another's work or an officer's
    SignIn("sysadmin", "sysadmin-demo", "系统管理员", (), (Capability.ADMINISTER_SYSTEM,)),
    SignIn("security", "security-demo", "安全管理员", (), (Capability.ADMINISTER_SECURITY,)),
    SignIn("auditor", "auditor-demo", "审计管理员", (), (Capability.READ_AUDIT,)),
)


@transaction.atomic
def open_accounts(*, path: str, by: Account, at: datetime) -> dict[str, Account]:
    """Make the demo's accounts, give them what they may do below one part; return them by name."""
    made: dict[str, Account] = {}
    for sign_in in SIGN_INS:
        account = Account.objects.create_user(sign_in.username, sign_in.password, sign_in.name)
        # everybody knows the password: no second factor, and `hequan check --deploy` says so
        account.is_demo = True
        account.save(update_fields=["is_demo"])
        made[sign_in.username] = account
        record(verb="demo.account_opened", by=by, at=at, thing=account)
        give_grants(account=account, capabilities=sign_in.capabilities, path=path, by=by, at=at)
        give_grants(account=account, capabilities=sign_in.everywhere, path=EVERYWHERE, by=by, at=at)
    return made


def has_sign_in(sign_in: SignIn) -> bool:
    """Tell whether the account is there and still has the password everybody knows."""
    account = Account.objects.filter(username=sign_in.username, is_active=True).first()
    return account is not None and account.check_password(sign_in.password)
