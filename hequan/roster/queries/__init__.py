"""Reading the roster: who holds which post, which teams lack whom, who is on duty when."""

from hequan.roster.queries.answering import posts_answering_for, posts_answering_for_many

__all__ = ["posts_answering_for", "posts_answering_for_many"]
