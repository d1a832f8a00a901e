"""Reading the roster: who holds which post, which teams lack whom, who is on duty when."""
