"""Pages in, sentences out: read, clean, split, and tell which pages report the same event."""
