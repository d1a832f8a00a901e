"""Signing in and out, display preferences and the first start."""
