"""Metrics: figures of one summary against its cluster. Means, intervals and tests over clusters are made elsewhere."""
