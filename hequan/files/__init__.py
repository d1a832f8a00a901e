"""Readers and writers of the files a town already has (文件): streets, tables, shapes.

OpenStreetMap extracts become walking networks, spreadsheets and feature files become rows. No
Django here: the same readers serve the import pages and the command on plain files. A reader
either returns what it read together with a report, or raises `errors.FileError`.
"""
