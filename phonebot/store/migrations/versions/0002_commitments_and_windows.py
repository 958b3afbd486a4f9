"""Commitments, what they were told in, and callback windows as they were understood."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the commitments. What callers were told until now was what phonebot itself would do with their message."""
    op.create_table(
        "commitments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("basis", sa.String(length=16), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("rests_on", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        sa.Column("window", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_commitments_message_id_messages")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitments")),
    )
    op.create_index(op.f("ix_commitments_message_id"), "commitments", ["message_id"])
    op.execute(
        "INSERT INTO commitments (message_id, basis, owner, due_at, words, rests_on, made_at, told_at) "
        "SELECT message_id, 'ours', 'phonebot', at, words, '{}', at, at FROM told"
    )
    op.drop_index(op.f("ix_told_message_id"), "told")
    op.drop_table("told")
    with op.batch_alter_table("messages") as messages:
        messages.add_column(sa.Column("window_parts", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Keep of the commitments only the words that were told."""
    with op.batch_alter_table("messages") as messages:
        messages.drop_column("window_parts")
    op.create_table(
        "told",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_told_message_id_messages")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_told")),
    )
    op.create_index(op.f("ix_told_message_id"), "told", ["message_id"])
    op.execute(
        "INSERT INTO told (message_id, at, words) "
        "SELECT message_id, told_at, words FROM commitments WHERE told_at IS NOT NULL"
    )
    op.drop_index(op.f("ix_commitments_message_id"), "commitments")
    op.drop_table("commitments")
