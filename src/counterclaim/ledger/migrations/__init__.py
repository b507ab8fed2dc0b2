"""The ledger's schemas, one step each. A step that was released is never edited."""
