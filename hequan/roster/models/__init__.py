"""Tables of the roster, each in the file named by its thing."""

from hequan.roster.models.posts import Post

__all__ = ["Post"]
