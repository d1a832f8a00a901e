"""Signing in (登录): passwords and their rules, failures, second factors, sessions."""
