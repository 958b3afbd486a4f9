"""The few words of SQL in which SQLite and PostgreSQL differ, for statements that make rows out of rows."""

from dataclasses import dataclass
from typing import Final

RANDOM: Final = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "md5(random()::text)"}
LATER: Final = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f000', {at}, '+' || ({seconds}) || ' seconds')",
    "postgresql": "CAST({at} AS timestamp) + ({seconds}) * interval '1 second'",
}
WRITTEN: Final = {
    "sqlite": "{at} || '+00:00'",
    "postgresql": """to_char({at}, 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"')""",
}
OBJECT: Final = {"sqlite": "json_object", "postgresql": "json_build_object"}
TRUE: Final = {"sqlite": "json('true')", "postgresql": "true"}
FALSE: Final = {"sqlite": "json('false')", "postgresql": "false"}
GIVEN: Final = {"sqlite": ":{name}", "postgresql": "CAST(:{name} AS json)"}


@dataclass(frozen=True, slots=True)
class Sql:
    """Expressions as one kind of database ("sqlite" or "postgresql") wants them; every argument is SQL itself."""

    kind: str

    @property
    def sid(self) -> str:
        """32 random digits."""
        return RANDOM[self.kind]

    def later(self, at: str, seconds: object) -> str:
        """An instant so many seconds after another."""
        return LATER[self.kind].format(at=at, seconds=seconds)

    def written(self, at: str) -> str:
        """An instant of a column as ISO 8601, with its offset."""
        return WRITTEN[self.kind].format(at=at)

    def json(self, **values: str | bool) -> str:
        """A JSON object of these values; a bool is JSON's own."""
        plain = {True: TRUE[self.kind], False: FALSE[self.kind]}
        pairs = (f"'{name}', {plain[value] if isinstance(value, bool) else value}" for name, value in values.items())
        return f"{OBJECT[self.kind]}({', '.join(pairs)})"

    def given(self, name: str) -> str:
        """The JSON bound under that name."""
        return GIVEN[self.kind].format(name=name)
