"""Who reaches which station on foot (可达性): pure numbers, no Django, usable as a library."""
