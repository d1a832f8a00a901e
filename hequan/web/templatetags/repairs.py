"""How money of repairs is written (金额写法)."""

from django import template

register = template.Library()


@register.filter
def yuan(fen: int | None) -> str:
    """Return fen as yuan with two places and thousands apart, such as 1,250.00; a dash for none."""
    return "–" if fen is None else f"{fen // 100:,}.{fen % 100:02}"
