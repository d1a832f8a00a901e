"""What can be imported into the roster (导入): posts and who holds them, matters, lists."""

from hequan.core.imports import register
from hequan.roster.imports.list_kinds import LIST_KINDS


def announce() -> None:
    """Register the kinds, in the order they depend on each other."""
    for kind in LIST_KINDS:
        register(kind)
