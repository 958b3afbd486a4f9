"""The migrations, which phonebot.store.schema runs. Each has one number, and says in its name what it brings."""
