"""All SQL of the product: the schema, the queries, and the one writer with group commit."""

from workshop.store.sqlite import Store
from workshop.store.tx import Tx

__all__ = ["Store", "Tx"]
