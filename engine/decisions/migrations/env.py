"""What alembic runs: the migrations, on the connection and in the transaction it is handed."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    # One transaction for everything, opened by the caller: a crash leaves the old tables whole.
    transactional_ddl=True,
)
context.run_migrations()
