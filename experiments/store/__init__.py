"""Results that are kept by what was asked, so that nothing is run twice and nothing is lost."""

from experiments.store.address import Address, Asked, asked, model_version
from experiments.store.chunk import Chunk, Replication
from experiments.store.store import LostError, Store

__all__ = ["Address", "Asked", "Chunk", "LostError", "Replication", "Store", "asked", "model_version"]
