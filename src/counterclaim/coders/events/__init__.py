"""Events: what a report tells of who did what to whom, where, when and how it is told."""
