"""Watermarks: how far a repeated duty has got."""

from datetime import datetime

from sqlalchemy.orm import Session

from phonebot.store.tables import WatermarkRow


def watermark(session: Session, name: str) -> datetime | None:
    """How far the duty has got, or None if it was never done."""
    row = session.get(WatermarkRow, name)
    return None if row is None else row.at


def move_watermark(session: Session, name: str, at: datetime) -> None:
    """Note how far the duty has got."""
    session.merge(WatermarkRow(name=name, at=at))
