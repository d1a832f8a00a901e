"""Stations (党群服务站点): where they are, what they offer, when open, whom they reach.

Spaces (空间), services (服务项目), opening hours, closures, corridors (走廊), main stations of
grids (主站), core stations of circles (核心站), answering stations of organisations, and coverage
(十五分钟覆盖). Entry points: queries.stations_list, hours.is_open, fifteen.fifteen_minutes_from,
actions.save_station, actions.ask_coverage, exports, imports, jobs.
"""
