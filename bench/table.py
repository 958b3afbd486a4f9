"""A table of figures, as it is printed and as it is kept in the README."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console
from rich.table import Table as RichTable

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table; every cell is text already. The first column names the figure, the others hold numbers."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""

    def show(self, console: Console) -> None:
        """Print it plainly."""
        printed = RichTable(title=self.title, title_justify="left", box=box.SIMPLE)
        for number, column in enumerate(self.columns):
            printed.add_column(column, justify="left" if number == 0 else "right")
        for row in self.rows:
            printed.add_row(*row)
        console.print(printed)
        if self.note:
            console.print(self.note)

    def markdown(self) -> str:
        """The table as the README keeps it."""
        lines = [f"### {self.title}", "", _line(self.columns), _line(["---", *["---:"] * (len(self.columns) - 1)])]
        lines += map(_line, self.rows)
        if self.note:
            lines += ["", self.note]
        return "\n".join(lines) + "\n"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "&#124;") for cell in cells) + " |"


def verdict(within: bool) -> str:
    """How a figure stands to its budget, in a word."""
    return "within" if within else "OVER"
