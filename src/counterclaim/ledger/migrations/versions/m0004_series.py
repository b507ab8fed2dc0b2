"""An index under which a whole series of one measure lies together, in the order of its days."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index(
        "ix_figures_measure",
        "figures",
        ["side", "outcome", "category", "measure", "known_on"],
    )
