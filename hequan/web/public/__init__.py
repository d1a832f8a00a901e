"""Pages for residents (居民): my fifteen minutes, stations, services; no sign-in, no session."""
