"""Everything kept: SQLAlchemy tables and the only code that reads or writes them."""
