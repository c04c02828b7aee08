"""Offline evaluation: data sets, systems, metrics, statistics, reports, and the gate that figures must pass.

    data -> systems -> runner (outputs) -> metrics (figures of each cluster) -> statistics -> report | gate

``python -m eval --help`` lists the commands. Importing this package loads nothing.
"""
