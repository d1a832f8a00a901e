"""The pages (网页): what residents, station staff and town offices see in a browser.

`urls.py` is the table of contents. Views live in `public`, `account` and `board`, templates in the
folder of the same name. Pages work without scripts; scripts only add comfort.
"""
