"""Results that are kept by what was asked, so that nothing is run twice and nothing is lost."""

from experiments.store.address import Address, model_version, point_of
from experiments.store.chunk import Chunk, Replication
from experiments.store.store import Store

__all__ = ["Address", "Chunk", "Replication", "Store", "model_version", "point_of"]
