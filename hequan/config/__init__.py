"""Settings and URLs: the only place that knows every app."""
