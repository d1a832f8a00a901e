"""Every write to the roster: posts, duty, pools, mentoring, registrations, lists of matters."""
