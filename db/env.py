"""Alembic's environment: runs on the connection that the program hands over.

The program opens the transaction, so that a failing revision leaves nothing behind.
"""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=context.config.attributes.get("metadata"),
    render_as_batch=True,
)
context.run_migrations()
