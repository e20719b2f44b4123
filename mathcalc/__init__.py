"""Multivariate calculus for machine learning: the package behind the book.

Import its modules by name, ``from mathcalc import symbolic``; importing the package alone loads
none of them.
"""
