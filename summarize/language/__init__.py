"""What news text in English says: words, numbers, dates, names, quotations, attributions, polarity. Pure functions."""
