"""What every app stands on: accounts, grants, audit trail, news and jobs, clock, calendar, imports.

Each file is named by its thing: accounts.py, grants.py, audit.py, outbox.py, jobs.py, versions.py,
clock.py, calendar.py (工作日历), calendar_days.py, imports.py (导入) and import_runs.py.
"""
