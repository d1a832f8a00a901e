"""Roster (值守与责任): posts 岗位 and who holds them, teams 1+2+N, duty, and who answers for what.

Entry points: `queries.posts_answering_for`, `actions`, `matters`, `responsibilities`.
"""
