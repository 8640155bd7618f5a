"""What people use today: which of it is installed, and how it is run.

Each peer gets the areas beforehand, in the form and with the indexes that suit
it, and answers the same question: the authority of each row, miles from the
border of the home authority (0 inside), miles from its centre, and the
category. Only answering counts: from the CSV file of rows to the CSV file of
answers, whose sixth to ninth cells are code, border, centre, category.
"""

import shutil

from measuring import first_line

running = []


def copiers(source, out):
    """Names and commands of programs that copy a CSV, row by row."""
    mlr, duckdb = shutil.which("mlr"), shutil.which("duckdb")
    copy = "COPY (FROM read_csv('%s')) TO '%s' (HEADER)" % (source, out)
    return [
        ("Miller copying the CSV", mlr and [mlr, "--csv", "cat", source]),
        ("DuckDB copying the CSV", duckdb and [duckdb, "-c", copy]),
    ]


def all_peers(measurement):
    return []


def stop_all():
    while running:
        running.pop().stop()


def versions():
    found = []
    for name in ("mlr", "duckdb"):
        if shutil.which(name):
            found.append(first_line(name, "--version"))
    return found
