"""How the shipped weights were made: pairs mined, models fitted, weights exported. Not part of the package."""
