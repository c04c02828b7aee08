"""Models behind small protocols; heavy imports live in the adapters and happen late."""
