"""Sentences in, weighed facts out."""
