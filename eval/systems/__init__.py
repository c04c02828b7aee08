"""Systems that write summaries: this project's, and what it has to beat."""
