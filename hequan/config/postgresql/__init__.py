"""PostgreSQL as hequan uses it: Django's own backend, with a cheaper look at pooled connections."""
