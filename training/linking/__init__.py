"""Linking: weights from open sets."""
