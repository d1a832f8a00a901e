"""Old cases by the hundred thousand, written by the database itself: see bench/cases/lifecycle.py.

    DJANGO_SETTINGS_MODULE=hequan.config.settings python -m bench.cases.volume CASES

They lie in the demo town's micro-grids over four years; one in fifty is still open, with whoever
holds a post there. Each has the steps of its course. Only tables of cases grow: audit entries and
messages of old cases would not be read by a lifecycle.
"""

import sys

import django

_CASES = """
INSERT INTO cases_case (number, link, version, channel, state, triage_reason, words, place_words,
    unit_id, contact_name, contact_phone, is_confidential, first_responder_id, matter_id, post_id,
    routing, is_supervised, due_at, contact_due_at, accept_due_at, solve_due_at, opened_at,
    contacted_at, accepted_at, answered_at, published_at, closed_at, sent_back_times,
    reopened_times, result, answer, ground, merged_from, merged_reason)
SELECT 'B' || n, 'bench-' || n, 5, 'counter', CASE WHEN is_open THEN 'handling' ELSE 'closed' END,
    '', '楼道灯不亮了，晚上老人走路看不清。', '3号楼', unit, '', '', false,
    1, matter, post, '{}', false,
    CASE WHEN is_open THEN opened + interval '40 days' END, opened + interval '1 day',
    opened + interval '1 day', opened + interval '9 days', opened, opened + interval '2 hours',
    opened + interval '1 hour', CASE WHEN NOT is_open THEN opened + interval '3 days' END,
    CASE WHEN NOT is_open THEN opened + interval '4 days' END,
    CASE WHEN NOT is_open THEN opened + interval '9 days' END, 0, 0,
    CASE WHEN is_open THEN '' ELSE 'solved' END, CASE WHEN is_open THEN '' ELSE '已换好。' END,
    '', '', ''
FROM (
    SELECT n, n %% 50 = 0 AS is_open, (SELECT min(id) FROM roster_matter) AS matter,
        units[1 + n %% cardinality(units)] AS unit, ids[1 + n %% cardinality(units)] AS post,
        now() - (n %% 1460) * interval '1 day'
            - (n %% 1440) * interval '1 minute' AS opened
    FROM generate_series(%(first)s, %(last)s) AS n,
        (SELECT array_agg(unit_id ORDER BY id) AS units, array_agg(id ORDER BY id) AS ids
            FROM posts)
            AS held
) AS drawn
"""
_POSTS = """
CREATE TEMPORARY TABLE posts AS
SELECT post.id, post.unit_id
FROM roster_post post JOIN territory_unit unit ON unit.id = post.unit_id
WHERE unit.level = 'grid' AND post.kind = 'grid_worker' AND post.valid_to IS NULL
"""
_STEPS = """
INSERT INTO cases_casestep (case_id, move, from_state, to_state, by_id, at, words, is_public,
    words_are_public, round, result, sent_back_times, unit_id, matter_id, post_id)
SELECT id, move, '', 'handling', 1, opened_at, '', true, false, 0, '', 0, unit_id, matter_id,
    post_id
FROM cases_case, unnest(ARRAY['open', 'accept', 'contact']) AS move WHERE number LIKE 'B%%'
"""
_AT_ONCE = 100_000


def main(count: int) -> None:
    """Write them, unless they are there, and let the planner know."""
    django.setup()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM cases_case WHERE number = %s)", [f"B{count}"])
        if cursor.fetchone()[0]:
            return
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(_POSTS)
        for first in range(1, count + 1, _AT_ONCE):
            cursor.execute(_CASES, {"first": first, "last": min(first + _AT_ONCE - 1, count)})
        cursor.execute(_STEPS, {})
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main(int(sys.argv[1]))
