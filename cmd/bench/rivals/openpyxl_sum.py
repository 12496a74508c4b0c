"""Adds up the reports of a folder with openpyxl: read-only, two processes."""
import multiprocessing
import pathlib
import sys

import openpyxl


def one(path):
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    sheet = book["Báo cáo"]
    sheet.reset_dimensions()  # some writers leave "A1" there, and no more would be read
    found = {}
    for row in sheet.iter_rows(min_col=1, max_col=5, values_only=True):
        if len(row) == 5 and row[1] and isinstance(row[4], (int, float)):
            found[row[1]] = row[4]
    book.close()
    return found


if __name__ == "__main__":
    sums = {}
    with multiprocessing.Pool(2) as pool:
        for found in pool.imap_unordered(one, sorted(pathlib.Path(sys.argv[1]).glob("*/*.xlsx")), chunksize=8):
            for code, n in found.items():
                sums[code] = sums.get(code, 0) + n
    for code in sorted(sums):
        print(code, sums[code])
