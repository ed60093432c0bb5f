"""Remembers: records go in and come out, rows stay inside."""

from storage.inbox import AlreadyHandled, Delivery
from storage.outbox import Said
from storage.store import Shelves, Store

__all__ = ["AlreadyHandled", "Delivery", "Said", "Shelves", "Store"]
