"""Where the YAML tree `configs/` is, whichever way the project was installed."""

from importlib.resources import files
from pathlib import Path


def config_root() -> Path:
    """Folder that holds `config.yaml` and the groups beside it.

    In a checkout, which is also what an editable install runs from, it is `configs/` next to the package
    `experiments`; a checkout is told by its `pyproject.toml`, so that a folder `configs` which another project left in
    site-packages is not mistaken for ours. In a wheel, setuptools maps the same files to the data-only
    package `orgsim_configs` (`package-dir` in `pyproject.toml`), found through `importlib.resources`.

    Returns
    -------
    Path
        An existing folder on disk, absolute.

    Raises
    ------
    FileNotFoundError
        If neither place has a `config.yaml`: the installation is incomplete.
    """
    checkout = Path(__file__).resolve().parents[2]
    if (checkout / "pyproject.toml").is_file() and (checkout / "configs" / "config.yaml").is_file():
        return checkout / "configs"
    try:
        root: Path | None = Path(str(files("orgsim_configs").joinpath("config.yaml"))).parent
    except ModuleNotFoundError:
        root = None
    if root is None or not (root / "config.yaml").is_file():
        raise FileNotFoundError(
            "config_root: no config.yaml, neither in a checkout's configs/ nor in the package orgsim_configs"
        )
    return root
