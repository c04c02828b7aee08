"""The web front end: articles in a browser, and who says what out. ``app.py`` starts it.

desk (what is handed in) -> work (the run, stage by stage) -> report (the page) ; handlers join them, page lays them out.
"""
