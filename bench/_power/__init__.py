"""A disk that loses what was not synced: what SQLite asks of its files is noted (`layer`) and played back to any moment (`disk`)."""
