"""What can be imported into the roster (导入): posts and who holds them, matters, lists."""

from hequan.core.imports import register
from hequan.roster.imports.list_kinds import LIST_KINDS
from hequan.roster.imports.posts import POSTS


def announce() -> None:
    """Register the kinds, in the order they depend on each other."""
    for kind in (POSTS, *LIST_KINDS):
        register(kind)
