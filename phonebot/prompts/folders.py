"""Where prompts/ and flows/ are found, in a checkout and in an installed package."""

from pathlib import Path


def data_folder(name: str) -> Path:
    """Where the project's data folder `name` ("prompts", "flows") is: in the installed package, else in the checkout.

    Raises FileNotFoundError where it is in neither.
    """
    package = Path(__file__).parent.parent
    # The package comes first: beside an installed package, site-packages may hold somebody else's "prompts".
    for folder in (package / "data" / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"there is no folder {name!r} in the package or the checkout")


def languages(folder: Path) -> tuple[str, ...]:
    """The languages under prompts/, sorted: the folders that hold an .ftl file."""
    return tuple(sorted({path.parent.name for path in folder.glob("*/*.ftl")}))
