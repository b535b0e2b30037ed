"""The graph stores: engine-neutral upsert logic, one module for each engine, and the way in."""

from kg.opening import default_location, open_store

__all__ = ["default_location", "open_store"]
