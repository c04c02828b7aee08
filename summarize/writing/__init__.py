"""Facts in, a verified summary out."""
