"""What becomes of a message: its history, tries to call back, texts, consents, verdicts, and who owes it."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _where(which: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(which), "postgresql_where": sa.text(which)}


def upgrade() -> None:
    """Messages there are already have no owner yet: the worker takes them in, and tells nobody of those grown old."""
    _consents()
    _attempts()
    _received_texts()
    _texts()
    _verdicts()
    _columns()


def _consents() -> None:
    """What callers answered when asked whether we may text them."""
    op.create_table(
        "consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("call_sid", sa.String(length=64), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    with op.batch_alter_table("consents") as table:
        table.create_index("ix_consents_number", ["number", "id"])


def _attempts() -> None:
    """Tries to return a call."""
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("holding", sa.Boolean(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("sending_at", sa.DateTime(), nullable=True),
        sa.Column("call_sid", sa.String(length=64), nullable=True),
        sa.Column("gathered", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("evidence", sa.String(length=12), nullable=False),
        sa.Column("over_at", sa.DateTime(), nullable=True),
        sa.Column("answered_in_digest", sa.String(length=16), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_attempts_message_id_messages")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
        sa.UniqueConstraint("call_sid", name=op.f("uq_attempts_call_sid")),
    )
    with op.batch_alter_table("attempts") as table:
        table.create_index("ix_attempts_by_made", ["by", "made_at"])
        table.create_index("ix_attempts_going_on", ["id"], **_where("outcome IS NULL"))
        table.create_index(table.f("ix_attempts_message_id"), ["message_id"])


def _received_texts() -> None:
    """Texts that came in."""
    op.create_table(
        "received_texts",
        sa.Column("sid", sa.String(length=64), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("meaning", sa.String(length=16), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_received_texts_message_id_messages")),
        sa.PrimaryKeyConstraint("sid", name=op.f("pk_received_texts")),
    )
    with op.batch_alter_table("received_texts") as table:
        table.create_index(table.f("ix_received_texts_message_id"), ["message_id"])
        table.create_index(table.f("ix_received_texts_number"), ["number"])
        table.create_index("ix_received_texts_unseen", ["received_at"], **_where("seen_at IS NULL"))


def _texts() -> None:
    """Texts to be sent, or sent."""
    op.create_table(
        "texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("sid", sa.String(length=64), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("sending_at", sa.DateTime(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("code", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_texts_message_id_messages")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_texts")),
        sa.UniqueConstraint("sid", name=op.f("uq_texts_sid")),
    )
    with op.batch_alter_table("texts") as table:
        table.create_index(table.f("ix_texts_message_id"), ["message_id"])
        table.create_index("ix_texts_number", ["number", "id"])


def _verdicts() -> None:
    """The one question that a caller is asked."""
    op.create_table(
        "verdicts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=True),
        sa.Column("call_sid", sa.String(length=64), nullable=True),
        sa.Column("reached", sa.Boolean(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_verdicts_message_id_messages")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdicts")),
        sa.UniqueConstraint("message_id", name=op.f("uq_verdicts_message_id")),
    )
    with op.batch_alter_table("verdicts") as table:
        table.create_index("ix_verdicts_call", ["call_sid"])
        table.create_index("ix_verdicts_number", ["number", "asked_at"])


def _columns() -> None:
    """What tables that are there already gain."""
    with op.batch_alter_table("commitments") as table:
        table.add_column(sa.Column("closed_at", sa.DateTime(), nullable=True))
        table.add_column(sa.Column("closed_as", sa.String(length=16), nullable=True))
        table.add_column(sa.Column("warned_at", sa.DateTime(), nullable=True))
        table.add_column(sa.Column("slip_told_at", sa.DateTime(), nullable=True))
        table.create_index("ix_commitments_standing", ["due_at"], **_where("basis = 'accepted' AND closed_at IS NULL"))

    with op.batch_alter_table("events") as table:
        table.add_column(sa.Column("message_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("by", sa.String(), nullable=False, server_default="phonebot"))
        table.drop_index(table.f("ix_events_subject"))
        table.create_index(table.f("ix_events_message_id"), ["message_id"])
        table.create_index("ix_events_holding_asked", ["message_id"], **_where("kind = 'holding-asked'"))
        table.create_foreign_key(table.f("fk_events_message_id_messages"), "messages", ["message_id"], ["id"])
        table.drop_column("subject")

    with op.batch_alter_table("messages") as table:
        table.add_column(sa.Column("owner", sa.String(), nullable=True))
        table.add_column(sa.Column("settled_at", sa.DateTime(), nullable=True))
        table.add_column(sa.Column("blanked_at", sa.DateTime(), nullable=True))
        table.create_index("ix_messages_owed", ["owner", "received_at"], **_where("settled_at IS NULL"))
        table.create_index("ix_messages_settled", ["owner", "settled_at"])
        table.create_index("ix_messages_number", ["number"])
        table.create_index("ix_messages_caller_id", ["caller_id"])
        table.create_index("ix_messages_to_blank", ["settled_at"], **_where("blanked_at IS NULL"))
        table.create_index("ix_messages_to_take_in", ["id"], **_where("owner IS NULL"))

    op.create_index("ix_calls_caller", "calls", ["caller"])
    with op.batch_alter_table("people") as table:
        table.add_column(sa.Column("notices", sa.String(length=8), nullable=False, server_default="mail"))

    with op.batch_alter_table("watermarks") as table:
        table.alter_column(
            "name", existing_type=sa.String(length=32), type_=sa.String(length=64), existing_nullable=False
        )


def downgrade() -> None:
    """Forget all that: messages stand where they stood last."""

    with op.batch_alter_table("watermarks") as table:
        table.alter_column(
            "name", existing_type=sa.String(length=64), type_=sa.String(length=32), existing_nullable=False
        )

    op.drop_index("ix_calls_caller", "calls")
    with op.batch_alter_table("people") as table:
        table.drop_column("notices")

    with op.batch_alter_table("messages") as table:
        table.drop_index("ix_messages_to_take_in", **_where("owner IS NULL"))
        table.drop_index("ix_messages_to_blank", **_where("blanked_at IS NULL"))
        table.drop_index("ix_messages_caller_id")
        table.drop_index("ix_messages_number")
        table.drop_index("ix_messages_settled")
        table.drop_index("ix_messages_owed", **_where("settled_at IS NULL"))
        table.drop_column("blanked_at")
        table.drop_column("settled_at")
        table.drop_column("owner")

    with op.batch_alter_table("events") as table:
        table.add_column(sa.Column("subject", sa.String(length=64), nullable=False, server_default=""))
        table.drop_constraint(table.f("fk_events_message_id_messages"), type_="foreignkey")
        table.drop_index("ix_events_holding_asked", **_where("kind = 'holding-asked'"))
        table.drop_index(table.f("ix_events_message_id"))
        table.create_index(table.f("ix_events_subject"), ["subject"])
        table.drop_column("by")
        table.drop_column("message_id")

    with op.batch_alter_table("commitments") as table:
        table.drop_index("ix_commitments_standing", **_where("basis = 'accepted' AND closed_at IS NULL"))
        table.drop_column("slip_told_at")
        table.drop_column("warned_at")
        table.drop_column("closed_as")
        table.drop_column("closed_at")

    op.drop_table("verdicts")
    op.drop_table("texts")
    op.drop_table("received_texts")
    op.drop_table("attempts")
    op.drop_table("consents")
