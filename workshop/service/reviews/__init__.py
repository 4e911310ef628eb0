"""The review: organisations answer by link, without an account; the organizer sees who said what, and who has not yet."""

from workshop.service.reviews.by_link import Listed, Opened, Overview, Page, Reviewing
from workshop.service.reviews.desk import Desk, NewLink, ReviewDesk

__all__ = ["Desk", "Listed", "NewLink", "Opened", "Overview", "Page", "ReviewDesk", "Reviewing"]
