"""What Hydra does for a job, and no more: `python -m bench.hydra_job --multirun KEY=A,B,C` prints when each began."""

from __future__ import annotations

import time

import hydra
from omegaconf import DictConfig

from experiments.composing.config_root import config_root


@hydra.main(config_path=str(config_root()), config_name="config", version_base="1.3")
def main(config: DictConfig) -> None:
    """Do nothing with a config."""
    del config
    print(time.perf_counter(), flush=True)


if __name__ == "__main__":
    main()
