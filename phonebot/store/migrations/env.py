"""What Alembic runs: the migrations, on the connection that phonebot.store.schema hands over."""

from alembic import context

from phonebot.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
