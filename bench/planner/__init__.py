"""The planner's searches beside scipy, networkx and pandana, on one made-up city."""
