"""First files to edit, for a user's own data: a round, a region, a plan (`params/new/` holds what they begin as)."""
