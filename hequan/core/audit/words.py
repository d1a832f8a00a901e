"""What a fault of the audit trail is called (审计异常用语), for command and page alike."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hequan.core.audit.faults import Fault, FaultKind

FAULT_WORDS: dict[FaultKind, Promise] = {
    FaultKind.ALTERED: gettext_lazy("Changed: text, id or place is not what was written"),
    FaultKind.REMOVED: gettext_lazy("Taken out: entries are missing here"),
    FaultKind.CUT_OFF: gettext_lazy("Cut off: the newest entries are missing"),
    FaultKind.INSERTED: gettext_lazy("Put in: no action wrote this entry"),
    FaultKind.LANE_ALTERED: gettext_lazy("Lane changed: it does not fit its entries"),
    FaultKind.DIFFERS: gettext_lazy("Replaced: another entry was witnessed here"),
    FaultKind.DIGEST_ALTERED: gettext_lazy("Digest changed"),
    FaultKind.DIGEST_MISSING: gettext_lazy("Digest missing"),
    FaultKind.EMPTIED: gettext_lazy("Emptied: there are accounts, and no entry tells of them"),
    FaultKind.KEY_MISSING: gettext_lazy("The keyring has not the key this was written with"),
}
_KNOWN_BY: dict[str, Promise] = {
    "lane": gettext_lazy("the lane's row"),
    "witness": gettext_lazy("a witness"),
    "digest": gettext_lazy("the digest"),
    "file": gettext_lazy("the digest's file"),
    "copy": gettext_lazy("the copy given"),
    "previous": gettext_lazy("the digest after it"),
}


def line_of(fault: Fault) -> str:
    """Return a fault in one line: day, where, what, and who knows."""
    parts = [fault.day or "-"]
    if fault.entry:
        parts.append(_("entry %s") % fault.entry)
    if fault.lane:
        parts.append(_("lane %s") % fault.lane)
    if fault.to_number > fault.number:
        parts.append(_("numbers %(first)s to %(last)s") % _span(fault))
    elif fault.number:
        parts.append(_("number %s") % fault.number)
    parts.append(str(FAULT_WORDS[fault.kind]))
    if fault.known_by:
        parts.append(_("known by %s") % known_by(fault.known_by))
    return " · ".join(parts)


def known_by(code: str) -> str:
    """Return what contradicts the database, with its day if it has one."""
    first, _space, rest = code.partition(" ")
    return f"{_KNOWN_BY.get(first, first)} {rest}".strip()


def _span(fault: Fault) -> dict[str, int]:
    return {"first": fault.number, "last": fault.to_number}
