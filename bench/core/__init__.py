"""What writing costs on PostgreSQL: the chain of the audit trail, and a hundred writers at once."""
