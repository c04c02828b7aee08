"""Offline evaluation: what the figures in the README were measured with."""
