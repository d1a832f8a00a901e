"""The installation as a whole (整机): backed up, restored, moved, upgraded."""
