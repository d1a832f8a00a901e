"""Stations (党群服务站点): where they are, what they offer, when they are open, whom they reach.

Stations, spaces (空间), services (服务项目), opening hours, closures, corridors (走廊), main stations of
grids (主站), core stations of circles (核心站), answering stations of organisations, and coverage
(十五分钟覆盖). Entry points: queries.stations_listed, hours.is_open, fifteen.stations_within,
actions.save_station, coverage_runs.CoverageRun, imports, jobs.
"""
