"""The territory (属地): city > district > town > area > committee > micro-grid > building group.

城市、区、街镇、片区、居村委、微网格、楼组. Units carry official codes that change over time,
boundaries, households and people by age band; circles (圈) are overlays beside the tree; homes are
places with people; the street network is what they walk on. Entry points: queries.grid_at (point
-> micro-grid), queries.units_below, actions.save_units, imports.
"""
