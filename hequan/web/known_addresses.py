"""Addresses of pages, worked out once (页面地址): a page of the board names a hundred of them."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse


def address_of(name: str, *keys: int) -> str:
    """Return the address of a page by its name and the keys of rows; NoReverseMatch for none."""
    return _address(get_script_prefix(), name, keys)


@lru_cache(maxsize=8192)
def _address(_prefix: str, name: str, keys: tuple[int, ...]) -> str:
    return reverse(name, args=keys)
