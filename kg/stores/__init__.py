"""The graph stores: engine-neutral upsert logic, one module for each engine, and the way in."""

from kg.opening import Login, copy_store, default_location, init_store, open_store

__all__ = ["Login", "copy_store", "default_location", "init_store", "open_store"]
