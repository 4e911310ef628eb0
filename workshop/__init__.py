"""A live workshop tool: a room's ideas and votes become draft best practices."""

__version__ = "0.1.0"
