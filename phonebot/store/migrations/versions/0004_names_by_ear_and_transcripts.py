"""How people's names sound and who is asked for by team; and what recordings say, as a machine heard them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """People have no other names until the office file is loaded; recordings there are already are not listened to."""
    with op.batch_alter_table("people") as table:
        table.add_column(sa.Column("known_as", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("pronounced", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("team", sa.String(), nullable=True))
    op.create_table(
        "transcripts",
        sa.Column("recording_sid", sa.String(length=64), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("doubtful", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recording_sid"], ["recordings.sid"], name=op.f("fk_transcripts_recording_sid_recordings")
        ),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_transcripts_message_id_messages")),
        sa.PrimaryKeyConstraint("recording_sid", name=op.f("pk_transcripts")),
    )
    with op.batch_alter_table("transcripts") as table:
        table.create_index("ix_transcripts_message", ["message_id"])
    # Jobs are the main lane's, but for recordings to be heard that were left when this was undone by hand.
    op.add_column("outbox", sa.Column("lane", sa.String(length=16), nullable=False, server_default="main"))
    op.execute("UPDATE outbox SET lane = 'speech' WHERE kind = 'transcribe'")
    op.drop_index("ix_outbox_due", table_name="outbox")
    op.create_index("ix_outbox_due", "outbox", ["state", "lane", "due_at"])


def downgrade() -> None:
    """Back to names as they are written and recordings that say nothing. Nobody is left who would do such jobs."""
    op.execute("DELETE FROM outbox WHERE kind = 'transcribe'")
    with op.batch_alter_table("outbox") as table:
        table.drop_index("ix_outbox_due")
        table.drop_column("lane")
        table.create_index("ix_outbox_due", ["state", "due_at"])
    op.drop_table("transcripts")
    with op.batch_alter_table("people") as table:
        for column in ("team", "pronounced", "known_as"):
            table.drop_column(column)
